"""The file (案卷) of a case: everything in one numbered PDF; nothing that fails stops the rest."""

import io
import shutil
import zipfile
from datetime import timedelta
from itertools import count

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from congress import office_pdf, pdf_fonts
from congress.jobs import run_due
from congress.models import Job
from congress.pdf_fonts import MISSING, Fonts
from suggestions import archive
from suggestions.archives.case_file import read
from suggestions.models import Case, Paper
from suggestions.paper_files import path_of
from tests.congress.uploaded import docx, pdf, pointing, related
from tests.suggestions.kept_papers import NOW, closed, handed_to, kept

pytestmark = pytest.mark.django_db

needs_soffice = pytest.mark.skipif(
    not (shutil.which("soffice") or shutil.which("libreoffice")), reason="no LibreOffice here"
)
needs_fonts = pytest.mark.skipif(not pdf_fonts.font_files(), reason="no Chinese font here")


class NoTurner:
    """Stands where a machine has no LibreOffice."""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def pdf_of(self, content, suffix):
        raise office_pdf.NotTurned(office_pdf.NO_PROGRAM)


@pytest.fixture(autouse=True)
def data(settings, tmp_path):
    settings.DATA = tmp_path


@pytest.fixture
def quick(monkeypatch):
    """Drawn with the font that needs no file, and without LibreOffice."""
    monkeypatch.setattr(pdf_fonts, "font_files", lambda: [])
    monkeypatch.setattr(archive, "Turner", NoTurner)


@pytest.fixture
def case(township):
    return closed(township, title="关于硬化上芦村𠮷家坳·机耕道的建议")


def bound(case, user, files=None, turner=None):
    """The file of a case: a reader of the PDF."""
    file = read(case, user, NOW)
    fonts = Fonts(archive.WORDS + file.texts(), files)
    pdf, pages = archive.bind(file, fonts, turner or NoTurner())
    reader = PdfReader(io.BytesIO(pdf))
    assert len(reader.pages) == pages
    return reader


def texts(reader):
    """The text of each page, in one line without blanks."""
    return ["".join(page.extract_text().split()) for page in reader.pages]


def ask(client, address, **data):
    """Ask for a job and run it: its row."""
    answer = client.post(address, {"token": "once", **data})
    assert answer.status_code == 302, answer.content.decode()
    run_due()
    return Job._base_manager.get(pk=answer.url.strip("/").split("/")[-1])


@needs_fonts
def test_papers_stand_in_the_file_in_order_with_their_pages(case, clerk):
    kept(case, clerk, "建议原件.pdf", "建议原件", pdf(2))
    kept(case, clerk, "现场.jpg", "照片")
    reader = bound(case, clerk)
    cover, contents, record, *papers = texts(reader)
    assert "建议案卷" in cover and "关于硬化上芦村𠮷家坳·机耕道的建议" in cover
    assert "本卷共2件材料，6页" in cover
    assert "1办理情况登记文武坝镇3" in contents
    assert "2建议原件.pdf建议原件2024-06-034-5" in contents
    assert "3现场.jpg照片2024-06-036" in contents
    assert "2024-03-12交办镇水务站" in record
    assert papers == ["4/6", "5/6", "6/6"]
    assert [text[-3:] for text in (cover, contents, record)] == ["1/6", "2/6", "3/6"]
    assert [item["/Title"] for item in reader.outline] == [
        "封面", "卷内目录", "办理情况登记", "建议原件.pdf", "现场.jpg",
    ]  # fmt: skip


@needs_fonts
def test_a_second_file_of_one_worker_has_its_own_letters(case, clerk):
    bound(case, clerk)
    names = "阿依古丽·买买提、祥云"
    Case._base_manager.filter(pk=case.pk).update(title=names)
    case.refresh_from_db()
    assert names in texts(bound(case, clerk))[0]


@needs_soffice
@needs_fonts
def test_a_word_file_becomes_pages(case, clerk):
    kept(case, clerk, "答复函.docx", "答复函", docx("经研究，已列入明年计划。"))
    with office_pdf.Turner() as turner:
        reader = bound(case, clerk, turner=turner)
    assert "经研究，已列入明年计划。4/4" == texts(reader)[3]
    again = bound(case, clerk)  # made once, kept beside the file
    assert texts(again) == texts(reader)


def test_what_cannot_become_pages_is_laid_in_as_it_is_and_said(case, clerk):
    content = docx()
    kept(case, clerk, "答复函.docx", "答复函", content)
    reader = bound(case, clerk, files=[])
    assert len(reader.pages) == 3
    assert {name: data for name, [data] in reader.attachments.items()} == {
        "02 答复函.docx": content
    }


def test_a_paper_whose_file_is_lost_or_spoilt_stops_nothing(case, clerk):
    lost, spoilt = kept(case, clerk), kept(case, clerk, "二.pdf", content=pdf(3))
    path_of(lost.stored).unlink()
    path_of(spoilt.stored).write_bytes(b"%PDF-1.4 nothing")
    reader = bound(case, clerk, files=[])
    assert (len(reader.pages), list(reader.attachments)) == (3, ["03 二.pdf"])


@needs_fonts
def test_a_long_list_counts_its_own_pages(case, clerk):
    first = kept(case, clerk, "1.pdf", content=pdf(1))
    for number in range(2, 46):
        row = Paper._base_manager.get(pk=first.pk)
        row.pk, row.name, row.sha256 = None, f"{number}.pdf", str(number)
        row.save(force_insert=True)
    reader = bound(case, clerk)
    told = texts(reader)
    record = next(at for at, text in enumerate(told, 1) if text.startswith("办理情况登记"))
    assert (record, len(told)) == (4, 3 + 1 + 45)
    assert f"1办理情况登记文武坝镇{record}21.pdf" in told[1]


def test_a_turned_page_keeps_its_number_upright(case, clerk):
    kept(case, clerk, "横.pdf", content=pdf(1, lambda writer: writer.pages[0].rotate(90)))
    page = bound(case, clerk, files=[]).pages[3]
    assert (page.rotation, page.mediabox.width, page.extract_text().strip()) == (0, 842, "4 / 4")


def test_a_character_that_no_font_draws_is_named_and_stops_nothing(case, clerk):
    fonts = Fonts("买买提·艾力𠮷", files=[])
    assert fonts.missing == {"𠮷"}
    assert fonts.markup("𠮷·") == f"{MISSING}・"
    file = read(case, clerk, NOW)
    archive.bind(file, Fonts(archive.WORDS + file.texts(), files=[]), NoTurner())
    assert file.notes == ["有 1 个字这台服务器的字体画不出，以〓代替：U+20BB7"]


@needs_fonts
def test_a_rare_character_is_drawn_from_a_font_of_the_machine():
    fonts = Fonts("𠮷·a")
    assert (fonts.missing, fonts.markup("𠮷")) == (set(), "𠮷")


def test_a_text_that_looks_like_markup_stays_a_text(case, clerk, township):
    Case._base_manager.filter(pk=case.pk).update(body="<b>粗</b> & <font size=99>")
    case.refresh_from_db()
    assert len(bound(case, clerk, files=[]).pages) == 3


def test_the_button_makes_the_file_of_a_case_that_is_over(client, sign_in, case, clerk, quick):
    sign_in(client, clerk)
    page = client.get(reverse("case-papers", args=[case.pk])).content.decode()
    assert "生成案卷" in page
    job = ask(client, reverse("case-archive", args=[case.pk]))
    assert (job.state, job.result_name) == ("done", f"{case.number} {case.title}.pdf")
    answer = client.get(reverse("job_result", args=[job.pk]))
    content = b"".join(answer.streaming_content)
    assert len(PdfReader(io.BytesIO(content)).pages) == 3
    assert job.message.startswith("共 3 页。")
    assert ask(client, reverse("case-archive", args=[case.pk])).pk == job.pk  # a double click


def test_an_open_case_has_no_file_yet(client, sign_in, clerk, township, unit):
    case = handed_to(township, unit)
    sign_in(client, clerk)
    assert "生成案卷" not in client.get(reverse("case-papers", args=[case.pk])).content.decode()
    client.post(reverse("case-archive", args=[case.pk]))
    assert Job._base_manager.count() == 0


def test_a_right_that_was_taken_away_stops_the_job(client, sign_in, case, clerk, quick):
    sign_in(client, clerk)
    address = reverse("case-archive", args=[case.pk])
    answer = client.post(address, {"token": "x"})
    type(clerk)._base_manager.filter(pk=clerk.pk).update(is_active=False)
    run_due()
    job = Job._base_manager.get(pk=answer.url.strip("/").split("/")[-1])
    assert (job.state, job.error) == ("failed", archive.GONE)


def test_a_year_is_one_archive_with_a_list_and_names_what_failed(
    client, sign_in, clerk, township, unit, monkeypatch, quick
):
    for number in ("2024-01", "2024-02"):
        closed(township, number=number)
    handed_to(township, unit, number="2024-03")
    closed(township, number="2023-01", raised_on="2023-03-05")
    really = archive.bind

    def bind(file, *rest):
        if file.case.number == "2024-02":
            raise ValueError("broken")
        return really(file, *rest)

    monkeypatch.setattr(archive, "bind", bind)
    job = ask(sign_in(client, clerk), reverse("archive-year"), year="2024")
    assert (job.state, job.message) == (
        "done", "装好 1 卷；1 件还没有办结，没有装；1 卷没有做成：2024-02",
    )  # fmt: skip
    assert job.result == {"made": 1, "failed": ["2024-02"]}
    with zipfile.ZipFile(job.result_path) as made:
        names = made.namelist()
        sheet = openpyxl.load_workbook(io.BytesIO(made.read("总目录.xlsx"))).active
    assert names == ["2024-01 关于硬化上芦村机耕道的建议.pdf", "总目录.xlsx"]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert [(row[0], row[6], row[8], row[9], row[10]) for row in rows] == [
        ("2024-01", "已办结", 3, names[0], None),
        ("2024-02", "已办结", None, None, "没有做成，请单独生成这一卷；还不行，请联系系统管理员"),
        ("2024-03", "待签收", None, None, "还没有办结，没有装卷"),
    ]


def test_a_year_that_takes_too_long_makes_way_for_others(client, sign_in, clerk, township, quick):
    for number in ("2024-01", "2024-02", "2024-03"):
        closed(township, number=number)
    sent = {"token": "x", "year": "2024"}
    sign_in(client, clerk).post(reverse("archive-year"), sent)
    begun, looks = timezone.now(), count()
    run_due(clock=lambda: begun + next(looks) * timedelta(minutes=3))
    job = Job._base_manager.get()
    assert (job.state, job.error, job.result_file) == ("failed", archive.TOO_LONG, "")


def test_the_year_page_counts_only_what_the_user_sees(client, sign_in, clerk, stranger, case):
    page = sign_in(client, clerk).get(reverse("archive-year")).content.decode()
    assert "2024 年" in page
    page = sign_in(client, stranger).get(reverse("archive-year")).content.decode()
    assert "还没有意见建议" in page


def test_the_county_chooses_a_township_of_its_own(
    client, sign_in, county_user, case, township, quick
):
    sign_in(client, county_user)
    text = client.post(reverse("archive-year"), {"token": "x", "year": 2024}).content.decode()
    assert "请选择乡镇" in text
    job = ask(client, reverse("archive-year"), year="2024", place=township.pk)
    assert (job.state, job.message) == ("done", "装好 1 卷")


def test_a_document_that_names_something_elsewhere_is_told_apart():
    clicked = pointing("hyperlink", "http://a")
    # A picture whose address holds the word, or a quote, is a picture all the same.
    pictures = [pointing("image", "http://a/hyperlink"), pointing("image", "x>/hyperlink")]
    for links, told in ((clicked, False), *((clicked + each, True) for each in pictures)):
        parts = {"word/_rels/more.xml.RELS": related(links)}
        assert office_pdf._names_elsewhere(docx(parts=parts), ".docx") is told
    assert office_pdf._names_elsewhere(docx(parts={"a.rels": "<x"}), ".docx")
    assert office_pdf._names_elsewhere(b"", ".doc")
