"""Figures of handling, counted by hand: replies, deadlines, closing, judgement."""

from datetime import date

import pytest

from congress.models import Setting
from tests.reports.books import YEAR, deputy_case, enter_cases, figures, known_on, township, value
from tests.suggestions.case_figures import (
    ACCEPTED,
    CLOSED,
    COLLECTED,
    DEPUTIES,
    HANDED,
    JUDGED,
    REPLIED,
    event,
    judged,
    values,
)


@pytest.fixture
def town(db):
    return township()


def test_replies_by_the_class_of_the_latest(town):
    enter_cases(
        town,
        REPLIED,
        REPLIED | {"办理结果": "C", "承诺日期": "2024-09-01"},
        HANDED,
        events=[event("2", "2024-07-01", "再次答复", 结果="A")],
    )
    keys = ("suggestions.replied", "suggestions.solved", "suggestions.commitments")
    assert values(town, *keys) == [2, 2, 0]
    assert values(town, *keys, period=known_on("2024-06-30")) == [2, 1, 1]
    assert values(town, *keys, period=known_on("2024-04-30")) == [0, 0, 0]
    before = figures(town, known_on("2024-06-30"), keys=keys)
    assert before["suggestions.replied"].breakdowns == {"result_class": {"A": 1, "C": 1}}


def test_a_reopened_case_is_open_until_it_is_closed_again(town):
    enter_cases(
        town,
        CLOSED,
        CLOSED,
        events=[
            event("2", "2024-07-01", "重开", 说明="水管又坏了"),
            event("2", "2024-08-01", "再次答复", 结果="A"),
            event("2", "2024-09-01", "办结"),
        ],
    )
    keys = (ACCEPTED, "suggestions.closed", "suggestions.in_progress", "suggestions.closing_rate")
    assert values(town, *keys, period=known_on("2024-06-30")) == [2, 2, 0, 100]
    assert values(town, *keys, period=known_on("2024-08-31")) == [2, 1, 1, 50]
    assert values(town, *keys) == [2, 2, 0, 100]


def test_a_case_reopened_and_closed_again_on_one_day_is_closed(town):
    again = [event("1", "2024-07-01", "重开", 说明="又坏了"), event("1", "2024-07-01", "办结")]
    enter_cases(town, CLOSED, events=again)
    assert values(town, "suggestions.closed", "suggestions.in_progress") == [1, 0]


def test_closing_is_not_solving(town):
    enter_cases(town, CLOSED | {"办理结果": "D"}, CLOSED, {})
    keys = ("suggestions.closing_rate", "suggestions.solving_rate")
    found = figures(town, keys=keys)
    assert [(r.numerator, r.denominator, r.value) for r in found.values()] == [
        (2, 3, 66.67),
        (1, 3, 33.33),
    ]


def test_overdue_begins_the_day_after_the_deadline_and_ends_with_the_reply(town):
    enter_cases(town, REPLIED | {"首次答复日期": "2024-06-20"})
    days = ("2024-06-10", "2024-06-11", "2024-06-19", "2024-06-20")
    overdue = [value(town, "suggestions.overdue", known_on(day)) for day in days]
    assert overdue == [0, 1, 1, 0]


def test_an_extended_deadline_is_the_one_in_force(town):
    enter_cases(town, HANDED, events=[event("1", "2024-06-05", "延期", 日期值="2024-09-10")])
    days = ("2024-06-11", "2024-09-10", "2024-09-11")
    assert [value(town, "suggestions.overdue", known_on(day)) for day in days] == [0, 0, 1]


def test_on_time_is_judged_by_the_deadline_of_the_day_of_the_reply(town):
    late = REPLIED | {"首次答复日期": "2024-06-20"}
    enter_cases(
        town,
        REPLIED | {"首次答复日期": "2024-06-10"},
        late,
        late,
        HANDED,
        events=[event("3", "2024-06-01", "延期", 日期值="2024-06-30")],
    )
    found = figures(town, keys=["suggestions.on_time_rate"])["suggestions.on_time_rate"]
    assert (found.numerator, found.denominator, found.value) == (2, 4, 50)
    assert found.breakdowns["unit"] == {"镇水务站": {"value": 50, "numerator": 2, "denominator": 4}}


def test_the_reply_rate_is_of_cases_handed_over(town):
    enter_cases(town, REPLIED, HANDED, {}, {"处理方式": "当场答复", "处理日期": "2024-03-01"})
    found = figures(town, keys=["suggestions.reply_rate"])["suggestions.reply_rate"]
    assert (found.numerator, found.denominator, found.rows) == (1, 2, 2)


def test_a_rate_of_nothing_is_none_and_a_count_of_nothing_nought(town):
    keys = ("suggestions.reply_rate", "suggestions.days_to_reply", COLLECTED)
    assert values(town, *keys) == [None, None, 0]


def test_a_talk_before_or_on_the_day_of_the_reply_counts_as_meeting(town):
    talks = ("2024-05-01", "2024-05-02")
    enter_cases(town, *(REPLIED | {"面商日期": day} for day in talks), REPLIED, HANDED)
    found = figures(town, keys=["suggestions.meeting_rate"])["suggestions.meeting_rate"]
    assert (found.numerator, found.denominator) == (1, 3)


def satisfaction(town, period=YEAR):
    found = figures(town, period, keys=["suggestions.satisfaction_rate"])
    return [(r.numerator, r.denominator) for r in found.values()]


def test_satisfaction_takes_the_latest_stated_judgement_of_the_result(town):
    enter_cases(
        town,
        *judged("满意", "基本满意", "不满意", "未表态"),
        REPLIED,
        events=[
            event("3", "2024-07-01", "再次答复", 结果="A"),
            event("3", "2024-07-10", "评价", 结果="满意"),
            event("1", "2024-08-01", "评价", 结果="未表态"),
        ],
    )
    assert satisfaction(town, known_on("2024-05-19")) == [(0, 0)]
    assert satisfaction(town, known_on("2024-06-30")) == [(2, 3)]
    assert satisfaction(town) == [(3, 3)]


def test_a_citizens_judgement_counts_for_the_citizens_case(town):
    enter_cases(town, *judged("满意"), deputy_case(**JUDGED, 结果评价="不满意"), **DEPUTIES)
    assert satisfaction(town) == [(1, 2)]
    assert value(town, "suggestions.satisfaction_rate", origin="群众") == 100


@pytest.mark.parametrize(
    ("reading", "expected"),
    [("满意和基本满意÷已评价", (2, 3)), ("满意÷已评价", (1, 3)), ("满意和基本满意÷已答复", (2, 4))],
)
def test_the_county_chooses_how_satisfaction_is_read(town, reading, expected):
    Setting(
        place=town,
        key="suggestions.satisfaction_reading",
        value=reading,
        valid_from=date(2024, 1, 1),
    ).save()
    enter_cases(town, *judged("满意", "基本满意", "不满意"), REPLIED)
    assert satisfaction(town) == [expected]


def test_days_are_the_mean_of_the_two_middle_values(town):
    dates = ("2024-03-11", "2024-03-13", "2024-03-20", "2024-05-01")
    enter_cases(town, *(REPLIED | {"首次答复日期": day} for day in dates), HANDED)
    assert values(town, "suggestions.days_to_reply", "suggestions.days_to_handover") == [6.5, 9]
