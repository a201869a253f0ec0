"""The list of cases that hangs on the report to the congress: exactly the rows that its numbers
count, as they stood on the as-of date.
"""

import re
from collections import defaultdict
from dataclasses import dataclass

from congress.masking import Masker
from deputies.models import Person
from reports import catalogue
from reports.public_words import words
from suggestions.figure_rows import on_day
from suggestions.models import CaseUnit, Proposer, Standing
from suggestions.words import Origin, State, UnitRole, Way

DEPUTIES = "suggestions.collected.deputy"
CITIZENS = "suggestions.collected.citizen"
END = ("承办单位", "交办、转办\n和答复日期", "结果\n类别", "代表\n评价", "办结")
HEADERS = {
    DEPUTIES: ("编号", "标题", "领衔\n代表", "附议", *END),
    CITIZENS: ("编号", "标题", "提出人", *END[:-2], "群众\n评价", "办结"),
}
TITLE, WHO = 1, 2  # columns that hold words of people
CENTRED = 4  # columns from the right: days, class, evaluation, closing
UNHANDLED = {State.DECLINED: "不予受理", State.MERGED: "并案"}


@dataclass(frozen=True)
class Line:
    """A case as the list prints it (`cells`), and what decides whether and how it goes public.
    `states`: on the as-of date and now, for what was withdrawn since goes public no more."""

    cells: tuple
    pk: int = 0
    public: bool = True
    states: tuple = ()
    citizens: tuple = ()
    phone: str = ""

    @property
    def number(self):
        return self.cells[0]


def lines(user, place, period, key):
    """The lines of the cases that the figure `key` (DEPUTIES, CITIZENS) counts, in the order of
    their days and numbers. Five queries however many cases."""
    [(rows, _)] = catalogue.rows(user, place, period, key)
    standings = list(rows.select_related("case"))
    cases = [standing.case_id for standing in standings]
    people = _by_case(Proposer.objects.visible_to(user).filter(case__in=cases))
    held = CaseUnit.objects.visible_to(user).filter(on_day(period.as_of), case__in=cases)
    units = _by_case(held.select_related("unit").order_by("pk"))
    now = Standing.objects.visible_to(user).filter(case__in=cases, ends=None)
    now = dict(now.values_list("case", "state"))
    standings.sort(key=lambda standing: (standing.case.raised_on, _natural(standing.case.number)))
    return tuple(
        _line(standing, people[standing.case_id], units[standing.case_id], key, now)
        for standing in standings
    )


def _natural(number):
    """第9号 before 第10号."""
    parts = re.split(r"(\d+)", number)
    return [int(part) if part.isdecimal() else part for part in parts]


def _by_case(rows):
    found = defaultdict(list)
    for row in rows:
        found[row.case_id].append(row)
    return found


def _line(standing, people, units, key, now):
    case, names = standing.case, [person.name for person in people]
    who = (
        (names[0] if names else "", "、".join(names[1:]))
        if key == DEPUTIES
        else ("、".join(names),)
    )
    cells = (case.number, case.title, *who, _units(units), *_course(standing))
    return Line(
        cells,
        case.pk,
        case.public,
        (standing.state, now.get(case.pk, "")),
        () if key == DEPUTIES else tuple(names),
        case.phone,
    )


def _units(units):
    """The leads, then those who help in brackets."""
    leads = "、".join(each.unit.name for each in units if each.role == UnitRole.LEAD)
    helpers = "、".join(each.unit.name for each in units if each.role == UnitRole.CO)
    return f"{leads}（协办：{helpers}）" if helpers else leads


def _course(standing):
    days = [f"{day:%Y-%m-%d}" if day else "—" for day in (standing.handed_on, standing.replied_on)]
    on_the_spot = standing.way if standing.way == Way.ON_THE_SPOT else "—"
    result = UNHANDLED.get(standing.state) or standing.result_class or on_the_spot
    closed = f"{standing.closed_on:%Y-%m-%d}" if standing.closed_on else "未办结"
    ended = standing.state == State.DECLINED
    when = "\n".join(days) if any((standing.handed_on, standing.replied_on)) else "—"
    return when, result, standing.evaluation or "—", "—" if ended else closed


def masker_of(user, place):
    """A masker that knows the citizens and the deputies of a place: two queries."""
    known = Proposer.objects.visible_to(user).in_place(place).filter(person=None)
    citizens = known.exclude(case__in=_of_deputies(user, place)).order_by()
    deputies = Person.objects.visible_to(user).in_place(place).order_by()
    return Masker(
        citizens.values_list("name", flat=True).distinct(), deputies.values_list("name", flat=True)
    )


def _of_deputies(user, place):
    now = Standing.objects.visible_to(user).in_place(place).filter(ends=None)
    return now.filter(origin=Origin.DEPUTY).values("case")


def why_hidden(public, states):
    """Why a case does not stand in public; empty where it does. 公开 must be set, the case must
    have passed the review, and nobody withdrew it."""
    hidden = next(filter(None, map(words()["hidden_states"].get, states)), "")
    return hidden or ("" if public else words()["words"]["not_public"])
