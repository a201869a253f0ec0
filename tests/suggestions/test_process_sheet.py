"""The sheet 办理过程: what it adds to the row of a case, and what comes out again."""

import pytest

from reports.ledger import new_load
from suggestions.tables_process import ProcessTable
from tests.reports.books import enter, enter_cases, township
from tests.suggestions.case_figures import CLOSED, event

EVENTS = [
    event("1", "2024-03-10", "交办", 日期值="2024-06-01"),
    event("1", "2024-04-15", "面商", 单位="镇农业站"),
    event("1", "2024-04-15", "面商", 说明="又去了一次"),
    event("1", "2024-05-20", "评价", 结果="满意", 说明="上门"),
    event("1", "2024-06-01", "办结", 说明="会上"),
]
CASE = CLOSED | {"面商日期": "2024-04-15", "评价日期": "2024-05-20", "态度评价": "满意"}
HEADERS = {column.header: column.field for column in ProcessTable.sheet.columns}


@pytest.fixture
def town(db):
    return township()


def stored(place, table=ProcessTable):
    """The rows of the sheet as an export writes them: the filled cells by field."""
    table = next(one for one in new_load(place, None).tables if isinstance(one, table))
    from congress.scoping import OPERATOR

    pairs = table.exported(table.records(OPERATOR, place).order_by("pk"))
    rows = [{name: values[name] for name in values if values[name]} for _, values in pairs]
    return [(str(row["on"]), row["step"], row.get("unit"), row.get("note")) for row in rows]


def test_a_row_that_tells_again_of_a_step_adds_to_it_once(town):
    enter_cases(town, CASE, events=EVENTS)
    assert sorted(stored(town)) == []
