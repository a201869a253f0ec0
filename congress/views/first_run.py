"""The first-run guide of a system without users: four steps, then everything is made at once."""

from django.contrib.auth.decorators import login_not_required
from django.db import IntegrityError
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from congress import first_run
from congress.forms.first_run import STEPS, bound, read_plan, whole_name
from congress.models import User
from congress.scoping import OPERATOR
from congress.setting_up import AlreadySetUp, set_up
from congress.views.users import slips_for


@login_not_required
def guide_begin(request):
    """The page behind the one-time link; the link is used up when the guide is begun, not when it
    is looked at."""
    now = timezone.now()
    if request.method == "POST":
        claim = first_run.begin(request.POST.get("t", ""), now)
        if claim:
            request.session.cycle_key()
            request.session["guide"] = {"claim": claim}
            return redirect("guide_step", next(iter(STEPS)))
    token = request.GET.get("t", "")
    if not first_run.opens(token, now):
        return dead(request)
    return render(request, "congress/guide_begin.html", {"token": token})


@login_not_required
def guide_step(request, step):
    """One step. What is typed waits in the session; the last step makes everything in one
    transaction."""
    kept = request.session.get("guide", {})
    if step not in STEPS or not first_run.holds(kept.get("claim"), timezone.now()):
        return redirect("guide_done") if "guide_done" in request.session else dead(request)
    plan, missing = read_plan(kept)
    order = list(STEPS)
    if missing and order.index(step) > order.index(missing):
        return redirect("guide_step", missing)
    form = bound(step, request.POST or kept.get(step), plan)
    if request.method == "POST" and form.is_valid():
        return onward(request, step, kept)
    return render(request, "congress/guide.html", guide_context(step, form, plan))


def onward(request, step, kept):
    """Keep what was typed and go to the next step, after the last one to the end."""
    typed = {name: value for name, value in request.POST.items() if name != "csrfmiddlewaretoken"}
    request.session["guide"] = kept | {step: typed}
    order = list(STEPS)
    if step != order[-1]:
        return redirect("guide_step", order[order.index(step) + 1])
    plan, missing = read_plan(request.session["guide"])
    if missing:
        return redirect("guide_step", missing)
    try:
        users = set_up(plan, timezone.now())
    except (AlreadySetUp, IntegrityError):
        return redirect("guide_done")
    del request.session["guide"]
    request.session["guide_done"] = [user.pk for user in users]
    return redirect("guide_done")


def guide_context(step, form, plan):
    """What the page of a step shows: where one is, what is known so far."""
    order = list(STEPS)
    at = order.index(step)
    steps = [
        {"name": name, "title": STEPS[name].title, "done": number < at, "current": number == at}
        for number, name in enumerate(order)
    ]
    return {
        "form": form,
        "steps": steps,
        "title": STEPS[step].title,
        "back": order[at - 1] if at else "",
        "last": at == len(order) - 1,
        "so_far": f"{whole_name(plan)}，{len(plan.townships)} 个乡镇" if at else "",
    }


@login_not_required
@require_safe
def guide_done(request):
    """The links of the first two people, for whoever went through the guide."""
    if "guide_done" not in request.session:
        return dead(request)
    users = User.objects.visible_to(OPERATOR).filter(pk__in=request.session["guide_done"])
    slips = slips_for(request, users.select_related("place", "unit"), timezone.now())
    return render(request, "congress/guide_done.html", {"slips": slips})


def dead(request):
    """The link is no longer good: say how to get another."""
    context = {"set_up": first_run.is_set_up()}
    return render(request, "congress/guide_dead.html", context, status=404)
