"""One record by hand: the page's form is a row of the ledger, saved by the very path that an
import takes.
"""

import tomllib
from functools import cache
from pathlib import Path

from django.db import IntegrityError, transaction

from congress import audit
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


def record_form(table, data=None, values=None):
    """The form of one row; `values` as the table reads them from a record."""
    form = form_for(table.sheet)(data, initial=values)
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
    load.plan_one(table, _row(table.sheet, form, record), record)
    for problem in load.errors:
        field = next((c.field for c in table.sheet.columns if c.header == problem.column), None)
        form.add_error(field if field in form.fields else None, problem.message)
    if load.errors:
        return None
    try:
        with transaction.atomic():
            load.commit()
            _note(load, user)
    except IntegrityError:
        form.add_error(table.sheet.key[0], "已经有同样的一条，请到列表里找到它再改")
        return None
    form.findings = load.findings
    return _saved(load, table, record)


def _row(sheet, form, record):
    given = {name: value for name, value in form.cleaned_data.items() if not is_nothing(value)}
    empty = frozenset(form.fields) - set(given)
    raw = {name: sheet.column(name).rule.page_text(value) for name, value in given.items()}
    return Row(sheet, 1, given, raw, empty if record is not None else frozenset())


def _note(load, user):
    """The trail of a hand-made change: the bulk path of a load leaves none of its own."""
    with audit.acting(user):
        for trace in load.traces:
            if trace.action in ("create", "update"):
                detail = {
                    "sheet": trace.sheet,
                    "before": {k: str(v) for k, v in trace.before.items()},
                }
                audit.note_trace(trace.action, trace.model, trace.record_pk, load.place.pk, detail)


def _saved(load, table, record):
    if record is not None:
        return record
    made = next(
        trace
        for trace in load.traces
        if trace.action == "create" and trace.sheet == table.sheet.name
    )
    return table.model.objects.visible_to(load.user).get(pk=made.record_pk)
