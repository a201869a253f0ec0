"""Checking, importing and taking back a file as jobs; the batch's row says how far it is."""

from pathlib import Path

from django.conf import settings
from django.db import transaction

from congress.jobs import JobRefused
from congress.records import StaleRecord
from congress.scoping import OPERATOR
from reports.foreign import plan_table
from reports.importing import commit, plan_ledger
from reports.models import ImportBatch
from reports.undo import CannotUndo, undo

State = ImportBatch.State
CHANGED_MEANWHILE = "正要写入时有人改了其中的记录，没有导入；请再确认一次"
FOLDER = "imports"


def stored_path(batch):
    """Where the uploaded file of a batch lies: under a random name, outside any web root."""
    return Path(settings.MEDIA_ROOT) / FOLDER / batch.stored_as


def plan_of(batch, user):
    """Read and check the file of a batch."""
    path, options = stored_path(batch), batch.options
    if batch.source == "台账":
        return plan_ledger(path, batch.place, user, batch.file_name)
    return plan_table(
        path,
        batch.place,
        user,
        kind=options.get("kind") or "意见建议",
        by_column=options.get("by_column") or None,
        mapping=options.get("mapping") or None,
        name=batch.file_name,
    )


def check(job, batch):
    """What the file would do, kept with the batch for the person to look at."""
    batch = _batch(batch)
    job.progress(0, 2, "正在读取和核对")
    plan = plan_of(batch, job.made_by or OPERATOR)
    with transaction.atomic():
        batch.outcome = plan.outcome()
        batch.state = State.REFUSED if plan.errors else State.READY
        batch.save(update_fields=["outcome", "state"])
        job.finish({"batch": batch.pk})


def run(job, batch):
    """Import what was confirmed: read and checked once more, since records may have moved
    meanwhile.
    """
    batch = _batch(batch)
    if batch.state == State.DONE:
        return
    job.progress(0, 3, "正在读取和核对")
    plan = plan_of(batch, job.made_by or OPERATOR)
    if plan.errors:
        _not_now(batch, State.REFUSED, outcome=plan.outcome())
        raise JobRefused("核对以后记录有了变化，这个文件现在有错误，没有导入；请看错误清单")
    job.progress(1, 3, "正在写入")
    try:
        with transaction.atomic():
            commit(plan, batch)
            if batch.source != "台账":
                plan.remember(batch.place)
            job.finish({"batch": batch.pk})
            transaction.on_commit(lambda: stored_path(batch).unlink(missing_ok=True))
    except StaleRecord as refusal:
        _not_now(batch, State.READY)
        raise JobRefused(CHANGED_MEANWHILE) from refusal


def _not_now(batch, state, **columns):
    """Back to where a person decides."""
    ImportBatch.objects.visible_to(OPERATOR).filter(pk=batch.pk).update(state=state, **columns)


def take_back(job, batch):
    """Undo an import as a whole."""
    batch = _batch(batch)
    if batch.state == State.UNDONE:
        return
    job.progress(0, 1, "正在撤销")
    try:
        with transaction.atomic():
            undo(batch, job.made_by or OPERATOR)
            job.finish({"batch": batch.pk})
    except CannotUndo as refusal:
        raise JobRefused(str(refusal)) from refusal


def _batch(pk):
    return ImportBatch.objects.visible_to(OPERATOR).select_related("place").get(pk=pk)
