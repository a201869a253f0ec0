"""A unit without an account: its page of one case, and the steps that it takes there."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from congress.views.open_pages import open_page
from suggestions.attempts import attempt, taken_before
from suggestions.case_facts import facts_of
from suggestions.forms import StepForm
from suggestions.link_pages.opening import dead, give
from suggestions.links import LinkDead, guest_of, note_use
from suggestions.models import LinkPurpose, Paper
from suggestions.moment import Moment
from suggestions.papers import of_case
from suggestions.step_papers import keep_with_steps
from suggestions.views.cases import drafted
from suggestions.workflow import advance, rule_asked


@open_page
@require_safe
def case_page(request, token):
    """What the case is, until when, and what the unit can do next."""
    now, today = timezone.now(), timezone.localdate()
    try:
        link, guest = guest_of(token, now, LinkPurpose.HANDLE)
    except LinkDead as death:
        return dead(request, death, today)
    facts = facts_of(link.case, guest, today)
    context = facts | {
        "token": token,
        "unit": link.unit,
        "expires": link.expires,
        "papers": of_case(guest, link.case),
        "rules": [*facts["main_rules"], *facts["other_rules"]],
    }
    return render(request, "suggestions/links/unit.html", context)


@open_page
@require_http_methods(["GET", "HEAD", "POST"])
def take_step(request, token, step):
    """The form of one step, with files; what is not open to the unit now is no page."""
    now, today = timezone.now(), timezone.localdate()
    try:
        link, guest = guest_of(token, now, LinkPurpose.HANDLE)
    except LinkDead as death:
        return dead(request, death, today)
    moment = Moment(link.case, guest, today)
    rule = rule_asked(moment, step, sent=request.method == "POST")
    if rule is None:
        messages.info(request, "这一步现在不用办，可能刚刚办过。请看下面的办理经过")
        return redirect("link-unit", token)
    form = StepForm(
        request.POST or None, request.FILES or None, rule=rule, moment=moment, today=today,
        initial={"on": today, "version": link.case.version, **drafted(moment, rule, today)},
    )  # fmt: skip
    if form.is_valid() and _taken(link, guest, form, now):
        messages.success(request, f"{rule.verb}已经登记，日期{form.cleaned_data['on']:%Y-%m-%d}")
        return redirect("link-unit", token)
    context = {"case": link.case, "unit": link.unit, "rule": rule, "form": form, "token": token}
    return render(request, "suggestions/links/unit_step.html", context)


def _taken(link, guest, form, now):
    """Take the step with its files, and note that the link was used."""
    values = form.cleaned_data
    on, version = values["on"], values["version"]

    def take():
        changes = form.changes()
        step = advance(link.case, form.rule.name, user=guest, on=on, version=version, **changes)
        keep_with_steps([step], values.get("files") or (), guest, now)
        note_use(link, now)

    return attempt(form, link.case, take) or taken_before(form, link.case, guest)


@open_page
@require_safe
def paper(request, token, pk):
    """A paper of the case."""
    try:
        link, guest = guest_of(token, timezone.now(), LinkPurpose.HANDLE)
    except LinkDead as death:
        return dead(request, death, timezone.localdate())
    return give(Paper.objects.visible_to(guest).filter(case=link.case), pk)
