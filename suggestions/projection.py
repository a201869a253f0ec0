"""What a case was on each day: a fold of its steps. The one place where a state is worked out and
written.

Pages, imports, figures and corrections all read the rows that stand here, so there is no second
version of a rule.
"""

from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from suggestions.effects import BEGINNING, Stand, replace
from suggestions.models import CaseUnit, Standing
from suggestions.words import State, UnitRole

# Windows beside the reply deadline: until when a unit may return a case, a co-unit gives its
# opinion, the deputy judges the reply.
WINDOWS = ("return_by", "opinion_by", "evaluate_by")
# Of a stand these are no columns of the model.
IN_MEMORY = frozenset({"leads", "helpers", "replies"})
# What a merged case takes from the one it went into, from the day of merging.
TAKEN_OVER = (
    "way",
    "handed_on",
    "deadline",
    "replied_on",
    "deadline_then",
    "latest_reply_on",
    "result_class",
    "promised_on",
    "kept_on",
    "evaluate_by",
    "closed_on",
    "leads",
    "helpers",
)


def _with_windows(stand, data):
    """The windows that begin with a step (退回, 协办意见, 评价) stand in its data as ISO days."""
    found = {name: date.fromisoformat(data[name]) for name in WINDOWS if data.get(name)}
    return replace(stand, **found) if found else stand


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
    def merged_into(self):
        """Keys of the cases that this one was ever merged into."""
        return {stand.merged_into_id for _, stand in self.days} - {None}

    def mergers(self):
        """[(case merged into, first day, first day no more)] of the spans of merging."""
        found = []
        for starts, stand in self.days:
            into = stand.merged_into_id
            if found and found[-1][2] == date.max and found[-1][0] != into:
                found[-1] = (*found[-1][:2], starts)
            if into and (not found or found[-1][2] != date.max):
                found.append((into, starts, date.max))
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
            changed = rule_of(step.name).effect(stand, step)
            if step.data:
                changed = _with_windows(changed, step.data)
            stand = replace(changed, state=state_after(stand.state, step, stand.dissatisfied))
        if not timeline.days or timeline.days[-1][1] != stand:
            timeline.days.append((day, stand))
    return timeline


def follow_merge(timeline, other, merged_on, until=date.max):
    """From the day of merging a merged case shows the handling of the case it went into, up to
    the day on which the merging was taken back.
    """
    kept = [(day, stand) for day, stand in timeline.days if day < merged_on]
    both = {day for day, _ in timeline.days + other.days if merged_on <= day < until}
    for day in sorted({merged_on} | both):
        own, their = timeline.on(day), other.on(day) or Stand()
        state = their.handled_state or their.state
        taken = {name: getattr(their, name) for name in TAKEN_OVER}
        stand = replace(own, **taken, handled_state="" if state == State.MERGED else state)
        if not kept or kept[-1][1] != stand:
            kept.append((day, stand))
    return Timeline(kept + [(day, stand) for day, stand in timeline.days if day >= until])


def rows_of(case_id, timeline):
    """(standings, case units) of a case, ready to insert."""
    standings, ends = [], [day for day, _ in timeline.days][1:] + [None]
    for (starts, stand), end in zip(timeline.days, ends, strict=False):
        columns = {name: value for name, value in vars(stand).items() if name not in IN_MEMORY}
        standings.append(Standing(case_id=case_id, starts=starts, ends=end, **columns))
    return standings, list(_unit_rows(case_id, timeline))


def not_begun(case):
    """What a case without a step is, unsaved: a draft."""
    return Standing(case=case, state=State.DRAFT)


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
