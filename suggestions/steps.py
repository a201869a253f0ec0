"""The one table of steps in a case's life (domain.md, “A suggestion's life”): its states and who
may move it on.
"""

from collections.abc import Callable
from dataclasses import dataclass

from congress.roles import Role
from suggestions import projection as effect
from suggestions.words import HANDED_OVER, Satisfaction, State

OFFICE = frozenset({Role.CLERK, Role.CHAIR})
BEFORE_REVIEW = frozenset({State.SUBMITTED, State.REGISTERED, State.REPAIR})
WITH_UNIT = frozenset({State.ASSIGNED, State.HANDLING, State.REHANDLING})
AFTER_REPLY = frozenset({State.REPLIED, State.EVALUATED, State.CLOSED})
ENDED = frozenset({State.DECLINED, State.MERGED, State.CLOSED, State.WITHDRAWN, State.VOID})
OPEN = frozenset(State) - ENDED - {State.DRAFT}
UNANSWERED = OPEN - AFTER_REPLY


@dataclass(frozen=True)
class StepRule:
    """One row of the table: from which states to which, by whom, with which fields of the step
    form.
    """

    name: str
    frm: frozenset
    to: State | Callable | None = None  # None: the state stays
    roles: frozenset = OFFICE
    fields: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    effect: Callable = effect.unchanged
    rank: int = 100  # order among steps of one day when a ledger is replayed
    implied: bool = False  # a ledger may leave it out: filled in on the date of the next known step


def _after_evaluation(state, step):
    if state not in (State.REPLIED, State.EVALUATED):
        return state
    return State.REHANDLING if step.result == Satisfaction.DISSATISFIED else State.EVALUATED


def _after_further_reply(state, step):
    return State.CLOSED if state == State.CLOSED else State.REPLIED


_HANDING = ("unit", "helpers", "due", "note")
# fmt: off
TABLE = (
    StepRule("提出", frozenset({State.DRAFT, State.REPAIR}), State.SUBMITTED,
             OFFICE | {Role.DEPUTY}, effect=effect.raised, rank=0),
    StepRule("登记", frozenset({State.SUBMITTED, State.REPAIR}), State.REGISTERED, rank=1,
             implied=True),
    StepRule("退回补正", BEFORE_REVIEW - {State.REPAIR}, State.REPAIR, fields=("note",),
             required=("note",), effect=effect.marked_repair, rank=2),
    StepRule("受理", frozenset({State.REGISTERED}), State.ACCEPTED, fields=("note",), rank=3,
             implied=True),
    StepRule("不予受理", frozenset({State.REGISTERED, State.ACCEPTED}), State.DECLINED,
             fields=("note",), required=("note",), effect=effect.set_day("declined_on"), rank=4),
    StepRule("并案", BEFORE_REVIEW | {State.ACCEPTED}, State.MERGED, fields=("into", "note"),
             required=("into",), effect=effect.merged, rank=5),
    StepRule("交办", frozenset({State.ACCEPTED}), State.ASSIGNED, fields=_HANDING,
             required=("unit",), effect=effect.handed_over, rank=6),
    StepRule("转办", frozenset({State.ACCEPTED}), State.ASSIGNED, fields=_HANDING,
             required=("unit",), effect=effect.handed_over, rank=6),
    StepRule("转交上级", frozenset({State.ACCEPTED}), State.ASSIGNED, fields=_HANDING,
             effect=effect.handed_over, rank=6),
    StepRule("当场答复", frozenset({State.ACCEPTED}), State.EVALUATED, fields=("note",),
             effect=effect.handed_over, rank=6),
    StepRule("签收", frozenset({State.ASSIGNED}), State.HANDLING, OFFICE | {Role.UNIT}, rank=7,
             implied=True),
    StepRule("分办", WITH_UNIT, None, fields=("unit", "note"), required=("unit",),
             effect=effect.distributed, rank=8),
    StepRule("退回", frozenset({State.ASSIGNED, State.HANDLING}), State.ACCEPTED,
             OFFICE | {Role.UNIT}, ("note",), ("note",), rank=9),
    StepRule("改办", frozenset({State.ACCEPTED}) | WITH_UNIT, State.ASSIGNED, fields=_HANDING,
             required=("unit",), effect=effect.distributed, rank=10),
    StepRule("协办意见", WITH_UNIT, None, OFFICE | {Role.UNIT}, ("unit", "note"), ("note",),
             rank=11),
    StepRule("面商", WITH_UNIT | AFTER_REPLY, None, OFFICE | {Role.UNIT}, ("note",),
             effect=effect.contacted, rank=12),
    StepRule("催办", OPEN, None, fields=("unit", "note"), rank=13),
    StepRule("督办", OPEN, None, fields=("note",), rank=14),
    StepRule("重点", OPEN, None, fields=("note",), effect=effect.set_day("key_on"), rank=15),
    StepRule("延期", WITH_UNIT, None, fields=("due", "note"), required=("due",),
             effect=effect.extended, rank=16),
    StepRule("答复", frozenset({State.HANDLING}), State.REPLIED, OFFICE | {Role.UNIT},
             ("result", "due", "note"), ("result",), effect.replied, rank=17),
    StepRule("评价", frozenset({State.REPLIED, State.EVALUATED}), _after_evaluation,
             OFFICE | {Role.DEPUTY}, ("attitude", "evaluation", "note"), ("evaluation",),
             effect.evaluated, rank=18),
    StepRule("办结", frozenset({State.REPLIED, State.EVALUATED, State.REHANDLING}), State.CLOSED,
             fields=("note",), effect=effect.set_day("closed_on"), rank=19),
    StepRule("再次答复", frozenset({State.REHANDLING}) | AFTER_REPLY, _after_further_reply,
             OFFICE | {Role.UNIT}, ("result", "due", "note"), ("result",), effect.replied),
    StepRule("重新办理", frozenset({State.REPLIED, State.EVALUATED, State.REHANDLING}),
             State.REHANDLING, fields=("due", "note"), effect=effect.sent_back),
    StepRule("重开", frozenset({State.CLOSED}), State.REHANDLING, fields=("note",),
             required=("note",), effect=effect.reopened),
    StepRule("承诺落实", AFTER_REPLY, None, OFFICE | {Role.UNIT}, ("note",),
             effect=effect.set_day("kept_on")),
    StepRule("告知群众", OPEN | ENDED, None, fields=("note",)),
    StepRule("撤回", UNANSWERED, State.WITHDRAWN, fields=("note",), required=("note",),
             effect=effect.set_day("withdrawn_on")),
    StepRule("作废", frozenset(State) - {State.VOID, State.CLOSED}, State.VOID, fields=("note",),
             required=("note",)),
    StepRule("更正", frozenset(State), None, fields=("category", "occasion", "note"),
             required=("note",), effect=effect.raised),
)
# fmt: on
RULES = {rule.name: rule for rule in TABLE}


def rule_of(name):
    """The row of the table for a step; KeyError: there is no such step."""
    return RULES[name]


def state_after(state, step):
    """In which state a case is after a step; what was withdrawn or declared void stays so, whatever
    an old record says of later days.
    """
    to = RULES[step.name].to
    if to is None or state == State.VOID or (state == State.WITHDRAWN and to != State.VOID):
        return state
    return to(state, step) if callable(to) else to


# Steps that stand as buttons on the page of a case; the rarer ones stand under 更多.
MAIN_STEPS = frozenset(
    {
        "登记",
        "受理",
        *HANDED_OVER,
        "当场答复",
        "签收",
        "面商",
        "答复",
        "再次答复",
        "评价",
        "办结",
        "催办",
    }
)
