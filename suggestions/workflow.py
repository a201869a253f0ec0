"""Taking steps: live by `advance`, the only door for a change of state; from a ledger by
`arrange`.

Pages draw their buttons from `steps_open_to`, `advance` obeys the same row of the table in
steps.py, an import replays its dated events through the same rows. Nothing else writes a step or a
state.
"""

from functools import cache

from django.db import transaction

from congress import audit
from congress.records import StaleRecord
from congress.scoping import Guest
from suggestions.conditions import StepRefused
from suggestions.consequences import completed, follow_up
from suggestions.holding import hold
from suggestions.models import Case, Step
from suggestions.moment import AGAIN, ROUNDS, Moment
from suggestions.numbers import give_number, is_placeholder
from suggestions.steps import BESIDE, RULES, TABLE, state_after
from suggestions.store import project
from suggestions.words import RaisedAt, Satisfaction, State

__all__ = [
    "StepRefused",
    "advance",
    "arrange",
    "current_state",
    "put_down",
    "rule_asked",
    "steps_open_to",
]


def steps_open_to(user, case, today=None):
    """The rows whose step this user may take on this case now; a button that is shown works.
    `today`: windows that have passed by then close their steps.
    """
    if (
        not Case.objects.visible_to(user).filter(pk=case.pk).exists()
        or case.raised_at != RaisedAt.TOWNSHIP
    ):
        return []
    return open_rules(Moment(case, user, today))


def rule_asked(moment, name, *, sent):
    """The row of a step that is open at the moment, else None. What was `sent` gets its row even
    if the case moved on meanwhile: `advance` refuses it, and the form keeps all that was typed.
    """
    row = RULES.get(name)
    if row in open_rules(moment) or (sent and row and moment.user.role in row.roles):
        return row
    return None


def open_rules(moment):
    """The same of a case that was read through its door already."""
    if moment.case.raised_at != RaisedAt.TOWNSHIP:
        return []
    fitting = [rule for rule in TABLE if _fits(rule, moment)]
    return [rule for rule in fitting if moment.reason_against(rule) is None]


def _fits(rule, moment):
    """Whether role and state are those of the row; a one-time link opens what it was made for."""
    user = moment.user
    if user.role not in rule.roles or moment.standing.state not in rule.frm | rule.also:
        return False
    return not isinstance(user, Guest) or user.unit_id is not None or rule.name == "评价"


def current_state(case):
    """The state in force; a case without a step is a draft."""
    standing = case.standings.filter(ends=None).first()
    return standing.state if standing else State.DRAFT


def advance(case, name, *, user, on, version=None, **fields):
    """Take one step: the only door for a live change of a case's state.

    `on` is the day on which it happened; `fields` those of the row (unit, result, due, note, data
    …); `version` that of the page on which the user decided. StepRefused: not from this state, not
    by this person, or not on that day. StaleRecord: somebody else changed the case meanwhile. One
    transaction, which holds the case; what follows by rule (a number, the second round) is in
    it.
    """
    with transaction.atomic(), audit.acting(user):
        case = hold(case, user, *_joined_by(name, fields))
        if version is not None and version != case.version:
            raise StaleRecord(str(case))
        moment = Moment(case, user, on)
        _refuse_unless_open(moment, name)
        fields = completed(moment, name, on, fields)
        step = _step(moment, name, fields)
        if name == "提出":
            case.handed_in = True
        if name == "登记" and is_placeholder(case.number):
            case.number = give_number(case, on, case.meeting, moment.standing.occasion)
        put_down(case, [step])
        _follow(moment, name, fields)
        return step


def _joined_by(name, fields):
    """Keys of the cases that a step joins to its own."""
    into = (fields.get("data") or {}).get("into")
    return [into] if name == "并案" and into else []


def put_down(case, steps, superseded=()):
    """Store steps of a case that is locked, mark those that they supersede, and fold anew."""
    for old in superseded:
        old.superseded_at = steps[0].entered_at
        old.save(update_fields=["superseded_at"])
    for step in steps:
        step.save()
    case.save()
    project([case.pk])


def order_on(steps, day):
    """The place of a further step among those of its day: after all of them."""
    return max((step.order + 1 for step in steps if step.on == day), default=0)


def _step(moment, name, fields):
    user, on = moment.user, moment.on
    return Step(
        case=moment.case,
        name=name,
        on=on,
        order=order_on(moment.steps, on),
        entered_by=user if getattr(user, "is_authenticated", False) and user.pk else None,
        entered_as="" if user.pk else user.name,
        **fields,
    )


def _follow(moment, name, fields):
    """What the rules take right after a step, on the case or on the one it was merged into."""
    found = follow_up(name, fields)
    if found is None:
        return
    following, note = found
    case = _at_the_end_of_merging(moment.case)
    if case.pk != moment.case.pk:
        note = f"并入的{moment.case.number}的{note}"
    now = Moment(case, moment.user)
    if now.standing.state == State.CLOSED:
        following = "重开"
    if now.standing.state not in RULES[following].frm:
        return
    on = max([moment.on, *(step.on for step in now.steps if step.name not in BESIDE)])
    after = Moment(case, moment.user, on)
    more = completed(after, following, on, {"note": note})
    put_down(case, [_step(after, following, more)])


def _at_the_end_of_merging(case):
    """The case itself or the one that it was merged into, and that in turn; they are held."""
    seen = {case.pk}
    while True:
        into = case.standings.filter(ends=None).values_list("merged_into", flat=True).first()
        if into is None or into in seen:
            return case
        seen.add(into)
        case = Case._base_manager.get(pk=into)


def _refuse_unless_open(moment, name):
    rule, on = RULES[name], moment.on
    reason = None
    if not (_fits(rule, moment) and moment.case.raised_at == RaisedAt.TOWNSHIP):
        reason = f"这一件现在是“{moment.standing.state}”，不能“{rule.verb}”"
    reason = reason or moment.reason_against(rule)
    if reason:
        raise StepRefused(reason)
    moving = [step for step in moment.steps if step.name not in BESIDE]
    last = moving[-1] if moving else None
    if last and on < last.on:
        raise StepRefused(f"日期{on:%Y-%m-%d}早于上一步“{last.name}”的日期{last.on:%Y-%m-%d}")


def arrange(events):
    """Order the dated events of a ledger as they must have happened, and fill in steps that it
    leaves out, the further round after a dissatisfied judgement among them.

    `events`: Step objects without order, in the order of the file. Returns (steps, problems):
    implied steps stand on the date of the next known one; a step that the table forbids there is
    marked historical, and is a problem (step, state).
    """
    waiting = sorted(events, key=lambda step: (step.on, RULES[step.name].rank))
    steps, problems, state, dissatisfied = [], [], State.DRAFT, 0
    while waiting:
        step = waiting.pop(_next(waiting, state))
        for missing in _implied_before(state, step.name):
            steps.append(_implied(missing, step))
            state = state_after(state, steps[-1])
        if not _legal(state, step.name):
            step.historical = True
            problems.append((step, state))
        state = state_after(state, step, dissatisfied)
        dissatisfied += step.name == "评价" and step.result == Satisfaction.DISSATISFIED
        steps.append(step)
        if step.name == "评价" and state == State.REHANDLING and not _is_sent_back(waiting):
            steps.append(_implied(AGAIN, step))
    for order, step in enumerate(steps):
        step.order = order
    return steps, problems


def _implied(name, step):
    """A step that the ledger leaves out, on the day of the one that tells of it."""
    data, who = {"implied": True}, step.entered_by
    return Step(case=step.case, name=name, on=step.on, data=data, entered_by=who)


def _is_sent_back(waiting):
    """Whether the steps that follow a dissatisfied judgement say themselves that the further round
    began.
    """
    rounds = (step.name for step in waiting if step.name in ROUNDS)
    return next(rounds, None) in (AGAIN, "重开")


def _next(waiting, state):
    """Which of the steps of one day comes next: by rank the first that may be taken now (a case
    reopened and closed again on that day was reopened first); where none may, the first.
    """
    for index, step in enumerate(waiting):
        if step.on != waiting[0].on:
            break
        if _legal(state, step.name) or _implied_before(state, step.name):
            return index
    return 0


def _legal(state, name):
    rule = RULES[name]
    return state in rule.frm or state in rule.also


@cache
def _implied_before(state, name):
    """The implied steps, in order, that lead from `state` to one from which `name` may be taken."""
    path = []
    while not _legal(state, name):
        following = next((rule for rule in TABLE if rule.implied and state in rule.frm), None)
        if following is None or following.name == name:
            return []
        path.append(following.name)
        state = state_after(state, Step(name=following.name))
    return path
