"""A single table that is not ours into the records: its header, its columns, its rows.

Source: ledger rules, “Other people's tables”. What comes out is a plan like that of a ledger.
"""

from dataclasses import dataclass, field
from pathlib import Path

from congress.sheets.columns import Sheet, is_empty
from congress.sheets.grid import Rows, SheetData, Workbook
from congress.sheets.load import Problem
from congress.sheets.read import UnreadableFile, read_in_child
from congress.sheets.values import Cell
from reports import foreign_columns as columns
from reports import foreign_words as words
from reports.foreign_cases import read_case, tell_missing_columns
from reports.foreign_header import Body, Header, body_of, find_header
from reports.foreign_load import ForeignLoad
from reports.foreign_numbers import Numbers
from reports.foreign_towns import TownLoads
from reports.importing import Plan
from reports.ledger import TABLES

TOWN = "所属乡镇"
KINDS = tuple(table.sheet.name for table in TABLES)


@dataclass
class Table:
    """A table that is not ours, understood: its header, what its columns mean, its records."""

    sheet: Sheet
    name: str
    header: Header
    fields: dict[str, str | None]
    body: Body = field(default_factory=Body)
    town: str | None = None  # the header of the column that names the township

    @property
    def headers(self) -> dict[str, str]:
        """The header in the file of each field that it has."""
        return {field: name for name, field in self.fields.items() if field}

    def cells(self, row: list[Cell]) -> dict[str, Cell]:
        """The cells of a row by field."""
        named = zip(self.header.names, row, strict=False)
        return {self.fields[name]: cell for name, cell in named if self.fields.get(name)}

    def printed(self) -> dict[str, str | None]:
        """{header: column of the ledger or None}, as the person is shown it."""
        names = columns.field_names(self.sheet)
        printed = {name: names.get(field) for name, field in self.fields.items()}
        return printed | ({self.town: TOWN} if self.town and not printed[self.town] else {})

    def ignored(self) -> list[str]:
        """Headers whose columns are left out."""
        return [name for name, column in self.printed().items() if column is None]


@dataclass
class ForeignPlan(Plan):
    """A plan of a table that is not ours; `matching` is what a person has mapped, to be kept."""

    header_names: list[str] = field(default_factory=list)
    matching: dict[str, str | None] = field(default_factory=dict)

    def remember(self, place) -> None:
        """Keep the matching for the next table of this layout in that place."""
        if self.matching and self.header_names:
            columns.remember(self.header_names, self.matching, place)


def plan_table(
    path, place, user, kind=words.CASES_KIND, by_column=None, mapping=None, name=None
) -> ForeignPlan:
    """Read and check one table that is not ours; nothing is written.

    `kind`: the ledger sheet that its rows fill; `by_column`: header of the column that names the
    township of each row (`place` is then the county); `mapping`: {header: field, ledger header, or
    None to leave the column out}, goes before what is remembered and recognised; `name`: what the
    person calls the file, where it lies under another name. All that is wrong is an error of the
    plan; `plan.columns` is there as far as a header was found.
    """
    path = Path(path)
    load = ForeignLoad(place, user, Path(name or path).stem, {})
    plan = ForeignPlan(load, columns={}, matching=dict(mapping or {}))
    try:
        _plan(plan, path, kind, by_column)
    except UnreadableFile as refusal:
        load.refuse(None, None, name or path.name, refusal.message)
    except columns.UnknownField as refusal:
        load.refuse(None, None, "", str(refusal))
        plan.columns = plan_table(path, place, user, kind).columns
    return plan


def _plan(plan: ForeignPlan, path: Path, kind: str, by_column: str | None) -> None:
    if kind not in KINDS:
        plan.load.refuse(None, None, kind, f"不能导入“{kind}”，可以导入的有：{'、'.join(KINDS)}")
        return
    workbook = read_in_child(path, name=plan.load.sheet_name)
    plan.load.findings += [Problem(**vars(finding)) for finding in workbook.findings]
    sheet = plan.load.table(kind).sheet
    table = _understood(plan, sheet, workbook)
    if table is None:
        return
    at = table.header.index_of(by_column) if by_column else None
    table.town = None if at is None else table.header.names[at]
    plan.columns = table.printed()
    if not _complete(plan, table, by_column):
        return
    if table.ignored():
        plan.ignored[table.name] = table.ignored()
    plan.load.headers.update(table.headers)
    _read(plan, table, by_column)


def _understood(plan: ForeignPlan, sheet: Sheet, workbook: Workbook) -> Table | None:
    """The sheet of the file whose header says most, with its columns matched."""
    given = {**plan.matching}

    def meaning(header: str):
        return columns.meaning(sheet, header) or (header if header in given else ())

    found = [(data, find_header(data, meaning)) for data in workbook.sheets if not data.hidden]
    found = [(data, header) for data, header in found if header]
    if not found:
        plan.load.refuse(None, None, "", "文件里没有内容")
        return None
    data, header = max(found, key=lambda pair: pair[1].known)
    plan.load.sheet_name = data.name
    for other, _ in found:
        if other is not data:
            plan.load.findings.append(
                Problem(other.name, None, None, other.name, "只导入一张工作表，这一张没有导入")
            )
    known = columns.remembered(header.names, plan.load.place, plan.load.user)
    plan.header_names, plan.matching = header.names, known | plan.matching
    fields = columns.match(sheet, header.names, data.rows[header.last + 1 :], plan.matching)
    table = Table(sheet, data.name, header, _held(header, fields, data.rows[header.last + 1 :]))
    table.body = _body(table, data)
    return table


def _held(header: Header, fields: dict[str, str | None], rows: Rows) -> dict[str, str | None]:
    """Without columns that have neither a header nor a cell."""
    held = {i for _, cells in rows for i, cell in enumerate(cells) if not is_empty(cell)}
    return {
        name: fields[name] for i, name in enumerate(header.names)
        if i in held or fields[name] or i not in header.unnamed
    }  # fmt: skip


def _body(table: Table, data: SheetData) -> Body:
    """The records: rows that hold what a row of the sheet cannot be without."""
    first = table.headers.get(
        table.sheet.key[0] if table.sheet.name != words.CASES_KIND else "title"
    )
    return body_of(data, table.header, table.header.names.index(first)) if first else Body()


def _complete(plan: ForeignPlan, table: Table, by_column: str | None) -> bool:
    """Whether the columns are there without which nothing can be read."""
    is_case = table.sheet.name == words.CASES_KIND
    needed = [table.sheet.column("title")] if is_case else table.sheet.required
    for column in needed:
        if column.field not in table.headers:
            message = f"没有找到“{column.header}”这一列，请指定它是哪一列"
            plan.load.refuse(None, column.header, "、".join(table.fields), message)
    if by_column and not is_case:
        plan.load.refuse(None, by_column, table.sheet.name, "只有意见建议可以按列分到各乡镇")
    elif by_column and table.town is None:
        plan.load.refuse(None, by_column, "、".join(table.fields), f"表里没有“{by_column}”这一列")
    elif by_column and len(plan.load.place.code) != 6:
        plan.load.refuse(
            None, by_column, plan.load.place.code, "按列分到各乡镇时，代码要写县（6位）的"
        )
    return not plan.load.errors


def _read(plan: ForeignPlan, table: Table, by_column: str | None) -> None:
    """All rows into the plan's load or loads, checked."""
    for number, text, why in table.body.left_out:
        plan.load.note(number, None, text, f"{why}，没有导入")
    if table.sheet.name != words.CASES_KIND:
        own = plan.load.table(table.sheet.name)
        plan.load.read_rows(own, [(number, table.cells(row)) for number, row in table.body.rows])
        plan.load.plan()
        return
    tell_missing_columns(plan.load)
    county, towns = plan.load, TownLoads(plan.load) if by_column else None
    numbers = Numbers(county.place, county.user)
    at = table.header.index_of(table.town) if towns else None
    for number, row in table.body.rows:
        load = towns.load_of(_town(row, at)) if towns else county
        case = read_case(load, number, table.cells(row))
        if case is not None:
            numbers.give(load, case)
            load.rows[load.table(words.CASES_KIND)].append(case)
            _tell_no_town(load, county, case, by_column)
    plan.load = towns or county
    plan.load.plan()


def _town(row: list[Cell], at: int) -> str:
    cell = row[at] if at < len(row) else None
    return "" if words.is_blank(cell) else "".join(str(cell).split())


def _tell_no_town(load, county, case, by_column) -> None:
    if by_column and load is county:
        load.note(case.number, by_column, "", f"没有写{by_column}，归到{county.place}")
