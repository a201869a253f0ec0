"""Taking steps: live by `advance`, the only door for a change of state; from a ledger by
`arrange`.

Pages draw their buttons from `steps_open_to`, `advance` obeys the same row of the table in
steps.py, an import replays its dated events through the same rows. Nothing else writes a step or a
state.
"""

from functools import cache

from django.db import transaction

from congress import audit
from congress.county_settings import values_by_day
from congress.records import StaleRecord
from suggestions.deadlines import due_by_setting
from suggestions.models import Case, Step
from suggestions.steps import RULES, TABLE, state_after
from suggestions.store import project
from suggestions.words import RaisedAt, State


class StepRefused(Exception):
    """The step may not be taken now, or not by this person; the message says why in Chinese."""


def steps_open_to(user, case):
    """The rows whose step this user may take on this case now; a button that is shown works."""
    if (
        not Case.objects.visible_to(user).filter(pk=case.pk).exists()
        or case.raised_at != RaisedAt.TOWNSHIP
    ):
        return []
    state = current_state(case)
    return [rule for rule in TABLE if user.role in rule.roles and state in rule.frm]


def current_state(case):
    """The state in force; a case without a step is a draft."""
    standing = case.standings.filter(ends=None).first()
    return standing.state if standing else State.DRAFT


def advance(case, name, *, user, on, version=None, **fields):
    """Take one step: the only door for a live change of a case's state.

    `on` is the day on which it happened; `fields` those of the row (unit, result, due, note, data
    …); `version` that of the page on which the user decided. StepRefused: not from this state, not
    by this person, or not on that day. StaleRecord: somebody else changed the case meanwhile. One
    transaction, under a lock on the case.
    """
    with transaction.atomic(), audit.acting(user):
        case = Case.objects.visible_to(user).select_for_update().get(pk=case.pk)
        if version is not None and version != case.version:
            raise StaleRecord(str(case))
        _refuse_unless_open(case, name, user, on)
        fields["due"] = fields.get("due") or _due(case, name, on)
        before = case.steps.filter(on=on).count()
        step = Step(
            case=case,
            name=name,
            on=on,
            order=before,
            entered_by=user if user.pk else None,
            **fields,
        )
        step.save()
        case.save()
        project([case.pk])
        return step


def _due(case, name, on):
    """The deadline of a hand-over that the county's setting gives."""
    standing = case.standings.filter(ends=None).first()
    setting = values_by_day(case.place)
    return due_by_setting(name, standing.origin if standing else "", on, setting)


def _refuse_unless_open(case, name, user, on):
    rule = RULES[name]
    if rule not in steps_open_to(user, case):
        raise StepRefused(f"这一件现在是“{current_state(case)}”，不能“{name}”")
    last = case.steps.filter(superseded_at=None).order_by("on").last()
    if last and on < last.on:
        raise StepRefused(f"日期{on:%Y-%m-%d}早于上一步“{last.name}”的日期{last.on:%Y-%m-%d}")


def arrange(events):
    """Order the dated events of a ledger as they must have happened, and fill in steps that it
    leaves out.

    `events`: Step objects without order, in the order of the file. Returns (steps, problems):
    implied steps stand on the date of the next known one; a step that the table forbids there is
    marked historical, and is a problem (step, state).
    """
    waiting = sorted(events, key=lambda step: (step.on, RULES[step.name].rank))
    steps, problems, state = [], [], State.DRAFT
    while waiting:
        step = waiting.pop(_next(waiting, state))
        for missing in _implied_before(state, step.name):
            filled = Step(
                case=step.case,
                name=missing,
                on=step.on,
                data={"implied": True},
                entered_by=step.entered_by,
            )
            steps.append(filled)
            state = state_after(state, filled)
        if state not in RULES[step.name].frm:
            step.historical = True
            problems.append((step, state))
        state = state_after(state, step)
        steps.append(step)
    for order, step in enumerate(steps):
        step.order = order
    return steps, problems


def _next(waiting, state):
    """Which of the steps of one day comes next: by rank the first that may be taken now (a case
    reopened and closed again on that day was reopened first); where none may, the first.
    """
    for index, step in enumerate(waiting):
        if step.on != waiting[0].on:
            break
        if state in RULES[step.name].frm or _implied_before(state, step.name):
            return index
    return 0


@cache
def _implied_before(state, name):
    """The implied steps, in order, that lead from `state` to one from which `name` may be taken."""
    path = []
    while state not in RULES[name].frm:
        following = next((rule for rule in TABLE if rule.implied and state in rule.frm), None)
        if following is None or following.name == name:
            return []
        path.append(following.name)
        state = following.to
    return path
