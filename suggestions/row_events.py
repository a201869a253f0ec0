"""Between a row of the sheet 意见建议 and the dated steps of a case: one list of slots, read both
ways.
"""

from dataclasses import dataclass

from suggestions.columns import DECLINED
from suggestions.effects import BEGINNING
from suggestions.models import Step
from suggestions.words import Way

HANDINGS = (*Way.values, DECLINED)


@dataclass(frozen=True)
class Slot:
    """A step that the sheet holds in columns of its own: the first of its kind."""

    key: str
    names: tuple[str, ...]


SLOTS = (
    Slot("raise", ("提出",)),
    Slot("hand", HANDINGS),
    Slot("sign", ("签收",)),
    Slot("contact", ("面商",)),
    Slot("reply", ("答复",)),
    Slot("evaluate", ("评价",)),
    Slot("close", ("办结",)),
    Slot("withdraw", ("撤回",)),
    Slot("merge", ("并案",)),
    Slot("key", ("重点",)),
)
# With the government's own layer the sheet's units are those that its office gave the case to.
GIVEN_OUT = "given out"
SLOT_OF = {name: slot.key for slot in SLOTS for name in slot.names}
# Steps that say what the columns 类别, 来源 and 提出场合 hold, and under which keys.
RAISING = frozenset({"起草", "提出", "更正"})
RAISED = frozenset({"category", "origin", "occasion"})
# Columns without which the date of their step is found elsewhere: (what tells of it, its date,
# other dates to take).
UNDATED = (
    ("way", "handed_on", ("raised_on",)),
    ("result", "replied_on", ("closed_on", "handed_on", "raised_on")),
    ("evaluation", "evaluated_on", ("closed_on", "replied_on", "raised_on")),
    ("attitude", "evaluated_on", ("closed_on", "replied_on", "raised_on")),
)


def leads_of(values):
    """Names of the lead units in the cell 主办单位 (several leads are joined by ；)."""
    return [name for name in (values.get("lead") or "").split("；") if name]


def events_of(values, ids):
    """{slot: Step} of one row; `ids` finds the keys of units, the category and the case merged
    into. What happened on a day that nobody knows stands at the beginning of time.
    """
    raised_on = values.get("raised_on") or BEGINNING
    events = {"raise": Step(name="提出", on=raised_on, data=_raised(values, ids))}
    if values.get("way"):
        events["hand"] = _handed(values, ids)
    if values.get("replied_on") or values.get("result"):
        events["reply"] = Step(
            name="答复",
            on=values.get("replied_on") or BEGINNING,
            result=values.get("result") or "",
            due=values.get("promised_on"),
        )
    if any(values.get(name) for name in ("evaluated_on", "evaluation", "attitude")):
        events["evaluate"] = Step(
            name="评价",
            on=values.get("evaluated_on") or BEGINNING,
            result=values.get("evaluation") or "",
            attitude=values.get("attitude") or "",
        )
    if values.get("into"):
        on = values.get("handed_on") if not values.get("way") else None
        events["merge"] = Step(
            name="并案", on=on or raised_on, data={"into": ids.case(values["into"])}
        )
    for key, name, field in _PLAIN:
        if values.get(field):
            events[key] = Step(name=name, on=values[field])
    return events


_PLAIN = (
    ("sign", "签收", "signed_on"),
    ("contact", "面商", "contacted_on"),
    ("close", "办结", "closed_on"),
    ("withdraw", "撤回", "withdrawn_on"),
    ("key", "重点", "key_on"),
)


def _raised(values, ids):
    return {
        "category": ids.category(values.get("category")),
        "origin": values.get("origin") or "",
        "occasion": values.get("occasion") or "",
    }


def _handed(values, ids):
    on = values.get("handed_on") or BEGINNING
    if values["way"] == DECLINED:
        return Step(name=DECLINED, on=on)
    data = {"leads": [ids.unit(name) for name in leads_of(values)]}
    data["helpers"] = [ids.unit(name) for name in values.get("helpers") or ()]
    unit = data["leads"][0] if data["leads"] else None
    due = values.get("deadline") or ids.deadline(values)
    return Step(name=values["way"], on=on, unit_id=unit, due=due, data=data)


def first_steps(steps):
    """{slot: the first step of its kind} of ordered steps; implied ones are not the sheet's, nor is
    a merging that was taken back.
    """
    found = {}
    for step in steps:
        slot = SLOT_OF.get(step.name)
        if slot and not _passed_over(step):
            found.setdefault(slot, step)
        if step.name == "取消并案":
            found.pop("merge", None)
        if step.name == "分办" and "hand" in found and found["hand"].data.get("layer"):
            found.setdefault(GIVEN_OUT, step)
    return found


def _passed_over(step):
    """Filled in by us, or a case handed over anew after a return."""
    return step.data.get("implied") or step.data.get("again") and step.name in HANDINGS


def telling_of_raising(steps):
    """The ordered steps that say by whom and on what a case was raised: a later one goes over an
    earlier one (更正, or a paper handed in again).
    """
    return [step for step in steps if step.name in RAISING and not RAISED.isdisjoint(step.data)]


def knowing_more(old, new, fields):
    """The corrected step `new` with what the sheet has no column for, and without what another step
    said; `fields`: the columns that a row changes.
    """
    if old:
        said = {key: new.data[key] for key in new.data if key not in RAISED or key in fields}
        new.data = old.data | said
        new.note = new.note or old.note
        if new.name == "并案" and not fields & {"way", "handed_on"}:
            new.on = old.on
    return new


def said_anew(steps, first, after, fields):
    """[(old, new)] of the later steps that said of category, source or occasion what the row now
    says otherwise.
    """
    changed = {key: after["raise"].data[key] for key in RAISED & fields}
    return [
        (old, Step(name=old.name, on=old.on, note=old.note, data=_over(old.data, changed)))
        for old in telling_of_raising(steps)
        if old is not first and not changed.keys().isdisjoint(old.data)
    ]


def _over(data, changed):
    return data | {key: value for key, value in changed.items() if key in data}


def same_event(one, other):
    """Whether two steps say the same of the same day."""

    def told(step):
        return step.name, step.on, step.unit_id, step.result, step.attitude, step.due, step.data

    return told(one) == told(other)


def values_of(steps, names):
    """The columns of the sheet that the ordered steps of a case fill; `names` finds units,
    categories and numbers by key.
    """
    first = first_steps(steps)
    values = {field: _day(first[key]) for key, _, field in _PLAIN if key in first}
    if "hand" in first:
        values |= _handed_values(first["hand"], first.get(GIVEN_OUT, first["hand"]), names)
    if "reply" in first:
        step = first["reply"]
        values |= {"replied_on": _day(step), "result": step.result, "promised_on": step.due}
    if "evaluate" in first:
        step = first["evaluate"]
        values |= {"evaluated_on": _day(step), "evaluation": step.result, "attitude": step.attitude}
    if "merge" in first:
        values["into"] = names.case(first["merge"].data.get("into"))
        if "hand" not in first:
            values["handed_on"] = _day(first["merge"])
    data = {}
    for step in telling_of_raising(steps):
        data |= step.data
    return values | {
        "category": names.category(data.get("category")),
        "origin": data.get("origin", ""),
        "occasion": data.get("occasion", ""),
    }


def _day(step):
    """The day of a step as the sheet holds it; empty where nobody knows it."""
    return None if step.on == BEGINNING else step.on


def given_out(step, events):
    """The 分办 of the government's office that the units of a row's hand-over tell of."""
    hand = events.get("hand")
    if hand is None:
        return None
    return Step(name=step.name, on=step.on, unit_id=hand.unit_id, data=dict(hand.data))


def _handed_values(step, given, names):
    values = {"way": step.name, "handed_on": _day(step), "deadline": step.due}
    leads = given.data.get("leads") or ([given.unit_id] if given.unit_id else [])
    values["lead"] = "；".join(names.unit(pk) for pk in leads)
    values["helpers"] = [names.unit(pk) for pk in given.data.get("helpers", ())]
    return values
