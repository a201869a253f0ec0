"""Asking other deputies to co-sign, and answering what another asks."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from congress.doors import roles
from congress.roles import Role
from deputies.fellows import fellows
from suggestions.co_signing import CLOSED_CASE, CoSigningRefused, ask, may_be_co_signed, say
from suggestions.deputy.forms import AskForm
from suggestions.deputy.one_case import facts_for_deputy
from suggestions.deputy.views.home import found
from suggestions.models import Answer, CoSigning
from suggestions.papers import of_case


@require_http_methods(["GET", "HEAD", "POST"])
@roles(Role.DEPUTY)
def ask_fellows(request, pk):
    """Ask further deputies to co-sign a suggestion that is handed in."""
    today = timezone.localdate()
    mine = found(request, pk, today)
    facts = facts_for_deputy(mine, request.user, today)
    if not facts["may_ask"]:
        messages.info(request, CLOSED_CASE)
        return redirect("my-suggestion", pk=pk)
    form = AskForm(request.POST or None, people=others(mine.case, request.user, today))
    if form.is_valid():
        count = ask(mine.case, form.cleaned_data["fellows"], user=request.user, now=timezone.now())
        messages.success(request, f"已请 {count} 位代表附议，他们答复后这里看得到")
        return redirect("my-suggestion", pk=pk)
    return render(request, "suggestions/deputy/ask.html", facts | {"form": form})


def others(case, user, day):
    """Deputies who have neither raised the case nor been asked."""
    asked = case.co_signings.values("person")
    raised = case.proposers.filter(person__isnull=False).values("person")
    return fellows(user, day).exclude(pk__in=asked).exclude(pk__in=raised)


@require_http_methods(["GET", "HEAD", "POST"])
@roles(Role.DEPUTY)
def asked(request, pk):
    """What another deputy asks me to co-sign: read it, then agree or not."""
    rows = CoSigning.objects.visible_to(request.user).filter(
        person__user=request.user, asked_at__isnull=False
    )
    row = get_object_or_404(rows.select_related("case", "case__place", "person"), pk=pk)
    if request.method == "POST":
        return _answered(request, row)
    standing = row.case.standings.filter(ends=None).first()
    context = {
        "row": row,
        "case": row.case,
        "lead": row.case.proposers.select_related("person").first(),
        "villages": list(row.case.villages.all()),
        "papers": of_case(request.user, row.case),
        "still_open": may_be_co_signed(row.case, standing),
    }
    return render(request, "suggestions/deputy/asked.html", context)


def _answered(request, row):
    answer = request.POST.get("answer")
    if answer not in Answer.values:
        raise Http404
    try:
        said = say(row, answer, user=request.user, now=timezone.now())
    except CoSigningRefused as refusal:
        messages.info(request, str(refusal))
        return redirect("my-asked", pk=row.pk)
    if said.answer == Answer.AGREED:
        messages.success(request, "您已附议，这一件也在您的建议里了")
        return redirect("my-suggestion", pk=row.case_id)
    messages.success(request, "已经告诉对方，您不附议")
    return redirect("my-suggestions")
