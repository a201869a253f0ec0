"""Taking an import back as a whole: the one sanctioned deletion, refused where its records were
worked on since.
"""

from collections import defaultdict

from django.apps import apps
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from congress import audit
from congress.models import Place
from congress.scoping import OPERATOR
from congress.sheets.tables import Change, Row
from reports.ledger import new_load
from reports.models import ImportBatch
from suggestions.store import forget, project


class CannotUndo(Exception):
    """The import cannot be taken back; the message says which record stands in the way."""


def undo(batch, user):
    """Delete what the batch made and give back what it changed, or refuse all of it with
    CannotUndo.
    """
    with transaction.atomic(), audit.acting(user):
        _claim(batch)
        rows = list(batch.rows.order_by("-pk"))
        _refuse_moved(rows)
        _give_back(batch, user, [row for row in rows if row.action == "update"])
        _remove([row for row in rows if row.action in ("create", "add")])
        batch.undone_at = timezone.now()
        batch.undone_by = user if user.pk else None
        batch.save(update_fields=["undone_at", "undone_by"])
        detail = {"文件": batch.file_name, "行数": len(rows)}
        audit.note("undo", batch, before=batch, detail=detail)


def _claim(batch):
    """Two who take back the same import do it once."""
    State = ImportBatch.State
    done = ImportBatch.objects.visible_to(OPERATOR).filter(pk=batch.pk, state=State.DONE)
    if not done.update(state=State.UNDONE):
        raise CannotUndo("这一批没有导入，或者已经撤销")
    batch.state = State.UNDONE


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


def _give_back(batch, user, rows):
    """Sheet by sheet what was before; a county's table went to several townships."""
    places, groups, loads = _places_of(rows), defaultdict(list), {}
    for row in rows:
        place = places.get((row.model, row.record_pk)) or batch.place
        loads.setdefault(place.pk, new_load(place, user))
        groups[place.pk, row.sheet].append(row)
    for (place_pk, sheet), same in groups.items():
        load = loads[place_pk]
        table = next(table for table in load.tables if table.sheet.name == sheet)
        records = table.records(user, load.place).filter(pk__in=[row.record_pk for row in same])
        found = {record.pk: (record, values) for record, values in table.read(records)}
        table.update(load, [_change_back(table, row, found) for row in same])
    for load in loads.values():
        for table in load.tables:
            table.finish(load)


def _change_back(table, row, found):
    """The change that undoes one row; `found` {key: (record, its values now)}."""
    if row.record_pk not in found:
        raise CannotUndo(f"工作表“{row.sheet}”第{row.row}行的记录已经不在，不能整批撤销")
    record, now = found[row.record_pk]
    rules = {name: table.sheet.column(name).rule for name in row.before}
    old = {name: rule.from_kept(row.before[name]) for name, rule in rules.items()}
    again = Row(table.sheet, row.row, old, dict(row.before))
    return Change(again, record, now, now | old, frozenset(old))


def _places_of(rows):
    """{(kind, key of a record): the place it belongs to}; none of a place itself."""
    keys, places = defaultdict(list), {}
    for row in rows:
        keys[row.model].append(row.record_pk)
    for label, pks in keys.items():
        model = apps.get_model(label)
        names = {field.name for field in model._meta.get_fields()}
        path = next((path for path in ("case__place", "place") if path.split("__")[0] in names), "")
        if path:
            found = model._base_manager.filter(pk__in=pks).values_list("pk", path)
            at = Place.objects.visible_to(OPERATOR).in_bulk({place for _, place in found})
            places |= {(label, pk): at[place] for pk, place in found}
    return places


def _remove(rows):
    by_model = defaultdict(list)
    for row in rows:
        by_model[row.model].append(row)
    touched = _cases_of(by_model.get("suggestions.Step", []))
    forget([row.record_pk for row in by_model.get("suggestions.Case", ())])
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
