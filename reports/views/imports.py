"""Import in steps: choose a file, see what it would do, confirm, done; and take it back. Export
and template.
"""

import hashlib
import secrets
from pathlib import Path

from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress.doors import roles
from congress.jobs import enqueue
from congress.ledger_words import Level
from congress.models import Job, Place
from congress.roles import OFFICE_ROLES
from reports.asking import place_of
from reports.downloads import workbook_response
from reports.exporting import export_ledger, export_template
from reports.foreign_columns import field_names
from reports.import_forms import MatchingForm, UploadForm
from reports.import_jobs import stored_path
from reports.models import ImportBatch
from suggestions.columns import CASES

State = ImportBatch.State
TASKS = "reports.import_jobs."
STEPS = {State.CHECKING: 1, State.REFUSED: 1, State.READY: 2, State.RUNNING: 3, State.DONE: 4}
BROKEN_OFF = {State.CHECKING: ("check", "核对"), State.RUNNING: ("run", "导入")}


@roles(*OFFICE_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def imports(request):
    """Choose a file; below, what was imported before."""
    form = UploadForm(request.POST or None, request.FILES or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        return redirect("import-batch", pk=_receive(request, form).pk)
    batches = ImportBatch.objects.visible_to(request.user).select_related("place", "made_by")[:30]
    context = {"form": form, "batches": batches, "townships": _townships(request.user)}
    return render(request, "reports/imports.html", context)


def _townships(user):
    """The townships among which who looks after several chooses."""
    if user.place.level == Level.TOWNSHIP:
        return []
    return list(Place.objects.visible_to(user).in_place(user.place).filter(level=Level.TOWNSHIP))


def _receive(request, form):
    """Keep the file under a random name and have it checked."""
    file, name = form.cleaned_data["file"], secrets.token_urlsafe(24)
    options = {"by_column": form.cleaned_data.get("by_column") or ""}
    batch = ImportBatch(
        place=form.place,
        made_by=request.user,
        file_name=Path(file.name).name[:200],
        stored_as=name,
        source=form.cleaned_data["source"],
        options=options,
    )
    path = stored_path(batch)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with path.open("wb") as stored:
        for chunk in file.chunks():
            stored.write(chunk)
            digest.update(chunk)
    batch.sha256 = digest.hexdigest()
    with transaction.atomic():
        batch.save()
        _start(request, batch, "check", f"核对 {batch.file_name}")
    return batch


def _start(request, batch, task, title):
    """One job for this batch and task; a second request finds the same."""
    key = f"{task} {batch.pk} {batch.options.get('round', 0)}"
    job = enqueue(
        TASKS + task,
        {"batch": batch.pk},
        user=request.user,
        place=batch.place,
        title=title[:200],
        key=key,
    )
    batch.options["job"] = job.pk
    batch.save(update_fields=["options"])


def _batch(request, pk):
    return get_object_or_404(
        ImportBatch.objects.visible_to(request.user).select_related("place"), pk=pk
    )


def _job(request, batch):
    return Job.objects.visible_to(request.user).filter(pk=batch.options.get("job")).first()


@roles(*OFFICE_ROLES)
@require_safe
def import_batch(request, pk):
    """What a file would do or did: counts by sheet, errors, findings, and the next step."""
    batch = _batch(request, pk)
    job = _job(request, batch)
    outcome = batch.outcome or {}
    counts = _counts(outcome)
    context = {
        "batch": batch,
        "job": job,
        "at": STEPS.get(batch.state, 0),
        "can_retry": _can_retry(batch, job),
        "counts": counts,
        "totals": [sum(row[column] for row in counts) for column in (1, 2, 3)],
        "errors": outcome.get("errors", [])[:500],
        "error_count": len(outcome.get("errors", [])),
        "findings": outcome.get("findings", [])[:500],
        "finding_count": len(outcome.get("findings", [])),
        "ignored": outcome.get("ignored_columns", {}),
        "columns": outcome.get("columns"),
        "imported_before": _same_file(request, batch),
    }
    return render(request, "reports/import_batch.html", context)


def _counts(outcome):
    """[(sheet, created, updated, unchanged)]."""
    groups = [outcome.get(name, {}) for name in ("created", "updated", "unchanged")]
    sheets = dict.fromkeys(name for group in groups for name in group)
    return [(name, *(group.get(name, 0) for group in groups)) for name in sheets]


def _same_file(request, batch):
    """The import of the same file into the same place that is still in force."""
    done = ImportBatch.objects.visible_to(request.user).filter(
        sha256=batch.sha256, place=batch.place, state=State.DONE
    )
    return done.exclude(pk=batch.pk).first()


def _can_retry(batch, job):
    """Whether checking or writing broke off: not by the file's fault, so it may be tried again."""
    return batch.state in BROKEN_OFF and job is not None and job.state == Job.State.FAILED


@roles(*OFFICE_ROLES)
@require_safe
def import_progress(request, pk):
    """How far the job of a batch is; when it is over the page is drawn anew."""
    batch = _batch(request, pk)
    job = _job(request, batch)
    response = render(request, "reports/_import_progress.html", {"batch": batch, "job": job})
    if job is None or job.is_over:
        response["HX-Refresh"] = "true"
    return response


@roles(*OFFICE_ROLES)
@require_POST
def import_confirm(request, pk):
    """Import what was shown; asked twice it runs once. What broke off is tried again."""
    with transaction.atomic():
        batch = _batch(request, pk)
        started = ImportBatch.objects.visible_to(request.user).filter(pk=pk, state=State.READY)
        if started.update(state=State.RUNNING):
            batch.state = State.RUNNING
            _start(request, batch, "run", f"导入 {batch.file_name}")
        elif _can_retry(batch, _job(request, batch)):
            task, verb = BROKEN_OFF[batch.state]
            _start(request, batch, task, f"{verb} {batch.file_name}")
    return redirect("import-batch", pk=pk)


@roles(*OFFICE_ROLES)
@require_POST
def import_undo(request, pk):
    """Take an import back as a whole, once however often it is asked; refused where its records
    were worked on since.
    """
    batch = _batch(request, pk)
    if batch.state == State.DONE:
        with transaction.atomic():
            _start(request, batch, "take_back", f"撤销导入 {batch.file_name}")
    return redirect("import-batch", pk=pk)


@roles(*OFFICE_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def import_columns(request, pk):
    """Match the columns of a table that is not ours; remembered for the township's next such
    table.
    """
    batch = _batch(request, pk)
    columns = (batch.outcome or {}).get("columns") or {}
    fields = [(name, name) for name in field_names(CASES).values()]
    form = MatchingForm(
        request.POST or None,
        columns=columns,
        fields=fields,
        mapping=batch.options.get("mapping") or {},
    )
    if request.method == "POST" and form.is_valid() and batch.state in (State.READY, State.REFUSED):
        with transaction.atomic():
            _remember(batch, form.mapping())
            _start(request, batch, "check", f"核对 {batch.file_name}")
        return redirect("import-batch", pk=pk)
    return render(request, "reports/import_columns.html", {"batch": batch, "form": form})


def _remember(batch, mapping):
    batch.options |= {"mapping": mapping, "round": batch.options.get("round", 0) + 1}
    batch.state = State.CHECKING
    batch.save()


@roles(*OFFICE_ROLES)
@require_safe
def ledger_export(request):
    """A township's whole record as a ledger workbook."""
    place = place_of(request)
    name = f"{place}台账{timezone.localdate():%Y%m%d}.xlsx"
    return workbook_response(name, lambda file: export_ledger(file, place, request.user))


@roles(*OFFICE_ROLES)
@require_safe
def ledger_template(request):
    """The empty ledger to fill in."""
    return workbook_response(
        "台账模板.xlsx", lambda file: export_template(file, request.user.place, request.user)
    )
