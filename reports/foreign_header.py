"""Where the header of a table that is not ours stands, and the rows below it that are records.

Captions above, headers in two rows, merged cells, repeated headers, remarks and totals: as in the
real tables that reports/data/headers.toml was gathered from.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from congress.sheets.columns import header_key
from congress.sheets.grid import Rows, SheetData
from congress.sheets.values import Cell, column_letter, parse_text
from reports import foreign_words as words

DEEP = 20  # rows in which a header is looked for
LONGEST = 40  # characters of a header; more is a text
Meaning = Callable[[str], object]  # header → what it is known as, or nothing


@dataclass
class Header:
    """The header of a table: one name a column (upper/lower where it has two rows)."""

    names: list[str]
    first: int  # place of its first and last row among the rows of the sheet
    last: int
    known: int = 0  # how many different things its columns are known as
    unnamed: frozenset = frozenset()  # columns without a header, called by their letter

    def index_of(self, name: str) -> int | None:
        """The column whose header that is."""
        keys = [header_key(own) for own in self.names]
        return keys.index(header_key(name)) if header_key(name) in keys else None


@dataclass
class Body:
    """The rows that are records, and what was left out with the reason: (row number, text, why)."""

    rows: Rows = field(default_factory=list)
    left_out: list[tuple[int, str, str]] = field(default_factory=list)


def find_header(sheet: SheetData, meaning: Meaning) -> Header | None:
    """The likeliest header: most columns known; where none is, the fullest row. None: no row."""
    filled = sheet.filled(DEEP)[:DEEP]
    found = []
    for place, (_, cells) in enumerate(filled):
        found.append(_header(cells, place, place, meaning))
        if place + 1 < len(filled) and _in_two_rows(sheet, place, meaning):
            joined = _joined(sheet.rows[place][1], cells, filled[place + 1][1])
            found.append(_header(joined, place, place + 1, meaning))
    if not found:
        return None
    if all(header.known == 0 for header in found):
        return max(found, key=lambda header: (_width(header), -header.first))
    return max(found, key=lambda header: (header.known, header.last - header.first, -header.first))


def _width(header: Header) -> int:
    return sum(1 for name in header.names if name and not name.isdigit())


def _header(cells: Sequence[Cell], first: int, last: int, meaning: Meaning) -> Header:
    texts = [" ".join(parse_text(cell).split()) for cell in cells]
    known = {meaning(text) for text in texts if text and len(text) <= LONGEST} - {None, ()}
    several = len({text for text in texts if text}) > 1  # a caption over all columns is no header
    named = _once([text or f"{column_letter(i)}列" for i, text in enumerate(texts)])
    unnamed = frozenset(i for i, text in enumerate(texts) if not text)
    return Header(named, first, last, len(known) if several or len(texts) == 1 else 0, unnamed)


def _once(names: list[str]) -> list[str]:
    """Names of columns, each different: a second equal one bears its letter."""
    seen: set[str] = set()
    for index, name in enumerate(names):
        if name in seen:
            names[index] = f"{name}（{column_letter(index)}列）"
        seen.add(names[index])
    return names


def _in_two_rows(sheet: SheetData, place: int, meaning: Meaning) -> bool:
    """Whether the row after `place` is the lower half of a header."""
    (above, top), (below, sub) = sheet.rows[place], sheet.rows[place + 1]
    if len([cell for cell in top if cell is not None]) < 2:
        return False
    for first, left, last, right in sheet.merged:
        named = left < len(top) and top[left] is not None
        if first == above and named and (last == below or last == above and right > left):
            return True
    return below == above + 1 and _looks_like_lower_half(top, sub, meaning)


def _looks_like_lower_half(top: Sequence[Cell], sub: Sequence[Cell], meaning: Meaning) -> bool:
    """Without merged cells: short words under gaps, nothing under some header that is known."""
    width = min(len(top), len(sub))
    under_gap = [sub[i] for i in range(width) if top[i] is None and sub[i] is not None]
    under_name = [i for i in range(width) if top[i] is not None and sub[i] is None]
    words_only = all(
        isinstance(cell, str) and len(cell) <= 12 and not cell.strip().isdigit()
        for cell in sub
        if cell is not None
    )
    known = any(meaning(parse_text(top[i])) for i in under_name)
    return bool(under_gap) and known and words_only


def _joined(bare: Sequence[Cell], top: Sequence[Cell], sub: Sequence[Cell]) -> list[str]:
    """Both halves of a header as one; an upper half reaches over the gaps to its right."""
    names, upper = [], ""
    for index in range(max(len(top), len(sub))):
        over = parse_text(top[index]) if index < len(top) else ""
        under = parse_text(sub[index]) if index < len(sub) else ""
        if over:
            upper = over
        elif under and index < len(bare):
            over = upper
        names.append(over if not under or under == over else f"{over}/{under}" if over else under)
    return names


def body_of(sheet: SheetData, header: Header, title: int) -> Body:
    """The records below a header; `title` is the column without which a row is none."""
    rows, further = _with_merges_filled(sheet, header, title)
    names = [parse_text(cell) for cell in sheet.rows[header.last][1]]
    captions = {_text_of(cells) for _, cells in sheet.rows[: header.first]}
    body = Body()
    for number, cells in rows:
        why = _why_no_record(cells, names, captions, title)
        if number in further and body.rows:
            _add_line(body.rows[-1][1], cells)
        elif why:
            body.left_out.append((number, _text_of(cells), why))
        else:
            body.rows.append((number, cells))
    return body


def _with_merges_filled(sheet: SheetData, header: Header, title: int) -> tuple[Rows, set[int]]:
    """The rows with what cells merged over several rows hold, and those that continue a record."""
    rows = [(number, list(cells)) for number, cells in sheet.rows[header.last + 1 :]]
    cells_of, further = dict(rows), set()
    for top, left, bottom, right in sheet.merged:
        if top not in cells_of or bottom == top or left >= len(cells_of[top]):
            continue
        inside = [number for number in range(top + 1, bottom + 1) if number in cells_of]
        if left <= title <= right:
            further |= set(inside)
            continue
        for number in inside:
            cells_of[number] += [None] * (left + 1 - len(cells_of[number]))
            cells_of[number][left] = cells_of[number][left] or cells_of[top][left]
    return rows, further


def _add_line(cells: list[Cell], more: Sequence[Cell]) -> None:
    """A second line of the same record: its cells join those above, several values in one cell."""
    for index, cell in enumerate(more[: len(cells)]):
        old, new = parse_text(cells[index]), parse_text(cell)
        if new and new not in old.split("；"):
            cells[index] = f"{old}；{new}" if old else new


def _text_of(cells: Sequence[Cell]) -> str:
    """The first words of a row."""
    return next((parse_text(cell) for cell in cells if not words.is_blank(cell)), "")


def _why_no_record(
    cells: Sequence[Cell], names: Sequence[str], captions: set[str], title: int
) -> str:
    """Why a row is no record; empty where it is one."""
    first = _text_of(cells)
    own = parse_text(cells[title]) if title < len(cells) else ""
    held = [parse_text(cell) for cell in cells if not words.is_blank(cell)]
    if not held:
        return "空行"
    if words.is_total(first):
        return "合计行"
    if words.is_note(first) and (own in ("", first) or words.is_note(own)):
        return "说明行"
    if sum(1 for a, b in zip(cells, names, strict=False) if b and parse_text(a) == b) >= 2:
        return "重复的表头"
    if len(held) == 1 and (first in captions or not own):
        return "不是记录"
    return ""
