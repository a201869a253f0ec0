"""Taking an import back as a whole: the one sanctioned deletion, refused where its records were
worked on since.
"""

from collections import defaultdict

from django.apps import apps
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from congress import audit
from congress.sheets.load import parse_row
from congress.sheets.tables import Change
from reports.ledger import new_load
from reports.models import ImportBatch
from suggestions.store import project


class CannotUndo(Exception):
    """The import cannot be taken back; the message says which record stands in the way."""


def undo(batch, user):
    """Delete what the batch made and give back what it changed, or refuse all of it with
    CannotUndo.
    """
    with transaction.atomic(), audit.acting(user):
        rows = list(batch.rows.order_by("-pk"))
        _refuse_moved(rows)
        load = new_load(batch.place, user)
        _give_back(load, [row for row in rows if row.action == "update"])
        _remove([row for row in rows if row.action in ("create", "add")])
        batch.state = ImportBatch.State.UNDONE
        batch.undone_at = timezone.now()
        batch.undone_by = user if user.pk else None
        batch.save()
        audit.note("undo", batch, detail={"rows": len(rows)})


def _refuse_moved(rows):
    by_model = defaultdict(dict)
    for row in rows:
        if row.version_after is not None:
            by_model[row.model].setdefault(row.record_pk, row)
    for label, wanted in by_model.items():
        model = apps.get_model(label)
        now = dict(model._base_manager.filter(pk__in=wanted).values_list("pk", "version"))
        for pk, row in wanted.items():
            if row.action != "add" and now.get(pk) != row.version_after:
                raise CannotUndo(
                    f"工作表“{row.sheet}”第{row.row}行的记录在导入以后改动过，不能整批撤销；请单独更正"
                )


def _give_back(load, rows):
    by_sheet = {table.sheet.name: table for table in load.tables}
    for row in rows:
        table = by_sheet[row.sheet]
        records = (
            table.model._base_manager.none()
            if table.model is None
            else table.records(load.user, load.place)
        )
        pairs = table.read(records.filter(pk=row.record_pk))
        if not pairs:
            raise CannotUndo(f"工作表“{row.sheet}”第{row.row}行的记录已经不在，不能整批撤销")
        record, now = pairs[0]
        before = dict(now)
        for name, text in row.before.items():
            column = table.sheet.column(name)
            before[name] = column.rule.parse(text)
        again = parse_row(table.sheet, row.row, row.before, [])
        table.update(load, [Change(again, record, now, before, frozenset(row.before))])
        table.finish(load)


def _remove(rows):
    by_model = defaultdict(list)
    for row in rows:
        by_model[row.model].append(row)
    touched = _cases_of(by_model.get("suggestions.Step", []))
    while by_model:
        refusals = {label: _delete(label, made) for label, made in list(by_model.items())}
        gone = [label for label, refusal in refusals.items() if refusal is None]
        if not gone:
            _give_up(by_model, refusals)
            break
        for label in gone:
            del by_model[label]
    project(touched)


def _delete(label, made):
    """Delete the records of one model; the error where something still refers to them."""
    model = apps.get_model(label)
    try:
        with transaction.atomic():
            model._base_manager.filter(pk__in=[row.record_pk for row in made]).delete()
    except ProtectedError as error:
        return error
    return None


def _give_up(by_model, refusals):
    """What is left is referred to from outside the batch: units and words met on the way stay,
    records refuse.
    """
    for label, made in by_model.items():
        if any(row.action == "create" for row in made):
            other = next(iter(refusals[label].protected_objects))
            kind = other._meta.verbose_name
            raise CannotUndo(
                f"工作表“{made[0].sheet}”导入的记录已被{kind}“{other}”引用，不能整批撤销；请先处理那一条"
            ) from refusals[label]


def _cases_of(step_rows):
    if not step_rows:
        return set()
    steps = apps.get_model("suggestions.Step")._base_manager.filter(
        pk__in=[row.record_pk for row in step_rows]
    )
    return set(steps.values_list("case", flat=True))
