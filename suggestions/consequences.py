"""What a live step brings along: its deadline and windows, whom it came from, the number of a
registration, the second round after a dissatisfied deputy.
"""

from congress.calendar import add_months
from congress.roles import Role
from suggestions import several_leads
from suggestions.conditions import StepRefused
from suggestions.deadlines import (
    MOVES,
    hand_over_due,
    handling_again_due,
    longest_due,
    windows,
    wrong_due,
)
from suggestions.effects import STATUTORY_MONTHS
from suggestions.models import Case, Step
from suggestions.moment import Moment
from suggestions.numbers import document_number, peek_document
from suggestions.signed import as_signed, letter_of
from suggestions.steps import RULES
from suggestions.words import HANDED_OVER, Origin, Satisfaction, State

# Into a case in one of these nothing is merged.
_NO_TARGET = frozenset({State.DRAFT, State.MERGED, State.DECLINED, State.WITHDRAWN, State.VOID})
DOCUMENT_WORD = "suggestions.document_word"


def completed(moment, name, on, fields):
    """The fields of the step with all that the rules add. StepRefused: a deadline that the law
    does not allow.
    """
    fields = {**fields, "data": dict(fields.get("data") or {})}
    if moment.user.role == Role.UNIT and name != "申请改办":
        fields["unit_id"] = moment.own_unit
        fields.pop("unit", None)
    if letter := letter_of(moment, name):
        fields = as_signed(letter, fields)
    else:
        _refuse_mistyped(moment, name, on, fields)
    if more := _COMPLETE.get(name):
        more(moment, name, on, fields)
    _add_windows(moment, name, on, fields)
    return fields


def _refuse_mistyped(moment, name, on, fields):
    """What was signed is not typed: it goes out as it is."""
    units = moment.wrong_units(RULES[name], _unit_of(fields), fields["data"])
    if problem := wrong_due(fields.get("due"), on, moment) or units:
        raise StepRefused(problem)


def _unit_of(fields):
    return fields.get("unit_id") or getattr(fields.get("unit"), "pk", None)


def _hand_over(moment, name, on, fields):
    data = fields["data"]
    if name == "交办" and moment.presidium_layer:
        data["layer"] = True
        data["proposed"] = data.pop("leads", [])
        data.pop("helpers", None)
        fields["unit"] = None
    if moment.standing.handed_on and not data.pop("restart", False):
        data["again"], fields["due"] = True, None
        return
    if moment.standing.origin != Origin.DEPUTY:
        data.pop("complex", None)  # six months are for deputies' suggestions (代表法 51)
    hard = bool(data.get("complex"))
    due, why = hand_over_due(name, on, moment, complex_matter=hard)
    typed = fields.get("due")
    if typed:
        _refuse_beyond_law(moment, name, on, typed, hard)
    fields["due"] = typed or due
    if not typed and due:
        data |= {"by_rule": True, "why": why}


def _refuse_beyond_law(moment, name, on, typed, hard):
    """A deputy's suggestion may have a shorter deadline than the law's, never a longer one."""
    if moment.standing.origin != Origin.DEPUTY or name not in HANDED_OVER:
        return
    due, why = hand_over_due(name, on, moment, complex_matter=hard)
    if typed > due:
        more = "" if hard else "；涉及面广、办理难度大的，请勾选“六个月”"
        raise StepRefused(f"答复期限{typed:%Y-%m-%d}晚于规定的最后一天：{why}{more}")


def _other_unit(moment, name, on, fields):
    """改办 does not restart the deadline unless the person who decides says so."""
    if fields["data"].pop("restart", False):
        way = moment.standing.way
        due, why = hand_over_due(way, on, moment, complex_matter=moment.standing.complex)
        fields["due"] = due
        fields["data"] |= {"by_rule": True, "why": why.replace(way, "重新起算", 1)}
    elif fields.get("due") and fields["due"] > (moment.standing.deadline or fields["due"]):
        last = moment.standing.deadline
        raise StepRefused(f"改办不延长期限（现在到{last:%Y-%m-%d}）；要更多时间，请用“申请延期”")
    _distribute(moment, name, on, fields)


def _distribute(moment, name, on, fields):
    fields["data"] |= several_leads.leaving(moment, _unit_of(fields), fields["data"])


def _sign_for(moment, name, on, fields):
    unit = _unit_of(fields)
    if unit and moment.leads and unit not in moment.leads:
        fields["data"]["co"] = True


def _return(moment, name, on, fields):
    if moment.layer:
        fields["data"]["layer"] = True
    fields["data"] |= several_leads.returning(moment, fields.get("unit_id"))


def _reject_draft(moment, name, on, fields):
    if moment.again:
        fields["data"]["again"] = True


def _merge(moment, name, on, fields):
    """Into a case of the township that is itself alive, and not into one that follows this one."""
    into = Case.objects.visible_to(moment.user).filter(pk=fields["data"].get("into")).first()
    if into is None or into.pk == moment.case.pk or into.place_id != moment.case.place_id:
        raise StepRefused("没有这一件，或者不在本乡镇，不能并入")
    state = Moment(into, moment.user, on).standing.state
    if state in _NO_TARGET:
        raise StepRefused(f"{into.number}现在是“{state}”，不能并入")


def _reply(moment, name, on, fields):
    fields["data"] |= several_leads.replying(moment, _unit_of(fields))


def _evaluate(moment, name, on, fields):
    dissatisfied = fields.get("result") == Satisfaction.DISSATISFIED
    if dissatisfied and not (fields.get("note") or "").strip():
        raise StepRefused("对办理结果不满意，请写明原因，承办单位才知道怎么改")
    if dissatisfied and moment.standing.dissatisfied:
        fields["data"]["twice"] = True


def _sign(moment, name, on, fields):
    """The document number that was offered is taken from the counter; another one was typed."""
    place, word = moment.case.place, moment.setting(DOCUMENT_WORD, on)
    joint = fields["data"].pop("joint", False)
    number = fields["data"].get("number")
    used = Step._base_manager.filter(case__place=place, name=name, data__number=number)
    other = used.exclude(case=moment.case).select_related("case").first()
    if other and not joint:
        offered = peek_document(place, on, word)
        raise StepRefused(
            f"文号{number}刚刚用在{other.case.number}上，下一个是{offered}。"
            "一份答复函答复几件的，请勾选“与另一件同一份答复函”"
        )
    if fields["data"].get("number") == peek_document(place, on, word):
        fields["data"]["number"] = document_number(place, on, word)


def _reply_again(moment, name, on, fields):
    """A unit does not lift or put off a promise by itself; it stays until it is kept."""
    standing, due = moment.standing, fields.get("due")
    open_promise = standing.promised_on and not standing.kept_on and not moment.again
    if moment.user.role == Role.UNIT and open_promise and (not due or due > standing.promised_on):
        raise StepRefused(
            f"答复承诺{standing.promised_on:%Y-%m-%d}前办好。办好了请用“承诺落实”；"
            "要改承诺，请报乡镇人大"
        )


def _again(moment, name, on, fields):
    """The county's month from here; a typed day is never later than three months on."""
    typed = fields.get("due")
    if not moment.leads:
        fields["data"]["unassigned"] = True
    if typed and typed > add_months(on, STATUTORY_MONTHS):
        last = add_months(on, STATUTORY_MONTHS)
        raise StepRefused(f"重新办理的期限最晚到{last:%Y-%m-%d}（三个月）")
    if not typed:
        fields["due"], fields["data"]["why"] = handling_again_due(on, moment.setting)
        fields["data"]["by_rule"] = True


def _extend(moment, name, on, fields):
    due, standing = fields["due"], moment.standing
    last, why = longest_due(moment)
    if on > standing.deadline and not standing.extension_asked_on:
        raise StepRefused(f"答复期限是{standing.deadline:%Y-%m-%d}，期限之前没有申请，不能再延期")
    if due <= standing.deadline:
        raise StepRefused(
            f"新的期限{due:%Y-%m-%d}不晚于现在的期限{standing.deadline:%Y-%m-%d}，不用延期"
        )
    if last and due > last:
        raise StepRefused(f"延期最晚到{last:%Y-%m-%d}：{why}")


def _complex(moment, name, on, fields):
    way, handed = moment.standing.way, moment.standing.handed_on
    due, why = hand_over_due(way, handed, moment, complex_matter=True)
    fields["due"] = max(due, moment.standing.deadline or due)
    fields["data"] |= {"why": why, "by_rule": True}


_COMPLETE = {
    **dict.fromkeys([*HANDED_OVER, "当场答复"], _hand_over),
    "分办": _distribute,
    "改办": _other_unit,
    "签收": _sign_for,
    "退回": _return,
    "退稿": _reject_draft,
    "并案": _merge,
    "答复": _reply,
    "再次答复": _reply_again,
    "评价": _evaluate,
    "签发": _sign,
    "重新办理": _again,
    "重开": _again,
    "延期": _extend,
    "申请延期": _extend,
    "定为疑难": _complex,
}


def _add_windows(moment, name, on, fields):
    data = fields["data"]
    if data.get("layer") or name == "当场答复":
        return
    for window, (last, words) in windows(name, on, moment, data).items():
        data[window] = last.isoformat()
        data[f"{window}_why"] = words


def reckoned(step, moment):
    """(due, data) that the rules give today for a step on its day: its deadline where it came by
    rule, else None, and the windows that began with it.
    """
    due, more, data = None, {}, step.data
    if _is_by_rule(step):
        due, why = _due_by_rule(step, moment)
        more |= {"why": why, "by_rule": True}
    elif step.name == "期限重算" and step.due:
        handed = governing(moment.steps)
        due = reckoned(handed, moment)[0] if handed else None
    for window, (last, words) in windows(step.name, step.on, moment, data).items():
        if window in data:
            more |= {window: last.isoformat(), f"{window}_why": words}
    return due, more


def governing(steps):
    """The step by whose rule the reply deadline runs; None where a person set another since."""
    found = None
    for step in steps:
        begins = step.name in HANDED_OVER and not step.data.get("again")
        if begins or (step.due and step.name in MOVES - {"期限重算"}):
            found = step if _is_by_rule(step) else None
    return found


def _is_by_rule(step):
    """Whether nobody typed the deadline of a step; a ledger's hand-over without one runs by the
    rule too.
    """
    untyped = step.name in HANDED_OVER and step.due is None and not step.data.get("again")
    return bool(step.data.get("by_rule") or untyped)


def _due_by_rule(step, moment):
    standing = moment.standing
    if step.name in ("重新办理", "重开"):
        return handling_again_due(step.on, moment.setting)
    if step.name == "定为疑难":
        return hand_over_due(standing.way, standing.handed_on, moment, complex_matter=True)
    if step.name == "改办":
        due, why = hand_over_due(standing.way, step.on, moment, complex_matter=standing.complex)
        return due, why.replace(standing.way, "重新起算", 1)
    hard = bool(step.data.get("complex"))
    return hand_over_due(step.name, step.on, moment, complex_matter=hard)


def follow_up(name, fields):
    """(name, note) of the step that the same transaction takes right after this one, or None: a
    dissatisfied result begins the second round (domain.md, step 11).
    """
    dissatisfied = fields.get("result") == Satisfaction.DISSATISFIED
    if name == "评价" and dissatisfied and not fields["data"].get("twice"):
        return "重新办理", "代表对办理结果不满意"
    return None
