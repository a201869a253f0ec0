"""The audit hook in the save path: who changed what, when, from what to what. Entries are only
ever added.
"""

from contextlib import contextmanager
from contextvars import ContextVar

from django.apps import apps
from django.utils import timezone

from congress.scoping import OPERATOR

_actor = ContextVar("audit_actor", default=None)


@contextmanager
def acting(user):
    """All that is saved inside is noted as done by `user` (None: the system itself)."""
    token = _actor.set(user if getattr(user, "pk", None) else None)
    try:
        yield
    finally:
        _actor.reset(token)


def actor():
    """The user on whose behalf the running code acts, or None."""
    return _actor.get()


def _stored(record, field):
    """The stored form of one column; personal fields stay encrypted."""
    return field.get_prep_value(getattr(record, field.attname)) if record is not None else None


def _changed(before, after):
    """{column: [stored before, stored after]} of the columns that differ."""
    model = type(after if after is not None else before)
    return {
        field.attname: [_stored(before, field), _stored(after, field)]
        for field in model._meta.concrete_fields
        if getattr(before, field.attname, None) != getattr(after, field.attname, None)
    }


def _place_of(record):
    """The place under which an entry is read: the record's own, of a place itself."""
    if record._meta.label == "congress.Place":
        return record.pk
    return getattr(record, "place_id", None)


def _on_behalf():
    """For which absent clerk the acting person stands in, as the page shows it."""
    row = getattr(actor(), "standing_in", None)
    return {"standing_in": f"代{row.absent.name}"} if row else {}


def note(action, record, *, before=None, detail=None):
    """Add one entry: `before` is the record as it stood, `detail` what a caller knows beyond the
    columns.
    """
    entry = apps.get_model("congress", "AuditEntry")
    changed = _changed(before, None if action == "delete" else record)
    entry(
        by=actor(),
        action=action,
        model=record._meta.label,
        record_pk=record.pk,
        place_id=_place_of(record),
        change=changed | ({"detail": detail} if detail else {}) | _on_behalf(),
    ).save()


def last_change(record, clock=timezone.localdate):
    """Who changed a record last, and when, as a page tells the second editor: 刘主席 14:31."""
    entries = apps.get_model("congress", "AuditEntry").objects.visible_to(OPERATOR)
    entries = entries.filter(model=record._meta.label, record_pk=record.pk)
    entry = entries.select_related("by").order_by("-pk").first()
    if entry is None:
        return "刚刚有人"
    at = entry.at.astimezone(timezone.get_default_timezone())
    day = "" if at.date() == clock() else f"{at.month}月{at.day}日 "
    return f"{entry.by.name if entry.by else '系统'} {day}{at:%H:%M} "


def note_trace(action, model, record_pk, place_id, detail):
    """Add an entry for a record that was written in bulk: `detail` holds what was before."""
    entry = apps.get_model("congress", "AuditEntry")
    entry(
        by=actor(),
        action=action,
        model=model,
        record_pk=record_pk,
        place_id=place_id,
        change={"detail": detail} | _on_behalf(),
    ).save()
