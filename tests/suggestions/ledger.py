"""Bringing cases into a township in tests as a clerk would: rows of the ledger."""

from congress.scoping import OPERATOR
from reports.ledger import new_load

DEPUTY_ROW = {
    "number": "1",
    "title": "关于硬化上芦村机耕道的建议",
    "category": "基础设施",
    "origin": "群众",
    "proposers": "村民甲",
    "raised_on": "2024-03-05",
    "occasion": "闭会期间",
}
HANDED = {"way": "交办", "handed_on": "2024-03-12", "lead": "镇水务站"}
REPLIED = HANDED | {"replied_on": "2024-05-20", "result": "A"}


def bring(place, cases=(), process=(), user=OPERATOR, **sheets):
    """Load rows {field: cell} of 意见建议 and 办理过程 (and of other sheets by slug); the load,
    committed.
    """
    load = plan(place, cases, process, user, **sheets)
    assert load.errors == []
    load.commit()
    return load


def plan(place, cases=(), process=(), user=OPERATOR, **sheets):
    """The same, checked only."""
    load = new_load(place, user)
    wanted = {"cases": [DEPUTY_ROW | row for row in cases], "process": process} | {
        slug.replace("_", "-"): rows for slug, rows in sheets.items()
    }
    for table in load.tables:
        rows = wanted.get(table.sheet.slug, ())
        load.read_rows(table, [(number, row) for number, row in enumerate(rows, 2)])
    load.plan()
    return load
