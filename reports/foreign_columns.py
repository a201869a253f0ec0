"""Which column of a table that is not ours means which field of the ledger."""

import hashlib
import json
from collections.abc import Mapping, Sequence

from congress.scoping import codes_above
from congress.sheets.columns import CellError, Sheet, header_key
from congress.sheets.grid import Rows
from congress.sheets.values import Cell
from reports import foreign_words as words
from reports.models import ColumnMatching

LOOKED_AT = 300  # rows whose cells decide what a column means


class UnknownField(Exception):
    """A person matched a header to a field that the ledger does not have; the message says so."""


def field_names(sheet: Sheet) -> dict[str, str]:
    """{field: the ledger's header}: what a column may be matched to, for a page to offer."""
    extra = words.EXTRA if sheet.name == words.CASES_KIND else {}
    return {column.field: column.header for column in sheet.columns} | extra


def named_field(sheet: Sheet, name: str | None) -> str | None:
    """The field that a person named, by field or by the ledger's header; None: leave it out."""
    if not name:
        return None
    names = field_names(sheet)
    by_header = {header_key(header): field for field, header in names.items()}
    found = name if name in names else by_header.get(header_key(name))
    if found is None:
        raise UnknownField(f"台账里没有“{name}”这一列，可以对应的有：{'、'.join(names.values())}")
    return found


def meaning(sheet: Sheet, header: str) -> tuple[str, ...]:
    """The fields that a header may mean: by others' names, else by our own."""
    found = words.fields_for(sheet.name, header)
    if not found and "/" in header:
        upper, lower = header.rsplit("/", 1)
        found = words.fields_for(sheet.name, upper + lower)
        if not found and not words.is_weak(lower):
            found = words.fields_for(sheet.name, lower)
    own = sheet.by_header.get(header_key(header))
    own = None if words.is_left_out(sheet.name, header) else own
    return found or ((own.field,) if own else ())


def match(
    sheet: Sheet, names: Sequence[str], rows: Rows, given: Mapping[str, str | None]
) -> dict[str, str | None]:
    """{header: field or None}; what a person gave goes first, each field is taken once."""
    chosen = {header_key(header): named_field(sheet, name) for header, name in given.items()}
    columns = {name: chosen.get(header_key(name)) for name in names}
    taken = {field for field in columns.values() if field}
    open_ = [place for place in enumerate(names) if header_key(place[1]) not in chosen]
    for decided, _, index, name in sorted(_likelihood(sheet, *place) for place in open_):
        cells = _cells(rows, index) if decided else None
        field = _fitting(sheet, meaning(sheet, name), cells, taken)
        columns[name] = field
        taken |= {field} if field else set()
    return columns


def _likelihood(sheet: Sheet, index: int, name: str) -> tuple[bool, int, int, str]:
    """Sorts headers: those that say it by themselves go before those that their cells decide."""
    return words.is_decided_by_cells(sheet.name, name), words.rank_of(sheet.name, name), index, name


def _cells(rows: Rows, index: int) -> list[Cell]:
    found = (cells[index] for _, cells in rows[:LOOKED_AT] if index < len(cells))
    return [cell for cell in found if not words.is_blank(cell)]


def _fitting(
    sheet: Sheet, fields: Sequence[str], cells: list[Cell] | None, taken: set
) -> str | None:
    """The first free one of the fields whose words most of the cells hold; None: no such field."""
    free = [field for field in fields if field not in taken]
    if cells is None or (not cells and free):
        return free[0] if free else None
    for field in free:
        understood = sum(_understood(sheet, field, cell) for cell in cells)
        if 2 * understood > len(cells):
            return field
    return None


def _understood(sheet: Sheet, field: str, cell: Cell) -> bool:
    try:
        sheet.column(field).rule.parse(words.meant(sheet.name, field, cell))
    except CellError:
        return False
    return True


def print_of(names: Sequence[str]) -> str:
    """By which a table of the same layout is known again."""
    text = json.dumps([header_key(name) for name in names], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def remembered(names: Sequence[str], place, user) -> dict[str, str | None]:
    """How this place, or the nearest above it, matched a table of this layout before."""
    codes = [*codes_above(place.code), place.code]
    known = ColumnMatching.objects.visible_to(user).filter(place__code__in=codes)
    nearest = known.filter(headers=print_of(names)).order_by("-place__code").first()
    return nearest.columns if nearest else {}


def remember(names: Sequence[str], given: Mapping[str, str | None], place) -> None:
    """Keep what a person matched, for the next table of this layout in this place."""
    ColumnMatching._base_manager.update_or_create(
        place=place, headers=print_of(names), defaults={"columns": dict(given)}
    )
