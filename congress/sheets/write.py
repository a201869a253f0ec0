"""Writing workbooks: the filled ledger, the empty template, and plain tables of a list.

Every text goes out as text: a cell that begins with = + - @ is never a formula, never a link.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range_abs
from xlsxwriter.worksheet import Worksheet

from congress.sheets.columns import Choice, Column, Day, Number, Sheet, Year, YesNo
from congress.sheets.columns import Decimal as Amount
from congress.sheets.numbers import decimal_text
from congress.sheets.values import CELL_LENGTH, EXAMPLE, CellError, several_text, yes_no_text

Target = str | Path | BinaryIO
WORDS_SHEET = "词表"  # hidden sheet of the template, holds the words of its drop-down lists
TEMPLATE_ROWS = 5_000  # rows of the template that have the drop-down lists
_OLDEST_DATE = date(1900, 3, 1)  # before it Excel counts a day that never was
_LONGEST_NUMBER = 10**15
_CUT = "……（全文超过一格的长度）"


class _Book:
    """An XlsxWriter workbook with the few formats that all our files share."""

    def __init__(self, target: Target, title: str = "") -> None:
        self.file = xlsxwriter.Workbook(
            target if hasattr(target, "write") else str(target),
            {
                "constant_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        self.file.set_properties({"title": title})
        self.text = self.file.add_format({"num_format": "@", "valign": "top"})
        self.day = self.file.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
        self.number = self.file.add_format({"valign": "top"})
        header = {"bold": True, "num_format": "@", "bg_color": "#F4F1EC", "bottom": 1}
        self.header = self.file.add_format(header)
        self.example = self.file.add_format(
            {"italic": True, "font_color": "#635D54", "num_format": "@"}
        )

    def sheet(self, name: str, headers: Sequence[str]) -> Worksheet:
        """A new sheet with its header row, which stays in sight."""
        sheet = self.file.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for index, header in enumerate(headers):
            sheet.write_string(0, index, header, self.header)
        return sheet

    def format_of(self, column: Column) -> Format:
        """The cell format of a column; text format keeps Excel from guessing."""
        if isinstance(column.rule, Day):
            return self.day
        return self.number if isinstance(column.rule, Number | Year | Amount) else self.text

    def write(self, sheet: Worksheet, row: int, index: int, cell: Any, cut: bool = False) -> None:
        """One cell, by its kind. CellError: a text too long for a cell (with `cut` it is cut)."""
        cell = _plain(cell)
        if cell is None or cell == "":
            return
        if isinstance(cell, date):
            sheet.write_datetime(row, index, datetime(cell.year, cell.month, cell.day), self.day)
        elif isinstance(cell, int | float):
            sheet.write_number(row, index, cell, self.number)
        else:
            sheet.write_string(row, index, _fitting(cell, cut), self.text)


@contextmanager
def _book(target: Target, title: str = "") -> Iterator[_Book]:
    """A workbook to fill; where that fails no half file is left at its path."""
    book = _Book(target, title)
    try:
        yield book
    except BaseException:
        book.file.close()
        if not hasattr(target, "write"):
            Path(target).unlink(missing_ok=True)
        raise
    book.file.close()


def _plain(cell: Any) -> str | int | float | date | None:
    """The cell as text, number or date; what Excel cannot hold as such becomes text."""
    if isinstance(cell, bool):
        return yes_no_text(cell)
    if isinstance(cell, Decimal):
        cell = decimal_text(cell)
    if isinstance(cell, int | float):
        return cell if abs(cell) < _LONGEST_NUMBER else str(cell)
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M")
    if isinstance(cell, date):
        return cell if cell >= _OLDEST_DATE else cell.isoformat()
    if isinstance(cell, list | tuple):
        return several_text(map(str, cell))
    return f"{cell:%H:%M}" if isinstance(cell, time) else None if cell is None else str(cell)


def _fitting(text: str, cut: bool) -> str:
    """A text that fits into one cell; Excel counts a rare character twice."""
    length = len(text.encode("utf-16-le", "replace")) // 2
    if length <= CELL_LENGTH:
        return text
    if cut:
        return text[: (CELL_LENGTH - len(_CUT)) // 2] + _CUT
    raise CellError(f"“{text[:20]}…”有 {length:,} 个字，Excel 一格最多 {CELL_LENGTH:,} 个字")


def write_workbook(target: Target, contents: Iterable[tuple[Sheet, Iterable[Mapping]]]) -> None:
    """The filled ledger: each sheet with its rows of values (by field name), in order.

    Rows may be a generator; memory stays small. CellError names a text too long for Excel.
    """
    with _book(target, "台账") as book:
        for sheet, rows in contents:
            page = book.sheet(sheet.name, [column.header for column in sheet.columns])
            _set_widths(book, page, sheet)
            for number, row in enumerate(rows, 1):
                for index, cell in enumerate(sheet.texts(row)):
                    book.write(page, number, index, cell)


def _set_widths(book: _Book, page: Worksheet, sheet: Sheet) -> None:
    for index, column in enumerate(sheet.columns):
        width = max(column.rule.width, 2 * len(column.header) + 3)
        page.set_column(index, index, width, book.format_of(column))


def write_table(
    target: Target, header: Sequence[str], rows: Iterable[Sequence[Any]], title: str
) -> None:
    """A list as a plain table on one sheet called `title`; a text too long is cut, and says so."""
    with _book(target, title) as book:
        page = book.sheet(_sheet_name(title), header)
        for index, name in enumerate(header):
            page.set_column(index, index, min(max(2 * len(name) + 3, 12), 40))
        for number, row in enumerate(rows, 1):
            for index, cell in enumerate(row):
                book.write(page, number, index, cell, cut=True)


def _sheet_name(title: str) -> str:
    """A name that Excel allows for a sheet."""
    name = "".join("_" if sign in "[]:*?/\\" else sign for sign in title).strip("' ")
    return name[:31] or "表"


def write_template(
    target: Target, sheets: Sequence[Sheet], words: Mapping[str, Sequence[str]] | None = None
) -> None:
    """The empty ledger: notes at the headers, drop-down lists, one example row a sheet.

    `words` gives lists for headers whose words a county keeps itself. The example row bears a
    mark (【示例】) by which an import passes it over wherever it stands.
    """
    with _book(target, "台账模板") as book:
        lists = _Lists(words or {})
        for sheet in sheets:
            page = book.sheet(sheet.name, [column.starred for column in sheet.columns])
            _set_widths(book, page, sheet)
            for index, column in enumerate(sheet.columns):
                if note := _note(sheet, column, index):
                    page.write_comment(0, index, note, {"x_scale": 2, "author": ""})
                lists.attach(page, index, column)
            for index, cell in enumerate(_example(sheet, lists)):
                page.write_string(1, index, cell, book.example)
        lists.write(book)


def _note(sheet: Sheet, column: Column, index: int) -> str:
    """The note of a header: what goes in, in which form."""
    lines = [sheet.note if index == 0 else "", column.help or column.rule.hint]
    lines.append("必填" if column.required else "")
    lines.append(f"如：{column.sample}" if column.sample else "")
    return "\n".join(line for line in lines if line)


def _example(sheet: Sheet, lists: "_Lists") -> list[str]:
    cells = [column.sample or next(iter(lists.of(column)), "") for column in sheet.columns]
    return [EXAMPLE + cells[0], *cells[1:]]


class _Lists:
    """The drop-down lists of a template; their words stand on one hidden sheet."""

    def __init__(self, words: Mapping[str, Sequence[str]]) -> None:
        self.words = words
        self.places: dict[tuple[str, ...], int] = {}  # the words → their column
        self.headers: list[str] = []

    def of(self, column: Column) -> tuple[str, ...]:
        """The words offered in a column."""
        return tuple(self.words.get(column.header) or column.rule.words())

    def attach(self, page: Worksheet, index: int, column: Column) -> None:
        """Give a column its list; only a column of fixed words warns of others."""
        words = self.of(column)
        if not words:
            return
        place = self.places.setdefault(words, len(self.places))
        if place == len(self.headers):
            self.headers.append(column.header)
        fixed = isinstance(column.rule, Choice | YesNo) and column.rule.widget != "checks"
        choice = {
            "validate": "list",
            "source": f"='{WORDS_SHEET}'!{xl_range_abs(1, place, len(words), place)}",
            "show_error": fixed,
            "error_type": "warning",
            "error_title": "不在可选的词里",
            "error_message": "请从下拉列表中选择",
        }
        page.data_validation(1, index, TEMPLATE_ROWS, index, choice)

    def write(self, book: _Book) -> None:
        """The hidden sheet."""
        if not self.places:
            return
        page = book.sheet(WORDS_SHEET, self.headers)
        page.hide()
        columns = list(self.places)
        for row in range(max(map(len, columns))):
            for index, words in enumerate(columns):
                if row < len(words):
                    page.write_string(row + 1, index, str(words[row]), book.text)
