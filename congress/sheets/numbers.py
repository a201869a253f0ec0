"""Numbers in cells: whole numbers, amounts, years, official codes; each with its way back."""

import math
import re
from decimal import Decimal

from congress.sheets.values import Cell, CellError, half_width, parse_text, shown

LARGEST = 2_147_483_647  # what an integer column of the database holds

_NUMBER = re.compile(r"^[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?$")
_YEAR = re.compile(r"^(\d{4})(?:\.0)?年?度?$")


def _written(raw: Cell) -> str:
    """The cell as half-width text without blanks around it."""
    return half_width(parse_text(raw)).strip()


def _decimal(raw: Cell, example: str) -> Decimal:
    """Any finite number that a cell can hold; Excel itself keeps 15 digits."""
    if isinstance(raw, float) and math.isfinite(raw):
        return Decimal(format(raw, ".15g"))
    if isinstance(raw, int | Decimal) and not isinstance(raw, bool):
        return Decimal(raw)
    text = _written(raw)
    if isinstance(raw, str) and _NUMBER.match(text):
        return Decimal(text.replace(",", ""))
    raise CellError(f"“{shown(raw)}”不是数字，只写数字，如 {example}")


def parse_number(raw: Cell, minimum: int = 0, maximum: int = LARGEST) -> int:
    """A whole number; `1,200`, `１２００` and 1200.0 are 1200."""
    number = _decimal(raw, "30")
    _check_range(number, raw, minimum, maximum)
    if number != number.to_integral_value():
        raise CellError(f"“{shown(raw)}”不是整数，要写成 30 这样")
    return int(number)


def _check_range(number: Decimal, raw: Cell, minimum: int | None, maximum: int) -> None:
    if minimum is not None and number < minimum:
        wanted = "不能是负数" if minimum == 0 else f"不能小于 {minimum}"
        raise CellError(f"“{shown(raw)}”太小，这里{wanted}")
    if number > maximum:
        raise CellError(f"“{shown(raw)}”太大，这里不能超过 {maximum}")


def parse_decimal(raw: Cell, places: int = 2, minimum: int | None = 0) -> Decimal:
    """An amount with at most so many decimals."""
    number = _decimal(raw, "12.5")
    _check_range(number, raw, minimum, 10 ** (15 - places))
    if number != round(number, places):
        raise CellError(f"“{shown(raw)}”的小数太长，最多 {places} 位小数，如 12.5")
    return number


def decimal_text(value: Decimal) -> int | float:
    """The cell of an amount: a number."""
    return int(value) if value == value.to_integral_value() else float(value)


def parse_year(raw: Cell) -> int:
    """A calendar year, `2024` or `2024年`."""
    match = _YEAR.match(_written(raw))
    if match and 1900 <= int(match[1]) <= 2100:
        return int(match[1])
    raise CellError(f"“{shown(raw)}”不是年度，要写成 2024 这样")


def parse_code(raw: Cell, digits: int = 12) -> str:
    """An official code of so many digits, also where Excel made a number of it."""
    code = _written(raw).removesuffix(".0")
    if code.isascii() and code.isdigit() and len(code) == digits:
        return code
    raise CellError(f"“{shown(raw)}”不是代码，要写成 {digits} 位数字，如 {'360733101201'[:digits]}")
