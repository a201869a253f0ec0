"""我的建议: what a deputy without a phone reads on paper: each suggestion, where it stands in plain
words, who handles it, until when, and what was answered.
"""

from dataclasses import dataclass

from django.db.models import Prefetch, Q

from congress.calendar import add_months
from congress.county_settings import reader_everywhere
from congress.period import chinese_day
from suggestions.merging import handling_steps
from suggestions.models import Case, CaseUnit, Proposer, Standing
from suggestions.paper_forms.catalogue import blanks
from suggestions.paper_forms.facts import NOT_REGISTERED, OFFICE_PHONE, REPLIES, standing_of
from suggestions.plain_words import plain
from suggestions.words import RaisedAt, State, UnitRole

OVER = frozenset({State.CLOSED, State.DECLINED, State.WITHDRAWN, State.VOID})
LATELY = 12  # months that an ended case stays on the sheet
REPLY_LENGTH = 160  # characters of a reply in large print


@dataclass(frozen=True)
class OwnCase:
    """One suggestion of a deputy as the sheet tells it."""

    number: str
    title: str
    second: bool
    sentence: str
    units: str
    until: str
    reply: str


@dataclass(frozen=True)
class DeputySheet:
    """The sheet of one deputy."""

    name: str
    place: str
    phone: str
    day: str
    cases: tuple


def deputy_sheets(people, user, today):
    """The sheets of deputies in their order, of those who have a case on it: cases that `user`
    sees, not ended or ended in the last twelve months. A constant number of queries.
    """
    rows, read = _rows(people, user, today), reader_everywhere((OFFICE_PHONE,))
    replies = handling_steps([standing_of(row.case) for row in rows], REPLIES)
    sheets = []
    for person in people:
        own = (row for row in rows if row.person_id == person.pk)
        cases = tuple(_own(row, replies[row.case_id], today) for row in own)
        if cases:
            place, day = person.place, chinese_day(today)
            phone = read(OFFICE_PHONE, place, today) or blanks()["line"]
            sheets.append(DeputySheet(person.name, place.name, phone, day, cases))
    return sheets


def _rows(people, user, today):
    ended_lately = Q(standings__state__in=OVER, standings__starts__gte=add_months(today, -LATELY))
    shown = (
        Case.objects.visible_to(user)
        .filter(Q(standings__ends=None), ~Q(standings__state__in=OVER) | ended_lately)
        .filter(raised_at=RaisedAt.TOWNSHIP, handed_in=True)
    )
    units = CaseUnit._base_manager.filter(ends=None, role=UnitRole.LEAD).select_related("unit")
    proposers = Proposer.objects.visible_to(user).filter(
        person__in=[person.pk for person in people], case__in=shown.values("pk")
    )
    return list(
        proposers.select_related("case").order_by("-case__raised_on", "-case__pk").prefetch_related(
            Prefetch("case__standings", Standing._base_manager.filter(ends=None), "in_force"),
            Prefetch("case__units", units.order_by("pk"), "present_units"),
        )
    )  # fmt: skip


def _own(row, replies, today):
    case, standing = row.case, standing_of(row.case)
    units = [each.unit.name for each in case.present_units]
    running = standing.deadline and not standing.replied_on and standing.state not in OVER
    reply = replies[-1].note if replies else ""
    return OwnCase(
        number="" if case.number.startswith(NOT_REGISTERED) else case.number,
        title=case.title,
        second=row.order > 0,
        sentence=plain(standing, units, today, to="co" if row.order else "own").sentence,
        units="、".join(units),
        until=chinese_day(standing.deadline) if running else "",
        reply=reply if len(reply) <= REPLY_LENGTH else f"{reply[:REPLY_LENGTH]}……（全文见答复函）",
    )
