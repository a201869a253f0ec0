"""What waits on somebody's desk: cases by urgency, each with the one step that comes next. One
reading serves the office, the government's office and the units.
"""

import re
from dataclasses import dataclass

from django.db.models import Case as Choose
from django.db.models import Count, DateField, F, Q, Value, When, Window
from django.db.models.functions import RowNumber

from congress.county_settings import reader_everywhere
from congress.roles import Role
from suggestions.deadlines import left_words, light
from suggestions.desk_groups import kinds_for, own_standings, step_on
from suggestions.models import CaseUnit, Proposer
from suggestions.moment import LAYER
from suggestions.steps import RULES
from suggestions.words import State, UnitRole

# What comes next in a state (names from the table of steps), the first that is open to the person.
NEXT_STEPS = {
    State.DRAFT: ("提出",),
    State.SUBMITTED: ("登记",),
    State.REGISTERED: ("受理",),
    State.REPAIR: ("提出", "登记"),
    State.ACCEPTED: ("交办", "改办"),
    State.DISTRIBUTING: ("分办",),
    State.ASSIGNED: ("签收",),
    State.HANDLING: ("拟稿", "答复", "面商"),
    State.DRAFTED: ("核稿",),
    State.CHECKED: ("签发",),
    State.SIGNED: ("答复", "再次答复"),
    State.REHANDLING: ("拟稿", "再次答复", "面商"),
    State.REPLIED: ("评价",),
    State.EVALUATED: ("办结",),
    State.CLOSED: ("承诺落实",),
}
SHOWN = 8  # cases of one group at most
LINES = 11  # of all groups together: so many fit a screen of 768 px
KEYS = ("suggestions.yellow_days", "suggestions.orange_days", LAYER)
WRAPPING = re.compile(r"关于(.+)的(?:建议|议案|意见|批评)")


@dataclass(frozen=True)
class Item:
    """A case on the desk: `matter` is its title without 关于…的建议, `who` the unit that has it, or
    who raised it; `step` the one that comes next ("": look at the case), `verb` what its button
    says; `day` with its `light` and `left` in words, where a day runs out, else how it waits.
    """

    standing: object
    matter: str
    who: str
    step: str
    verb: str
    day: object
    light: str
    left: str


@dataclass(frozen=True)
class Group:
    """A group with its first items, which may be none; `count` says how many there are in all."""

    kind: object
    count: int
    items: tuple


def waiting(user, today, limits=None, lines=LINES):
    """The groups that wait for this person, in their order; empty ones are left out. Five queries,
    however many cases. A case stands in one group, the most urgent. `limits`: days left at which
    the lights turn yellow and orange; not given: as the county set them.
    """
    facts = _Facts(user, today, limits)
    if not facts.kinds:
        return []
    cases = _grouped(own_standings(user), facts.kinds)
    counts = dict(cases.values_list("kind").annotate(n=Count("pk")).order_by("kind"))
    place = Window(
        RowNumber(), partition_by=F("kind"), order_by=[F("day").asc(nulls_last=True), "pk"]
    )
    first = cases.annotate(nth=place).filter(nth__lte=SHOWN).order_by("kind", "nth")
    room, rows = _room(counts, facts.kinds, lines), {}
    for row in first.select_related("case", "case__place"):
        if row.nth <= room[row.kind]:
            rows.setdefault(row.kind, []).append(row)
    told = facts.items([row for same in rows.values() for row in same])
    return [
        Group(facts.kinds[n], counts[n], tuple(told[row.pk] for row in rows.get(n, ())))
        for n in sorted(counts)
    ]


def _room(counts, kinds, lines):
    """{group: how many of its cases are shown}: each part of the desk has its share, what one
    leaves goes to the most urgent; within a part each group has one first.
    """
    parts = {}
    for n in sorted(counts):
        parts.setdefault(kinds[n].part, []).append(n)
    wanted = {part: sum(min(counts[n], SHOWN) for n in held) for part, held in parts.items()}
    shares = _dealt(wanted, lines, lines // max(len(parts), 1))
    room = {}
    for part, held in parts.items():
        room |= _dealt({n: min(counts[n], SHOWN) for n in held}, shares[part], 1)
    return room


def _dealt(wanted, lines, first):
    """{key: how many of `lines` it gets}: up to `first` each, then in their order."""
    got = dict.fromkeys(wanted, 0)
    for most in (first, lines):
        for key, number in wanted.items():
            left = lines - sum(got.values())
            got[key] += max(0, min(number, most, got[key] + left) - got[key])
    return got


def group_of(user, today, key, limits=None):
    """(Kind, its standings in order, `draw(rows)` → items) of one group of the desk, for the page
    that lists it whole. KeyError: this desk has no such group.
    """
    facts = _Facts(user, today, limits)
    number = {kind.key: n for n, kind in enumerate(facts.kinds)}[key]
    rows = _grouped(own_standings(user), facts.kinds).filter(kind=number)
    rows = rows.select_related("case", "case__place")
    return facts.kinds[number], rows.order_by(F("day").asc(nulls_last=True), "pk"), facts.drawn


class _Facts:
    """What one reading of a desk knows: its groups, the county's settings."""

    def __init__(self, user, today, limits):
        read = reader_everywhere(KEYS)
        self.user, self.today = user, today
        self.setting = lambda key, place: read(key, place, today)
        self.limits = limits or tuple(self.setting(key, user.place) for key in KEYS[:2])
        layer = self.setting(LAYER, user.place) == "设"
        self.kinds = kinds_for(user, today, self.limits[1], layer)

    def drawn(self, rows):
        """The items of these rows, in their order."""
        rows = list(rows)
        told = self.items(rows)
        return [told[row.pk] for row in rows]

    def items(self, rows):
        """{key of a standing: its item}: two queries however many."""
        who = _who(rows, units=self.user.role != Role.UNIT)
        return {row.pk: self._item(row, who.get(row.case_id, "")) for row in rows}

    def _item(self, row, who):
        kind = self.kinds[row.kind]
        lit = kind.lit and row.day is not None
        days = (row.day - self.today).days if lit else 0
        layer = self.setting(LAYER, row.case.place) == "设"
        step = kind.step or step_on(self.user, row, layer)
        return Item(
            row, matter(row.case.title), who, step, RULES[step].verb if step else "看办件", row.day,
            light(days, self.limits) if lit else "", left_words(days) if lit else kind.word,
        )  # fmt: skip


def _who(rows, *, units):
    """{case: the units that lead it now, or else who raised it}."""
    cases, found = [row.case_id for row in rows], {}
    if units:
        held = CaseUnit._base_manager.filter(case__in=cases, ends=None, role=UnitRole.LEAD)
        for case, name in held.order_by("pk").values_list("case", "unit__name"):
            found[case] = f"{found[case]}、{name}" if case in found else name
    raised = Proposer._base_manager.filter(case__in=cases, order=0)
    return dict(raised.values_list("case", "name")) | found


def _grouped(rows, kinds):
    """`kind` is the number of the first group that a row fits, `day` the day that orders it."""
    any_of = Q()
    for kind in kinds:
        any_of |= kind.rows
    return rows.filter(any_of).annotate(
        kind=Choose(*(When(kind.rows, then=Value(n)) for n, kind in enumerate(kinds))),
        day=Choose(
            *(When(kind.rows, then=F(kind.day)) for kind in kinds), output_field=DateField()
        ),
    )


def matter(title):
    """What a title is about: 关于硬化机耕道的建议 → 硬化机耕道."""
    wrapped = WRAPPING.fullmatch(title)
    return wrapped[1] if wrapped else title
