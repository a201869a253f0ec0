"""The one table of steps in a case's life (domain.md, “A suggestion's life”): its states and who
may move it on.
"""

from collections.abc import Callable
from dataclasses import dataclass

from congress.roles import Role
from suggestions import conditions as when
from suggestions import effects as effect
from suggestions.words import HANDED_OVER, Satisfaction, State, UnitRole

OFFICE = frozenset({Role.CLERK, Role.CHAIR})
RAISING = OFFICE | {Role.DEPUTY, Role.OFFICER}
BY_GOVERNMENT = OFFICE | {Role.GOVERNMENT}
BY_UNIT = OFFICE | {Role.UNIT}
PRESSING = OFFICE | {Role.COUNTY, Role.GOVERNMENT}
SUPERVISING = OFFICE | {Role.COUNTY}
NOBODY = frozenset()

BEFORE_REVIEW = frozenset({State.SUBMITTED, State.REGISTERED, State.REPAIR})
WITH_UNIT = frozenset({State.ASSIGNED, State.HANDLING, State.REHANDLING})
IN_REVIEW = frozenset({State.DRAFTED, State.CHECKED, State.SIGNED})
UNDERWAY = WITH_UNIT | IN_REVIEW | {State.DISTRIBUTING}
# What was answered on the spot and found wanting is handed over from its second round.
TO_HAND_OVER = frozenset({State.ACCEPTED, State.REHANDLING})
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
    implied: bool = False  # a ledger may leave it out: filled in on the date of the next known one
    also: frozenset = frozenset()  # states in which it may be taken too, and that then stay
    part: UnitRole | None = None  # which of the units may, where a unit takes it
    only: tuple[Callable, ...] = ()  # live only: each gives a reason against it, or nothing
    saying: str = ""  # the verb of the button, where it is not the step's name

    @property
    def verb(self):
        """What the button says."""
        return self.saying or self.name


def _after_hand_over(state, step):
    return State.DISTRIBUTING if step.data.get("layer") else State.ASSIGNED


def _after_signing_for(state, step):
    return state if step.data.get("co") else State.HANDLING


def _after_return(state, step):
    to_government = step.data.get("layer") and state != State.DISTRIBUTING
    if step.data.get("rest"):  # other leads go on
        return state
    return State.DISTRIBUTING if to_government else State.ACCEPTED


def _after_other_unit(state, step):
    return state if state == State.REHANDLING else State.ASSIGNED


def _after_rejected_draft(state, step):
    return State.REHANDLING if step.data.get("again") else State.HANDLING


def _after_reply(state, step):
    return State.HANDLING if step.data.get("awaits") else State.REPLIED


def _after_further_reply(state, step):
    return State.CLOSED if state == State.CLOSED else State.REPLIED


def _after_evaluation(state, step):
    return State.REHANDLING if step.result == Satisfaction.DISSATISFIED else State.EVALUATED


_UNITS = ("unit", "leads", "helpers")
_HANDING = (*_UNITS, "complex", "restart", "due", "number", "note")
_REPLY = ("unit", "result", "promise", "due", "promise_by", "no_promise", "number", "note")
_JUDGEMENT = ("attitude", "evaluation", "note", "files")
S = State
# fmt: off
TABLE = (
    # Raising and review.
    StepRule("起草", frozenset({S.DRAFT}), None, RAISING, effect=effect.raised, rank=0,
             only=(when.not_yet_begun,)),
    StepRule("提出", frozenset({S.DRAFT, S.REPAIR}), S.SUBMITTED, RAISING, effect=effect.raised,
             rank=0, saying="提交", only=(when.is_written,)),
    StepRule("登记", frozenset({S.SUBMITTED, S.REPAIR}), S.REGISTERED, rank=1, implied=True),
    StepRule("退回补正", BEFORE_REVIEW - {S.REPAIR}, S.REPAIR, fields=("note",),
             required=("note",), effect=effect.marked_repair, rank=2),
    StepRule("受理", frozenset({S.REGISTERED}), S.ACCEPTED, fields=("note",), rank=3,
             implied=True),
    StepRule("不予受理", frozenset({S.REGISTERED, S.ACCEPTED}), S.DECLINED,
             fields=("decline_reason", "note"), required=("decline_reason",),
             effect=effect.set_day("declined_on"), rank=4,
             only=(when.not_handed_over, when.no_followers)),
    StepRule("并案", BEFORE_REVIEW | {S.ACCEPTED}, S.MERGED, fields=("into", "note"),
             required=("into",), effect=effect.merged, rank=5),
    StepRule("取消并案", frozenset({S.MERGED}), S.ACCEPTED, fields=("note",), required=("note",),
             effect=effect.cleared("merged_into_id")),
    # Handing over, and the government's own layer.
    StepRule("交办", TO_HAND_OVER, _after_hand_over, fields=_HANDING,
             required=("unit",), effect=effect.handed_over, rank=6, only=(when.not_handed_over,)),
    StepRule("转办", TO_HAND_OVER, S.ASSIGNED, fields=_HANDING,
             required=("unit",), effect=effect.handed_over, rank=6, only=(when.not_handed_over,)),
    StepRule("转交上级", TO_HAND_OVER, S.ASSIGNED, fields=_HANDING,
             effect=effect.handed_over, rank=6, only=(when.not_handed_over,)),
    StepRule("当场答复", frozenset({S.ACCEPTED}), S.EVALUATED, fields=("note",),
             required=("note",), effect=effect.handed_over, rank=6, only=(when.not_handed_over,)),
    StepRule("批示", UNDERWAY, None, BY_GOVERNMENT, ("leader", "note", "files"),
             ("leader", "note"), rank=7, only=(when.with_layer,)),
    StepRule("签收", frozenset({S.ASSIGNED}), _after_signing_for, BY_UNIT, fields=("unit",),
             rank=7, implied=True, also=frozenset({S.HANDLING, S.REHANDLING}),
             only=(when.not_signed_for,)),
    StepRule("分办", frozenset({S.DISTRIBUTING}), S.ASSIGNED, BY_GOVERNMENT, (*_UNITS, "note"),
             ("unit",), effect.distributed, rank=8, also=WITH_UNIT),
    StepRule("退回", frozenset({S.DISTRIBUTING, S.ASSIGNED, S.HANDLING}), _after_return,
             BY_GOVERNMENT | {Role.UNIT}, ("note", "files"), ("note",), effect.given_back, rank=9,
             part=UnitRole.LEAD, only=(when.not_replied, when.within_return_window)),
    StepRule("申请改办", WITH_UNIT, None, BY_UNIT, ("note",), ("note",),
             effect.set_day("transfer_asked_on"), rank=9, part=UnitRole.LEAD,
             only=(when.not_replied, when.no_transfer_asked)),
    StepRule("改办", frozenset({S.ACCEPTED, S.DISTRIBUTING}) | WITH_UNIT, _after_other_unit,
             BY_GOVERNMENT, (*_UNITS, "restart", "due", "note"), ("unit",), effect.distributed,
             rank=10, only=(when.handed_over_before,)),
    StepRule("不同意改办", WITH_UNIT, None, BY_GOVERNMENT, ("note",), ("note",),
             effect.cleared("transfer_asked_on"), rank=10, only=(when.transfer_asked,)),
    # Handling.
    StepRule("协办意见", WITH_UNIT | IN_REVIEW, None, BY_UNIT, ("unit", "note", "files"),
             ("note",), rank=11, part=UnitRole.CO, only=(when.has_helpers,)),
    StepRule("面商", UNDERWAY - {S.DISTRIBUTING} | AFTER_REPLY, None, BY_UNIT,
             ("form", "who", "note", "files"), ("form", "who"), effect.contacted, rank=12),
    StepRule("催办", OPEN, None, PRESSING, ("unit", "number", "note"), rank=13,
             only=(when.lies_with_somebody,)),
    StepRule("督办", OPEN, None, SUPERVISING, ("leader", "number", "note"), ("leader",), rank=14,
             only=(when.lies_with_somebody,)),
    StepRule("重点", OPEN, None, fields=("leader", "note"), effect=effect.set_day("key_on"),
             rank=15, saying="列为重点", only=(when.not_key,)),
    StepRule("申请延期", UNDERWAY, None, BY_GOVERNMENT | {Role.UNIT}, ("due", "note"),
             ("due", "note"), effect.set_day("extension_asked_on"), rank=16, part=UnitRole.LEAD,
             only=(when.may_ask_extension,)),
    StepRule("延期", UNDERWAY, None, fields=("due", "note"), required=("due",),
             effect=effect.extended, rank=16, saying="同意延期", only=(when.not_extended,)),
    StepRule("不同意延期", UNDERWAY, None, fields=("note",), required=("note",),
             effect=effect.cleared("extension_asked_on"), rank=16, only=(when.extension_asked,)),
    StepRule("定为疑难", UNDERWAY, None, fields=("note",), required=("note",),
             effect=effect.made_complex, rank=16, only=(when.by_law, when.not_complex)),
    # Replying.
    StepRule("拟稿", frozenset({S.HANDLING, S.REHANDLING}), S.DRAFTED, BY_UNIT,
             ("unit", "result", "promise", "due", "promise_by", "no_promise", "note", "files"),
             ("result",), rank=17, part=UnitRole.LEAD, saying="报送答复稿",
             only=(when.with_layer, when.has_lead, when.not_replied, when.contacted)),
    StepRule("退稿", frozenset({S.DRAFTED, S.CHECKED}), _after_rejected_draft, BY_GOVERNMENT,
             ("note",), ("note",), rank=17),
    StepRule("核稿", frozenset({S.DRAFTED}), S.CHECKED, BY_GOVERNMENT, ("note", "files"), rank=17),
    StepRule("签发", frozenset({S.CHECKED}), S.SIGNED, BY_GOVERNMENT,
             ("number", "joint", "signer", "note", "files"), ("number", "signer"), rank=17),
    StepRule("答复", frozenset({S.HANDLING, S.SIGNED}), _after_reply, BY_UNIT,
             (*_REPLY, "files", "cases"), ("result",), effect.replied, rank=17,
             part=UnitRole.LEAD,
             only=(when.first_reply, when.contacted, when.signed_by_government)),
    StepRule("再次答复", frozenset({S.REHANDLING, S.SIGNED}) | AFTER_REPLY, _after_further_reply,
             BY_GOVERNMENT | {Role.UNIT}, (*_REPLY, "files"), ("result",), effect.replied,
             part=UnitRole.LEAD,
             only=(when.replied_before, when.signed_by_government)),
    StepRule("评价", frozenset({S.REPLIED, S.EVALUATED}), _after_evaluation,
             OFFICE | {Role.DEPUTY}, _JUDGEMENT, ("attitude", "evaluation"), effect.evaluated,
             rank=18, also=frozenset({S.MERGED}), only=(when.answered,), saying="代录评价"),
    StepRule("办结", frozenset({S.REPLIED, S.EVALUATED, S.REHANDLING}), S.CLOSED,
             fields=("note",), effect=effect.set_day("closed_on"), rank=19,
             only=(when.may_close,)),
    StepRule("重新办理", frozenset({S.REPLIED, S.EVALUATED, S.REHANDLING}),
             S.REHANDLING, fields=("due", "note"), effect=effect.sent_back),
    StepRule("重开", frozenset({S.CLOSED}), S.REHANDLING, fields=("due", "note"),
             required=("note",), effect=effect.reopened),
    StepRule("承诺落实", AFTER_REPLY, None, BY_UNIT, ("unit", "note", "files"),
             effect=effect.kept, part=UnitRole.LEAD, only=(when.promised,)),
    StepRule("告知群众", OPEN | ENDED, None, fields=("note",)),
    # Ending, and mending the record.
    StepRule("撤回", UNANSWERED, S.WITHDRAWN, OFFICE | {Role.DEPUTY}, ("note",), ("note",),
             effect.set_day("withdrawn_on"), only=(when.unanswered, when.no_followers)),
    StepRule("作废", frozenset(S) - {S.VOID, S.CLOSED}, S.VOID, fields=("note",),
             required=("note",), only=(when.no_followers,)),
    StepRule("更正", frozenset(S), None, fields=("category", "occasion", "note"),
             required=("note",), effect=effect.raised, saying="更正登记"),
    StepRule("更正日期", frozenset(S), None, fields=("step", "note"), required=("step", "note")),
    StepRule("期限重算", UNDERWAY | {S.REPLIED}, None, NOBODY, effect=effect.reckoned_again),
)
# fmt: on
RULES = {rule.name: rule for rule in TABLE}

# These stand beside the course of a case: one of a later day does not keep an earlier step out.
BESIDE = frozenset(
    {"催办", "督办", "重点", "批示", "告知群众", "协办意见", "期限重算", "更正", "承诺落实"}
)


def rule_of(name):
    """The row of the table for a step; KeyError: there is no such step."""
    return RULES[name]


def state_after(state, step, dissatisfied=0):
    """In which state a case is after a step; what was withdrawn or declared void stays so, whatever
    an old record says of later days. `dissatisfied`: how often the deputy was before: the second
    time the presidium decides (domain.md, step 11).
    """
    rule = RULES[step.name]
    to = rule.to
    if to is None or state == State.VOID or state == State.WITHDRAWN and to != State.VOID:
        return state
    if step.data.get("answered"):  # who owed a reply beside another that replied is off the case
        return State.REPLIED
    if state in rule.also - rule.frm:
        return state
    after = to(state, step) if callable(to) else to
    return State.EVALUATED if to is _after_evaluation and dissatisfied else after


# Steps that stand as buttons on the page of a case; the rarer ones stand under 更多.
MAIN_STEPS = frozenset(
    {
        "提出", "登记", "受理", *HANDED_OVER, "当场答复", "批示", "分办", "签收", "面商",
        "协办意见", "延期", "不同意延期", "改办", "不同意改办", "拟稿", "核稿", "退稿", "签发",
        "答复", "再次答复", "评价", "办结", "承诺落实", "催办",
    }
)  # fmt: skip
