"""The lunar calendar (农历, GB/T 33661): only ever by sxtwl, whose days two other libraries
confirm."""

from dataclasses import dataclass

import sxtwl

NUMERALS = "零一二三四五六七八九十"
TENS = {1: "初", 2: "十", 3: "二十"}


@dataclass(frozen=True)
class Lunar:
    """A day of the lunar calendar; `leap`: in a leap month (闰月). The year is the one in which it
    began."""

    year: int
    month: int
    day: int
    leap: bool


def lunar_of(day):
    """The lunar day of a date."""
    found = sxtwl.fromSolar(day.year, day.month, day.day)
    return Lunar(
        found.getLunarYear(), found.getLunarMonth(), found.getLunarDay(), found.isLunarLeap()
    )


def lunar_month_text(lunar):
    """正月, 十月, 闰六月."""
    ten, unit = divmod(lunar.month, 10)
    month = "正" if lunar.month == 1 else "十" * ten + (NUMERALS[unit] if unit else "")
    return f"{'闰' if lunar.leap else ''}{month}月"


def lunar_day_text(day):
    """The name of a day of a lunar month, 1 to 30: 初七, 二十四."""
    if day in (20, 30):
        return {20: "二十", 30: "三十"}[day]
    if day == 10:
        return "初十"
    ten, unit = divmod(day, 10)
    return TENS[ten + 1] + NUMERALS[unit]


def lunar_text(day):
    """A date in lunar words: 2025-08-01 → 闰六月初八."""
    lunar = lunar_of(day)
    return lunar_month_text(lunar) + lunar_day_text(lunar.day)
