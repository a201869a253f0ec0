"""The lead deputy's evaluation by phone, from the QR code of the printed sheet."""

from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from congress.views.open_pages import open_page
from suggestions.attempts import attempt
from suggestions.deputy.forms import EvaluateForm
from suggestions.deputy.one_case import replies_in
from suggestions.link_pages.opening import closed, dead, give
from suggestions.links import LinkDead, guest_of, spend
from suggestions.merging import handling_of, root_of
from suggestions.models import LinkPurpose
from suggestions.moment import Moment
from suggestions.papers import reply_papers
from suggestions.workflow import advance, open_rules


@open_page
@require_http_methods(["GET", "HEAD", "POST"])
def evaluate(request, token):
    """Two questions on one reply, asked once more before they count. Looking uses nothing up."""
    now, today = timezone.now(), timezone.localdate()
    try:
        link, guest = guest_of(token, now, LinkPurpose.EVALUATE)
        moment = Moment(link.case, guest, today)
        if all(rule.name != "评价" for rule in open_rules(moment)):
            return closed(request, link.case, today)
        form = EvaluateForm(request.POST or None, initial={"version": link.case.version})
        confirmed = request.POST.get("confirmed") == "yes"
        if form.is_valid() and confirmed and _evaluated(link, guest, form, now, today):
            return redirect("link-evaluate", token)
    except LinkDead as death:
        return dead(request, death, today)
    confirming = form.is_bound and form.is_valid() and "again" not in request.POST
    context = {"form": form, "confirming": confirming, "token": token, **_facts(moment)}
    return render(request, "suggestions/links/evaluate.html", context)


def _evaluated(link, guest, form, now, today):
    """Spend the link and take the step, both or neither."""
    values = form.cleaned_data
    judged = {name: values[name] for name in ("version", "attitude", "result", "note")}

    def judge():
        spend(link, now)
        advance(link.case, "评价", user=guest, on=today, **judged)

    return attempt(form, link.case, judge)


def _facts(moment):
    """What was answered, on the case or on the one that it was merged into."""
    standing = moment.standing
    return {
        "case": moment.case,
        "standing": standing,
        "merged": standing.merged_into_id is not None,
        "replies": replies_in(handling_of(standing, moment.steps)),
        "papers": list(reply_papers(root_of(standing))),
    }


@open_page
@require_safe
def paper(request, token, pk):
    """A letter of the reply."""
    try:
        link, guest = guest_of(token, timezone.now(), LinkPurpose.EVALUATE)
    except LinkDead as death:
        return dead(request, death, timezone.localdate())
    return give(reply_papers(root_of(Moment(link.case, guest).standing)), pk)
