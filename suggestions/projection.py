"""What a case was on each day: a fold of its steps. The one place where a state is worked out and
written.

Pages, imports, figures and corrections all read the rows that stand here, so there is no second
version of a rule.
"""

from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from congress.calendar import add_months
from suggestions.models import CaseUnit, Standing
from suggestions.words import HANDED_OVER, STATED, Satisfaction, State, UnitRole

# Before the first dated step of an undated case: such a case counts in no period, but it is on
# lists.
BEGINNING = date(1900, 1, 1)
# 代表法 51(2): reply within three months of the hand-over.
STATUTORY_MONTHS = 3


@dataclass(frozen=True)
class Stand:
    """A case on one day, in memory; the fields are those of the model Standing, and the units on
    it.
    """

    state: str = State.DRAFT
    category_id: int | None = None
    origin: str = ""
    occasion: str = ""
    way: str = ""
    handed_on: date | None = None
    deadline: date | None = None
    contacted_on: date | None = None
    replied_on: date | None = None
    deadline_then: date | None = None
    result_class: str = ""
    promised_on: date | None = None
    kept_on: date | None = None
    evaluated_on: date | None = None
    attitude: str = ""
    evaluation: str = ""
    closed_on: date | None = None
    withdrawn_on: date | None = None
    declined_on: date | None = None
    key_on: date | None = None
    repaired: bool = False
    rehandled: bool = False
    merged_into_id: int | None = None
    leads: tuple[int, ...] = ()
    helpers: tuple[int, ...] = ()


def replace(stand, **changes):
    """A stand that differs in some fields. As of `dataclasses`, at a fifth of its time: an import
    makes two for each step.
    """
    other = object.__new__(Stand)
    other.__dict__.update(stand.__dict__, **changes)
    return other


# What a merged case takes from the one it went into, from the day of merging.
TAKEN_OVER = (
    "way",
    "handed_on",
    "deadline",
    "replied_on",
    "deadline_then",
    "result_class",
    "promised_on",
    "kept_on",
    "closed_on",
    "leads",
    "helpers",
)


def raised(stand, step):
    data = step.data
    return replace(
        stand,
        category_id=data.get("category", stand.category_id),
        origin=data.get("origin", stand.origin),
        occasion=data.get("occasion", stand.occasion),
    )


def handed_over(stand, step):
    """交办, 转办, 转交上级, 当场答复: the deadline runs from here, three months where none is
    given.
    """
    day = _day(step) if step.name in HANDED_OVER else None
    return replace(
        _units(stand, step),
        way=step.name,
        handed_on=day,
        deadline=(step.due or add_months(day, STATUTORY_MONTHS)) if day else None,
    )


def _day(step):
    """The day of a step; None where nobody knows it."""
    return None if step.on == BEGINNING else step.on


def _units(stand, step):
    leads = tuple(step.data.get("leads", ())) or ((step.unit_id,) if step.unit_id else stand.leads)
    return replace(stand, leads=leads, helpers=tuple(step.data.get("helpers", stand.helpers)))


def distributed(stand, step):
    """分办: the named unit joins the leads; 改办: it takes their place. The deadline runs on."""
    if step.name == "分办" and step.unit_id and not step.data:
        return replace(
            stand,
            leads=(*stand.leads, step.unit_id) if step.unit_id not in stand.leads else stand.leads,
        )
    return replace(_units(stand, step), deadline=step.due or stand.deadline)


def replied(stand, step):
    """答复, 再次答复: the first is kept with the deadline of that day; class and promise are those
    of the latest.
    """
    first = stand.replied_on is None
    return replace(
        stand,
        replied_on=_day(step) if first else stand.replied_on,
        deadline_then=stand.deadline if first else stand.deadline_then,
        result_class=step.result or stand.result_class,
        promised_on=step.due or (None if step.result else stand.promised_on),
        kept_on=None if step.due else stand.kept_on,
    )


def evaluated(stand, step):
    """评价: the latest stated judgement counts; 未表态 is none. 不满意 sends the case back for
    handling again.
    """
    if step.result not in STATED:
        return replace(stand, attitude=step.attitude or stand.attitude)
    return replace(
        stand,
        evaluated_on=_day(step),
        evaluation=step.result,
        attitude=step.attitude or stand.attitude,
        rehandled=stand.rehandled or step.result == Satisfaction.DISSATISFIED,
    )


def sent_back(stand, step):
    return replace(stand, rehandled=True, deadline=step.due or stand.deadline)


def extended(stand, step):
    return replace(stand, deadline=step.due or stand.deadline)


def contacted(stand, step):
    return replace(stand, contacted_on=stand.contacted_on or step.on)


def set_day(name):
    """An effect that notes the day of the step in one field."""
    return lambda stand, step: replace(stand, **{name: step.on})


def reopened(stand, step):
    return replace(stand, closed_on=None)


def marked_repair(stand, step):
    return replace(stand, repaired=True)


def merged(stand, step):
    return replace(stand, merged_into_id=step.data.get("into"))


def unchanged(stand, step):
    return stand


@dataclass
class Timeline:
    """The stands of one case: [(first day, Stand)], one for each day on which something changed."""

    days: list = field(default_factory=list)

    def on(self, day):
        """The stand in force on `day`; None before the first."""
        found = None
        for starts, stand in self.days:
            if starts <= day:
                found = stand
        return found

    @property
    def last(self):
        return self.days[-1][1] if self.days else Stand()


def fold(steps, rule_of, state_after):
    """The timeline of ordered steps; `rule_of(name)` gives the row of the table of steps,
    `state_after` where it leads.
    """
    timeline, stand = Timeline(), Stand()
    for day, same_day in groupby(steps, key=lambda step: step.on or BEGINNING):
        for step in same_day:
            stand = replace(
                rule_of(step.name).effect(stand, step), state=state_after(stand.state, step)
            )
        if not timeline.days or timeline.days[-1][1] != stand:
            timeline.days.append((day, stand))
    return timeline


def follow_merge(timeline, other, merged_on):
    """From the day of merging a merged case shows the handling of the case it went into."""
    kept = [(day, stand) for day, stand in timeline.days if day < merged_on]
    days = sorted({merged_on} | {day for day, _ in timeline.days + other.days if day >= merged_on})
    for day in days:
        own, their = timeline.on(day), other.on(day) or Stand()
        stand = replace(own, **{name: getattr(their, name) for name in TAKEN_OVER})
        if not kept or kept[-1][1] != stand:
            kept.append((day, stand))
    return Timeline(kept)


def rows_of(case_id, timeline):
    """(standings, case units) of a case, ready to insert."""
    standings, ends = [], [day for day, _ in timeline.days][1:] + [None]
    for (starts, stand), end in zip(timeline.days, ends, strict=False):
        columns = {
            name: value for name, value in vars(stand).items() if name not in ("leads", "helpers")
        }
        standings.append(Standing(case_id=case_id, starts=starts, ends=end, **columns))
    return standings, list(_unit_rows(case_id, timeline))


def _unit_rows(case_id, timeline):
    open_rows = {}
    for starts, stand in timeline.days:
        now = {(unit, UnitRole.LEAD) for unit in stand.leads} | {
            (unit, UnitRole.CO) for unit in stand.helpers
        }
        for gone in set(open_rows) - now:
            row = open_rows.pop(gone)
            row.ends = starts
            yield row
        for unit, role in sorted(now - set(open_rows)):
            open_rows[unit, role] = CaseUnit(
                case_id=case_id, unit_id=unit, role=role, starts=starts
            )
    yield from open_rows.values()
