"""The words of other people's tables: what their headers and cells mean in our ledger.

Source: reports/data/headers.toml, gathered from real tables.
"""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from congress.sheets.columns import header_key
from congress.sheets.values import Cell, half_width, parse_text

FILE = Path(__file__).parent / "data" / "headers.toml"
CASES_KIND = "意见建议"
# What others tell of a case beside the columns of our sheet: see foreign_cases.
EXTRA = {"seconders": "附议人", "document": "文号"}
_BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")
_LAST_SIGNS = ":;,、。 "
_CLASS_ENDING = re.compile(r"(?<=[A-D甲乙丙丁])[类级件].*$|(?<=[A-D甲乙丙丁])\(.*\)$")


@cache
def _words() -> dict[str, Any]:
    with FILE.open("rb") as lines:
        return tomllib.load(lines)


def keys_of(header: Cell) -> list[str]:
    """The forms in which a header is looked up: whole, then without what stands in brackets."""
    whole = header_key(header).strip(_LAST_SIGNS)
    bare = _BRACKETS.sub("", whole.replace("【", "[").replace("】", "]")).strip(_LAST_SIGNS)
    return list(dict.fromkeys(key for key in (whole, bare) if key))


@cache
def _fields(kind: str) -> dict[str, tuple[str, int]]:
    """{header key: (field, how far down its list)}; the first field that lists a header has it."""
    known: dict[str, tuple[str, int]] = {}
    for field, headers in _words().get(kind, {}).get("fields", {}).items():
        for rank, header in enumerate(headers):
            known.setdefault(header_key(header), (field, rank))
    return known


@cache
def _by_cells(kind: str) -> dict[str, tuple[str, ...]]:
    listed = _words().get(kind, {}).get("by_cells", {})
    return {header_key(header): tuple(fields) for header, fields in listed.items()}


def fields_for(kind: str, header: Cell) -> tuple[str, ...]:
    """The fields that a header may mean, the likeliest first; several: its cells decide."""
    for key in keys_of(header):
        if found := _by_cells(kind).get(key):
            return found
        if key in _fields(kind):
            return (_fields(kind)[key][0],)
    return ()


def rank_of(kind: str, header: Cell) -> int:
    """How likely a header means its field: of two headers the lower rank has it."""
    return min(
        (_fields(kind)[key][1] for key in keys_of(header) if key in _fields(kind)), default=0
    )


def is_decided_by_cells(kind: str, header: Cell) -> bool:
    """Whether a header means now this, now that, as its cells say."""
    return any(key in _by_cells(kind) for key in keys_of(header))


def is_left_out(kind: str, header: Cell) -> bool:
    """Whether a header that our ledger has as well means something else elsewhere."""
    return parse_text(header) in _words().get(kind, {}).get("left_out", ())


def is_weak(header: Cell) -> bool:
    """Whether the lower half of a header in two rows says nothing without its upper half."""
    return any(key in _words()["weak"] for key in keys_of(header))


def meant(kind: str, field: str, cell: Cell) -> Cell:
    """The ledger's word for a cell in others' words; any other cell as it is."""
    words = _words().get(kind, {}).get("words", {}).get(field)
    if words is None or not isinstance(cell, str):
        return cell
    text = "".join(half_width(parse_text(cell)).split()).strip(_LAST_SIGNS)
    if field == "result":
        text = _CLASS_ENDING.sub("", text.upper())
    for form in (text, _BRACKETS.sub("", text)):
        if form in words:
            return words[form]
    return text or None


def is_blank(cell: Cell) -> bool:
    """Whether a cell says nothing: empty, a dash, 无."""
    return cell is None or parse_text(cell) in _words()["blanks"] or not parse_text(cell)


def is_untitled(title: str) -> bool:
    """Whether a title is what a system writes for a record that nobody has filled in."""
    return title in _words()["untitled"]


def is_total(text: str) -> bool:
    """Whether a row that begins with this text adds up the rows above it."""
    bare = "".join(half_width(text).split()).strip(_LAST_SIGNS)
    words = "|".join(_words()["totals"])
    return bool(re.fullmatch(rf"({words})[::]?\d*[件条个]?", bare))


def is_note(text: str) -> bool:
    """Whether a row that begins with this text is a remark about the table."""
    bare = "".join(half_width(text).split())
    words = "|".join(sorted(_words()["notes"], key=len, reverse=True))
    return bool(re.match(rf"({words})\d*:", bare)) or bare in _words()["notes"]
