"""Scanned sheets find their case by the QR code on them."""

import io
import random
from datetime import timedelta

import pytest
import segno
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import Image, ImageFilter
from pypdf import PdfWriter

from congress.jobs import run_due
from suggestions.case_codes import code_of, link_of
from suggestions.models import Case, Paper, ScanDrop
from suggestions.scans import keeping
from suggestions.scans.keeping import clean, path_of
from suggestions.scans.reading import (
    EMPTY,
    Mark,
    Unreadable,
    cases_in,
    mark_of,
    pages_of,
    runs_of,
)
from tests.suggestions.ledger import HANDED, REPLIED, bring

pytestmark = pytest.mark.django_db

DPI = 150
NOISE = random.Random(4)


def sheet(link, *, turn=0, dots=DPI, text=True):
    """A page as an old scanner gives it: grey, blurred, noisy, perhaps askew; without a link no
    code, and without `text` nothing at all."""
    page = Image.new("L", (round(8.27 * dots), round(11.69 * dots)), 245)
    if text:
        for line in range(3, 9):
            page.paste(30, (dots, line * dots, 7 * dots, line * dots + dots // 12))
    if link:
        code = io.BytesIO()
        segno.make(link, error="m", micro=False).save(code, kind="png", scale=8, border=2)
        side = round(27 / 25.4 * dots)
        place = (page.width - side - dots, page.height - side - dots // 2)
        page.paste(Image.open(code).convert("L").resize((side, side)), place)
    page = page.rotate(turn, expand=True, fillcolor=245, resample=Image.BICUBIC)
    page = page.filter(ImageFilter.GaussianBlur(0.8)).point(lambda light: 90 + light * 45 // 100)
    speckle = Image.frombytes("L", page.size, NOISE.randbytes(page.width * page.height))
    return Image.blend(page, speckle, 0.1)


def as_file(*pages, kind="JPEG"):
    made = io.BytesIO()
    more = {"save_all": True, "append_images": pages[1:], "resolution": DPI}
    pages[0].save(made, kind, **(more if kind == "PDF" else {"quality": 60}))
    return made.getvalue()


@pytest.fixture
def cases(township, unit):
    """Two cases: one at the unit, one replied to."""
    bring(township, [HANDED | {"number": "1"}, REPLIED | {"number": "2"}])
    return list(Case._base_manager.order_by("number"))


def dropped(client, *files):
    """Drop files (name, bytes) on the page and let the worker read them."""
    sent = [SimpleUploadedFile(name, content) for name, content in files]
    client.post(reverse("scans-drop"), {"files": sent})
    run_due()
    return list(ScanDrop._base_manager.order_by("pk"))


def field(drop, place, name):
    return f"run-{drop.pk}-{place}-{name}"


def ticked(drop, place, number, kind):
    """What the page sends for one sheet that is kept."""
    values = {"take": "on", "number": number, "kind": kind}
    return {field(drop, place, name): value for name, value in values.items()}


@pytest.mark.parametrize("turn", [0, 90, 180, 270, 3, -4, 93])
def test_a_code_is_read_however_the_page_lies(turn, cases):
    content = as_file(sheet(link_of(cases[0], "handover"), turn=turn))
    assert cases_in(content, "jpg") == [Mark(code_of(cases[0]), "handover")]


def test_codes_of_others_are_passed_over():
    assert mark_of("https://example.com/") is None
    assert mark_of("http://localhost/c/12-short/handover/") is None


def test_a_pdf_is_read_page_by_page(cases):
    one, two = (link_of(case, "handover") for case in cases)
    pages = [sheet(one), sheet(None), sheet(two, turn=180), sheet(None, text=False)]
    marks = [Mark(code_of(case), "handover") for case in cases]
    assert cases_in(as_file(*pages, kind="PDF"), "pdf") == [marks[0], None, marks[1], EMPTY]


def test_a_run_begins_with_another_code_and_pages_without_one_are_asked_about():
    a, b = Mark("a", "handover"), Mark("b", "reply")
    table = [
        ([a, a, b], [(1, 2, a), (3, 3, b)]),
        ([a, None, None, b], [(1, 1, a), (2, 3, None), (4, 4, b)]),
        ([a, EMPTY, b, EMPTY, b], [(1, 2, a), (3, 5, b)]),
        ([None, a], [(1, 1, None), (2, 2, a)]),
        ([EMPTY, a], [(1, 1, None), (2, 2, a)]),
        ([None], [(1, 1, None)]),
    ]
    for marks, runs in table:
        assert [(run.first, run.last, run.mark) for run in runs_of(marks)] == runs


def test_what_is_no_pdf_says_so():
    with pytest.raises(Unreadable, match="打不开"):
        cases_in(b"%PDF-1.4 broken", "pdf")


def test_a_pdf_of_more_than_two_hundred_pages_is_not_read_in_part(client, clerk, sign_in):
    made, writer = io.BytesIO(), PdfWriter()
    for _ in range(201):
        writer.add_blank_page(width=595, height=842)
    writer.write(made)
    sign_in(client, clerk)
    (drop,) = dropped(client, ("全年.pdf", made.getvalue()))
    assert (drop.runs, drop.problem) == (
        [], "全年.pdf：文件超过 200 页，没有读；请分成几个文件，每个不超过 200 页",
    )  # fmt: skip
    assert drop.problem in client.get(reverse("scans")).content.decode()


def test_pages_are_taken_out_of_a_pdf():
    content = as_file(sheet(None), sheet(None), sheet(None), kind="PDF")
    assert cases_in(pages_of(content, 2, 3), "pdf") == [None, None]


def test_a_page_without_a_code_is_offered_to_the_sheet_before_it_and_not_ticked(
    client, clerk, cases, sign_in
):
    sign_in(client, clerk)
    stack = as_file(sheet(link_of(cases[0], "handover")), sheet(None), kind="PDF")
    dropped(client, ("表.pdf", stack))
    first, second = client.get(reverse("scans")).context["forms"]
    told = [(form["take"].value(), form["number"].value()) for form in (first, second)]
    assert (told, second.pages) == ([(True, "1"), (False, "1")], "第2页")


def test_a_stack_of_sheets_goes_to_the_papers_of_its_cases(client, clerk, cases, sign_in):
    sign_in(client, clerk)
    one, two = cases
    stack = as_file(
        sheet(link_of(one, "handover")), sheet(None, text=False),
        sheet(link_of(two, "opinion")), kind="PDF",
    )  # fmt: skip
    (drop,) = dropped(client, ("签好的表.pdf", stack))
    page = client.get(reverse("scans")).content.decode()
    assert [f"第{pages}页" in page for pages in ("1至2", "3")] == [True, True]
    sent = ticked(drop, 0, "1", "交办单") | ticked(drop, 1, "2", "征询意见表")
    for _ in range(2):  # a second press keeps nothing twice
        client.post(reverse("scans-keep"), sent)
    kept = Paper._base_manager.order_by("pk").values_list("case", "kind", "name", "uploaded_by")
    assert list(kept) == [
        (one.pk, "交办单", "签好的表-1至2页.pdf", clerk.pk),
        (two.pk, "征询意见表", "签好的表-3至3页.pdf", clerk.pk),
    ]
    assert not ScanDrop._base_manager.exists()
    assert not path_of(drop).exists()


def test_a_sheet_without_a_code_is_given_its_number_by_hand(client, clerk, cases, sign_in):
    sign_in(client, clerk)
    (drop,) = dropped(client, ("照片.jpg", as_file(sheet(None))))
    page = client.get(reverse("scans")).content.decode()
    assert "没有找到二维码，请写编号" in page
    wrong = client.post(reverse("scans-keep"), ticked(drop, 0, "99", "其他")).content.decode()
    assert "没有找到编号是“99”的办件，请核对" in wrong
    client.post(reverse("scans-keep"), ticked(drop, 0, "2", "其他"))
    assert list(Paper._base_manager.values_list("case", flat=True)) == [cases[1].pk]


def test_a_unit_keeps_scans_with_its_own_cases_only(client, unit_clerk, township, sign_in):
    bring(township, [HANDED | {"number": "1"}, HANDED | {"number": "2", "lead": "镇城建办"}])
    own, other = Case._base_manager.order_by("number")
    sign_in(client, unit_clerk)
    (drop,) = dropped(client, ("答复.jpg", as_file(sheet(link_of(other, "reply")))))
    assert "您看不到" in client.get(reverse("scans")).content.decode()
    for number in ("2", "1"):
        client.post(reverse("scans-keep"), ticked(drop, 0, number, "面商记录"))
    assert list(Paper._base_manager.values_list("case", flat=True)) == [own.pk]


def test_a_file_that_is_no_scan_is_told_and_thrown_away(client, clerk, sign_in):
    sign_in(client, clerk)
    (drop,) = dropped(client, ("程序.exe", b"MZ" + bytes(100)))
    assert "程序.exe" in drop.problem
    assert drop.problem in client.get(reverse("scans")).content.decode()
    client.post(reverse("scan-discard", kwargs={"pk": drop.pk}))
    assert not path_of(drop).exists()


def test_a_drop_is_its_owners_alone(client, clerk, chair, stranger, sign_in):
    sign_in(client, clerk)
    (drop,) = dropped(client, ("张三的表.jpg", as_file(sheet(None))))
    for other in (chair, stranger):
        sign_in(client, other)
        assert "张三的表" not in client.get(reverse("scans")).content.decode()
        assert client.get(reverse("scan-file", kwargs={"pk": drop.pk})).status_code == 404
        assert client.post(reverse("scan-discard", kwargs={"pk": drop.pk})).status_code == 404
    assert path_of(drop).exists()


def test_what_nobody_confirms_goes_after_seven_days(client, clerk, sign_in):
    sign_in(client, clerk)
    (drop,) = dropped(client, ("照片.jpg", as_file(sheet(None))))
    clean(drop.dropped_at + timedelta(days=7))
    assert ScanDrop._base_manager.count() == 1
    clean(drop.dropped_at + timedelta(days=7, seconds=1))
    assert (ScanDrop._base_manager.count(), path_of(drop).exists()) == (0, False)


def test_reading_that_broke_off_can_be_asked_for_again(client, clerk, sign_in):
    sign_in(client, clerk)
    (drop,) = dropped(client, ("照片.jpg", as_file(sheet(None))))
    ScanDrop._base_manager.update(read_at=None, runs=[])
    assert "再识别一次" in client.get(reverse("scans")).content.decode()
    client.post(reverse("scans-read"))
    run_due()
    drop.refresh_from_db()
    assert (len(drop.runs), drop.read_at <= timezone.now()) == (1, True)


def test_the_page_costs_the_same_for_one_sheet_and_for_three(client, clerk, cases, sign_in):
    sign_in(client, clerk)

    def wait(number, case):
        run = {"first": 1, "last": 1, "code": code_of(case), "form": "", "kept": None}
        ScanDrop(
            user=clerk, place=clerk.place, name=f"{number}.jpg", stored=f"s{number}",
            kind="jpg", runs=[run], read_at=timezone.now(),
        ).save()  # fmt: skip

    def shown():
        return [form.found.pk for form in client.get(reverse("scans")).context["forms"]]

    wait(1, cases[0])
    shown()
    with CaptureQueriesContext(connection) as one:
        assert len(shown()) == 1
    for number in (2, 3):
        wait(number, cases[number - 2])
    with CaptureQueriesContext(connection) as three:
        assert len(shown()) == 3
    assert len(three) == len(one)


def test_what_waits_of_one_user_has_its_limit_told_in_words(
    client, clerk, chair, sign_in, monkeypatch
):
    photo = as_file(sheet(None))
    monkeypatch.setattr(keeping, "ROOM", len(photo) + 100)
    sign_in(client, clerk)
    files = [SimpleUploadedFile(name, photo) for name in ("一.jpg", "二.jpg")]
    page = client.post(reverse("scans-drop"), {"files": files}, follow=True)
    assert [drop.name for drop in ScanDrop._base_manager.all()] == ["一.jpg"]
    assert "二.jpg没有放进来：您放进来还没有归档的已满" in page.content.decode()
    sign_in(client, chair)  # who has room of their own
    dropped(client, ("三.jpg", photo))
    assert ScanDrop._base_manager.filter(user=chair).count() == 1
    sign_in(client, clerk)
    client.post(reverse("scan-discard", kwargs={"pk": ScanDrop._base_manager.first().pk}))
    assert [drop.name for drop in dropped(client, ("二.jpg", photo))] == ["三.jpg", "二.jpg"]
