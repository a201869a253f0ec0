"""One key presses a case from the desk; for half a minute it can be taken back."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from congress.doors import find
from congress.jobs import take_back
from congress.models import Job
from suggestions.models import Case
from suggestions.moment import asking
from suggestions.pressing import STEP, TASK, press_soon
from suggestions.views.cases import not_open
from suggestions.workflow import open_rules


@require_POST
def press(request, pk):
    """Put the press down; the desk then counts the seconds."""
    case = find(Case.objects.visible_to(request.user).select_related("place", "meeting"), pk=pk)
    today = timezone.localdate()
    moment = asking(case, request.user, today)
    if STEP not in {rule.name for rule in open_rules(moment)}:
        return not_open(request, moment, STEP)
    press_soon(case, user=request.user, today=today)
    return redirect("home")


@require_POST
def press_undo(request, pk):
    """Take a press back that is not done yet."""
    job = find(Job.objects.visible_to(request.user), task=TASK, made_by=request.user.pk, pk=pk)
    if take_back(job):
        messages.success(request, f"撤销了：{job.title}，没有发出")
    else:
        messages.warning(request, f"{job.title}已经发出，收不回来")
    return redirect("home")
