"""Words in cells: text, several values, names, pairs, yes/no; each with its way back.

A cell is what a workbook, a CSV file or a page's form hands over: text, number, truth value,
date, time or nothing. Every `parse_…` either returns the value or raises `CellError`, whose
message says in Chinese what was found and what is expected. Source: rules of the ledger (台账).
Dates and times are in `days.py`, numbers in `numbers.py`.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import NamedTuple

Cell = str | int | float | bool | Decimal | date | datetime | time | timedelta | None

CLEAR = "清空"
EXAMPLE = "【示例】"
CELL_LENGTH = 32_767  # characters (UTF-16 units) that one Excel cell holds

_ERROR_VALUES = {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#DATA!"}
_YES = {"是", "有", "✓", "√", "✔", "☑", "y", "yes", "1", "true"}
_NO = {"否", "无", "×", "✗", "✘", "x", "n", "no", "0", "false"}
_DOTS = "·•・‧∙⋅･·․●"
_NAME_DOT = re.compile(rf"[{_DOTS}]|(?<=[^\x00-\x7f])[.．](?=[^\x00-\x7f])")
_INVISIBLE = re.compile(
    "[\u200b-\u200f\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff]"
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
_LINE_END = re.compile(r"\r\n?|[\x0b\x0c\x85]")
_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_HALF_ALNUM = {code: half for code, half in _HALF.items() if chr(half).isalnum()}
_SPLIT_STRONG = re.compile(r"[；;\r\n]")
_SPLIT_WEAK = re.compile(r"[、，,]")
_NOTE = re.compile(r"^(?P<name>[^（]+)（(?P<note>.*)）$", re.DOTALL)
_PAIR = re.compile(
    r"^(?P<name>.*\S)\s*[:：]\s*"
    r"(?P<number>(?:[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+|[0-9０-９]{1,12})(?:[.．][0-9０-９]{1,6})?)"
    r"(?![0-9０-９.．])\s*(?P<unit>[^:：]*)$",
    re.DOTALL,
)


class CellError(ValueError):
    """A cell that cannot be; `message` is the Chinese sentence for the clerk."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Pair(NamedTuple):
    """A counted thing, `插秧机:3台`: its name, how many, and the unit (may be empty)."""

    name: str
    number: Decimal
    unit: str = ""


def is_empty(raw: Cell) -> bool:
    """Whether the cell holds nothing (blanks and invisible characters count as nothing)."""
    if raw is None or raw == "":
        return True
    return isinstance(raw, str) and not parse_text(raw)


def is_clear(raw: Cell) -> bool:
    """Whether the cell says 清空: what the known row has there is to be emptied."""
    return isinstance(raw, str) and raw.strip() == CLEAR


def is_example(cells: Iterable[Cell]) -> bool:
    """Whether a row is the example of the template: one of its cells begins with the mark."""
    return any(isinstance(cell, str) and cell.lstrip().startswith(EXAMPLE) for cell in cells)


def is_error_value(raw: Cell) -> bool:
    """Whether the cell holds what Excel writes when a formula fails (#REF! and the like)."""
    return isinstance(raw, str) and raw[:1] == "#" and raw in _ERROR_VALUES


def shown(raw: Cell) -> str:
    """The cell as a message quotes it: on one line, at most 30 characters."""
    text = " ".join(parse_text(raw).split())
    return text if len(text) <= 30 else text[:29] + "…"


def half_width(text: str) -> str:
    """Full-width digits, letters and signs become ASCII; blanks of all kinds become a space."""
    if text.isascii():
        return text
    return text.translate(_HALF).replace("\u3000", " ").replace("\xa0", " ")


def column_letter(index: int) -> str:
    """The Excel letters of a column, counted from 0: 0 → A, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def parse_text(raw: Cell) -> str:
    """Plain text: blanks around it and characters that cannot be seen are dropped, lines kept."""
    text = raw if isinstance(raw, str) else _plain(raw)
    if text.isprintable():
        return text.strip()
    text = _LINE_END.sub("\n", text)
    return _CONTROL.sub("", _INVISIBLE.sub("", text)).strip()


def _plain(raw: Cell) -> str:
    """What is no text, written as a clerk would read it."""
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return "是" if raw else "否"
    if isinstance(raw, float | Decimal):
        return plain_number(raw)
    if isinstance(raw, datetime):
        return str(raw) if raw.time() != time() else str(raw.date())
    return str(raw)


def plain_number(number: float | int | Decimal) -> str:
    """A number without exponent and without noughts at its end: 3.0 → 3, 1e-7 → 0.0000001."""
    if isinstance(number, float):
        if number != number or abs(number) == float("inf"):
            return str(number)
        number = Decimal(repr(number))
    text = format(Decimal(number), "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def parse_yes_no(raw: Cell) -> bool:
    """是/否, ✓/×, 有/无, Y/N, 1/0; an empty cell is no."""
    word = half_width(parse_text(raw)).strip().lower()
    if word in _YES:
        return True
    if word in _NO or not word:
        return False
    raise CellError(f"“{shown(raw)}”不能判断是或否，要写成 是 或 否")


def yes_no_text(value: bool) -> str:
    """The cell of a yes or no."""
    return "是" if value else "否"


def parse_several(raw: Cell) -> list[str]:
    """Several values of one cell, in their order.

    A cell that holds ；, ; or a line break is split only there, else at 、 ， and ,.
    """
    text = parse_text(raw)
    split = _SPLIT_STRONG if _SPLIT_STRONG.search(text) else _SPLIT_WEAK
    return [part for part in map(parse_text, split.split(text)) if part]


def several_text(values: Iterable[str], glue: str = "；") -> str:
    """The cell of several values; a lone value that holds a weaker comma ends with ；."""
    parts = [_SPLIT_STRONG.sub("，", value) for value in values]
    if len(parts) == 1 and _SPLIT_WEAK.search(parts[0]):
        return parts[0] + "；"
    return glue.join(parts)


def parse_name(raw: Cell) -> str:
    """A person's name: blanks dropped, the middle dot made one, a note kept as 姓名（备注）."""
    name, note = split_name(parse_text(raw))
    return name_text(name, note)


def split_name(text: str) -> tuple[str, str]:
    """姓名（备注） → (name, note); a name without a note gives an empty note."""
    text = _INVISIBLE.sub("", text).translate(_HALF_ALNUM).strip()
    if "(" in text or "（" in text:
        text = text.replace("(", "（").replace(")", "）")
        if match := _NOTE.match(text):
            return _bare(match["name"]), match["note"].strip()
    return _bare(text), ""


def name_text(name: str, note: str = "") -> str:
    """The cell of a name; the note tells two people of one name apart."""
    return f"{name}（{note}）" if note else name


def _bare(name: str) -> str:
    """The name alone: no blanks, one kind of middle dot."""
    if name.isalpha():
        return name
    return _NAME_DOT.sub("·", "".join(name.split()))


def parse_names(raw: Cell) -> list[str]:
    """Several names in their order, each once."""
    return list(dict.fromkeys(parse_name(part) for part in parse_several(raw)))


def parse_pairs(raw: Cell) -> list[Pair]:
    """Counted things, `名称:数量单位` joined by ；."""
    return [parse_pair(part) for part in parse_several(raw)]


def parse_pair(text: str) -> Pair:
    """One counted thing; digits and the colon may be full-width."""
    if match := _PAIR.match(text):
        number = Decimal(half_width(match["number"]).replace(",", ""))
        return Pair(match["name"], number, match["unit"].strip())
    raise CellError(f"“{shown(text)}”缺名称或数量，要写成 插秧机:3台 这样，几项之间用；隔开")


def pair_text(pair: Pair) -> str:
    """One counted thing as text."""
    name, number, unit = pair
    return f"{name}:{plain_number(number)}{unit}"


def pairs_text(pairs: Iterable[Pair], glue: str = "；") -> str:
    """The cell of counted things."""
    return several_text((pair_text(pair) for pair in pairs), glue)
