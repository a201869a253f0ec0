"""A deputy's answer to what was done: evaluate, withdraw, 我没有收到."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from congress.doors import roles
from congress.roles import Role
from suggestions.attempts import attempt
from suggestions.deputy.cases import person_of
from suggestions.deputy.forms import EvaluateForm, WithdrawForm
from suggestions.deputy.one_case import facts_for_deputy
from suggestions.deputy.views.home import found
from suggestions.not_received import say_not_received
from suggestions.workflow import advance


@require_http_methods(["GET", "HEAD", "POST"])
@roles(Role.DEPUTY)
def evaluate(request, pk):
    """Two questions on one reply; asked once more before they count."""
    today = timezone.localdate()
    mine = found(request, pk, today)
    facts = facts_for_deputy(mine, request.user, today)
    if not facts["may_evaluate"]:
        messages.info(request, "这一件现在不用评价，可能刚刚评价过")
        return redirect("my-suggestion", pk=pk)
    form = EvaluateForm(request.POST or None, initial={"version": mine.case.version})
    confirmed = request.POST.get("confirmed") == "yes"
    if form.is_valid() and confirmed and _evaluated(request, mine, form, today):
        return redirect("my-suggestion", pk=pk)
    confirming = form.is_bound and form.is_valid() and "again" not in request.POST
    context = facts | {"form": form, "confirming": confirming}
    return render(request, "suggestions/deputy/evaluate.html", context)


def _evaluated(request, mine, form, today):
    values = form.cleaned_data
    judged = {name: values[name] for name in ("attitude", "result", "note")}
    if not _taken(request, mine, form, "评价", today, judged):
        return False
    messages.success(request, "您的评价已经送到乡镇人大")
    return True


def _taken(request, mine, form, name, today, fields):
    version = form.cleaned_data["version"]
    return attempt(
        form,
        mine.case,
        lambda: advance(mine.case, name, user=request.user, on=today, version=version, **fields),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@roles(Role.DEPUTY)
def withdraw(request, pk):
    """Take a suggestion back in writing, before its reply."""
    today = timezone.localdate()
    mine = found(request, pk, today)
    if not facts_for_deputy(mine, request.user, today)["may_withdraw"]:
        messages.info(request, "这一件现在不能撤回：已经答复，或者已经结束")
        return redirect("my-suggestion", pk=pk)
    form = WithdrawForm(request.POST or None, initial={"version": mine.case.version})
    if form.is_valid():
        noted = {"note": form.cleaned_data["note"]}
        if _taken(request, mine, form, "撤回", today, noted):
            messages.success(request, "这件建议已经撤回")
            return redirect("my-suggestion", pk=pk)
    context = {"mine": mine, "case": mine.case, "form": form}
    return render(request, "suggestions/deputy/withdraw.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@roles(Role.DEPUTY)
def missing(request, pk):
    """这份答复我没有收到: asked once more, then told to the clerk."""
    today = timezone.localdate()
    mine = found(request, pk, today)
    facts = facts_for_deputy(mine, request.user, today)
    if not facts["may_say_missing"]:
        if mine.missing is None:
            messages.info(request, f"现在没有要补送的答复。{mine.plain.sentence}")
        return redirect("my-suggestion", pk=pk)
    if request.method == "POST":
        person = person_of(request.user)
        say_not_received(mine.case, person, user=request.user, now=timezone.now())
        messages.success(request, "已经告诉乡镇人大，会把答复补送给您")
        return redirect("my-suggestion", pk=pk)
    return render(request, "suggestions/deputy/missing.html", facts)
