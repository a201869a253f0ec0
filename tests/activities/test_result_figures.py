"""The figures of training, publicity, honours and projects, counted by hand."""

from datetime import date

import pytest

from congress.period import Period
from suggestions.models import Case, Standing
from suggestions.words import State
from tests.activities.ledger import figures
from tests.activities.year import HIGH

# (figure, filters) → value
VALUES = [
    ("training.held", {}, 2),
    ("training.held", {"topic": "代表法"}, 1),
    ("training.participations", {}, 3),
    ("training.participations", {"level": "县"}, 1),
    ("training.participations", {"topic": "代表法"}, 2),
    ("training.topics", {}, None),
    ("publicity.articles", {}, 3),
    ("publicity.articles", {"level": "县", "outlet": "会昌人大"}, 2),
    ("publicity.articles", {"level": ("县", "国家")}, 3),
    ("publicity.articles", {"level": "全国"}, 1),
    ("publicity.articles", {"outlet": "人民网"}, 1),
    ("publicity.platform_activities", {}, 1),
    ("publicity.platform_activities", {"platform": HIGH}, 1),
    ("publicity.platform_information", {}, 2),
    ("publicity.honours", {}, 2),
    ("projects.proposed", {}, 3),
    ("projects.chosen", {}, 2),
    ("projects.completed", {}, 2),
]


@pytest.mark.parametrize(("key", "filters", "value"), VALUES)
def test_the_value_is_what_a_person_counts(year, key, filters, value):
    assert figures(year, **filters)[key].value == value


BREAKDOWNS = {
    "training.held": {
        "month": {"2024-03": 1, "2024-06": 1},
        "topic": {"代表法": 1, "预算怎么看": 1},
    },
    # 赵强 was out of office by then.
    "training.participations": {"level": {"乡镇": 2, "县": 1}},
    "training.topics": {"month": {"2024-03": 1, "2024-06": 1}},
    "publicity.articles": {
        "outlet": {"人民网": 1, "会昌人大": 2},
        "level": {"县": 2, "国家": 1},
    },
    "publicity.platform_information": {"platform": {HIGH: 2}},
    "projects.satisfaction": {
        "project": {
            "供水": {"value": 96.0, "numerator": 48, "denominator": 50},
            "路灯": {"value": 20.0, "numerator": 10, "denominator": 50},
        }
    },
}


@pytest.mark.parametrize("key", BREAKDOWNS)
def test_the_breakdowns_are_what_a_person_counts(year, key):
    assert figures(year)[key].breakdowns == BREAKDOWNS[key]


def test_topics_stand_in_order_of_date(year):
    assert figures(year)["training.topics"].items == [
        {"date": "2024-03-20", "month": "2024-03", "topic": "代表法"},
        {"date": "2024-06-01", "month": "2024-06", "topic": "预算怎么看"},
    ]


def test_honours_are_listed_with_name_rank_and_giver(year):
    assert figures(year)["publicity.honours"].items == [
        {"name": "工作评比", "rank": "第三名", "giver": "县人大", "date": "2024-03-01"},
        {"name": "先进集体", "rank": "", "giver": "", "date": "2024-12-20"},
    ]


def test_the_satisfaction_with_projects_is_of_the_votes_on_the_chosen_ones(year):
    result = figures(year)["projects.satisfaction"]
    assert (result.value, result.numerator, result.denominator) == (58.0, 58, 100)


def test_a_project_counts_in_the_years_that_the_period_touches(year):
    found = figures(year, Period(date(2023, 7, 1), date(2024, 1, 31)))
    assert found["projects.chosen"].value == 3  # 供水, 路灯, 桥
    assert found["projects.completed"].value == 0  # 井 was completed on the day after
    found = figures(year, Period(date(2023, 7, 1), date(2025, 1, 31)))
    assert found["projects.completed"].value == 4


def case(place, number, platform, raised_on, *, closed_on=None, **standing):
    row = Case(place=place, number=number, title=number, platform=platform, raised_on=raised_on)
    row.save()
    Standing(
        case=row,
        starts=raised_on,
        ends=closed_on,
        state=State.HANDLING,
        origin="群众",
        **standing,
    ).save()
    if closed_on:
        Standing(
            case=row, starts=closed_on, state=State.CLOSED, origin="群众", closed_on=closed_on
        ).save()


def test_opinions_of_a_platform_count_when_they_are_closed_and_collected_stands_beside(township):
    case(township, "1", HIGH, date(2024, 2, 1), closed_on=date(2024, 3, 1))
    case(township, "2", HIGH, date(2024, 2, 1), closed_on=date(2025, 1, 1))
    case(township, "3", HIGH, date(2024, 2, 1))
    case(township, "4", HIGH, date(2024, 2, 1), withdrawn_on=date(2024, 2, 1))
    case(township, "5", "", date(2024, 2, 1), closed_on=date(2024, 3, 1))
    case(township, "6", HIGH, date(2023, 12, 31), closed_on=date(2024, 3, 1))
    case(township, "7", "赣州网", date(2024, 2, 1), closed_on=date(2024, 3, 1))
    result = figures(township)["publicity.platform_opinions"]
    assert (result.value, result.beside) == (2, {"collected": 4})
    assert result.breakdowns == {"platform": {HIGH: 1, "赣州网": 1}}
    result = figures(township, platform=HIGH)["publicity.platform_opinions"]
    assert (result.value, result.beside) == (1, {"collected": 3})
