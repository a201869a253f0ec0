"""The figures of activities over a year counted by hand (tests/activities/year.py)."""

from datetime import date

import pytest

from activities.figures import FIGURES
from congress.figures import Context, evaluate, rows_behind
from congress.period import Period
from congress.scoping import OPERATOR
from deputies.figures_people import FIGURES as PEOPLE
from deputies.models import Person
from tests.activities.ledger import YEAR, brought, deputy, figures
from tests.activities.year import CAMPAIGN

SERVING_FIGURES = [figure for figure in PEOPLE if figure.key == "deputies.serving"]
# (figure, filters) → value
VALUES = [
    ("activities.held", {}, 5),
    ("activities.held", {"kind": ("视察", "调研")}, 2),
    ("activities.held", {"kind": ("视察", "志愿服务"), "campaign": CAMPAIGN}, 1),
    ("activities.held", {"field": ("营商环境", "疫情防控")}, 3),
    ("activities.held", {"outcome": "宣传单"}, 2),
    ("activities.held", {"activity": "营商调研"}, 1),
    ("activities.held", {"organiser": "县人大"}, 1),
    ("activities.held", {"month": "2024-03"}, 2),
    ("activities.held", {"campaign": "没有这回事"}, 0),
    ("activities.inspections", {}, 1),
    ("activities.research", {}, 1),
    ("activities.inspections_and_research", {}, 3),
    ("activities.inspections_and_research", {"kind": "调研"}, 1),
    ("activities.participations", {}, 46),
    ("activities.participations", {"level": "县"}, 2),
    ("activities.participations", {"level": ("县", "乡镇")}, 5),
    ("activities.participations", {"level": "省"}, 0),
    ("activities.participations", {"field": "疫情防控"}, 40),
    ("activities.participations", {"kind": ("视察", "调研", "执法检查")}, 6),
    ("activities.participations", {"outcome": "走访企业"}, 2),
    ("activities.deputies", {}, 3),
    ("activities.deputies", {"level": "县"}, 1),
    ("activities.deputies", {"level": "乡镇", "kind": "调研"}, 1),
    ("activities.deputies", {"level": "县", "kind": "调研", "activity": "营商调研"}, 1),
    ("activities.deputies", {"kind": "走访"}, 0),
    ("activities.outsiders", {}, 18),
    ("activities.outsiders", {"kind": "座谈", "field": "营商环境", "person": "企业代表"}, 10),
    ("activities.outsiders", {"outcome": "宣传单"}, 6),
    ("activities.leaders", {}, 3),
    ("activities.leaders", {"kind": "视察"}, 1),
    ("activities.recommendations", {}, 5),
    ("activities.recommendations", {"kind": "调研", "activity": "营商调研"}, 2),
    ("activities.reports", {}, 3),
    ("activities.reports", {"field": "饮水安全"}, 2),
    ("activities.outcomes", {}, None),
    ("activities.outcomes", {"outcome": "宣传单"}, 350),
    ("activities.outcomes", {"outcome": "宣传单", "field": "疫情防控"}, 50),
    ("activities.outcomes", {"outcome": "走访企业", "campaign": CAMPAIGN}, 12),
    ("activities.outcomes", {"outcome": "插秧机"}, 0),
    ("activities.outcomes", {"outcome": ("宣传单", "走访企业")}, None),
    ("activities.villages", {}, 2),
    ("activities.villages", {"kind": "调研"}, 1),
    ("activities.villages", {"outcome": "走访企业"}, 1),
    ("activities.by_month", {}, None),
]


@pytest.mark.parametrize(("key", "filters", "value"), VALUES)
def test_the_value_is_what_a_person_counts(year, key, filters, value):
    assert figures(year, **filters)[key].value == value


BREAKDOWNS = {
    "activities.held": {
        "kind": {"座谈": 1, "志愿服务": 1, "执法检查": 1, "视察": 1, "调研": 1},
        "campaign": {CAMPAIGN: 2},
        "field": {"乡村振兴": 1, "疫情防控": 1, "营商环境": 2, "饮水安全": 1},
        "month": {"2024-01": 1, "2024-03": 2, "2024-06": 1, "2024-12": 1},
        "organiser": {"主席团": 4, "县人大": 1},
    },
    "activities.inspections_and_research": {
        "field": {"乡村振兴": 1, "营商环境": 1, "饮水安全": 1},
        "month": {"2024-01": 1, "2024-03": 1, "2024-12": 1},
    },
    # 王芳 holds two mandates; 赵强 was out of office in March; 40 without names have no level.
    "activities.participations": {
        "level": {"乡镇": 5, "县": 2},
        "kind": {"志愿服务": 40, "执法检查": 1, "视察": 3, "调研": 2},
        "campaign": {CAMPAIGN: 5},
    },
    "activities.deputies": {
        "level": {"乡镇": 3, "县": 1},
        "kind": {"执法检查": 1, "视察": 3, "调研": 2},
        "campaign": {CAMPAIGN: 3},
    },
    "activities.outsiders": {"person": {"企业代表": 16, "村干部": 2}},
    "activities.leaders": {"names": {"刘志强（主任）": 2, "周敏（镇长）": 1}},
    "activities.recommendations": {
        "field": {"乡村振兴": 3, "营商环境": 2, "饮水安全": 3},
        "kind": {"视察": 3, "调研": 2},
    },
    "activities.outcomes": {"outcome": {"宣传单": 350, "走访企业": 12}},
    "activities.villages": {"campaign": {CAMPAIGN: 2}},
}


@pytest.mark.parametrize("key", BREAKDOWNS)
def test_the_breakdowns_are_what_a_person_counts(year, key):
    assert figures(year)[key].breakdowns == BREAKDOWNS[key]


def test_an_outcome_that_is_asked_for_has_its_unit_and_its_campaigns(year):
    result = figures(year, outcome="宣传单")["activities.outcomes"]
    assert result.beside == {"measure": "份"}
    assert result.breakdowns == {"outcome": {"宣传单": 350}, "campaign": {CAMPAIGN: 300}}


def rate(result):
    return (result.value, result.numerator, result.denominator)


def test_the_participation_rate_is_of_those_who_serve_on_the_last_day(year):
    result = figures(year)["activities.participation_rate"]
    # 赵强 attended and serves no more; 陈静 serves and attended nothing.
    assert rate(result) == (66.67, 2, 3)
    assert result.breakdowns == {
        "level": {
            "乡镇": {"value": 66.67, "numerator": 2, "denominator": 3},
            "县": {"value": 100.0, "numerator": 1, "denominator": 1},
        }
    }


def test_a_filter_on_activities_narrows_who_attended_and_not_who_serves(year):
    key = "activities.participation_rate"
    assert rate(figures(year, kind="调研")[key]) == (33.33, 1, 3)
    assert rate(figures(year, kind="调研", field="饮水安全")[key]) == (0.0, 0, 3)
    assert rate(figures(year, level="县")[key]) == (100.0, 1, 1)


@pytest.mark.parametrize("filters", [{}, {"level": "乡镇"}])
def test_its_denominator_is_the_serving_deputies(year, filters):
    asked = {name: (word,) for name, word in filters.items()}
    serving = evaluate(SERVING_FIGURES, Context(OPERATOR, year, YEAR, asked))["deputies.serving"]
    result = figures(year, **filters)["activities.participation_rate"]
    assert result.denominator == serving.value
    levels = result.breakdowns["level"].items()
    assert {word: cell["denominator"] for word, cell in levels} == serving.breakdowns["level"]


def test_who_stands_in_the_roster_without_a_mandate_does_not_serve(year):
    Person(place=year, name="无职务").save()
    assert rate(figures(year)["activities.participation_rate"]) == (66.67, 2, 3)


def test_a_rate_of_nobody_is_none(township):
    assert rate(figures(township)["activities.participation_rate"]) == (None, 0, 0)


def test_while_he_served_he_counts_among_the_serving(year):
    january = Period(date(2024, 1, 1), date(2024, 1, 31))
    assert rate(figures(year, january)["activities.participation_rate"]) == (75.0, 3, 4)


def test_months_hold_their_activities_in_order_of_date(year):
    result = figures(year, kind=("视察", "调研", "志愿服务"))["activities.by_month"]
    assert result.items == [
        {
            "month": "2024-01",
            "activities": [
                {"kind": "视察", "name": "饮水视察", "field": "饮水安全、乡村振兴", "deputies": 3}
            ],
        },
        {
            "month": "2024-03",
            "activities": [
                {"kind": "调研", "name": "营商调研", "field": "营商环境", "deputies": 2},
                {"kind": "志愿服务", "name": "卡口值守", "field": "疫情防控", "deputies": 40},
            ],
        },
    ]


def test_leaders_are_listed_with_name_and_post(year):
    assert figures(year)["activities.leaders"].items == [
        {"name": "刘志强", "post": "主任", "times": 2},
        {"name": "周敏", "post": "镇长", "times": 1},
    ]


def test_what_happens_after_the_as_of_date_does_not_count(year):
    known = Period(date(2024, 1, 1), date(2024, 12, 31), as_of=date(2024, 3, 10))
    found = figures(year, known)
    assert found["activities.held"].value == 2
    assert found["activities.participations"].value == 5


@pytest.mark.parametrize(
    ("filters", "gone", "kept"),
    [
        ({"level": "县"}, "activities.held", "activities.deputies"),
        ({"person": "企业代表"}, "activities.outcomes", "activities.outsiders"),
        ({"kind": "站"}, "activities.held", None),
        ({"level": "街道"}, "activities.participations", None),
        ({"station": "中心站"}, "activities.by_month", None),
        ({"month": "三月"}, "activities.held", None),
    ],
)
def test_a_figure_for_which_a_filter_means_nothing_is_left_out(year, filters, gone, kept):
    found = figures(year, **filters)
    assert gone not in found
    assert kept is None or kept in found


def test_a_mandate_held_again_at_one_level_counts_once(township):
    start = date(2021, 11, 1)
    person = deputy(township, "王芳", ("乡镇", start, None), ("县", start, date(2024, 1, 10)))
    brought(
        township,
        {
            "activities": [
                {"名称": "一", "类型": "视察", "开始日期": "2024-01-09", "参加代表": person.name},
                {"名称": "二", "类型": "视察", "开始日期": "2024-01-10", "参加代表": person.name},
            ]
        },
    )
    found = figures(township)
    # The end is the first day out of office.
    assert found["activities.participations"].breakdowns["level"] == {"乡镇": 2, "县": 1}
    assert found["activities.deputies"].breakdowns["level"] == {"乡镇": 1, "县": 1}


def test_the_rows_behind_a_number_are_the_rows_counted(year):
    behind = {}
    for figure in FIGURES:
        found = rows_behind(figure, Context(OPERATOR, year, YEAR))
        behind[figure.key] = [queryset.count() for queryset, _ in found]
    assert behind["activities.held"] == [5]
    assert behind["activities.participations"] == [6, 1]
    assert behind["activities.participation_rate"] == [3]
    assert behind["activities.reports"] == [2]
    assert behind["activities.outcomes"] == [3]
    assert behind["activities.villages"] == [3]
    assert behind["activities.by_month"] == [5]


def test_a_stranger_counts_nothing_of_it_and_the_clerk_all(year, clerk, stranger):
    assert figures(year, user=clerk)["activities.held"].value == 5
    found = figures(year, user=stranger)
    values = {key: result.value for key, result in found.items() if result.value}
    assert values == {}
    assert found["activities.by_month"].items == []
    assert found["publicity.honours"].items == []


def test_all_figures_of_the_room_cost_few_queries(year, django_assert_max_num_queries):
    # One of them is that of the cases, which platform_opinions shares with their own figures.
    with django_assert_max_num_queries(14):
        figures(year)
