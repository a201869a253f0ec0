"""What befalls a case: merging, pressing, marks, promises, outcomes."""

import pytest

from tests.reports.books import YEAR, enter_cases, figures, known_on, township, value
from tests.suggestions.case_figures import (
    ACCEPTED,
    CLOSED,
    COLLECTED,
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


def test_a_merged_case_takes_over_from_the_day_of_merging(town):
    merged = {"并入编号": "1", "处理日期": "2024-03-20"}
    enter_cases(town, CLOSED, merged)
    keys = (
        COLLECTED,
        ACCEPTED,
        "suggestions.assigned",
        "suggestions.undisposed",
        "suggestions.replied",
        "suggestions.solved",
        "suggestions.closed",
    )
    assert values(town, *keys, period=known_on("2024-03-19")) == [2, 2, 1, 1, 0, 0, 0]
    assert values(town, *keys, period=known_on("2024-03-20")) == [2, 2, 2, 0, 0, 0, 0]
    assert values(town, *keys) == [2, 2, 2, 0, 2, 2, 2]
    found = figures(town, keys=["suggestions.closed"])["suggestions.closed"]
    assert found.breakdowns["unit"] == {"镇水务站": 2}


def test_a_case_merged_into_a_merged_one_follows_to_the_end(town):
    enter_cases(
        town,
        CLOSED,
        {"并入编号": "1", "处理日期": "2024-03-20"},
        {"并入编号": "2", "处理日期": "2024-03-15"},
    )
    assert values(town, "suggestions.undisposed", "suggestions.closed") == [0, 3]


def test_what_later_happens_to_the_one_reaches_those_merged_into_it(town):
    enter_cases(town, REPLIED, {"并入编号": "1", "处理日期": "2024-03-20"})
    enter_cases(town, CLOSED)
    assert value(town, "suggestions.closed") == 2


def test_pressing_counts_by_its_own_day_on_any_case(town):
    enter_cases(
        town,
        HANDED | {"提出日期": "2023-12-20", "处理日期": "2023-12-25"},
        HANDED,
        events=[
            event("1", "2024-01-05", "催办"),
            event("1", "2024-01-05", "督办"),
            event("2", "2025-01-05", "催办"),
        ],
    )
    assert values(town, COLLECTED, "suggestions.pressed") == [1, 2]
    assert value(town, "suggestions.pressed", known_on("2024-01-04")) == 0


def test_pressing_is_asked_for_by_what_its_case_is_and_by_the_unit_that_was_pressed(town):
    enter_cases(
        town,
        HANDED | {"类别": "产业发展"},
        HANDED,
        events=[
            event("1", "2024-04-05", "催办"),
            event("1", "2024-04-06", "催办", 单位="镇农业站"),
            event("2", "2024-04-05", "督办"),
        ],
    )
    key = "suggestions.pressed"
    assert value(town, key, category="产业发展") == 2
    assert value(town, key, unit="镇水务站") == 2
    assert value(town, key, unit="镇农业站") == 1
    assert key not in figures(town, keys=[key], kind="视察")


def test_marks_that_a_case_bears_from_a_day_on(town):
    enter_cases(
        town,
        HANDED | {"重点督办日期": "2024-04-01"},
        *judged("不满意"),
        JUDGED,
        HANDED,
        events=[event("3", "2024-06-01", "重新办理"), event("4", "2024-03-05", "退回补正")],
    )
    keys = ("suggestions.key", "suggestions.rehandled", "suggestions.returned_for_repair")
    assert values(town, *keys) == [1, 2, 1]
    assert values(town, *keys, period=known_on("2024-05-20")) == [1, 1, 1]
    assert values(town, *keys, period=known_on("2024-03-04")) == [0, 0, 0]


def test_promises_are_kept_due_or_broken_on_the_day(town):
    promise = REPLIED | {"办理结果": "B"}
    enter_cases(
        town,
        promise | {"承诺日期": "2024-09-01"},
        promise | {"承诺日期": "2024-09-01"},
        promise | {"承诺日期": "2025-03-01"},
        promise,
        REPLIED | {"承诺日期": "2024-09-01"},
        events=[event("1", "2024-08-20", "承诺落实")],
    )
    found = figures(town, keys=["suggestions.commitments"])["suggestions.commitments"]
    assert found.value == 3
    assert found.breakdowns == {"promise_state": {"已兑现": 1, "未到期": 1, "逾期未兑现": 1}}
    before = figures(town, known_on("2024-08-01"), keys=["suggestions.commitments"])
    assert before["suggestions.commitments"].breakdowns == {"promise_state": {"未到期": 3}}


def outcomes(town, period=YEAR, **filters):
    found = figures(town, period, keys=["suggestions.outcomes"], **filters)["suggestions.outcomes"]
    return found.value, found.unit, found.breakdowns["outcome"]


def test_outcomes_count_from_the_closing_and_each_is_its_own_number(town):
    enter_cases(
        town,
        CLOSED | {"成效": "插秧机:3台；受益农户:40户"},
        CLOSED | {"成效": "插秧机:2台", "类别": "产业发展"},
        REPLIED | {"成效": "插秧机:9台"},
    )
    assert outcomes(town) == (None, "(each its own)", {"插秧机": 5, "受益农户": 40})
    assert outcomes(town, outcome="插秧机") == (5, "台", {"插秧机": 5})
    assert outcomes(town, outcome="翻耕机") == (0, "(each its own)", {})
    assert outcomes(town, known_on("2024-05-31"), outcome="插秧机") == (0, "(each its own)", {})
    assert outcomes(town, outcome="插秧机", category="产业发展")[0] == 2
    assert outcomes(town, outcome="插秧机", unit="镇水务站")[0] == 5


def test_an_outcome_of_a_case_that_was_void_later_counts_as_long_as_it_was_not(town):
    enter_cases(
        town,
        CLOSED | {"成效": "插秧机:3台"},
        events=[
            event("1", "2024-07-01", "重开", 说明="错了"),
            event("1", "2024-07-02", "作废", 说明="重复录入"),
        ],
    )
    assert outcomes(town, known_on("2024-06-15"), outcome="插秧机")[0] == 3
    assert outcomes(town, outcome="插秧机")[0] == 0
