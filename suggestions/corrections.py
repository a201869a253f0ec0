"""Correcting a wrong date: a further step takes the place of the old one and says why; the old one
stays in the record.
"""

from django.db import transaction

from congress import audit
from congress.records import StaleRecord
from congress.scoping import Guest
from suggestions.conditions import StepRefused
from suggestions.consequences import reckoned
from suggestions.models import Case, Step
from suggestions.moment import Moment
from suggestions.steps import RULES
from suggestions.workflow import put_down

COPIED = ("unit_id", "result", "attitude", "note", "order", "historical", "entered_as")


def correct_date(case, step, *, user, on, reason, version=None):
    """Put `step` on the day `on`: the step that holds from now on supersedes it, with the reason
    and the day it stood on. Deadlines that the rules reckoned from it are reckoned again.

    StepRefused: not by this person, or the new day does not lie between the steps before and
    after. StaleRecord: somebody else changed the case meanwhile.
    """
    with transaction.atomic(), audit.acting(user):
        case = Case.objects.visible_to(user).select_for_update().get(pk=case.pk)
        if version is not None and version != case.version:
            raise StaleRecord(str(case))
        if isinstance(user, Guest) or user.role not in RULES["更正日期"].roles:
            raise StepRefused("日期由乡镇人大更正")
        moment = Moment(case, user, on)
        _refuse_out_of_order(moment.steps, step, on)
        fresh = _copy(step, on, reason, user)
        _reckon(case, user, fresh)
        if step.name == "提出" and case.raised_on == step.on:
            case.raised_on = on
        put_down(case, [fresh], superseded=[step])
        return fresh


def _refuse_out_of_order(steps, step, on):
    places = [one.pk for one in steps]
    if step.pk not in places:
        raise StepRefused("这一步刚刚已经更正过，请看办理经过")
    here = places.index(step.pk)
    before = steps[here - 1] if here else None
    after = steps[here + 1] if here + 1 < len(steps) else None
    if before and on < before.on:
        raise StepRefused(f"{on:%Y-%m-%d}早于前一步“{before.name}”的日期{before.on:%Y-%m-%d}")
    if after and on > after.on:
        raise StepRefused(f"{on:%Y-%m-%d}晚于后一步“{after.name}”的日期{after.on:%Y-%m-%d}")


def _copy(step, on, reason, user):
    same = {name: getattr(step, name) for name in COPIED}
    data = {key: value for key, value in step.data.items() if key != "implied"}
    data["corrected"] = {"was": step.on.isoformat(), "reason": reason}
    return Step(
        case_id=step.case_id, name=step.name, on=on, due=step.due, data=data, supersedes=step,
        entered_by=user if user.pk else None, **same,
    )  # fmt: skip


def _reckon(case, user, fresh):
    """A deadline or window that came by rule follows the corrected day; a typed one stays."""
    due, more = reckoned(fresh, Moment(case, user, fresh.on))
    fresh.due = due or fresh.due
    fresh.data |= more
