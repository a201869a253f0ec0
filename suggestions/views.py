"""The page of a case, and the one page on which any step is taken."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from congress.crypto import mask_phone
from congress.records import StaleRecord
from suggestions.deadlines import reckoning
from suggestions.desk import NEXT_STEP
from suggestions.forms import StepForm
from suggestions.models import Case
from suggestions.steps import MAIN_STEPS, RULES
from suggestions.words import STATE_SHAPES, State
from suggestions.workflow import StepRefused, advance, steps_open_to


@require_GET
def case_page(request, pk):
    """What a case is, how it went, and what can be done next."""
    cases = Case.objects.visible_to(request.user).select_related("place", "meeting", "station")
    case = get_object_or_404(cases, pk=pk)
    standing = case.standings.filter(ends=None).select_related("category", "merged_into").first()
    steps = list(
        case.steps.filter(superseded_at=None)
        .select_related("unit", "entered_by")
        .order_by("on", "order", "pk")
    )
    state = standing.state if standing else State.DRAFT
    rules = steps_open_to(request.user, case)
    context = {
        "case": case,
        "standing": standing,
        "steps": steps,
        "proposers": list(case.proposers.select_related("person")),
        "units": list(case.units.filter(ends=None).select_related("unit")),
        "villages": list(case.villages.all()),
        "outcomes": list(case.outcomes.all()),
        "main_rules": sorted(
            (rule for rule in rules if rule.name in MAIN_STEPS),
            key=lambda rule: rule.name != NEXT_STEP.get(state),
        ),
        "other_rules": [rule for rule in rules if rule.name not in MAIN_STEPS],
        "state": state,
        "shape": STATE_SHAPES[state],
        "next_step": NEXT_STEP.get(state),
        "masked_phone": mask_phone(case.phone),
        "deadline": reckoning(steps, standing, timezone.localdate()),
        "editable": request.user.role in RULES["登记"].roles,
    }
    return render(request, "suggestions/case.html", context)


@require_http_methods(["GET", "POST"])
def take_step(request, pk, step):
    """The form of one step, drawn from its row of the table; a step that is not open to the user
    is no page.
    """
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=pk)
    rule = next((rule for rule in steps_open_to(request.user, case) if rule.name == step), None)
    if rule is None:
        return _not_open(request, case, step)
    today = timezone.localdate()
    form = StepForm(
        request.POST or None, rule=rule, case=case, user=request.user, today=today,
        initial={"on": today, "version": case.version},
    )  # fmt: skip
    if form.is_valid() and _advanced(request, case, rule, form):
        return redirect("case", pk=case.pk)
    return render(request, "suggestions/step.html", {"case": case, "rule": rule, "form": form})


def _not_open(request, case, step):
    if step not in RULES:
        raise Http404(step)
    messages.info(request, f"这一件现在不能“{step}”，可能刚刚办过。请看办理经过")
    return redirect("case", pk=case.pk)


def _advanced(request, case, rule, form):
    """Take the step; what refuses it stands in the form, with all that was typed."""
    values = form.cleaned_data
    try:
        advance(
            case,
            rule.name,
            user=request.user,
            on=values["on"],
            version=values["version"],
            **form.changes(),
        )
    except StepRefused as refusal:
        form.add_error(None, str(refusal))
    except StaleRecord:
        case.refresh_from_db()
        form.data = form.data.copy()
        form.data["version"] = case.version
        form.add_error(None, "刚刚有人改过这一件。您写的都在，请看过办理经过再保存一次")
    else:
        messages.success(request, f"{case.number}：{rule.name}，日期{values['on']:%Y-%m-%d}")
        return True
    return False
