"""Correcting a wrong date: a further step takes the place of the old one and says why; the old one
stays in the record.
"""

from django.db import transaction

from congress import audit
from congress.records import StaleRecord
from congress.scoping import Guest
from suggestions.conditions import StepRefused
from suggestions.consequences import reckoned
from suggestions.holding import hold
from suggestions.models import Step
from suggestions.moment import Moment
from suggestions.steps import BESIDE, RULES
from suggestions.workflow import put_down

COPIED = ("unit_id", "result", "attitude", "note", "historical", "entered_as")
FOLLOWS = "随前面日期的更正重算"


def correct_date(case, step, *, user, on, reason, version=None):
    """Put `step` on the day `on`: the step that holds from now on supersedes it, with the reason
    and the day it stood on. Its place among the steps stays; deadlines that the rules reckoned
    from it, also those of later steps, are reckoned again.

    StepRefused: not by this person, or the new day does not lie between the steps before and
    after. StaleRecord: somebody else changed the case meanwhile.
    """
    with transaction.atomic(), audit.acting(user):
        case = hold(case, user)
        if version is not None and version != case.version:
            raise StaleRecord(str(case))
        if isinstance(user, Guest) or user.role not in RULES["更正日期"].roles:
            raise StepRefused("日期由乡镇人大更正")
        steps = Moment(case, user, on).steps
        here = _place_of(step, steps)
        _refuse_out_of_order(steps, here, on)
        fresh = _copy(step, on, reason, user)
        due, more = reckoned(fresh, Moment(case, user, on))
        fresh.due = due or fresh.due
        fresh.data |= more
        if step.name == "提出" and case.raised_on == step.on:
            case.raised_on = on
        _put_in_place(case, [*steps[:here], fresh, *steps[here + 1 :]], [fresh], [step])
        _reckon_later(case, user, here)
        return fresh


def _place_of(step, steps):
    found = [place for place, one in enumerate(steps) if one.pk == step.pk]
    if not found:
        raise StepRefused("这一步刚刚已经更正过，请看办理经过")
    return found[0]


def _refuse_out_of_order(steps, here, on):
    """Only steps that move the case keep it in its place; a 催办 beside it does not."""
    before = [step for step in steps[:here] if step.name not in BESIDE]
    after = [step for step in steps[here + 1 :] if step.name not in BESIDE]
    if before and on < before[-1].on:
        last = before[-1]
        raise StepRefused(f"{on:%Y-%m-%d}早于前一步“{last.name}”的日期{last.on:%Y-%m-%d}")
    if after and on > after[0].on:
        raise StepRefused(f"{on:%Y-%m-%d}晚于后一步“{after[0].name}”的日期{after[0].on:%Y-%m-%d}")


def _copy(step, on, reason, user):
    same = {name: getattr(step, name) for name in COPIED}
    data = {key: value for key, value in step.data.items() if key != "implied"}
    data["corrected"] = {"was": step.on.isoformat(), "reason": reason}
    return Step(
        case_id=step.case_id, name=step.name, on=on, due=step.due, data=data, supersedes=step,
        entered_by=user if user.pk else None, **same,
    )  # fmt: skip


def _put_in_place(case, steps, fresh, superseded):
    """Number the steps by their place, so that those of one day keep their order."""
    moved = [step for place, step in enumerate(steps) if step.order != place and step.pk]
    for place, step in enumerate(steps):
        step.order = place
    Step._base_manager.bulk_update(moved, ["order"])
    put_down(case, fresh, superseded)


def _reckon_later(case, user, here):
    """Later steps whose deadline came by rule from the corrected day follow it."""
    place = here + 1
    while place < len(steps := Moment(case, user).steps):
        old = steps[place]
        due, more = reckoned(old, Moment(case, user, old.on))
        if due and old.due and due != old.due:
            fresh = _copy(old, old.on, FOLLOWS, user)
            fresh.due, fresh.data = due, fresh.data | more
            _put_in_place(case, [*steps[:place], fresh, *steps[place + 1 :]], [fresh], [old])
        place += 1
