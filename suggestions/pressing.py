"""Pressing one case by one key (催办): it is done half a minute later, and can be taken back until
then.
"""

from datetime import timedelta

from django.db.models import Q

from congress.jobs import JobRefused, enqueue
from congress.models import Job
from suggestions import bulk
from suggestions.models import CaseUnit
from suggestions.words import UnitRole

STEP = "催办"
TASK = "suggestions.pressing.run"
WAIT = 30  # seconds
TOLD = timedelta(hours=1)  # so long a press that was refused stands on the desk


def press_soon(case, *, user, today):
    """The job that presses this case in half a minute; pressed twice it is one job."""
    held = CaseUnit.objects.visible_to(user).filter(case=case, ends=None, role=UnitRole.LEAD)
    units = "、".join(held.order_by("pk").values_list("unit__name", flat=True))
    return enqueue(
        TASK,
        {"on": today.isoformat(), "case": case.pk, "version": case.version},
        user=user,
        place=case.place,
        title=f"{STEP}{case.short_number}{f'（{units}）' if units else ''}",
        key=f"press {user.pk} {case.pk} {case.version}",
        wait=WAIT,
    )


def run(job, on, case, version):
    """Task: press the case, unless somebody moved it on meanwhile."""
    told = bulk.run(job, STEP, on, [[case, version]], {})
    for each in told["refused"]:
        raise JobRefused(each["reason"])
    return told


def presses_of(user, now):
    """[(job, seconds until it is done)] of what the user pressed: those that wait, and those that
    were refused just now. One query.
    """
    asked = Job.objects.visible_to(user).filter(task=TASK, made_by=user.pk)
    waiting = Q(state=Job.State.QUEUED, attempts=0, next_try__gt=now)
    refused = Q(state=Job.State.FAILED, ended__gt=now - TOLD)
    return [
        (job, int((job.next_try - now).total_seconds()) if job.next_try else 0)
        for job in asked.filter(waiting | refused).order_by("pk")
    ]
