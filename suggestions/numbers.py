"""Numbers of cases and of reply documents: by the county's patterns, counted in the transaction
that uses them, so that no two are alike and a save that failed leaves no gap.
"""

import re
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from congress.county_settings import reader
from congress.models import Place
from congress.patterns import RUNNING, number_in, series_of, write_number
from congress.scoping import OPERATOR
from deputies.models import Meeting
from suggestions.conditions import StepRefused
from suggestions.models import Case, Counter, Step
from suggestions.words import Occasion

PLACEHOLDER = "未编号-"
DRAFT = "草稿-"  # a deputy's, before it is handed in
LONGEST = Case._meta.get_field("number").max_length
ALL_BY_YEAR = "年度"
SESSION = re.compile(r"第[^第届]+届")
TIME = re.compile(r"第[^第次]+次")
KINDS_OF_TOWNSHIP = ("街道", "镇", "乡")
WITH_A_NUMBER = ("签发", "答复", "再次答复")


def is_placeholder(number):
    """Whether a case is not registered yet: 未编号-3."""
    return number.startswith((PLACEHOLDER, DRAFT))


def give_number(case, on, meeting=None, occasion=""):
    """The number that a case gets when it is registered on day `on`; called inside the transaction
    that stores it, which then holds the counter. StepRefused: the pattern gives too long a number.
    """
    return _case_series(case.place, meeting, on, occasion).take()


def peek(place, meeting, on, occasion=""):
    """The number that the next registration would get; taken by nobody yet."""
    return _case_series(place, meeting, on, occasion).next_number()


def placeholder_number(place):
    """未编号-n for a case that is not registered yet; called inside the transaction that stores
    it.
    """
    return _Series(place, PLACEHOLDER + RUNNING, 1, _cases_of(place), "number").take()


def document_number(place, on, word):
    """The number of a reply document, 文府函〔2024〕8号; `word` is the organ's (机关代字: 文府).
    Called inside the transaction that stores it.
    """
    return _document_series(place, on, word).take()


def peek_document(place, on, word):
    """The number that the next reply document would get; taken by nobody yet."""
    return _document_series(place, on, word).next_number()


def step_past(place, numbers):
    """Counters of the place go on behind numbers that came from outside: typed, or imported. A
    series that has not begun looks for itself where to begin.
    """
    with transaction.atomic():
        for counter in _counters(place).select_for_update().order_by("pk"):
            found = (number_in(counter.series, number) for number in numbers)
            highest = max(filter(None, found), default=0)
            if highest > counter.last:
                counter.last = highest
                counter.save(update_fields=["last"])


def _case_series(place, meeting, on, occasion):
    read = reader(place, on)
    values = _place_values(place) | {"年": on.year}
    at_congress = occasion == Occasion.CONGRESS or not occasion
    if meeting is not None and meeting.kind != Meeting.Kind.CONGRESS:
        meeting = None
    if read("suggestions.number_series") == ALL_BY_YEAR:
        pattern = read("suggestions.number_yearly")
    elif at_congress and meeting:
        pattern = read("suggestions.number_at_meeting")
        values |= _meeting_values(meeting)
    elif occasion == Occasion.CONGRESS:
        pattern = read("suggestions.number_yearly")
    else:
        pattern = read("suggestions.number_between")
    return _Series(place, *series_of(pattern, values), _cases_of(place), "number")


def _document_series(place, on, word):
    pattern = reader(place, on)("suggestions.document_number")
    values = _place_values(place) | {"年": on.year, "字": word}
    steps = Step.objects.visible_to(OPERATOR).filter(case__place=place, name__in=WITH_A_NUMBER)
    return _Series(place, *series_of(pattern, values), steps, "data__number")


def _place_values(place):
    """{乡镇}: 文武坝镇; {简称}: 文武坝."""
    kind = next((kind for kind in KINDS_OF_TOWNSHIP if place.name.endswith(kind)), "")
    return {"乡镇": place.name, "简称": place.name.removesuffix(kind)}


def _meeting_values(meeting):
    """{会议}: its name; {届}, {次}: the parts of it (第七届, 第三次), the term's name where it has
    none.
    """
    session, time = SESSION.search(meeting.name), TIME.search(meeting.name)
    return {
        "会议": meeting.name,
        "届": session[0] if session else meeting.term.name,
        "次": time[0] if time else "",
    }


def _cases_of(place):
    return Case.objects.visible_to(OPERATOR).filter(place=place)


def _counters(place):
    return Counter.objects.visible_to(OPERATOR).filter(place=place)


@dataclass(frozen=True)
class _Series:
    """One series of a place, and the rows that may hold a number of it already."""

    place: Place
    text: str
    width: int
    rows: QuerySet
    column: str

    def take(self):
        """The next number; the counter stays locked until the transaction ends."""
        with transaction.atomic():
            Counter.objects.bulk_create(
                [Counter(place=self.place, series=self.text)], ignore_conflicts=True
            )
            counter = _counters(self.place).select_for_update().get(series=self.text)
            counter.last = self.after(counter.last)
            counter.save(update_fields=["last"])
            return self.written(counter.last)

    def next_number(self):
        """The number that `take` would give."""
        last = _counters(self.place).filter(series=self.text).values_list("last", flat=True)
        return self.written(self.after(last.first() or 0))

    def after(self, last):
        """The next free number; a series that begins goes on behind the highest there is."""
        number = (last or max(self.used(), default=0)) + 1
        if self.rows.filter(**{self.column: self.written(number)}).exists():
            used = self.used()
            while number in used:
                number += 1
        return number

    def used(self):
        """The numbers of the series that stand in rows, whatever their digits."""
        before = self.text.partition(RUNNING)[0]
        rows = self.rows.filter(**{f"{self.column}__startswith": before})
        found = {number_in(self.text, text) for text in rows.values_list(self.column, flat=True)}
        return found - {None}

    def written(self, number):
        text = write_number(self.text, self.width, number)
        if len(text) > LONGEST:
            raise StepRefused(
                f"编号“{text}”有{len(text)}个字，最多{LONGEST}个，请到“设置、规则和期限”改短编号的写法"
            )
        return text
