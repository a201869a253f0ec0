"""The page of a case, and the one page on which any step is taken."""

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from congress.audit import last_change
from congress.roles import Role
from congress.scoping import OPERATOR
from suggestions.attempts import attempt, taken_before
from suggestions.case_facts import facts_of
from suggestions.consequences import DOCUMENT_WORD
from suggestions.corrections import correct_date
from suggestions.forms import StepForm
from suggestions.holding import hold
from suggestions.links import on_page
from suggestions.models import Case, Proposer, Step
from suggestions.moment import asking
from suggestions.numbers import peek_document
from suggestions.several_leads import one_gave_back
from suggestions.step_papers import keep_with_steps
from suggestions.steps import RULES
from suggestions.workflow import advance, rule_asked


@require_safe
def case_page(request, pk):
    """What a case is, how it went, and what can be done next; a deputy has a page of their own."""
    cases = Case.objects.visible_to(request.user).select_related("place", "meeting", "station")
    people = Proposer.objects.visible_to(request.user).select_related("person")
    cases = cases.prefetch_related(Prefetch("proposers", people))
    case = get_object_or_404(cases, pk=pk)
    if request.user.role == Role.DEPUTY:
        return redirect("my-suggestion", pk=pk)
    context = facts_of(case, request.user, timezone.localdate())
    facts = {name: context[name] for name in ("standing", "units")}
    context["case_links"] = on_page(request.user, case, timezone.now(), facts)
    return render(request, "suggestions/case.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def take_step(request, pk, step):
    """The form of one step, drawn from its row of the table; a step that is not open to the user
    is no page.
    """
    cases = Case.objects.visible_to(request.user).select_related("place", "meeting")
    case = cases.filter(pk=pk).first()
    if case is None:
        return _out_of_sight(request, pk, step)
    if step == "提出" and request.user.role == Role.DEPUTY:
        return redirect("my-suggestion-edit", pk=pk)
    today = timezone.localdate()
    moment = asking(case, request.user, today)
    rule = rule_asked(moment, step, sent=False)
    if rule is None:
        return _overtaken(request, moment, step, today)
    form = StepForm(
        request.POST or None, request.FILES or None, rule=rule, moment=moment, today=today,
        initial={"on": today, "version": case.version, **drafted(moment, rule, today)},
    )  # fmt: skip
    if form.is_valid() and taken(request, case, form):
        seen = cases.filter(pk=pk).exists()  # what a unit gave back it sees no more
        return redirect("case", pk=pk) if seen else redirect("home")
    context = {"case": case, "rule": rule, "form": form}
    return render(request, "suggestions/step.html", context)


def _out_of_sight(request, pk, step):
    """Whoever gave the case back by this step sees it no more; sent again, it is told once more."""
    own = Step.objects.visible_to(OPERATOR).filter(case=pk, name=step, superseded_at=None)
    if request.method != "POST" or not own.filter(entered_by=request.user.pk).exists():
        raise Http404
    messages.info(request, f"{RULES[step].verb}已经办好，没有再办一次。这一件不再由您办理")
    return redirect("home")


def _overtaken(request, moment, step, today):
    """The step is not open: what somebody typed for it is shown once more, to be copied."""
    takers = RULES[step].roles if step in RULES else ()
    if request.method != "POST" or request.user.role not in takers:
        return not_open(request, moment, step)
    form = StepForm(request.POST, rule=RULES[step], moment=moment, today=today)
    if form.is_valid() and _sent_twice(request, moment.case, form):
        return redirect("case", pk=moment.case.pk)
    who = last_change(moment.case)
    form.add_error(None, f"{who}改过这一件，{_why_not(request, moment, step)}。您写的还在，没有存")
    context = {"case": moment.case, "rule": form.rule, "form": form}
    return render(request, "suggestions/step.html", context)


def _sent_twice(request, case, form):
    """Say it where the same was sent before by a double click, a request come again."""
    if not taken_before(form, case, request.user):
        return False
    messages.info(request, f"{case.number}：{form.rule.verb}已经办好，没有再办一次")
    return True


def drafted(moment, rule, today):
    """What is known already when a step is taken: the next document number, the deadline that was
    asked for, where one of several leads gave the case back those that go on. A fact once recorded
    is not asked again.
    """
    if rule.name == "签发":
        word = moment.setting(DOCUMENT_WORD, today)
        return {"number": peek_document(moment.case.place, today, word)}
    if rule.name in ("分办", "改办") and moment.leads and one_gave_back(moment):
        return {"unit": moment.leads[0], "leads": moment.leads[1:]}
    asked = [step.due for step in moment.steps if step.name == "申请延期"]
    return {"due": asked[-1]} if rule.name == "延期" and asked else {}


def not_open(request, moment, step):
    """Back to the case with the reason why the step is not open; 404 for no step at all."""
    if step not in RULES:
        raise Http404(step)
    messages.info(request, f"{_why_not(request, moment, step)}。请看办理经过")
    return redirect("case", pk=moment.case.pk)


def _why_not(request, moment, step):
    reason = moment.reason_against(RULES[step]) if request.user.role in RULES[step].roles else None
    return reason or f"这一件现在不能“{RULES[step].verb}”，可能刚刚办过"


def taken(request, case, form):
    """Take the step, and say so; sent twice by a double click, it is taken once."""
    values, rule = form.cleaned_data, form.rule
    if not attempt(form, case, lambda: _take(request.user, case, form)):
        return _sent_twice(request, case, form)
    case.refresh_from_db()
    messages.success(request, f"{case.number}：{rule.verb}，日期{values['on']:%Y-%m-%d}")
    return True


def _take(user, case, form):
    """One step, and for a letter that answers several cases the same step on each."""
    values, rule = form.cleaned_data, form.rule
    others = values.get("cases") or ()
    hold(case, user, *(other.pk for other in others))
    if rule.name == "更正日期":
        correct_date(
            case, values["step"], user=user, on=values["on"], reason=values["note"],
            version=values["version"],
        )  # fmt: skip
        return
    changes = form.changes()
    steps = [
        advance(case, rule.name, user=user, on=values["on"], version=values["version"], **changes)
    ]
    for other in others:
        steps.append(advance(other, rule.name, user=user, on=values["on"], **changes))
    keep_with_steps(steps, values.get("files") or (), user, timezone.now())
