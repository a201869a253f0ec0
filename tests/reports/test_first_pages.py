"""The first page after sign-in: the desk of an office, the overview of a county, the search."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.reports.books import enter_cases

pytestmark = pytest.mark.django_db
HANDED = {"处理方式": "交办", "主办单位": "镇水务站"}


def days(number):
    """A day that lies so many days from today, as a cell."""
    return (timezone.localdate() + timedelta(days=number)).isoformat()


NEW_YEAR = date(timezone.localdate().year, 1, 1).isoformat()
RUNNING = HANDED | {"提出日期": days(-90), "处理日期": days(-80)}


@pytest.fixture
def waiting_cases(township, unit):
    enter_cases(
        township,
        RUNNING | {"标题": "关于修路的建议", "答复期限": days(-3)},
        RUNNING | {"标题": "修渠", "答复期限": days(9)},
        RUNNING | {"标题": "修桥", "答复期限": days(60)},
        {"标题": "装灯", "提出日期": days(-5)},
    )  # fmt: skip


def told(answer):
    """[(heading, [(matter, verb, days left or how it waits)])] of the desk that a page shows."""
    return [
        (heading, [(item.matter, item.verb, item.left) for _, item in items])
        for heading, _, _, items in answer.context["parts"]
    ]


def test_what_waits_stands_by_urgency_with_its_next_step(client, clerk, sign_in, waiting_cases):
    answer = sign_in(client, clerk).get("/")
    assert told(answer) == [
        ("已超期", [("修路", "催办", "超期 3 天")]),
        ("10日内到期", [("修渠", "催办", "剩 9 天")]),
        ("等我办理", [("装灯", "登记", "待登记")]),
    ]
    assert answer.context["total"] == 3


def test_a_unit_has_a_desk_with_the_own_cases_and_their_steps(
    client, unit, unit_clerk, other_unit_clerk, sign_in, waiting_cases
):
    assert told(sign_in(client, unit_clerk).get("/")) == [
        ("已超期", [("修路", "签收", "超期 3 天")]),
        ("10日内到期", [("修渠", "签收", "剩 9 天")]),
        ("等我办理", [("修桥", "签收", "剩 60 天")]),
    ]
    assert told(sign_in(client, other_unit_clerk).get("/")) == []


def test_the_governments_office_has_a_desk(client, government, sign_in, waiting_cases):
    assert told(sign_in(client, government).get("/")) == [
        ("已超期", [("修路", "催办", "超期 3 天")]),
        ("10日内到期", [("修渠", "催办", "剩 9 天")]),
    ]


@pytest.mark.parametrize("person", ["clerk", "chair", "government", "unit_clerk"])
def test_every_button_of_a_desk_leads_to_its_step(client, request, person, sign_in, waiting_cases):
    sign_in(client, request.getfixturevalue(person))
    rows = [item for *_, items in client.get("/").context["parts"] for _, item in items]
    pages = [
        reverse("case-step", kwargs={"pk": item.standing.case_id, "step": item.step})
        for item in rows
    ]
    assert {client.get(page).status_code for page in pages} == {200}


def test_the_rows_are_numbered_through_all_groups(client, clerk, sign_in, waiting_cases):
    parts = sign_in(client, clerk).get("/").context["parts"]
    assert [number for *_, items in parts for number, _ in items] == [1, 2, 3]


def test_a_stranger_has_nothing_of_it_on_the_desk(client, stranger, sign_in, waiting_cases):
    assert sign_in(client, stranger).get("/").context["total"] == 0


def test_the_county_sees_its_townships_side_by_side_in_their_order(
    client, county_user, sign_in, township, other_township
):
    in_hand = HANDED | {"提出日期": NEW_YEAR, "处理日期": NEW_YEAR, "答复期限": days(90)}
    closed = in_hand | {"首次答复日期": NEW_YEAR, "办理结果": "A", "办结日期": NEW_YEAR}
    enter_cases(other_township, *[closed] * 4, in_hand)
    answer = sign_in(client, county_user).get("/")
    rows = {str(place): cells for place, cells in answer.context["rows"]}
    assert list(rows) == ["文武坝镇", "筠门岭镇"]
    assert [cell[1:] for cell in rows["筠门岭镇"]] == [
        (5, None), (0, None), ("80%", "4 ÷ 5"), ("80%", "4 ÷ 5"), ("—", ""),
    ]  # fmt: skip
    assert [cell[1] for cell in rows["文武坝镇"]] == [0, 0, "—", "—", "—"]


@pytest.mark.parametrize(
    ("person", "page"),
    [
        ("sysadmin", "/settings/"),
        ("officer", "/records/receptions/"),
        ("deputy_user", "/my/"),
    ],
)
def test_who_has_no_desk_begins_where_the_own_work_is(client, request, person, page, sign_in):
    answer = sign_in(client, request.getfixturevalue(person)).get("/")
    assert answer.url == page


def test_the_search_finds_by_word_number_name_and_initials(client, clerk, sign_in, township):
    enter_cases(township, {"标题": "修路"}, {"标题": "修渠"}, 代表名册=[{"姓名": "王芳"}])
    sign_in(client, clerk)

    def found(text):
        context = client.get("/search/", {"q": text}).context
        return [case.title for case in context["cases"]], [p.name for p in context["people"]]

    assert found("渠") == (["修渠"], [])
    assert found("wf") == ([], ["王芳"])
    assert found("王") == ([], ["王芳"])
    assert found("没有") == ([], [])


def test_the_stranger_searches_in_vain(client, stranger, sign_in, township):
    enter_cases(township, {"标题": "修渠"}, 代表名册=[{"姓名": "王芳"}])
    sign_in(client, stranger)
    for text in ("渠", "王", "1"):
        context = client.get("/search/", {"q": text}).context
        assert (list(context["cases"]), list(context["people"])) == ([], [])
