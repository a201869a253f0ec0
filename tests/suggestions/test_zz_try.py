import time, pytest, resource, zipfile
from suggestions.models import Case
from suggestions import archive
from congress.jobs import run_due
from congress.models import Job
from django.urls import reverse
from tests.suggestions.kept_papers import closed, kept, NOW
from tests.congress.uploaded import picture, docx, pdf
pytestmark = pytest.mark.django_db
def test_it(township, clerk, settings, tmp_path, client, sign_in):
    settings.DATA = tmp_path
    for n in range(20):
        case = closed(township, number=f"2024-{n:02}", title=f"关于第{n}条机耕道的建议")
        Case._base_manager.filter(pk=case.pk).update(body="上芦村机耕道长1.2公里，雨天泥泞。\n"*20)
        t=time.time()
        kept(case, clerk, "建议原件扫描.pdf", "建议原件", pdf(2+n%3)); a=time.time()
        kept(case, clerk, "答复函.docx", "答复函", docx(f"答复{n}：经研究，已列入计划。")); b=time.time()
        kept(case, clerk, "现场.jpg", "照片", picture(size=(4000,3000))); c=time.time()
        if n<2: print(f"keep pdf {a-t:.2f} docx {b-a:.2f} jpg12MP {c-b:.2f}")
    sign_in(client, clerk)
    for n in (1,2):
        client.post(reverse("case-archive",args=[case.pk]),{"token":n}); t=time.time(); r=resource.getrusage(resource.RUSAGE_SELF); ch=resource.getrusage(resource.RUSAGE_CHILDREN); run_due(); r2=resource.getrusage(resource.RUSAGE_SELF); ch2=resource.getrusage(resource.RUSAGE_CHILDREN)
        print(f"one case: {time.time()-t:.2f} s wall, own cpu {r2.ru_utime-r.ru_utime:.2f}, soffice cpu {ch2.ru_utime+ch2.ru_stime-ch.ru_utime-ch.ru_stime:.2f}")
    client.post(reverse("archive-year"),{"token":"x","year":2024}); t=time.time(); run_due()
    job=Job._base_manager.latest("pk"); print(f"20 cases {time.time()-t:.2f} s", job.message, job.result_path.stat().st_size)
