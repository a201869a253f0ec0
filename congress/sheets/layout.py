"""A sheet as read from a file, laid under the columns of a ledger sheet."""

from collections.abc import Sequence
from dataclasses import dataclass

from congress.sheets.columns import Column, Sheet
from congress.sheets.grid import SheetData
from congress.sheets.values import Cell, column_letter, is_example, parse_text


@dataclass
class Laid:
    """Rows by field, and what could not be laid: nothing of a file is passed over unnamed."""

    columns: list[Column]
    rows: list[tuple[int, dict[str, Cell]]]  # (row number, {Column.field: cell})
    ignored: list[str]  # headers that no column has; a column without header by its letter
    missing: list[Column]  # required columns that the sheet does not have
    examples: list[int]  # numbers of rows passed over as the template's example
    header_row: int | None = None


def lay_out(sheet: Sheet, data: SheetData) -> Laid:
    """Find the header row and name each cell by its column."""
    start = sheet.find_header(data.rows)
    header = data.rows[start][1] if data.rows else []
    matched = sheet.match(header)
    columns = [column for column in matched if column]
    laid = Laid(columns, [], [], [c for c in sheet.required if c not in columns], [])
    laid.header_row = data.rows[start][0] if data.rows else None
    body = data.rows[start + 1 :]
    for number, cells in body:
        if is_example(cells):
            laid.examples.append(number)
        else:
            named = zip(matched, cells, strict=False)
            laid.rows.append((number, {c.field: cell for c, cell in named if c}))
    laid.ignored = _ignored(matched, header, [cells for _, cells in body])
    return laid


def _ignored(
    matched: Sequence[Column | None], header: Sequence[Cell], body: Sequence[Sequence[Cell]]
) -> list[str]:
    """What the sheet holds beside our columns."""
    width = max((len(cells) for cells in body), default=0)
    names = []
    for index in range(max(width, len(header))):
        if index < len(matched) and matched[index]:
            continue
        name = parse_text(header[index]) if index < len(header) else ""
        held = any(index < len(cells) and cells[index] is not None for cells in body)
        if name or held:
            names.append(name or f"{column_letter(index)} 列（没有表头）")
    return names
