"""Reading .xlsx, .xlsm, .xls and .et files with calamine, after the gate of `packages.py`."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum
from python_calamine import SheetVisibleEnum as Visible

from congress.sheets import grid
from congress.sheets.grid import Finding, SheetData, UnreadableFile, Workbook
from congress.sheets.packages import RESAVE, SheetFacts, check_package
from congress.sheets.values import Cell

PASSWORD = "文件有密码，请在 Excel 里取消密码（文件→信息→保护工作簿）后再导入"
_FORMULA = "这一格是公式，已按它上次算出的结果读入"
_NO_RESULT = "这一格是公式，但文件里没有算出的结果，按空格读入；请用 Excel 打开并保存后再导入"
_ERROR = "这一格是 Excel 算不出来的错误值"


def read_package(path: Path, limit_rows: int) -> Workbook:
    """An .xlsx or .xlsm file."""
    facts = check_package(path, limit_rows)
    with path.open("rb") as stream:
        workbook = _read(stream, limit_rows, facts)
    for sheet in workbook.sheets:
        known = facts.get(sheet.name, SheetFacts())
        cells_of = dict(sheet.rows)
        formulas = _formula_findings(sheet, known, cells_of)
        errors = (_finding(sheet, *place, _ERROR) for place in known.errors)
        workbook.findings += grid.capped(formulas) + grid.capped(errors)
    return workbook


def read_compound(path: Path, limit_rows: int) -> Workbook:
    """An .xls or .et file: a compound file of the years before 2007."""
    content = path.read_bytes()
    for stream, message in _STREAMS.items():
        if stream.encode("utf-16-le") in content:
            raise UnreadableFile(message)
    with tempfile.NamedTemporaryFile(suffix=".xls") as copy:  # the library goes by the name
        copy.write(content)
        copy.flush()
        return _read(copy.name, limit_rows, {})


_STREAMS = {
    "EncryptedPackage": PASSWORD,
    "WordDocument": "这是 Word 文件，不是 Excel 表格",
    "PowerPoint Document": "这是 PPT 文件，不是 Excel 表格",
}


def _read(source: object, limit_rows: int, facts: dict[str, SheetFacts]) -> Workbook:
    try:
        with CalamineWorkbook.from_object(source) as book:  # type: ignore[arg-type]
            sheets = list(_sheets(book, limit_rows, facts))
    except PasswordError as error:
        raise UnreadableFile(PASSWORD) from error
    except (CalamineError, OSError, ValueError) as error:
        if "password" in str(error).lower():
            raise UnreadableFile(PASSWORD) from error
        raise UnreadableFile(f"文件已损坏或不是 Excel 表格，{RESAVE}") from error
    findings = [finding for sheet in sheets for finding in grid.capped(grid.lost_digits(sheet))]
    return Workbook(sheets, findings)


def _sheets(
    book: CalamineWorkbook, limit_rows: int, facts: dict[str, SheetFacts]
) -> Iterator[SheetData]:
    for about in book.sheets_metadata:
        if about.typ not in (SheetTypeEnum.WorkSheet, None):
            continue
        found = book.get_sheet_by_name(about.name)
        left = found.start[1] if found.start else 0
        rows = grid.kept_rows(about.name, found.iter_rows(), limit_rows, left)
        known = facts.get(about.name)
        if known and known.errors:
            rows = _with_errors(rows, known)
        merged = sorted(
            (top + 1, left, bottom + 1, right)
            for (top, left), (bottom, right) in found.merged_cell_ranges or ()
        )
        yield SheetData(about.name, rows, merged, about.visible is not Visible.Visible)


def _with_errors(rows: grid.Rows, facts: SheetFacts) -> grid.Rows:
    """The rows with the error values (#REF! …), which the library leaves out, put back."""
    cells_of = dict(rows)
    for row, column, text in facts.errors:
        cells = cells_of.setdefault(row, [])
        cells += [None] * (column + 1 - len(cells))
        cells[column] = text
    return sorted(cells_of.items(), key=lambda item: item[0])


def _formula_findings(
    sheet: SheetData, facts: SheetFacts, cells_of: dict[int, list[Cell]]
) -> Iterator[Finding]:
    for row, column, formula in facts.formulas:
        cells = cells_of.get(row, [])
        value = cells[column] if column < len(cells) else None
        found = f"={formula}" if formula else str(value)
        yield _finding(sheet, row, column, found, _NO_RESULT if value is None else _FORMULA)


def _finding(sheet: SheetData, row: int, column: int, found: str, message: str) -> Finding:
    return Finding(sheet.name, row, sheet.column_name(column), found[:100], message)
