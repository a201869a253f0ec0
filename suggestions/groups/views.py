"""群消息: a text to copy into a WeChat group; 接龙: what comes back, checked and typed in."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from congress.chains import read_chain
from congress.doors import roles
from congress.roles import WRITING_ROLES
from suggestions.groups.entries import entries, people_by_key
from suggestions.groups.forms import ChainForm, EntryForm, MessageForm
from suggestions.groups.messages import message
from suggestions.groups.purposes import PURPOSES, ChainRefused

DEFAULTS = {"kind": "evaluate", "hours": "上午9点到11点"}


@roles(*WRITING_ROLES)
@require_safe
def group_message(request):
    """A text to copy, and a picture that the browser draws of it."""
    today, text = timezone.localdate(), ""
    asked = DEFAULTS | request.GET.dict()
    begun = asked["kind"] == "reception" and "day" not in asked
    form = MessageForm(None if begun else asked, initial=asked, user=request.user)
    if form.is_valid():
        chosen = dict(form.cleaned_data)
        text = message(chosen.pop("kind"), request.user, today, **chosen)
    return render(request, "suggestions/groups/message.html", {"form": form, "text": text})


@roles(*WRITING_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def chain(request):
    """A 接龙: pasted, read into a table, put right, saved."""
    today, asked = timezone.localdate(), request.GET.get("purpose", "evaluate")
    purpose = PURPOSES.get(asked, PURPOSES["evaluate"])
    initial = {"purpose": purpose.key, "number": request.GET.get("number", ""), "on": today}
    form = ChainForm(request.POST or None, user=request.user, today=today, initial=initial)
    context = {
        "form": form,
        "rows": [],
        "purpose": purpose,
        "purposes": PURPOSES.values(),
        "number": initial["number"],
        "call": purpose.call.format(number=initial["number"] or "……"),
    }
    if request.method == "POST" and form.is_valid():
        context |= _table(request, form)
        if "save" in request.POST and _saved(request, form, context["rows"]):
            return redirect("case", form.case.pk) if form.case else redirect("chain")
    return render(request, "suggestions/groups/chain.html", context)


def _table(request, form):
    """What was read: one form a row, and the counts of a mere list."""
    purpose = form.use
    read = read_chain(form.cleaned_data["text"], purpose.words)
    found = entries(read, purpose, form.case, request.user.place, request.user)
    data = request.POST if "save" in request.POST else None
    rows = [
        EntryForm(data, prefix=f"row-{number}", entry=entry, purpose=purpose)
        for number, entry in enumerate(found)
    ]
    counts = {meaning: 0 for meaning in purpose.meanings}
    for entry in found:
        if entry.taken:
            counts[entry.meanings[-1]] += 1
    return {
        "rows": rows,
        "read": read,
        "purpose": purpose,
        "case": form.case,
        "counts": counts.items(),
        "doubtful": sum(bool(entry.problem) for entry in found),
    }


def _saved(request, form, rows):
    """Save the entries that are taken; what refuses it stands above the table, with all choices."""
    if not form.use.save or not all([row.is_valid() for row in rows]):
        return False
    taken = [row for row in rows if row.cleaned_data["take"]]
    keys = [row.cleaned_data["person"] for row in taken]
    if not taken or len(set(keys)) < len(keys):
        form.add_error(None, "同一位代表采用了两条，请只留一条" if taken else "一条也没有采用")
        return False
    people = people_by_key(keys, request.user.place, request.user)
    answers = [row.answered(people) for row in taken]
    on, now = form.cleaned_data["on"], timezone.now()
    try:
        told = form.use.save(form.case, answers, request.user, on, now)
    except ChainRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, "接龙代录好了。" + "；".join(told) + "。")
    return True
