"""The list of all cases on paper (一览表), and a deputy's own suggestions in large print."""

import io
from datetime import date

import pytest
from django.urls import reverse
from docx import Document

from congress.models import Job
from congress.sheets.read import read_workbook
from deputies.models import Person
from suggestions.models import Case, Proposer
from suggestions.paper_forms.deputy import deputy_sheets
from suggestions.paper_forms.deputy_word import STYLES, lines_of, write_deputy_sheets
from suggestions.paper_forms.overview import HEADERS, overview_rows
from suggestions.paper_forms.views.forms import AT_ONCE
from tests.suggestions.ledger import HANDED, REPLIED, bring

pytestmark = pytest.mark.django_db

DAY = date(2024, 6, 1)


@pytest.fixture
def two_cases(township, deputy_user):
    bring(
        township,
        [
            REPLIED | {"number": "1", "origin": "代表", "proposers": "池代表"},
            HANDED | {"number": "2", "title": "=cmd()", "raised_on": "2024-04-01",
                      "handed_on": "2024-04-02", "helpers": "镇财政所"},
        ],
    )  # fmt: skip


def test_a_row_says_where_a_case_stands(two_cases, clerk):
    cases = Case.objects.visible_to(clerk).order_by("raised_on")
    first, second = overview_rows(cases)
    assert dict(zip(HEADERS, first, strict=True)) == {
        "序号": 1, "编号": "1", "标题": "关于硬化上芦村机耕道的建议", "领衔代表": "池代表",
        "附议": "", "类别": "基础设施", "主办": "镇水务站", "协办": "",
        "交办日期": date(2024, 3, 12), "答复期限": date(2024, 6, 12),
        "答复日期": date(2024, 5, 20),
        "结果": "A", "评价": "", "办结日期": None,
    }  # fmt: skip
    assert second[7:12] == ("镇财政所", date(2024, 4, 2), date(2024, 7, 2), None, "")


def test_page_word_and_workbook_show_the_same_filtered_rows(
    client, clerk, two_cases, sign_in, tmp_path
):
    sign_in(client, clerk)
    asked = {"from": "2024-04-01", "to": "2024-04-30"}
    page = client.get(reverse("overview"), asked).content.decode()
    assert ("=cmd()" in page, "机耕道" in page) == (True, False)
    word = b"".join(client.get(reverse("overview-word"), asked).streaming_content)
    rows = Document(io.BytesIO(word)).tables[0].rows
    assert tuple(cell.text for cell in rows[0].cells) == HEADERS
    assert [cell.text for cell in rows[1].cells][:3] == ["1", "2", "=cmd()"]
    assert rows[0]._tr.trPr.xpath("w:tblHeader") != []
    book = tmp_path / "list.xlsx"
    book.write_bytes(b"".join(client.get(reverse("overview-excel"), asked).streaming_content))
    (sheet,) = read_workbook(book).sheets
    assert [cells[2] for _, cells in sheet.rows] == ["标题", "=cmd()"]


def test_the_strangers_list_is_empty(client, stranger, two_cases, sign_in):
    page = sign_in(client, stranger).get(reverse("overview")).content.decode()
    assert "没有符合条件的记录" in page


def test_the_list_takes_the_same_queries_for_one_case_and_for_three(
    township, clerk, django_assert_num_queries
):
    for number in ("1", "2", "3"):
        bring(township, [HANDED | {"number": number}])
        with django_assert_num_queries(4):
            assert len(list(overview_rows(Case.objects.visible_to(clerk)))) == int(number)


def test_a_sheet_says_in_plain_words_where_each_suggestion_stands(township, clerk, deputy_user):
    bring(township, [HANDED | {"number": "1", "origin": "代表", "proposers": "池代表"}])
    (sheet,) = deputy_sheets([deputy_user.person], clerk, DAY)
    (case,) = sheet.cases
    assert lines_of(case) == [
        "编号：1",
        "现在：已经交给镇水务站，6月12日前书面答复您。",
        "谁在办：镇水务站",
        "最晚答复：2024年6月12日",
    ]


def test_what_ended_over_a_year_ago_is_left_out(township, clerk, deputy_user):
    judged = {"evaluated_on": "2024-05-21", "evaluation": "满意", "closed_on": "2024-05-22"}
    closed = REPLIED | judged | {"origin": "代表", "proposers": "池代表"}
    bring(township, [closed])
    people = [deputy_user.person]
    assert [len(deputy_sheets(people, clerk, day)) for day in (DAY, date(2025, 6, 1))] == [1, 0]


def test_the_print_is_large(township, clerk, two_cases, deputy_user):
    assert min(size.pt for _, size, _ in STYLES.values()) == 20
    sheets = deputy_sheets([deputy_user.person], clerk, DAY)
    document = Document(io.BytesIO(write_deputy_sheets(sheets, "我的建议", DAY)))
    assert {paragraph.style.name for paragraph in document.paragraphs} == set(STYLES)


def test_all_sheets_at_once_each_key_is_checked(
    client, clerk, stranger, two_cases, deputy_user, other_township, sign_in
):
    foreign = Person(place=other_township, name="外人")
    foreign.save()
    case = Case._base_manager.first()
    Proposer._base_manager.create(case=case, order=5, person=foreign, name="外人")
    sign_in(client, clerk)
    own = deputy_user.person.pk
    print_url = reverse("deputy-sheets-print")
    page = client.post(print_url, {"person": [own], "as": "page"}).content.decode()
    assert page.count('<article class="large-sheet"') == 1
    assert client.post(print_url, {"person": [own, foreign.pk]}).status_code == 404
    one = reverse("deputy-sheet", kwargs={"pk": own})
    assert [sign_in(client, who).get(one).status_code for who in (deputy_user, stranger)] == [
        200, 404,
    ]  # fmt: skip


def test_a_long_token_makes_the_same_job_twice(client, clerk, township, two_cases, sign_in):
    case = Case._base_manager.first()
    people = [Person(place=township, name=f"代表{n}") for n in range(AT_ONCE + 1)]
    for order, person in enumerate(people, 5):
        person.save()
        Proposer._base_manager.create(case=case, order=order, person=person, name=person.name)
    sent = {"person": [person.pk for person in people], "token": "t" * 300}
    sign_in(client, clerk)
    first, again = (client.post(reverse("deputy-sheets-print"), sent).url for _ in range(2))
    job = Job._base_manager.get()
    assert first == again == reverse("job", kwargs={"pk": job.pk})
    assert len(job.idempotency_key) < 250  # PostgreSQL takes no longer one
