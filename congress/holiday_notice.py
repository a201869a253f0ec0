"""The State Council's yearly notice on holidays (国务院办公厅关于部分节假日安排的通知), read
from its text.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from operator import itemgetter

from congress.calendar import HOLIDAY, WORKDAY
from congress.models import HolidayDay
from congress.reckoning import WEEKDAYS, spans, weekday_name
from congress.sheets.values import half_width

# A line that begins a holiday; `元旦:` with its number (一、) before it.
NEW_LINE = re.compile(r"\n\s*(?=[^\n:。]{2,14}:)")
HEADING = re.compile(r"(?:[一二三四五六七八九十]+、)?([\u4e00-\u9fff、]{2,20}):")
DAY = r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:\(([^)]*)\))?"
SPAN = re.compile(rf"{DAY}(?:(?:至|到|[-—–~])+{DAY})?")
# What is said of the days before it: off, worked, or advice that makes no day off (除夕休息).
SAID = re.compile(r"放假|上班|休息|连休")
TOGETHER = re.compile(r"共(\d+)天")
YEAR = re.compile(r"(\d{4})年")
WEEKDAY = re.compile(rf"(?:周|星期)([{WEEKDAYS}天])")
NEW_YEAR, DECEMBER = "元旦", 12


@dataclass(frozen=True)
class NoticeRow:
    """One holiday of a notice: its first and last day off, and the days worked to make up."""

    name: str
    first: date
    last: date
    made_up: tuple = ()

    def days(self):
        """(day, kind) of each day off and each make-up day."""
        for n in range((self.last - self.first).days + 1):
            yield self.first + timedelta(days=n), HolidayDay.Kind.OFF
        for day in self.made_up:
            yield day, HolidayDay.Kind.MADE_UP


def read_notice(text, year):
    """(rows, problems): the holidays that a pasted text names for `year`; `problems` are sentences
    on what did not fit and is to be looked at.
    """
    text = "".join(NEW_LINE.sub("。", half_width(text)).split())
    told = {int(each) for each in YEAR.findall(text)}
    rows, problems = [], []
    if told and year not in told:
        problems.append(f"通知里写的是{max(told)}年，这里录的是{year}年，请核对。")
    headings = list(HEADING.finditer(text))
    ends = [heading.start() for heading in headings[1:]] + [len(text)]
    for heading, end in zip(headings, ends, strict=False):
        item = _Item(heading[1], text[heading.end() : end], year)
        rows += item.rows()
        problems += item.problems
    if not rows:
        problems.append(
            "没有读出假期。每个假期要写成“元旦：1月1日至3日放假”这样；也可以直接填下面的表。"
        )
    return rows, problems


def rows_of(days):
    """The rows that HolidayRows of a notice come to: the days off of one name in a row; a make-up
    day stands with the nearest holiday of its name, or of any name where none has it.
    """
    off = [day for day in days if day.kind == HOLIDAY]
    found = [
        (name, first, last)
        for name in dict.fromkeys(day.name for day in off)
        for first, last in spans(day.day for day in off if day.name == name)
    ]
    made_up = {span: [] for span in sorted(found, key=itemgetter(1))}
    for day in days if found else ():
        if day.kind == WORKDAY:
            made_up[min(found, key=lambda span: _apart(day, *span))].append(day.day)
    return [NoticeRow(*span, tuple(days)) for span, days in made_up.items()]


def _apart(day, name, first, last):
    """How little a make-up day belongs to a holiday."""
    return day.name != name, min(abs(day.day - first), abs(day.day - last))


class _Item:
    """What stands under one heading of the notice."""

    def __init__(self, name, body, year):
        self.name, self.body, self.year = name, body, year
        self.problems, self.month = [], None

    def rows(self):
        """A row for each span off; the make-up days stand with the first."""
        off, worked = [], []
        for match in SPAN.finditer(self.body):
            said = SAID.search(self.body, match.end())
            kept = {"放假": off, "上班": worked}.get(said[0] if said else "")
            if kept is not None:
                kept += self._span(match.groups()[:4], match.groups()[4:])
        self._count(off)
        made_up = tuple(first for first, _last in worked)
        return [
            NoticeRow(self.name, *span, () if index else made_up) for index, span in enumerate(off)
        ]

    def _span(self, first, last):
        """[(first day, last day)], or nothing where there is no such day."""
        start = self._day(first)
        end = self._day(last) if last[2] else start
        if not start or not end:
            return []
        if end < start:
            self.problems.append(f"{self.name}：{end}早于{start}，请核对。")
            return []
        return [(start, end)]

    def _day(self, parts):
        """The day of `2026年1月3日(周六)`, of which year and month may be left out; None: no such
        day. New Year's days in December are those before the year of the notice.
        """
        own_year, month, number, beside = parts
        self.month = int(month) if month else self.month
        before = NEW_YEAR in self.name and self.month == DECEMBER
        try:
            day = date(int(own_year or self.year - before), self.month or 0, int(number))
        except ValueError:
            self.problems.append(
                f"{self.name}：{self.month or ''}月{number}日这一天不存在，请核对。"
            )
            return None
        told = WEEKDAY.search(beside or "")
        if told and told[1].replace("天", "日") != WEEKDAYS[day.weekday()]:
            self.problems.append(
                f"{self.name}：{day}是{weekday_name(day)}，通知写的是{told[0]}，请核对是哪一年的通知。"
            )
        return day

    def _count(self, spans):
        told = TOGETHER.search(self.body)
        read = sum((last - first).days + 1 for first, last in spans)
        if told and spans and int(told[1]) != read:
            self.problems.append(f"{self.name}：通知写着共{told[1]}天，读出来是{read}天，请核对。")
