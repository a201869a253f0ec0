"""One step, or a form to print, for the cases that were ticked: asked for once with number and
consequence, done once, told case by case.
"""

import secrets

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from congress.doors import find
from congress.jobs import run_job
from congress.models import Job
from suggestions.bulk import (
    AT_ONCE,
    MOST,
    TASK,
    BulkForm,
    bulk_steps,
    deadline_words,
    deadlines,
    standings_of,
    start,
)
from suggestions.desk import group_of
from suggestions.moment import Moment
from suggestions.paper_forms.catalogue import forms_of_role

PRINT = "打印"


@require_POST
def bulk(request):
    """The question, with a form where the step asks for something; sent with its token, the step
    is taken.
    """
    rows, versions = _asked(request)
    if not rows:
        messages.warning(request, "还没有勾选办件。请先在左边勾选")
        return _back(request)
    if request.POST.get("step") == PRINT:
        return _print(request, rows)
    step = _step(request)
    fits, out = step.split(rows)
    if not fits:
        text = f"勾选的 {len(rows)} 件现在都不能“{step.rule.verb}”，请看各件的状态"
        messages.warning(request, text)
        return _back(request)
    today, sent = timezone.localdate(), "token" in request.POST
    form = BulkForm(
        request.POST if sent else None, step=step, today=today, initial={"on": today},
        moment=Moment(fits[0].case, request.user, today),
    )  # fmt: skip
    ready = sent and "again" not in request.POST and form.is_valid()
    if ready and (not step.asks or "sure" in request.POST):
        return _done(request, step, fits, versions, form)
    context = _question(request, step, fits, form, ready=ready)
    context |= {"out": out, "versions": _written(rows, versions)}
    return render(request, "suggestions/bulk.html", context)


def _step(request):
    wanted = request.POST.get("step")
    step = next((step for step in bulk_steps(request.user) if step.name == wanted), None)
    if step is None:
        raise Http404(wanted)
    return step


def _asked(request):
    """(standings, {case: version on the page}) of the cases asked for, or of a group of the desk;
    404 where one of them is hidden.
    """
    versions = _read(request.POST.get("versions", ""))
    keys = list(versions) or request.POST.getlist("case")
    if not all(str(key).isdecimal() and len(str(key)) < 19 for key in keys):
        raise Http404
    if request.POST.get("group"):
        keys = _of_group(request)
    if len(keys) > MOST:
        messages.warning(request, f"一次最多 {MOST} 件，先办前 {MOST} 件")
    rows = standings_of(request.user, [int(key) for key in keys[:MOST]])
    if rows is None:
        raise Http404
    return rows, versions


def _of_group(request):
    try:
        _, rows, _ = group_of(request.user, timezone.localdate(), request.POST["group"])
    except KeyError:
        raise Http404 from None
    return list(rows.values_list("case", flat=True)[: MOST + 1])


def _read(text):
    """{case: version} out of 12-3,14-1."""
    pairs = [pair.split("-") for pair in text.split(",") if pair]
    if not all(
        len(pair) == 2 and all(part.isdecimal() and len(part) < 19 for part in pair)
        for pair in pairs
    ):
        raise Http404
    return {int(pk): int(version) for pk, version in pairs}


def _written(rows, versions):
    found = {row.case_id: versions.get(row.case_id, row.case.version) for row in rows}
    return ",".join(f"{pk}-{version}" for pk, version in found.items())


def _question(request, step, rows, form, *, ready):
    """What the page says: the verb with the number, whom it goes to, what follows."""
    values = form.cleaned_data if ready else {}
    on = values.get("on") or timezone.localdate()
    due = deadline_words(deadlines(step, rows, on, values, request.user))
    layered = step.with_layer and form.moment.layer
    return {
        "step": step,
        "form": form,
        "rows": rows,
        "question": f"{_to(step, form, values)}{step.rule.verb} {len(rows)} 件？",
        "consequence": f"{due}{step.with_layer if layered else step.consequence}",
        "typed": _typed(request) if ready else None,
        "token": request.POST.get("token") or secrets.token_urlsafe(16),
        "back": _path_back(request),
    }


def _to(step, form, values):
    """To whom a hand-over goes; with the government's own layer its office decides."""
    unit = values.get("unit")
    if step.with_layer and values and form.moment.layer:
        return f"向政府办（建议由{unit}承办）" if unit else "向政府办"
    return f"向{unit}" if unit else ""


def _typed(request):
    """[(name, value)] of what was filled in, to be sent once more with the answer."""
    own = {"csrfmiddlewaretoken", "case", "group", "versions", "token", "step", "back", "again"}
    return [
        (name, value)
        for name in request.POST
        if name not in own
        for value in request.POST.getlist(name)
    ]


def _done(request, step, rows, versions, form):
    job = start(step, rows, versions, form, user=request.user, token=request.POST["token"][:60])
    if len(rows) <= AT_ONCE:
        run_job(job.pk)
    return redirect("bulk-done", pk=job.pk)


@require_safe
def bulk_done(request, pk):
    """What became of it: how far it is, then what was done and what refused, with the reason."""
    own = Job.objects.visible_to(request.user).filter(task=TASK, made_by=request.user.pk)
    job = find(own, pk=pk)
    if request.htmx:
        response = render(request, "suggestions/_bulk_progress.html", {"job": job})
        if job.is_over:
            response["HX-Refresh"] = "true"
        return response
    return render(request, "suggestions/bulk_done.html", {"job": job, "told": job.result or {}})


def _print(request, rows):
    """Which form to print of the ticked; those are printed of which it can be now."""
    found = [(form, sum(map(form.fits, rows))) for form in forms_of_role(request.user.role)]
    context = {
        "forms": [(form, count) for form, count in found if count],
        "rows": rows,
        "back": _path_back(request),
    }
    return render(request, "suggestions/bulk_print.html", context)


def _back(request):
    return redirect(_path_back(request) or "home")


def _path_back(request):
    """The page of this site on which the cases were ticked."""
    path = request.POST.get("back", "")
    return path if url_has_allowed_host_and_scheme(path, allowed_hosts=None) else ""
