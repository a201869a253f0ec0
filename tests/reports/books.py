"""A clerk's ledger: rows of its sheets into a place, figures out of it, without files."""

from datetime import date

from congress.period import Period
from congress.place_tree import ensure_place
from congress.scoping import OPERATOR
from reports import catalogue
from reports.ledger import new_load

YEAR = Period(date(2024, 1, 1), date(2024, 12, 31))
CASE = {
    "标题": "修路",
    "类别": "基础设施",
    "来源": "群众",
    "提出人": "廖阿婆",
    "提出日期": "2024-03-01",
    "提出场合": "走访",
}
ROSTER = [{"姓名": "王芳"}, {"姓名": "李建国"}]
MANDATE = {"届次": "第七届", "当选日期": "2021-11-20", "产生方式": "换届选举"}
MANDATES = [
    MANDATE | {"姓名": "王芳", "层级": "乡镇"},
    MANDATE | {"姓名": "王芳", "层级": "县"},
    MANDATE | {"姓名": "李建国", "层级": "乡镇", "终止日期": "2024-06-30", "终止原因": "辞职"},
]


def township(code="360733100", name="文武坝镇"):
    return ensure_place(code, name)


def enter(place, user=OPERATOR, **sheets):
    """Bring rows in; {sheet name: [{header: cell}]}."""
    load = new_load(place, user)
    for table in load.tables:
        fields = {column.header: column.field for column in table.sheet.columns}
        rows = sheets.pop(table.sheet.name, [])
        cells = [{fields[header]: cell for header, cell in row.items()} for row in rows]
        load.read_rows(table, list(enumerate(cells, 2)))
    assert not sheets, sheets
    load.plan()
    assert [str(problem) for problem in load.errors] == []
    load.commit()
    return load


def enter_cases(place, *cases, events=(), **sheets):
    """Cases numbered 1, 2, 3 …, each told by where it differs from a citizen's plain one of
    1 March 2024; `events` are rows of 办理过程.
    """
    rows = [{"编号": str(number)} | CASE | case for number, case in enumerate(cases, 1)]
    return enter(place, **({"意见建议": rows, "办理过程": list(events)} | sheets))


def deputy_case(name="王芳", **more):
    """A suggestion of a deputy."""
    return {"来源": "代表", "提出人": name} | more


def figures(place, period=YEAR, user=OPERATOR, keys=None, **filters):
    """{key: Result}; a filter is a word or several."""
    asked = {k: (v,) if isinstance(v, str) else tuple(v) for k, v in filters.items()}
    return catalogue.evaluate(user, place, period, keys, asked)


def value(place, key, period=YEAR, **filters):
    """What one figure comes to."""
    return figures(place, period, keys=[key], **filters)[key].value


def known_on(day, period=YEAR):
    """The same period as of another day, 2024-05-01."""
    return period.known_on(date.fromisoformat(day))
