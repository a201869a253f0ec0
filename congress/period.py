"""The span of days that a figure, a list or a summary speaks of, and the day as of which it is
known."""

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

from congress.calendar import add_months
from congress.sheets import days

THIS_YEAR, LAST_YEAR, THIS_TERM, TWELVE_MONTHS = PRESETS = (
    "今年以来",
    "去年",
    "换届以来",
    "近一年",
)
CUSTOM = "自定义"
SPAN_NAME = re.compile(r"^(\d{4})(?:年|-(\d{1,2})|年(\d{1,2})月|-?[Qq]([1-4])|-?[Hh]([12]))?$")
DAY_TEXT = re.compile(r"^(\d{4})(?:-|/|\.|年)(\d{1,2})(?:-|/|\.|月)(\d{1,2})日?$")
HALVES = {1: "上", 2: "下"}
NUMERALS = "零一二三四"


class PeriodError(ValueError):
    """A period that cannot be read; the message is for the reader of the page, in Chinese."""


def parse_day(text, what="日期"):
    """2024-03-05, 2024/3/5 or 2024年3月5日 → a date; `what` names the field in the message."""
    found = DAY_TEXT.match((text or "").strip())
    try:
        day = date(*map(int, found.groups()))
    except (AttributeError, ValueError):
        raise PeriodError(f"{what}“{text}”不是有效日期，请写成2024-03-05这样") from None
    if not days.FIRST_YEAR <= day.year <= days.LAST_YEAR:
        raise PeriodError(
            f"{what}“{text}”的年份不对，要在{days.FIRST_YEAR}到{days.LAST_YEAR}年之间"
        )
    return day


def chinese_day(day):
    """2024年3月5日 (GB/T 15835: no leading zeros)."""
    return f"{day.year}年{day.month}月{day.day}日"


def _month_end(day):
    return day.replace(day=monthrange(day.year, day.month)[1])


def _year_before(day, keep_month_end=False):
    moved = add_months(day, -12)
    return _month_end(moved) if keep_month_end and day == _month_end(day) else moved


@dataclass(frozen=True)
class Period:
    """`start` to `end`, both counted; facts are taken as they stood on `as_of` (not given: on the
    last day)."""

    start: date
    end: date
    as_of: date = None
    label: str = ""

    def __post_init__(self):
        if self.end < self.start:
            raise PeriodError(
                f"结束日期{chinese_day(self.end)}早于开始日期{chinese_day(self.start)}"
            )
        object.__setattr__(self, "as_of", self.as_of or self.end)
        object.__setattr__(self, "label", self.label or self.text())

    @classmethod
    def preset(cls, name, today, term_start=None):
        """今年以来, 去年, 换届以来, 近一年, or a span: 2024, 2024-03, 2024Q1, 2024H1. PeriodError:
        no such thing."""
        if name == THIS_YEAR:
            return cls(date(today.year, 1, 1), today, label=name)
        if name == LAST_YEAR:
            return cls(date(today.year - 1, 1, 1), date(today.year - 1, 12, 31), label=name)
        if name == TWELVE_MONTHS:
            return cls(add_months(today, -12) + timedelta(days=1), today, label=name)
        if name == THIS_TERM:
            return cls._since_term_start(today, term_start)
        return cls._span(name)

    @classmethod
    def _since_term_start(cls, today, term_start):
        if term_start is None:
            raise PeriodError("还没有登记本届的开始日期，不能统计“换届以来”；请先在届次中补上")
        if term_start > today:
            raise PeriodError(f"本届从{chinese_day(term_start)}开始，尚未换届")
        return cls(term_start, today, label=THIS_TERM)

    @classmethod
    def _span(cls, name):
        found = SPAN_NAME.match(name)
        month = int(found[2] or found[3] or 1) if found else 0
        if not 1 <= month <= 12 or not days.FIRST_YEAR <= int(found[1]) <= days.LAST_YEAR:
            raise PeriodError(
                f"时段“{name}”看不明白，可写{'、'.join(PRESETS)}、2024、2024-03、2024Q1、2024H1"
            )
        year, _, _, quarter, half = (int(part) if part else 0 for part in found.groups())
        if quarter:
            return cls._months(year, quarter * 3 - 2, 3, f"{year}年第{NUMERALS[quarter]}季度")
        if half:
            return cls._months(year, half * 6 - 5, 6, f"{year}年{HALVES[half]}半年")
        if found[2] or found[3]:
            return cls._months(year, month, 1, f"{year}年{month}月")
        return cls._months(year, 1, 12, f"{year}年")

    @classmethod
    def _months(cls, year, month, count, label):
        start = date(year, month, 1)
        return cls(start, add_months(start, count) - timedelta(days=1), label=label)

    @classmethod
    def parse(
        cls, *, name="", start="", end="", as_of="", today, term_start=None, default=THIS_YEAR
    ):
        """From texts (page or command): a name, or two days; as-of day optional. PeriodError in
        Chinese.

        One of the two days alone means from then to today, or from 1 January of that day's year."""
        if (name in ("", CUSTOM)) and (start or end):
            last = parse_day(end, "结束日期") if end else today
            first = parse_day(start, "开始日期") if start else date(last.year, 1, 1)
            period = cls(first, last)
        else:
            period = cls.preset(name if name not in ("", CUSTOM) else default, today, term_start)
        return period.known_on(parse_day(as_of, "截至日期")) if as_of else period

    @classmethod
    def from_query(cls, params, *, today, term_start=None, default=THIS_YEAR):
        """From GET parameters period, from, to, as_of. PeriodError: what to show beside the filter
        bar."""
        return cls.parse(
            name=params.get("period", "").strip(),
            start=params.get("from", "").strip(),
            end=params.get("to", "").strip(),
            as_of=params.get("as_of", "").strip(),
            today=today,
            term_start=term_start,
            default=default,
        )

    def known_on(self, as_of):
        """The same days, as things stood on `as_of`."""
        if as_of < self.start:
            raise PeriodError(f"截至日期{chinese_day(as_of)}早于开始日期{chinese_day(self.start)}")
        return replace(self, as_of=as_of)

    def __contains__(self, day):
        return self.start <= day <= self.end

    def months(self):
        """The whole months inside, as the labels that breakdowns use: 2024-01; a month begun or cut
        is left out."""
        first = self.start if self.start.day == 1 else add_months(self.start.replace(day=1), 1)
        found = []
        while _month_end(first) <= self.end:
            found.append(f"{first:%Y-%m}")
            first = add_months(first, 1)
        return found

    def text(self):
        """2024年1月1日至12月31日, 2024年3月1日至31日, 2023年12月1日至2024年3月1日; one day alone as
        itself."""
        if self.start == self.end:
            return chinese_day(self.start)
        last = chinese_day(self.end)
        if self.start.year == self.end.year:
            same_month = self.start.month == self.end.month
            last = f"{self.end.day}日" if same_month else f"{self.end.month}月{self.end.day}日"
        return f"{chinese_day(self.start)}至{last}"

    def same_last_year(self):
        """The same days a year before; a span that ends with a month ends with that month then
        too."""
        end = _year_before(self.end, keep_month_end=True)
        as_of = end if self.as_of == self.end else _year_before(self.as_of)
        return Period(_year_before(self.start), end, as_of, "去年同期")
