"""What the office does for deputies on paper: co-signing (代录), sending a reply again."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from congress.doors import roles
from congress.phone_accounts import numbers
from congress.roles import WRITING_ROLES
from deputies.models import Person
from suggestions.co_signing import CoSigningRefused, ask, may_be_co_signed, say
from suggestions.deputy.forms import AskForm
from suggestions.models import Answer, Case, CoSigning, NotReceived
from suggestions.not_received import not_received, settle


@require_http_methods(["GET", "HEAD", "POST"])
@roles(*WRITING_ROLES)
def co_signing(request, pk):
    """Who was asked to co-sign a case and what they said; signatures on paper are typed in."""
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=pk)
    asked = CoSigning.objects.visible_to(request.user).filter(case=case, asked_at__isnull=False)
    form = AskForm(request.POST or None, people=_others(case, request.user))
    if request.method == "POST":
        done = _typed_in(request, case, asked, form)
        if done:
            return redirect("case-co-signing", pk=pk)
    context = {
        "case": case,
        "asked": list(asked.select_related("person", "answered_by")),
        "proposers": list(case.proposers.select_related("person")),
        "form": form,
        "still_open": may_be_co_signed(case, case.standings.filter(ends=None).first()),
    }
    return render(request, "suggestions/deputy/office_co_signing.html", context)


def _others(case, user):
    """Deputies of the case's township whose name does not stand on it yet."""
    raised = case.proposers.filter(person__isnull=False).values("person")
    asked = case.co_signings.values("person")
    people = Person.objects.visible_to(user).filter(place=case.place)
    return people.exclude(pk__in=raised).exclude(pk__in=asked)


def _typed_in(request, case, asked, form):
    """One answer of an asked deputy, or the deputies who signed the paper; False: see the form."""
    now = timezone.now()
    try:
        if "row" in request.POST:
            row = get_object_or_404(asked, pk__in=numbers([request.POST["row"]]))
            _say(request, [row], request.POST.get("answer"), now)
            return True
        if not form.is_valid():
            return False
        people = list(form.cleaned_data["fellows"])
        ask(case, people, user=request.user, now=now)
        _say(request, asked.filter(person__in=people), Answer.AGREED, now)
    except CoSigningRefused as refusal:
        messages.info(request, str(refusal))
    return True


def _say(request, rows, answer, now):
    if answer not in Answer.values:
        raise Http404
    for row in rows:
        say(row, answer, user=request.user, now=now)
    messages.success(request, "已代录附议")


@require_safe
@roles(*WRITING_ROLES)
def missing_list(request):
    """Replies that deputies say they did not receive."""
    rows = list(not_received(request.user))
    return render(request, "suggestions/deputy/not_received.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@roles(*WRITING_ROLES)
def settle_missing(request, pk):
    """已补送, and how; a notice leads here as well."""
    row = get_object_or_404(NotReceived.objects.visible_to(request.user), pk=pk)
    if request.method == "GET":
        return redirect("not-received")
    how = request.POST.get("how", "").strip()[:60]
    if not how:
        messages.error(request, "请写怎样补送的，例如“当面送到”")
        return redirect("not-received")
    settle(row, how, user=request.user, now=timezone.now())
    messages.success(request, f"{row.case.number}：已补送给{row.person.name}")
    return redirect("not-received")
