"""What each step does to a case: the effects that the table of steps names."""

from dataclasses import dataclass
from datetime import date

from congress.calendar import add_months
from suggestions.words import HANDED_OVER, STATED, Satisfaction, State

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
    latest_reply_on: date | None = None
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
    extension_asked_on: date | None = None
    transfer_asked_on: date | None = None
    extended_on: date | None = None
    return_by: date | None = None
    opinion_by: date | None = None
    evaluate_by: date | None = None
    dissatisfied: int = 0
    complex: bool = False
    merged_into_id: int | None = None
    handled_state: str = ""
    leads: tuple[int, ...] = ()
    helpers: tuple[int, ...] = ()
    replies: tuple = ()  # of several leads, each one's latest


def replace(stand, **changes):
    """A stand that differs in some fields. As of `dataclasses`, at a fifth of its time: an import
    makes two for each step.
    """
    other = object.__new__(Stand)
    other.__dict__.update(stand.__dict__, **changes)
    return other


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
    if step.data.get("again"):  # handed over anew after a return: the deadline runs on
        return replace(_units(stand, step), way=step.name)
    day = _day(step) if step.name in HANDED_OVER else None
    return replace(
        _units(stand, step),
        way=step.name,
        handed_on=day,
        deadline=(step.due or add_months(day, STATUTORY_MONTHS)) if day else None,
        complex=bool(step.data.get("complex")),
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
    deadline = step.due or stand.deadline
    stand = replace(_units(stand, step), deadline=deadline, transfer_asked_on=None)
    return replace(stand, **_settled(stand, step))


def _settled(stand, step):
    """Where a step leaves those leads that replied, what another asked for is settled as well."""
    if not step.data.get("answered"):
        return {}
    return {"extension_asked_on": None, "transfer_asked_on": None}


def given_back(stand, step):
    """退回: no unit has the case until it is handed on again; of several leads the others go on.
    The deadline runs on.
    """
    others = tuple(lead for lead in stand.leads if lead != step.unit_id)
    if step.data.get("rest") and others:
        return replace(stand, leads=others)
    return replace(stand, leads=(), helpers=(), transfer_asked_on=None, return_by=None)


def replied(stand, step):
    """答复, 再次答复: the first is kept with the deadline of that day; class and promise are those
    of the latest, of several leads the least that one of them has reached.
    """
    first = stand.replied_on is None
    result = step.result or stand.result_class
    promised = step.due or (None if step.result else stand.promised_on)
    replies = _replies(stand, step)
    if len(replies) > 1:
        result = max(each[1] for each in replies)
        promised = min((each[2] for each in replies if each[2]), default=None)
    return replace(
        stand,
        replies=replies,
        replied_on=_day(step) if first else stand.replied_on,
        deadline_then=stand.deadline if first else stand.deadline_then,
        latest_reply_on=_day(step),
        result_class=result,
        promised_on=promised,
        kept_on=None if step.due else stand.kept_on,
        extension_asked_on=None,
        transfer_asked_on=None,
    )


def _replies(stand, step):
    """((unit, class, promised day), …): the latest reply of each of several leads."""
    if len(stand.leads) < 2 or step.unit_id not in stand.leads:
        return stand.replies
    others = tuple(each for each in stand.replies if each[0] != step.unit_id)
    return (*others, (step.unit_id, step.result, step.due))


def kept(stand, step):
    """承诺落实: of several leads that promised, each keeps its own, and the next day holds; the
    last one, or a step that names none of them, settles all.
    """
    replies = tuple(
        (*each[:2], None) if each[0] == step.unit_id else each for each in stand.replies
    )
    left = [each[2] for each in replies if each[2] and each[0] in stand.leads]
    if step.unit_id in {each[0] for each in stand.replies} and left:
        return replace(stand, replies=replies, promised_on=min(left))
    return replace(stand, replies=replies, kept_on=step.on)


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
        dissatisfied=stand.dissatisfied + (step.result == Satisfaction.DISSATISFIED),
    )


def _another_round(stand, step):
    """A further round has a deadline of its own, which may be extended once again; without a reply
    since the extension it is no other round.
    """
    replied, extended_on = stand.latest_reply_on, stand.extended_on
    kept = extended_on if extended_on and (not replied or replied < extended_on) else None
    return replace(stand, deadline=step.due or stand.deadline, extended_on=kept)


def sent_back(stand, step):
    return replace(_another_round(stand, step), rehandled=True)


def extended(stand, step):
    deadline = step.due or stand.deadline
    return replace(stand, deadline=deadline, extended_on=step.on, extension_asked_on=None)


def made_complex(stand, step):
    """定为疑难: a matter wide or hard has six months from the hand-over (代表法 51)."""
    return replace(stand, complex=True, deadline=step.due or stand.deadline)


def reckoned_again(stand, step):
    """期限重算: the calendar or a setting changed; windows stand in the data of the step."""
    return replace(stand, deadline=step.due or stand.deadline)


def contacted(stand, step):
    return replace(stand, contacted_on=stand.contacted_on or step.on)


def set_day(name):
    """An effect that notes the day of the step in one field."""
    return lambda stand, step: replace(stand, **{name: step.on})


def cleared(name):
    """An effect that takes back what one field noted."""
    return lambda stand, step: replace(stand, **{name: None})


def reopened(stand, step):
    return replace(_another_round(stand, step), closed_on=None)


def marked_repair(stand, step):
    return replace(stand, repaired=True)


def merged(stand, step):
    return replace(stand, merged_into_id=step.data.get("into"))


def unchanged(stand, step):
    return stand
