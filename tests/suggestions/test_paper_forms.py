"""Paper forms of a case: filled from the record, in Word and as pages; who prints which, when."""

from datetime import date

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from congress.jobs import run_due
from congress.models import AuditEntry, Job
from suggestions.case_codes import case_of, code_of, link_of
from suggestions.models import Case, Proposer, Standing, Step
from suggestions.paper_forms.catalogue import forms, forms_for
from suggestions.paper_forms.facts import gather, read_cases
from suggestions.paper_forms.printing import form_sheets
from suggestions.paper_forms.sheet import filled
from suggestions.paper_forms.word import write_forms
from tests.suggestions.ledger import HANDED, REPLIED, bring
from tests.suggestions.lives import without_layer
from tests.suggestions.printed import DAY, form_url, sheet_of, texts_of, word_texts

pytestmark = pytest.mark.django_db

DEPUTY = {"origin": "代表", "proposers": "池代表"}
PHONE = "13812345678"


@pytest.fixture
def replied(township, deputy_user):
    """A case of the deputy 池代表 with a promise, replied to by letter."""
    person = deputy_user.person
    person.phone = PHONE
    person.save()
    bring(township, [REPLIED | DEPUTY | {"number": "12", "result": "B"}])
    case = Case._base_manager.get(number="12")
    reply = case.steps.get(name="答复")
    reply.note = "已列入计划。\n年内动工。"
    reply.data = {"number": "文府函〔2024〕8号", "promise": "硬化500米", "promise_by": "文站长"}
    reply.save()
    return case


@pytest.mark.parametrize("key", list(forms()))
def test_every_form_fills_from_a_bare_and_from_a_full_record(key, clerk, replied, township):
    bare = Case(place=township, number="未编号-7", title="路灯不亮")
    bare.save()
    for found in gather(read_cases(clerk, [replied.pk, bare.pk]), DAY, user=clerk):
        sheet = filled(forms()[key], found)
        said = str(sheet) + word_texts(write_forms([sheet], "表", DAY))
        assert "None" not in said
        assert "未编号" not in said
        assert "{" not in "".join(texts_of(sheet))


def test_the_hand_over_notice_says_the_deadline_in_words_and_date(clerk, replied):
    sheet = sheet_of(clerk, "handover", replied)
    texts = texts_of(sheet)
    assert sheet.issuer == "会昌县文武坝镇人民代表大会主席团"
    assert texts[texts.index("答复期限") + 1] == "2024年6月12日"
    assert texts[texts.index("主办单位") + 1] == "镇水务站"
    assert sheet.notes[0] == "交办2024-03-12 + 3个月 = 2024-06-12（代表法第五十一条）"
    assert sheet.day == "2024年3月12日"


def test_a_citizens_notice_names_no_law(clerk, township):
    bring(township, [HANDED])
    sheet = sheet_of(clerk, "handover", Case._base_manager.get())
    assert sheet.title == ("群众意见交办通知单",)
    assert "代表法" not in "".join(sheet.notes)


def test_the_reply_letter_has_class_number_promise_and_the_units_text(clerk, replied):
    sheet = sheet_of(clerk, "reply", replied)
    assert (sheet.corner, sheet.number) == ("B类", "文府函〔2024〕8号")
    assert sheet.title == ("关于对第12号建议的答复",)
    assert sheet.paragraphs[0] == ("to", "池代表代表：")
    assert sheet.paragraphs[2:4] == (("body", "已列入计划。"), ("body", "年内动工。"))
    promise = "承诺事项：硬化500米。完成时限：　　年　　月　　日。责任人：文站长。"
    assert sheet.paragraphs[4] == ("body", promise)
    assert sheet.day == "2024年5月20日"


def test_a_letter_without_a_text_has_lines_to_write_on(clerk, township):
    without_layer(township)
    bring(township, [REPLIED | DEPUTY | {"proposers": "李秀梅（名册外）"}])
    kinds = [kind for kind, _ in sheet_of(clerk, "reply", Case._base_manager.get()).paragraphs]
    assert kinds.count("write") == 8


def test_one_letter_answers_all_cases_under_its_number(clerk, replied, township):
    bring(township, [REPLIED | DEPUTY | {"number": "13", "title": "关于装路灯的建议"}])
    other = Case._base_manager.get(number="13")
    Step._base_manager.filter(case=other, name="答复").update(data={"number": "文府函〔2024〕8号"})
    sheets, _ = form_sheets(clerk, "reply", [replied.pk, other.pk], DAY)
    assert [sheet.title for sheet in sheets] == [("关于对第12号等2件建议的答复",)]
    assert "《关于硬化上芦村机耕道的建议》《关于装路灯的建议》" in sheets[0].paragraphs[1][1]


def test_boxes_are_ticked_only_as_far_as_the_record_knows(clerk, replied):
    texts = texts_of(sheet_of(clerk, "opinion", replied))
    assert texts[texts.index("办理结果") + 1] == "□满意　　□基本满意　　□不满意"
    contact = Step(case=replied, name="面商", on=date(2024, 5, 10), data={"form": "登门"})
    contact.save()
    texts = texts_of(sheet_of(clerk, "opinion", replied))
    assert texts[texts.index("联系您") + 1].startswith("□座谈　　☑登门　　□电话")


def test_the_opinion_sheet_carries_a_one_time_link_beside_the_cases_code(
    client, clerk, unit_clerk, replied, sign_in
):
    sign_in(client, clerk)
    plain = client.get(form_url(replied, "opinion"))
    assert plain.context["sheets"][0].link == ""
    linked = client.post(form_url(replied, "opinion"), {"link": "yes"}).context["sheets"][0]
    assert linked.qr == link_of(replied, "opinion")
    page = Client().get(linked.link.removeprefix(settings.SITE_ADDRESS))
    assert page.status_code == 200
    sign_in(client, unit_clerk)  # the office alone hands out evaluations
    answer = client.post(form_url(replied, "opinion"), {"link": "yes"})
    assert answer.context["sheets"][0].link == ""


def test_phones_are_masked_until_asked_for_and_the_asking_is_noted(client, clerk, replied, sign_in):
    sign_in(client, clerk)
    page = client.get(form_url(replied, "register")).content.decode()
    assert ("138****5678" in page, PHONE in page) == (True, False)
    unsaid = client.post(form_url(replied, "register"), {"phones": "yes"}).content.decode()
    assert ("没有写为什么要印完整电话" in unsaid, PHONE in unsaid) == (True, False)
    asked = {"phones": "yes", "reason": "约面商时间"}
    assert PHONE in client.post(form_url(replied, "register"), asked).content.decode()
    notes = AuditEntry._base_manager.filter(action="print").values_list("record_pk", "by", "change")
    told = {"detail": {"form": "register", "phones": "约面商时间"}}
    assert list(notes) == [(replied.pk, clerk.pk, told)]


def test_the_way_back_leads_nowhere_else(client, clerk, replied, sign_in):
    sign_in(client, clerk)
    sent = {"form": "register", "back": "//elsewhere.example/"}
    assert client.post(reverse("forms-print"), sent).url == reverse("forms")
    assert client.post(reverse("forms-print"), sent | {"back": "/cases/"}).url == "/cases/"


def test_keys_that_are_no_keys_are_of_no_case(client, clerk, replied, sign_in):
    sign_in(client, clerk)
    for key in ("9" * 25, "²", "x", "-1"):
        sent = {"form": "register", "case": [replied.pk, key]}
        assert client.post(reverse("forms-print"), sent).status_code == 404
        assert client.post(reverse("deputy-sheets-print"), {"person": key}).status_code == 404


def test_a_deputy_prints_the_own_form_but_no_phone(client, deputy_user, replied, sign_in):
    sign_in(client, deputy_user)
    assert client.get(form_url(replied, "opinion")).status_code == 200
    assert client.post(form_url(replied, "opinion"), {"phones": "yes"}).status_code == 404
    assert client.get(form_url(replied, "handover")).status_code == 404


def test_a_unit_that_no_longer_handles_a_case_gets_no_phone(unit_clerk, replied):
    replied.units.update(ends=date(2024, 5, 1))
    sheets, _ = form_sheets(unit_clerk, "handover", [replied.pk], DAY, phones=True)
    assert PHONE not in str(sheets)


def test_hostile_and_long_texts_stay_texts(client, clerk, township, sign_in):
    title = "<b>=cmd()</b>" + "长" * 187
    names = "；".join(["阿依古丽·买买提", "𠮷田发", *(f"村民{n}" for n in range(12))])
    bring(township, [HANDED | {"title": title, "proposers": names, "body": "内容" * 1500}])
    case = Case._base_manager.get()
    page = sign_in(client, clerk).get(form_url(case, "reception")).content.decode()
    assert "<b>" not in page.split("<main")[1]
    answer = client.get(form_url(case, "reception", "case-form-word"))
    told = word_texts(b"".join(answer.streaming_content))
    assert title in told
    assert "𠮷田发" in told
    assert "内容" * 1500 in told


def test_the_same_form_of_the_same_day_is_the_same_file(clerk, replied):
    sheets = [sheet_of(clerk, key, replied) for key in ("handover", "reply")]
    assert write_forms(sheets, "表", DAY) == write_forms(sheets, "表", DAY)


def test_who_prints_what_depends_on_role_and_state(clerk, unit_clerk, officer):
    def names(user, state, **more):
        return [form.name for form in forms_for(user, Standing(state=state, **more))]

    day = {"replied_on": DAY}
    assert names(unit_clerk, "办理中") == ["交办通知单", "延期答复审批表"]
    assert names(unit_clerk, "待评价", **day) == ["交办通知单", "答复函", "征询意见表"]
    assert names(officer, "办理中") == ["建议登记表"]
    assert names(clerk, "已登记", origin="群众") == ["接待选民登记表"]


def test_the_code_leads_only_who_sees_the_case_to_it(client, clerk, stranger, replied, sign_in):
    address = reverse("case-code", kwargs={"code": code_of(replied), "form": "opinion"})
    assert client.get(address).url == f"{reverse('sign_in')}?next={address}"
    assert sign_in(client, clerk).get(address).url == reverse("case", kwargs={"pk": replied.pk})
    assert sign_in(client, stranger).get(address).status_code == 404
    key, _, seal = code_of(replied).partition("-")
    forged = f"{key}-{'B' if seal[0] == 'A' else 'A'}{seal[1:]}"
    assert (case_of(code_of(replied), clerk), case_of(forged, clerk)) == (replied, None)


def test_many_are_printed_at_once_each_key_is_checked(
    client, clerk, stranger, township, other_township, sign_in
):
    bring(township, [HANDED | {"number": str(n)} for n in (1, 2)])
    bring(other_township, [HANDED | {"number": "3"}])
    own = list(Case._base_manager.filter(place=township).values_list("pk", flat=True))
    foreign = Case._base_manager.get(place=other_township).pk
    sign_in(client, clerk)
    sent = {"form": "handover", "as": "page", "case": own}
    page = client.post(reverse("forms-print"), sent).content.decode()
    assert page.count('<article class="form-sheet') == 2
    assert client.post(reverse("forms-print"), sent | {"case": [*own, foreign]}).status_code == 404
    told = client.post(reverse("forms-print"), sent | {"as": "word"})
    assert told.filename == "交办通知单 2件.docx"


def test_all_means_what_the_bar_lets_through(client, clerk, township, sign_in):
    titles = ("关于装路灯的建议", "关于修水渠的建议")
    bring(township, [HANDED | {"number": str(n), "title": t} for n, t in enumerate(titles)])
    bar = {"form": "handover", "q": "路灯", "start": "2024-01-01"}
    sign_in(client, clerk)
    listed = client.get(reverse("forms"), bar)
    assert [row.case.title for row in listed.context["rows"]] == ["关于装路灯的建议"]
    sheets = client.post(reverse("forms-print"), bar | {"every": "yes"}).context["sheets"]
    assert [texts_of(sheet)[3] for sheet in sheets] == ["关于装路灯的建议"]


def test_evaluation_codes_are_printed_for_many_at_once(client, clerk, replied, sign_in):
    page = sign_in(client, clerk).get(reverse("forms"), {"form": "opinion"}).content.decode()
    assert "加印一次性评价码" in page
    sent = {"form": "opinion", "case": replied.pk, "link": "yes"}
    (sheet,) = client.post(reverse("forms-print"), sent).context["sheets"]
    assert sheet.link.startswith(settings.SITE_ADDRESS)
    assert "加印" not in client.get(reverse("forms"), {"form": "handover"}).content.decode()


def test_more_than_fifty_are_made_by_the_worker(client, clerk, township, sign_in):
    bring(township, [HANDED | {"number": str(n)} for n in range(51)])
    pks = list(Case._base_manager.values_list("pk", flat=True))
    answer = sign_in(client, clerk).post(
        reverse("forms-print"), {"form": "handover", "case": pks, "token": "t" * 300}
    )
    job = Job._base_manager.get()
    assert len(job.idempotency_key) < 250  # PostgreSQL takes no longer one
    assert answer.url == reverse("job", kwargs={"pk": job.pk})
    run_due()
    job.refresh_from_db()
    assert (job.state, job.result) == ("done", {"sheets": 51, "left_out": []})
    assert word_texts(job.result_path.read_bytes()).count("代表法") == 0


def test_as_many_queries_for_one_case_as_for_three(
    clerk, township, deputy_user, django_assert_num_queries
):
    bring(township, [REPLIED | DEPUTY | {"number": str(n)} for n in (1, 2, 3)])
    pks = list(Proposer._base_manager.values_list("case", flat=True))
    for some in (pks[:1], pks):
        with django_assert_num_queries(10):
            form_sheets(clerk, "handover", some, DAY)
