"""Working days by the State Council's yearly holiday notices, and months as deadlines count
them."""

import csv
import hashlib
from calendar import monthrange
from collections import namedtuple
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from congress.activity_days import RuleError, activity_days, parse_rule
from congress.lunar import Lunar, lunar_of, lunar_text

__all__ = [
    "HolidayRow", "Holidays", "Lunar", "RuleError", "activity_days", "add_months", "add_workdays",
    "is_workday", "lunar_of", "lunar_text", "parse_rule", "workdays_between",
]  # fmt: skip

HOLIDAYS_FILE = Path(__file__).parent / "data" / "holidays.csv"
HOLIDAY, WORKDAY = "holiday", "workday"
SATURDAY = 5

# A day off or a make-up working day. source_year: the year whose notice names it; None: a local
# day, which does not by itself mean that the year's notice is out.
HolidayRow = namedtuple("HolidayRow", "day kind name source_year", defaults=["", None])


class Holidays:
    """Days off and make-up working days; a later row for the same day replaces an earlier one."""

    def __init__(self, rows):
        self.rows = {row.day: row for row in rows}
        self.years = frozenset(row.source_year for row in self.rows.values() if row.source_year)

    @classmethod
    def bundled(cls, extra=()):
        """The notices that come with the program and then the rows that a county entered itself."""
        return cls([*bundled_rows(), *extra])

    @property
    def version(self):
        """Eight letters that change whenever a day does: kept beside a reckoned deadline."""
        text = "".join(f"{row.day}{row.kind}" for row in sorted(self.rows.values()))
        return hashlib.sha256(text.encode()).hexdigest()[:8]

    def announced(self, year):
        """Whether the notice for that year is in the table (the State Council publishes it in
        November before)."""
        return year in self.years

    def is_workday(self, day):
        """Whether offices work; in a year not announced, Monday to Friday."""
        row = self.rows.get(day)
        return row.kind == WORKDAY if row else day.weekday() < SATURDAY

    def name_of(self, day):
        """The holiday a day belongs to, for a day off or its make-up day; else empty."""
        row = self.rows.get(day)
        return row.name if row else ""

    def note(self, start, end):
        """A sentence for the page where a span touches years not announced; else empty."""
        missing = [year for year in range(start.year, end.year + 1) if not self.announced(year)]
        if not missing:
            return ""
        before = self.years and missing[-1] < min(self.years)
        why = "没有录入" if before else "尚未公布"
        return f"{'、'.join(map(str, missing))}年放假安排{why}，按普通工作日推算"


@cache
def bundled_rows():
    """The rows of congress/data/holidays.csv."""
    with HOLIDAYS_FILE.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(line for line in lines if not line.startswith("#"))
        return tuple(
            HolidayRow(
                date.fromisoformat(row["day"]), row["kind"], row["name"], int(row["source_year"])
            )
            for row in rows
        )


def is_workday(day, holidays):
    """Whether offices work on that day."""
    return holidays.is_workday(day)


def add_workdays(start, n, holidays):
    """The n-th working day after `start`, whose own day does not count; n < 0 counts back, 0 is
    `start` itself."""
    step = timedelta(days=1 if n > 0 else -1)
    day, left = start, abs(n)
    while left:
        day += step
        left -= holidays.is_workday(day)
    return day


def workdays_between(start, end, holidays):
    """How many working days lie after `start` up to and with `end`; negative where `end` comes
    first."""
    if end < start:
        return -workdays_between(end, start, holidays)
    days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(map(holidays.is_workday, days))


def add_months(day, n):
    """The same day n months on; where that month has no such day, its last (30 November + 3 → 28 or
    29 February)."""
    year, month = divmod(day.year * 12 + day.month - 1 + n, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
