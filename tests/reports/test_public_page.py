"""What everybody may read of a township without signing in."""

import io
import re
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from congress import rate_limit
from reports import public_cases
from reports.publication import publish, withdraw
from reports.views.public_page import SEARCHES
from tests.reports.books import deputy_case, enter, enter_cases
from tests.reports.publicity import (
    HANDED,
    NAMING,
    PEOPLE,
    REPLIED,
    hostile_township,
    leaks,
    numbered,
    turn_on,
    twin_of,
)

NOW = datetime(2025, 1, 9, 9, 30, tzinfo=UTC)
HOME = "/g/360733100/"
SMALL = 10_000  # bytes of HTML
FORBIDDEN = re.compile(r"<script|<img|<svg|<link[^>]*font|url\(", re.I)


@pytest.fixture
def opened(township):
    """A township full of personal data whose page is on."""
    hostile_township(township)
    turn_on(township)
    return township


@pytest.fixture
def published(opened, clerk):
    return publish(twin_of(opened).report, opened, user=clerk, now=NOW)[0]


def titles(answer):
    return [case.title for case in answer.context["cases"]]


def test_the_page_is_off_until_it_is_turned_on(client, township, clerk):
    hostile_township(township)
    made, _ = publish(twin_of(township).report, township, user=clerk, now=NOW)
    case = numbered(township, "1")
    pages = (HOME, f"{HOME}{case.pk}/", f"{HOME}reports/{made.pk}/")
    assert [client.get(page).status_code for page in pages] == [404] * 3
    turn_on(township)
    assert [client.get(page).status_code for page in pages] == [200] * 3
    turn_on(township, since="2999-01-01")
    assert client.get(HOME).status_code == 200


def test_a_county_may_turn_on_the_pages_of_its_townships(client, county, township):
    turn_on(county)
    assert client.get(HOME).status_code == 200
    assert [client.get(f"/g/{code}/").status_code for code in ("360733", "999", "x")] == [404] * 3


def test_the_list_shows_public_cases_alone_with_their_state_in_plain_words(client, opened):
    enter_cases(
        opened,
        deputy_case(**HANDED | {"编号": "5", "公开": "是", "标题": "修桥"}),
        deputy_case(**REPLIED | {"编号": "6", "公开": "是", "办结日期": "2024-06-01"}),
    )
    found = {case.number: (case.state, case.result) for case in client.get(HOME).context["cases"]}
    assert found == {
        "1": ("已答复", "正在解决（B类）"),
        "2": ("已答复", "正在解决（B类）"),
        "5": ("办理中", ""),
        "6": ("已办结", "正在解决（B类）"),
    }


def test_a_search_looks_at_so_many_cases_and_says_so(client, opened, monkeypatch):
    bridges = [HANDED | {"编号": number, "公开": "是", "标题": "修桥"} for number in ("5", "6")]
    enter_cases(opened, *(deputy_case(**bridge) for bridge in bridges))
    monkeypatch.setattr(public_cases, "CANDIDATES", 1)
    answer = client.get(HOME, {"q": "修桥"})
    assert (len(titles(answer)), answer.context["whole"]) == (1, False)
    assert "只在最近的 200 件里找" in answer.content.decode()
    assert client.get(HOME).context["whole"]


def test_searches_are_counted_apart_and_fewer_of_them(client, opened):
    assert client.get(HOME, {"q": "路"}).status_code == 200
    now = timezone.now()
    for minute in (now + timedelta(minutes=1), now):  # the next one may begin meanwhile
        for _ in range(SEARCHES):
            rate_limit.is_over("127.0.0.1 search", minute)
    assert client.get(HOME, {"q": "路"}).status_code == 429
    assert client.get(HOME).status_code == 200


def test_nothing_personal_stands_on_any_public_page(client, opened, published):
    pages = [HOME, f"{HOME}?q=路灯", f"{HOME}reports/{published.pk}/"]
    pages += [f"{HOME}{numbered(opened, number).pk}/" for number in "12"]
    for page in pages:
        answer = client.get(page)
        assert (page, answer.status_code, leaks(answer.content.decode())) == (page, 200, [])


def test_the_public_document_holds_nothing_personal(client, opened, published):
    answer = client.get(f"{HOME}reports/{published.pk}/report.docx")
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        text = "".join(archive.read(name).decode("utf-8", "ignore") for name in archive.namelist())
    assert leaks(re.sub(r"<[^>]+>", "", text)) == []


def test_a_case_tells_what_was_asked_answered_and_promised(client, opened):
    page = client.get(f"{HOME}{numbered(opened, '1').pk}/")
    case = page.context["case"]
    assert case["title"] == "反映某某（［电话不公开］）家门口的路灯不亮"
    assert case["paragraphs"][0] == "我是某某，家住上芦村，和某某是邻居。"
    assert case["reply"] == "已上门找到某某，电话［电话不公开］，下月装灯。"
    assert (case["who"], case["units"], case["state"]) == ("群众", "镇水务站", "已答复")
    assert "承诺2024年8月31日前办成。<b>到期了，还没有兑现</b>" in page.content.decode()


def test_a_kept_promise_is_told(client, opened):
    kept = [{"编号": "1", "日期": "2024-08-20", "事项": "承诺落实"}]
    enter(opened, 办理过程=kept)
    page = client.get(f"{HOME}{numbered(opened, '1').pk}/").content.decode()
    assert "<b>已在2024年8月20日兑现</b>" in page


def test_a_deputy_stays_named(client, opened):
    case = client.get(f"{HOME}{numbered(opened, '2').pk}/").context["case"]
    assert (case["who"], case["title"]) == ("王芳、李建国", "关于解决某某等户饮水的建议")


@pytest.mark.parametrize(
    "more",
    [
        {"公开": ""},
        {"处理方式": "", "处理日期": "", "主办单位": "", "撤回日期": "2024-03-20"},
        {"处理方式": "不予受理", "主办单位": ""},
        {"提出层级": "县"},
    ],
    ids=["not public", "withdrawn", "declined", "of the county congress"],
)
def test_what_is_not_public_is_no_page(client, opened, more):
    enter_cases(opened, deputy_case(**HANDED | {"编号": "7", "公开": "是"} | more))
    case = numbered(opened, "7")
    assert client.get(f"{HOME}{case.pk}/").status_code == 404
    assert "7" not in [found.number for found in client.get(HOME).context["cases"]]


def test_a_case_only_registered_is_not_shown(client, opened):
    enter_cases(opened, deputy_case(**{"编号": "8", "公开": "是"}))
    assert client.get(f"{HOME}{numbered(opened, '8').pk}/").status_code == 404


def test_a_case_of_another_township_is_no_page_here(client, opened, other_township):
    enter_cases(other_township, HANDED | {"公开": "是"})
    turn_on(other_township)
    other = numbered(other_township, "1")
    assert client.get(f"{HOME}{other.pk}/").status_code == 404
    assert client.get(f"/g/360733101/{other.pk}/").status_code == 200


@pytest.mark.parametrize(
    "asked, numbers",
    [
        ("路灯", ["1"]),
        ("2", ["2"]),
        ("饮水 解决", ["2"]),
        ("阿依古丽", []),
        ("138", []),
        ("隐情", []),
        ("没有的词", []),
    ],
)
def test_search_finds_what_the_world_reads_and_nothing_else(client, opened, asked, numbers):
    answer = client.get(HOME, {"q": asked})
    assert [case.number for case in answer.context["cases"]] == numbers


def test_a_published_report_is_listed_and_read_until_it_is_withdrawn(client, published, clerk):
    page = client.get(f"{HOME}reports/{published.pk}/").content.decode()
    assert "代表建议、批评和意见共2件，其中公开1件，列表如下。" in page
    assert [row.pk for row in client.get(HOME).context["reports"]] == [published.pk]
    withdraw(published, user=clerk, now=NOW)
    assert client.get(f"{HOME}reports/{published.pk}/").status_code == 404
    assert list(client.get(HOME).context["reports"]) == []


def test_a_published_report_tells_of_a_list_without_a_public_case(client, township, clerk):
    turn_on(township)
    enter_cases(township, deputy_case(**REPLIED), HANDED, **PEOPLE)
    made, _ = publish(twin_of(township).report, township, user=clerk, now=NOW)
    page = client.get(f"{HOME}reports/{made.pk}/").content.decode()
    assert page.count("共1件，其中公开0件。") == 2
    assert "不适用代表法第五十一条。" in page


def test_pages_are_small_and_without_script_font_or_picture(client, township, clerk):
    turn_on(township)
    rows = [
        REPLIED | {"公开": "是", "标题": f"关于硬化上芦村第{n}组机耕道并修好水渠的建议"}
        for n in range(60)
    ]
    enter_cases(township, *[deputy_case(**row) for row in rows], **PEOPLE)
    made, _ = publish(twin_of(township).report, township, user=clerk, now=NOW)
    pages = (
        HOME,
        f"{HOME}?page=2",
        f"{HOME}reports/{made.pk}/",
        f"{HOME}reports/{made.pk}/?page=3",
    )
    for page in pages:
        content = client.get(page).content
        assert (page, FORBIDDEN.findall(content.decode()), len(content) < SMALL) == (page, [], True)


def test_the_number_of_queries_does_not_grow(client, township, django_assert_max_num_queries):
    turn_on(township)

    def queries(page):
        with django_assert_max_num_queries(30) as caught:
            client.get(page)
        return len(caught)

    enter_cases(township, deputy_case(**NAMING), REPLIED | {"公开": "是"}, **PEOPLE)
    case = f"{HOME}{numbered(township, '1').pk}/"
    one = [queries(page) for page in (HOME, f"{HOME}?q=建议", case)]
    more = [{"编号": f"9{n}"} for n in range(4)]
    enter_cases(township, *[deputy_case(**NAMING | row) for row in more])
    assert [queries(page) for page in (HOME, f"{HOME}?q=建议", case)] == one
