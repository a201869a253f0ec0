"""One record by hand: the page's form is a row of the ledger, saved by the very path that an
import takes.
"""

import tomllib
from functools import cache, reduce
from pathlib import Path

from django.db import IntegrityError, transaction
from django.db.models import UniqueConstraint

from congress import audit
from congress.ledger_words import CODE_DIGITS, Level
from congress.models import Place
from congress.records import StaleRecord
from congress.roles import WRITING_ROLES
from congress.sheets.columns import form_for, is_nothing
from congress.sheets.tables import Row
from reports.ledger import BY_SLUG, new_load

GROUPS_FILE = Path(__file__).parent / "data" / "record_groups.toml"
# 办理过程 is written by steps of the case alone.
BY_STEPS = frozenset({"process"})


@cache
def _data():
    with GROUPS_FILE.open("rb") as lines:
        return tomllib.load(lines)


def group_of(slug):
    """(name, [tables]) of the group in which a sheet stands."""
    group = next(group for group in _data()["group"] if slug in group["sheets"])
    return group["name"], [BY_SLUG[each] for each in group["sheets"] if each in BY_SLUG]


def may_write(user, slug):
    """Whether this role keeps records of that sheet by hand."""
    if slug in BY_STEPS:
        return False
    return user.role in WRITING_ROLES or user.role in _data()["writers"].get(slug, ())


def own_records(table, user):
    """The records of a sheet at or under the user's own place: those above it (the county's terms)
    are read, not changed.
    """
    return table.records(user).in_place(user.place)


def with_place(records):
    """The same records, read together with the place to which each belongs."""
    relation = records.path.rpartition("__")[0]
    return records.select_related(relation) if relation else records


def places_of(user, records, found):
    """{pk: name of the place to which a record belongs}, of a village that of its township; `found`
    were read from `records` by `with_place`.
    """
    steps = records.path.split("__")[:-1]
    if steps:
        return {record.pk: reduce(getattr, steps, record).name for record in found}
    codes = {record.pk: record.code[: CODE_DIGITS[Level.TOWNSHIP]] for record in found}
    places = Place.objects.visible_to(user).filter(code__in=set(codes.values()))
    names = dict(places.values_list("code", "name"))
    return {pk: names.get(code, "") for pk, code in codes.items()}


def record_form(table, data=None, values=None):
    """The form of one row; `values` as the table reads them from a record. A phone number stands
    there masked: left as it is, it stays.
    """
    masked = {c.field: c.rule.masked((values or {}).get(c.field)) for c in _personal(table.sheet)}
    form = form_for(table.sheet)(data, initial=(values or {}) | masked)
    if table.form_fields:
        form.fields = {name: form.fields[name] for name in table.form_fields}
    return form


def save_row(table, form, user, place, record=None, version=None):
    """Save a valid form as a new record, or over `record`. The saved record; None where something
    stands in the way: it is then an error of the form. StaleRecord: the record was changed since
    `version`.
    """
    load = new_load(place, user)
    table = next(each for each in load.tables if each.sheet == table.sheet)
    if record is not None and version != getattr(record, "version", None):
        raise StaleRecord(str(record))
    load.bag["by hand"] = record
    load.plan_one(table, _row(table.sheet, form, record), record)
    if any(getattr(change.record, "version", None) != version for change in load.changes[table]):
        raise StaleRecord(str(record))
    for problem in load.errors:
        field = next((c.field for c in table.sheet.columns if c.header == problem.column), None)
        form.add_error(field if field in form.fields else None, problem.message)
    if load.errors:
        return None
    if not _written(load, table, user):
        form.add_error(table.sheet.key[0], "已经有同样的一条，请到列表里找到它再改")
        return None
    form.findings = load.findings
    return _saved(load, table, record)


def _written(load, table, user):
    """Write the row; False where there is such a record already."""
    if _has_twin(load, table, user):
        return False
    try:
        with transaction.atomic():
            load.commit()
            _note(load, user)
    except IntegrityError:
        return False
    return True


def _has_twin(load, table, user):
    """Whether another record has the row's key; asked where no constraint of the model would say
    so (villages, dated facts of deputies, staff of stations).
    """
    if any(isinstance(each, UniqueConstraint) for each in table.model._meta.constraints):
        return False
    changes = [(change.after, change.record.pk) for change in load.changes[table]]
    rows = [*changes, *((row.values, None) for row in load.created[table])]
    others = [
        (table.key(values), record.pk)
        for record, values in table.read(table.records(user, load.place))
    ]
    return any(table.key(row) == key and own != pk for row, own in rows for key, pk in others)


def _personal(sheet):
    return [column for column in sheet.columns if column.rule.personal]


def _row(sheet, form, record):
    """The form as a row of the ledger; a cell left masked says nothing about what it hides."""
    given = {name: value for name, value in form.cleaned_data.items() if not is_nothing(value)}
    hidden = {
        name for name in (column.field for column in _personal(sheet))
        if name in given and given[name] == form.initial.get(name)
    }  # fmt: skip
    given = {name: value for name, value in given.items() if name not in hidden}
    empty = frozenset(form.fields) - set(given) - hidden
    raw = {name: sheet.column(name).rule.page_text(value) for name, value in given.items()}
    return Row(sheet, 1, given, raw, empty if record is not None else frozenset())


def _note(load, user):
    """The trail of a hand-made change: the bulk path of a load leaves none of its own."""
    sheets = {table.sheet.name: table.sheet for table in load.tables}
    with audit.acting(user):
        for trace in load.traces:
            if trace.action in ("create", "update"):
                before = {
                    name: str(_told(sheets[trace.sheet].column(name).rule, cell))
                    for name, cell in trace.before.items()
                }
                detail = {"sheet": trace.sheet, "before": before}
                audit.note_trace(trace.action, trace.model, trace.record_pk, load.place.pk, detail)


def _told(rule, cell):
    """What a trace keeps, as the audit trail shows it."""
    return rule.masked(rule.from_kept(cell)) if rule.personal else cell


def _saved(load, table, record):
    if record is not None:
        return record
    made = next(
        trace
        for trace in load.traces
        if trace.action == "create" and trace.sheet == table.sheet.name
    )
    return table.model.objects.visible_to(load.user).get(pk=made.record_pk)
