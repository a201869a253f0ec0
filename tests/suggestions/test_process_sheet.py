"""The sheet 办理过程: what it adds to the row of a case, and what comes out again."""

import pytest

from congress.scoping import OPERATOR
from suggestions.tables_process import ProcessTable
from tests.reports.books import enter_cases, township
from tests.suggestions.case_figures import CLOSED, event

CASE = CLOSED | {"面商日期": "2024-04-15", "评价日期": "2024-05-20", "态度评价": "满意"}
AGAIN = [
    event("1", "2024-03-10", "交办", 日期值="2024-06-01"),
    event("1", "2024-04-15", "面商", 单位="镇农业站"),
    event("1", "2024-04-15", "面商", 说明="又去了一次"),
    event("1", "2024-05-20", "评价", 结果="满意", 说明="上门"),
    event("1", "2024-06-01", "办结", 说明="会上"),
]


@pytest.fixture
def town(db):
    return township()


def steps(place):
    """What happened, in order: (name, unit, result, note)."""
    rows = ProcessTable().read(ProcessTable().records(OPERATOR, place))
    found = [(row["step"], row["unit"], row["result"], row["note"]) for _, row in rows]
    return [row for row in found if row[0] not in ("提出", "答复")]


def test_a_row_that_tells_again_of_a_step_adds_to_it_and_another_stands_beside_it(town):
    enter_cases(town, CASE, events=AGAIN)
    assert steps(town) == [
        ("交办", "镇水务站", "", ""),
        ("面商", "镇农业站", "", ""),
        ("面商", "", "", "又去了一次"),
        ("评价", "", "满意", "上门"),
        ("办结", "", "", "会上"),
    ]


def test_the_same_rows_again_change_nothing(town):
    enter_cases(town, CASE, events=AGAIN)
    counts = enter_cases(town, CASE, events=AGAIN).summary()
    assert counts["created"] == {"意见建议": 0, "办理过程": 0}
    assert counts["unchanged"] == {"意见建议": 1, "办理过程": 5}


def test_another_unit_or_another_result_on_that_day_is_another_step(town):
    other = [
        event("1", "2024-03-10", "交办", 单位="镇农业站"),
        event("1", "2024-05-20", "评价", 结果="不满意"),
    ]
    enter_cases(town, CASE | {"结果评价": "满意"}, events=other)
    found = [row[:3] for row in steps(town)]
    assert found.count(("交办", "镇农业站", "")) == 1
    assert [row for row in found if row[0] == "评价"] == [
        ("评价", "", "满意"),
        ("评价", "", "不满意"),
    ]


def test_an_export_leaves_out_a_step_only_where_the_row_of_the_case_tells_all_of_it(town):
    enter_cases(town, CASE, events=AGAIN[1:2])
    table = ProcessTable()
    rows = [row for _, row in table.exported(table.records(OPERATOR, town))]
    assert [(row["step"], row["unit"]) for row in rows] == [("面商", "镇农业站")]
