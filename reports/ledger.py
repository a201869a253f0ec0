"""The ledger workbook: all its sheets, in the order in which they refer to each other."""

from activities import tables as activity_tables
from congress.sheets.load import Load
from deputies import tables as deputy_tables
from liaison_stations import tables as station_tables
from suggestions.tables import CaseTable
from suggestions.tables_process import ProcessTable

ORDER = (
    "届次",
    "村居",
    "代表名册",
    "代表职务",
    "代表编组",
    "班子成员",
    "人大会议",
    "联络站",
    "联络站人员",
    "制度",
    "接待记录",
    "代表活动",
    "意见建议",
    "办理过程",
    "学习培训",
    "宣传报道",
    "荣誉名次",
    "代表述职",
    "民生实事",
    "请示报告",
    "知晓调查",
)
_BOUND = (
    *deputy_tables.TABLES,
    *station_tables.TABLES,
    CaseTable,
    ProcessTable,
    *activity_tables.TABLES,
)
_BY_NAME = {table.sheet.name: table for table in _BOUND}
TABLES = tuple(_BY_NAME[name] for name in ORDER)
SHEETS = tuple(table.sheet for table in TABLES)
BY_SLUG = {table.sheet.slug: table for table in TABLES}


def new_load(place, user):
    """An empty load of all sheets into one place on behalf of one user."""
    return Load([table() for table in TABLES], place, user)
