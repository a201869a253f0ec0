"""Ledger sheets as the tests write them, and the way into the records and out again."""

from congress.sheets.columns import is_nothing
from congress.sheets.load import Load
from deputies.tables_people import GroupingTable, MandateTable, RosterTable
from deputies.tables_places import TermTable, VillageTable
from liaison_stations.tables import TABLES

ALL = (TermTable, VillageTable, RosterTable, MandateTable, GroupingTable, *TABLES)

MAIN = "文武坝镇人大代表联络站"
ROOM = "上芦村代表联络室"
STATIONS = [
    {
        "名称": MAIN,
        "类型": "站",
        "所在村居": "文武坝社区",
        "地址": "圩镇农贸市场旁",
        "建成日期": "2021-06-18",
        "提升日期": "2023.4.28",
        "站长": "刘春生",
        "副站长": "钟秀兰；赖国平",
        "联络员": "曾小燕",
        "覆盖村居": "上芦村；黄雷村",
        "制度": "接待登记制度；意见反馈制度",
        "设施": "电脑、资料柜",
        "清单达标": "有场所；有队伍",
        "活动日": "农历初七、二十四",
    },
    {"名称": ROOM, "类型": "联络室", "停用日期": "2024-01-01"},
]
ROSTER = [
    {"姓名": "王芳", "备注": "上芦村"},
    {"姓名": "王芳", "备注": "黄雷村"},
    {"姓名": "李国强"},
]
MANDATES = [
    {"姓名": name, "层级": "乡镇", "届次": "第七届", "当选日期": "2021-10-20"}
    for name in ("王芳（上芦村）", "李国强")
]
RECEPTIONS = [
    {
        "联络站": MAIN,
        "日期": "2024-03-15",
        "开始时间": "8:30",
        "结束时间": "11:30",
        "地点": "接待室",
        "接待代表": "王芳（上芦村）；李国强",
        "接待群众人数": "12",
        "收集意见条数": "3",
        "记录人": "曾小燕",
    },
    {"联络站": MAIN, "日期": "2024-03-15", "接待代表": "李国强"},
]


def planned(place, user, **sheets):
    """A checked load of sheets by their slug (_ for -), each a list of {header: cell}; the first
    row is number 2.
    """
    load = Load([table() for table in ALL], place, user)
    for table in load.tables:
        rows = sheets.pop(table.sheet.slug.replace("-", "_"), [])
        fields = {column.header: column.field for column in table.sheet.columns}
        cells = [{fields[header]: cell for header, cell in row.items()} for row in rows]
        load.read_rows(table, list(enumerate(cells, 2)))
    assert not sheets, f"no such sheet: {sheets}"
    load.plan()
    return load


def brought_in(place, user, **sheets):
    """The same, without errors, and written."""
    load = planned(place, user, **sheets)
    assert [problem.message for problem in load.errors] == []
    load.commit()
    return load


def counts(load):
    """(created, updated, unchanged) by sheet, empty ones left out."""
    summary = load.summary()
    return tuple(
        {sheet: number for sheet, number in summary[name].items() if number}
        for name in ("created", "updated", "unchanged")
    )


def said(problems):
    """[(sheet, row, column, message)] of errors or findings."""
    return [(each.sheet, each.row, each.column, each.message) for each in problems]


def stored(table, place, user):
    """What `read` says of the records, nothings left out, as the rows of a file would be parsed."""
    bound = table()
    return [
        {name: value for name, value in values.items() if not is_nothing(value)}
        for _, values in bound.read(bound.records(user, place).order_by("pk"))
    ]


def reparsed(table, place, user):
    """The same after a way through the cells of an exported row."""
    bound = table()
    found = []
    for _, values in bound.read(bound.records(user, place).order_by("pk")):
        cells = dict(zip(bound.sheet.columns, bound.sheet.texts(values), strict=True))
        row = {column.field: column.parse(cell) for column, cell in cells.items()}
        found.append({name: value for name, value in row.items() if not is_nothing(value)})
    return found
