"""Dates, months and times of day in cells, in every form that clerks write them.

Source: ledger rules (台账): 2024-03-05, 2024/3/5, 2024.3.5, 2024年3月5日, 20240305, full-width
digits, an Excel serial number; a month alone only where the column says month.
"""

import math
import re
from datetime import date, datetime, time, timedelta

from congress.sheets.values import Cell, CellError, half_width, parse_text, shown

FIRST_YEAR, LAST_YEAR = 1900, 2100
_EPOCH = date(1899, 12, 30)  # day 0 of Excel's serial numbers from 1900-03-01 on
_FIRST_SERIAL, _LAST_SERIAL = 10_000, 73_415  # 1927-05-18 (below: a bare year) to 2100-12-31

_DAY = re.compile(
    r"^(\d{4})\s*(?:([-/.])\s*(\d{1,2})\s*\2\s*(\d{1,2})|年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?)"
    r"(?:[\sT]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?$"
)
_DAY_8 = re.compile(r"^(\d{4})(\d{2})(\d{2})(?:\.0)?$")
_SERIAL = re.compile(r"^\d{5}(?:\.\d+)?$")
_MONTH = re.compile(r"^(\d{4})\s*(?:[-/.]\s*(\d{1,2})|年\s*(\d{1,2})\s*月?)$")
_MONTH_6 = re.compile(r"^(\d{4})(\d{2})(?:\.0)?$")
_TIME = re.compile(
    r"^(上午|下午|晚上|早上|中午)?\s*(\d{1,2})(?::|时|点)(?:(\d{1,2})分?(?::?(\d{1,2})秒?)?)?(?:\.0+)?$"
)
_DAY_SECONDS = 86_400


def parse_day(raw: Cell) -> date:
    """A calendar day from 1900 to 2100; a day that no calendar has is refused."""
    day = _day(raw)
    if day is None:
        raise CellError(f"“{shown(raw)}”不是日期，要写成 2026-07-31 这样")
    return day


def _day(raw: Cell) -> date | None:
    if isinstance(raw, date):
        return _in_range((raw.date() if isinstance(raw, datetime) else raw), raw)
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return _numeric_day(raw)
    if not isinstance(raw, str):
        return None
    text = half_width(parse_text(raw)).strip()
    if match := _DAY.match(text) or _DAY_8.match(text):
        return _calendar_day(raw, *(int(part) for part in match.groups() if _is_number(part)))
    return _numeric_day(float(text)) if _SERIAL.match(text) else None


def _is_number(part: str | None) -> bool:
    return bool(part) and part.isdigit()


def _numeric_day(number: float) -> date | None:
    """A serial number of Excel, or eight digits that Excel took for a number."""
    if _FIRST_SERIAL <= number < _LAST_SERIAL + 1:
        return _EPOCH + timedelta(days=math.floor(number))
    match = _DAY_8.match(str(number))
    return _calendar_day(number, *map(int, match.groups())) if match else None


def _calendar_day(raw: Cell, year: int, month: int, day: int) -> date:
    try:
        return _in_range(date(year, month, day), raw)
    except ValueError as error:
        if isinstance(error, CellError):
            raise
        message = f"“{shown(raw)}”这一天不存在，请核对年月日，要写成 2026-07-31 这样"
        raise CellError(message) from None


def _in_range(day: date, raw: Cell) -> date:
    if FIRST_YEAR <= day.year <= LAST_YEAR:
        return day
    wanted = f"要在 {FIRST_YEAR} 到 {LAST_YEAR} 年之间，如 2026-07-31"
    raise CellError(f"“{shown(raw)}”的年份不对，{wanted}")


def parse_month(raw: Cell) -> date:
    """A month, as its first day; a full date gives its month."""
    if isinstance(raw, float) and raw < LAST_YEAR + 1 and raw != int(raw):
        raw = _month_number(raw)
    text = "" if isinstance(raw, date) else half_width(parse_text(raw)).strip()
    if match := _MONTH.match(text) or _MONTH_6.match(text):
        year, month = (int(part) for part in match.groups() if part)
        if not 1 <= month <= 12:
            raise CellError(f"“{shown(raw)}”没有这个月份，要写成 1975-06 这样")
        return _in_range(date(max(year, 1), month, 1), raw)
    try:
        return parse_day(raw).replace(day=1)
    except CellError:
        raise CellError(f"“{shown(raw)}”不是年月，要写成 1975-06 这样") from None


def _month_number(number: float) -> str:
    """1975.06 that Excel took for a number; 1975.1 may be January or, with its 0 lost, October."""
    text = repr(number)
    if text.endswith(".1"):
        year = text[:-2]
        raise CellError(f"“{text}”看不出是 1 月还是 10 月，要写成 {year}-01 或 {year}-10")
    return text


def month_text(value: date) -> str:
    """The cell of a month: 1975-06."""
    return f"{value.year:04}-{value.month:02}"


def parse_time(raw: Cell) -> time:
    """A time of day: 8:30, 08:30:00, 8时30分, 下午2:30, or the fraction of a day."""
    if isinstance(raw, datetime):
        raw = raw.time()
    if isinstance(raw, time):
        return raw.replace(microsecond=0, tzinfo=None)
    seconds = _seconds(raw)
    if seconds is None or not 0 <= seconds < _DAY_SECONDS:
        raise CellError(f"“{shown(raw)}”不是时间，要写成 8:30 这样")
    return time(seconds // 3600, seconds // 60 % 60, seconds % 60)


def _seconds(raw: Cell) -> int | None:
    """Seconds since midnight, or None where the cell holds no time."""
    if isinstance(raw, timedelta):
        return round(raw.total_seconds())
    if isinstance(raw, float | int) and not isinstance(raw, bool):
        return round(raw % 1 * _DAY_SECONDS) if 0 <= raw < 1 or raw > _FIRST_SERIAL else None
    if not isinstance(raw, str):
        return None
    match = _TIME.match(half_width(parse_text(raw)).strip())
    return _clock_seconds(*match.groups()) if match else None


def _clock_seconds(
    part: str | None, hour: str, minute: str | None, second: str | None
) -> int | None:
    hours, minutes, seconds = int(hour), int(minute or 0), int(second or 0)
    if part in ("下午", "晚上") and hours < 12:
        hours += 12
    if minutes > 59 or seconds > 59:
        return None
    return hours * 3600 + minutes * 60 + seconds


def time_text(value: time) -> str:
    """The cell of a time: 08:30, with seconds only where there are any."""
    return value.strftime("%H:%M:%S" if value.second else "%H:%M")
