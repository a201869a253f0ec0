"""What reading a file gives: sheets of rows of cells, and what was odd about them.

Cells are text, whole numbers, numbers, truth values, dates, times or None; a blank cell is None.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from decimal import Decimal

from congress.sheets.values import Cell, column_letter, parse_text, shown

Rows = list[tuple[int, list[Cell]]]
DIGITS_KEPT = 10**15  # Excel keeps 15 digits of a number


class UnreadableFile(Exception):
    """A file that cannot be read as a table; `message` says in Chinese why and what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass
class Finding:
    """Something odd in a file that can be read all the same; `column` as the clerk sees it."""

    sheet: str
    row: int
    column: str
    found: str
    message: str


@dataclass
class SheetData:
    """One sheet: its rows that hold something, each with its row number as Excel shows it.

    `merged` holds (first row number, first column from 0, last row number, last column).
    """

    name: str
    rows: Rows = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: bool = False

    @property
    def header_row(self) -> int | None:
        """The number of the first row that holds anything."""
        return self.rows[0][0] if self.rows else None

    @property
    def header(self) -> list[str]:
        """The texts of the first row that holds anything."""
        return [parse_text(cell) for cell in self.rows[0][1]] if self.rows else []

    @property
    def body(self) -> Rows:
        """The rows below the header."""
        return self.rows[1:]

    def filled(self, deep: int = 10) -> Rows:
        """The first rows with merged cells filled (captions, headers in two rows)."""
        head = [(number, list(cells)) for number, cells in self.rows[:deep]]
        cells_of = dict(head)
        for top, left, bottom, right in self.merged:
            if top in cells_of and left < len(cells_of[top]):
                inside = (number for number in cells_of if top <= number <= bottom)
                for number in inside:
                    _fill(cells_of[number], left, right, cells_of[top][left])
        return head + self.rows[deep:]

    def column_name(self, index: int) -> str:
        """What a clerk calls the column: its header, or its letter where the header is empty."""
        header = self.header
        name = header[index] if index < len(header) else ""
        return shown(name) or column_letter(index)


@dataclass
class Workbook:
    """All sheets of a file in their order, and the findings of reading it."""

    sheets: list[SheetData] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def sheet(self, name: str) -> SheetData | None:
        """The sheet of that name, or None."""
        return next((sheet for sheet in self.sheets if sheet.name.strip() == name), None)


def _fill(cells: list[Cell], left: int, right: int, value: Cell) -> None:
    for index in range(left, min(right + 1, len(cells))):
        if cells[index] is None:
            cells[index] = value


def clean(value: object) -> Cell:
    """A cell as every reader hands it on: 3.0 is 3, midnight is a date, a blank is None."""
    kind = type(value)
    if kind is str:
        return None if not value or value.isspace() else value  # type: ignore
    if kind is float:
        return _whole(value) if value.is_integer() else value  # type: ignore
    if kind is datetime:
        return value.date() if value.time() == time() else value  # type: ignore
    if kind is timedelta:
        return value.total_seconds() / 86_400  # type: ignore
    return value  # type: ignore


def _whole(value: float) -> int:
    """The number as Excel shows it, without the binary dust of a very long one."""
    return int(value) if abs(value) < DIGITS_KEPT else int(Decimal(repr(value)))


def kept_rows(name: str, lines: Iterable[Sequence[object]], limit_rows: int, left: int = 0) -> Rows:
    """The rows that hold something, cleaned. UnreadableFile above the limit (header aside)."""
    rows: Rows = []
    pad: list[Cell] = [None] * left
    for number, line in enumerate(lines, 1):
        cells = [clean(value) for value in line]
        if any(cell is not None for cell in cells):
            rows.append((number, pad + cells))
            if len(rows) > limit_rows + 1:
                raise too_many_rows(name, limit_rows)
    return rows


def too_many_rows(name: str, limit_rows: int) -> UnreadableFile:
    """The refusal of a sheet with more rows than the limit."""
    return UnreadableFile(
        f"“{shown(name)}”超过 {limit_rows:,} 行，一张表最多 {limit_rows:,} 行，请分成几个文件导入"
    )


_LOST = "数字超过 15 位，Excel 存成数字时已丢失末位数字，请把这一列改成文本格式重填"


def lost_digits(sheet: SheetData) -> Iterator[Finding]:
    """Numbers so long that Excel itself has dropped their last digits (identity numbers)."""
    for number, cells in sheet.rows:
        for index, cell in enumerate(cells):
            if type(cell) is int and abs(cell) >= DIGITS_KEPT:
                yield Finding(sheet.name, number, sheet.column_name(index), str(cell), _LOST)


def capped(findings: Iterable[Finding], most: int = 200) -> list[Finding]:
    """At most so many findings of one kind and sheet; the last one says how many more there are."""
    found = list(findings)
    if len(found) <= most:
        return found
    more = f"（同样的还有 {len(found) - most - 1} 处）"
    last = replace(found[most], message=found[most].message + more)
    return [*found[:most], last]
