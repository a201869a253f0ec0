"""What a column's cells may hold: one rule serves import, export and the form of the page."""

from dataclasses import KW_ONLY, dataclass
from datetime import date, time
from decimal import Decimal as Amount
from typing import Any, ClassVar
from urllib.parse import urlsplit

from congress.crypto import decrypt, encrypt, mask_phone
from congress.sheets import days, numbers, values
from congress.sheets.forms import CellField
from congress.sheets.values import Cell, CellError, half_width, shown

Out = str | int | float | date


@dataclass(frozen=True)
class Rule:
    """Plain rule of a column: how a cell becomes a value and a value a cell.

    `default` is what an empty cell means in a new row (None: the rule's own nothing).
    """

    _: KW_ONLY
    default: Any = None
    nothing: ClassVar[Any] = None
    widget: ClassVar[str] = "line"  # line, box, lines, choice, yes_no or checks: see forms.py
    hint: ClassVar[str] = ""  # how to fill it in, shown under the field
    sample: ClassVar[str] = ""  # a cell as it should be
    width: ClassVar[int] = 14  # of the exported column, in characters
    personal: ClassVar[bool] = False  # kept encrypted, masked wherever it is only read

    def empty(self) -> Any:
        """The value of an empty cell in a new row."""
        return self.nothing if self.default is None else self.default

    def parse(self, raw: Cell) -> Any:
        """The value of a cell. CellError, in Chinese, where it cannot be one."""
        if isinstance(raw, str):
            raw = values.parse_text(raw)
            if raw == values.CLEAR:
                return self.empty()
            if values.is_error_value(raw):
                raise CellError(f"单元格里是 Excel 算不出来的错误值“{raw}”，请改成真正的内容")
        return self.empty() if raw is None or raw == "" else self.read(raw)

    def read(self, raw: Cell) -> Any:
        """The value of a cell that is not empty."""
        raise NotImplementedError

    def text(self, value: Any) -> Out:
        """The cell of a value: `parse(text(value))` gives the value back."""
        return "" if is_nothing(value) else self.write(value)

    def write(self, value: Any) -> Out:
        """The cell of a value that is not nothing."""
        return value

    def page_text(self, value: Any) -> str:
        """The value as a form shows it."""
        return str(self.text(value))

    def masked(self, value: Any) -> Any:
        """The value for who only reads it: a personal one with its middle hidden."""
        return value

    def kept(self, value: Any) -> Out:
        """The cell of a value as the trace of an import keeps it: a personal one encrypted."""
        return encrypt(self.text(value)) if self.personal else self.text(value)

    def from_kept(self, cell: Cell) -> Any:
        """The way back from `kept`."""
        return self.parse(decrypt(cell) if self.personal else cell)

    def equal(self, one: Any, other: Any) -> bool:
        """Whether two values are the same for an import: all kinds of nothing are alike."""
        if is_nothing(one) or is_nothing(other):
            return is_nothing(one) and is_nothing(other)
        return bool(one == other)

    def words(self) -> list[str]:
        """The words of a drop-down list; empty where the column has none of its own."""
        return []

    def field(self, column: Any) -> CellField:
        """The form field of a column with this rule; it cleans by the same `parse`."""
        return CellField(column)


def is_nothing(value: Any) -> bool:
    """Whether a value says nothing (0 and False say something)."""
    return value is None or value == "" or value == [] or value == ()


@dataclass(frozen=True)
class Text(Rule):
    """Free text of at most so many characters; `lines` gives it a large box on the page."""

    max_length: int = 200
    _: KW_ONLY
    lines: bool = False
    nothing: ClassVar[Any] = ""
    width: ClassVar[int] = 20

    @property
    def widget(self) -> str:  # type: ignore[override]
        return "box" if self.lines else "line"

    def read(self, raw: Cell) -> str:
        return self.fit(values.parse_text(raw))

    def fit(self, text: str) -> str:
        """The text, where it is short enough."""
        if len(text) > self.max_length:
            raise CellError(f"“{shown(text)}”有 {len(text)} 个字，最多 {self.max_length} 个字")
        return text


@dataclass(frozen=True)
class Phone(Text):
    """Telephone numbers as they are written, with half-width digits."""

    max_length: int = 60
    personal: ClassVar[bool] = True

    def masked(self, value: Any) -> str:
        return mask_phone(value)

    def read(self, raw: Cell) -> str:
        text = values.parse_text(raw)
        return self.fit("".join(half_width(c) if c.isdigit() else c for c in text))


@dataclass(frozen=True)
class Name(Text):
    """One person, `姓名` or `姓名（备注）`."""

    max_length: int = 50
    width: ClassVar[int] = 12

    def read(self, raw: Cell) -> str:
        return self.fit(values.parse_name(raw))


@dataclass(frozen=True)
class Link(Text):
    """A web address that may be opened: http or https only (ASVS 1.2.2)."""

    max_length: int = 500

    def read(self, raw: Cell) -> str:
        text = self.fit(values.parse_text(raw))
        if _is_web_address(text):
            return text
        raise CellError(
            f"“{shown(raw)}”不是网址，要以 http:// 或 https:// 开头，如 https://www.example.cn/1"
        )


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        return False
    clean = text.isprintable() and not set(text) & set(" <>\"'`\\")
    return clean and parts.scheme in ("http", "https") and bool(host)


@dataclass(frozen=True)
class Day(Rule):
    """A calendar day."""

    sample: ClassVar[str] = "2026-07-31"

    def read(self, raw: Cell) -> date:
        return days.parse_day(raw)


@dataclass(frozen=True)
class Month(Rule):
    """A month, kept as its first day."""

    sample: ClassVar[str] = "1975-06"

    def read(self, raw: Cell) -> date:
        return days.parse_month(raw)

    def write(self, value: date) -> str:
        return days.month_text(value)


@dataclass(frozen=True)
class Time(Rule):
    """A time of day."""

    sample: ClassVar[str] = "8:30"

    def read(self, raw: Cell) -> time:
        return days.parse_time(raw)

    def write(self, value: time) -> str:
        return days.time_text(value)


@dataclass(frozen=True)
class YesNo(Rule):
    """是 or 否; an empty cell is no."""

    nothing: ClassVar[Any] = False
    widget: ClassVar[str] = "yes_no"
    width: ClassVar[int] = 8

    def read(self, raw: Cell) -> bool:
        return values.parse_yes_no(raw)

    def write(self, value: bool) -> str:
        return values.yes_no_text(value)

    def words(self) -> list[str]:
        return ["是", "否"]


@dataclass(frozen=True)
class Number(Rule):
    """A whole number, not below `minimum`."""

    minimum: int = 0
    maximum: int = numbers.LARGEST
    width: ClassVar[int] = 10

    def read(self, raw: Cell) -> int:
        return numbers.parse_number(raw, self.minimum, self.maximum)


@dataclass(frozen=True)
class Year(Rule):
    """A calendar year."""

    sample: ClassVar[str] = "2024"
    width: ClassVar[int] = 8

    def read(self, raw: Cell) -> int:
        return numbers.parse_year(raw)


@dataclass(frozen=True)
class Decimal(Rule):
    """An amount with at most `places` decimals."""

    places: int = 2
    minimum: int | None = 0

    def read(self, raw: Cell) -> Amount:
        return numbers.parse_decimal(raw, self.places, self.minimum)

    def write(self, value: Amount) -> int | float:
        return numbers.decimal_text(value)


@dataclass(frozen=True)
class Code(Rule):
    """An official code of `digits` digits."""

    digits: int = 12
    nothing: ClassVar[Any] = ""
    width: ClassVar[int] = 16

    def read(self, raw: Cell) -> str:
        return numbers.parse_code(raw, self.digits)
