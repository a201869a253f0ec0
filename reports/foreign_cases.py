"""One row of a table that is not ours as a row of the sheet 意见建议.

Only a title is required. What is missing or odd is a finding, and the case is made without it.
"""

import re
from collections.abc import Mapping

from congress.sheets.columns import CellError, Choice, Column, YesNo, is_nothing
from congress.sheets.tables import Row
from congress.sheets.values import Cell, parse_text, shown
from deputies.lookup import canonical
from reports import foreign_words as words
from reports.foreign_load import ForeignLoad
from suggestions.columns import CASES, outside
from suggestions.words import Origin

FILE_ENDING = re.compile(r"\s*\.(docx?|wps|pdf|txt|rtf|xlsx?|et|odt)$", re.IGNORECASE)
AND_OTHERS = re.compile(r"等(?:\d+|[一二三四五六七八九十]+)?[人名位]?(?:代表)?$")
UNIT_SIGNS = re.compile(r"[；;、，,/／\n\s]+(?![^（]*）)")
YEAR_BRACKETS = re.compile(r"[〔（﹝【\[(［〖]\s*(\d{4})\s*[〕）﹞】\])］〗]")
NUMBER_IN_TITLE = re.compile(r"\s*[（(〔]\s*第?\s*(\d+)\s*号\s*[)）〕]\s*$")
REGISTERED = frozenset({"number", "raised_on", "occasion"})
HANDLED = frozenset({"lead", "helpers", "way", "replied_on", "result", "closed_on"})
# Without these the case is made all the same, and the person is told.
EXPECTED = ("raised_on", "category", "origin", "occasion", "proposers")


def read_case(load: ForeignLoad, number: int, cells: Mapping[str, Cell]) -> Row | None:
    """The case of one row of the file, its problems told to `load`; None: it holds no case."""
    row = Row(CASES, number, {}, {k: v for k, v in cells.items() if not words.is_blank(v)})
    title = _title(load, row)
    if not title:
        load.error(row, "title", "这一行没有标题，标题不能空着")
        return None
    if set(row.raw) == {"title"} and words.is_untitled(title):
        load.finding(row, "title", f"空白的“{title}”记录，没有导入")
        return None
    if _is_draft(load, row):
        load.finding(row, "title", "没有编号、日期和状态，是没有提交的草稿，没有导入")
        return None
    for column in CASES.columns:
        if column.field in row.raw and column.field not in _OWN_WAY:
            _take(load, row, column)
    for read in _OWN_WAY.values():
        read(load, row)
    _tell_missing(load, row)
    return row


def _is_draft(load: ForeignLoad, row: Row) -> bool:
    """Whether the system that the table came from has never registered this row.

    Only a table that has all three columns can tell so.
    """
    return set(load.headers) >= REGISTERED and not (REGISTERED | HANDLED) & set(row.raw)


def _take(load: ForeignLoad, row: Row, column: Column) -> None:
    """A cell by the rule of its column; a word that is none of the column's is left out."""
    cell = words.meant(CASES.name, column.field, row.raw[column.field])
    try:
        value = column.rule.parse(cell)
    except CellError as error:
        if isinstance(column.rule, Choice | YesNo):
            load.finding(row, column.field, f"{error.message}；这一格没有登记")
        else:
            load.error(row, column.field, error.message)
        return
    if not is_nothing(value):
        row.values[column.field] = value


def _title(load: ForeignLoad, row: Row) -> str:
    """The title without line breaks and the name of a file."""
    text = " ".join(parse_text(row.raw.get("title")).split())
    title = FILE_ENDING.sub("", text)
    if title != text:
        load.finding(row, "title", f"标题带文件后缀，已改为“{title}”")
    found = None if row.raw.get("number") else NUMBER_IN_TITLE.search(title)
    if found and found.start():
        title = title[: found.start()]
        row.raw["number"] = found[1]
        load.finding(row, "title", f"编号 {found[1]} 写在标题里，已取出")
    row.raw["title"] = title
    return title


def _proposers(load: ForeignLoad, row: Row) -> None:
    """Who leads and who seconds; deputies as the roster has them, others kept as text."""
    rule, found = CASES.column("proposers").rule, []
    for field in ("proposers", "seconders"):
        cell = parse_text(row.raw.get(field))
        if (bare := AND_OTHERS.sub("", cell)) != cell:
            load.finding(row, "proposers", f"“{shown(cell)}”只登记写明的姓名")
        found += rule.parse(bare)
    names = [_deputy(load, row, name) for name in dict.fromkeys(found)]
    if names:
        row.values["proposers"] = list(dict.fromkeys(names))


def _deputy(load: ForeignLoad, row: Row, text: str) -> str:
    """A deputy by the canonical name; one whom the roster lacks is marked as outside of it."""
    if row.values.get("origin", Origin.DEPUTY) != Origin.DEPUTY:
        return text
    name, message = canonical(load, text)
    if name is None:
        load.finding(row, "proposers", f"{message}；先按文字保留")
    return name or outside(text)


def _lead(load: ForeignLoad, row: Row) -> None:
    """Each unit of the cell leads."""
    units = _units(load, row, "lead", "都作为主办单位")
    if units:
        row.values["lead"] = "；".join(units)


def _helpers(load: ForeignLoad, row: Row) -> None:
    leads = row.values.get("lead", "").split("；")
    units = [unit for unit in _units(load, row, "helpers", "已分开登记") if unit not in leads]
    if units:
        row.values["helpers"] = units


def _units(load: ForeignLoad, row: Row, field: str, done: str) -> list[str]:
    """The units of one cell, with brackets of one kind."""
    text = parse_text(row.raw.get(field)).replace("(", "（").replace(")", "）")
    units = list(dict.fromkeys(part for part in UNIT_SIGNS.split(text) if part))
    if len(units) > 1:
        load.finding(row, field, f"一格里有{len(units)}个单位，{done}")
    return units


def _document(load: ForeignLoad, row: Row) -> None:
    """The reply's document number, its year in 〔〕 (GB/T 9704); kept with the reply."""
    text = " ".join(parse_text(row.raw.get("document")).split())
    number = YEAR_BRACKETS.sub(r"〔\1〕", text).replace("〕 ", "〕")
    if number != text:
        load.finding(row, "document", f"文号的括号已改为“{number}”")
    if number:
        row.notes["reply"] = f"文号：{number}"


def _references(load: ForeignLoad, row: Row) -> None:
    """Meetings, stations, activities and cases that the system does not know are left out."""
    for kind, field in _REFERRED:
        name = row.values.get(field)
        if name and not load.knows(kind, name):
            del row.values[field]
            load.finding(row, field, f"系统里没有“{name}”，没有关联")


_REFERRED = (
    ("meeting", "meeting"),
    ("station", "station"),
    ("activity", "activity"),
    ("case", "into"),
)
_OWN_WAY = {
    "proposers": _proposers,
    "lead": _lead,
    "helpers": _helpers,
    "document": _document,
    "references": _references,
}


def _tell_missing(load: ForeignLoad, row: Row) -> None:
    """The default of an unknown source; a finding for each cell that is empty in its column."""
    for field in EXPECTED:
        if row.values.get(field) is None and field in load.headers:
            load.finding(row, field, f"没有{CASES.column(field).header}{_WITHOUT.get(field, '')}")
    row.values.setdefault("origin", Origin.DEPUTY.value)


_WITHOUT = {"raised_on": "，不计入任何期间", "origin": "，按“代表”登记"}


def tell_missing_columns(load: ForeignLoad) -> None:
    """One finding for each column that the whole table lacks."""
    for field in EXPECTED:
        if field not in load.headers:
            header = CASES.column(field).header
            load.note(None, header, "", f"表里没有{header}这一列{_WITHOUT.get(field, '')}")
