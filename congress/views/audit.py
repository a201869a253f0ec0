"""The audit trail: read, never changed."""

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist

from congress.county_settings import kinds
from congress.crypto import EncryptedTextField
from congress.doors import roles
from congress.forms.audit import AuditFilter, name_of
from congress.models import AuditEntry
from congress.pages import list_page
from congress.roles import Role

ACTIONS = {
    "create": "新建",
    "update": "更改",
    "delete": "删除",
    "show": "查看联系电话",
    "import": "导入",
    "undo": "撤销导入",
    "publish": "发布",
    "withdraw": "撤下",
    "restore": "放回",
}
# Columns that every record has and nobody asks for.
SILENT = {"id", "version", "password", "entered_at", "entered_by_id", "place_id"}
LONGEST = 60  # characters of a value that are shown


@roles(Role.COUNTY, Role.CLERK)
def audit(request):
    """Who changed what, and when, at or under the own place; newest first."""
    rows = AuditEntry.objects.visible_to(request.user)
    form = AuditFilter(request.GET, user=request.user, rows=rows)
    rows = rows.select_related("by", "place")
    return list_page(request, "congress/audit.html", form, rows, draw=entry_row)


def entry_row(entry):
    """An entry as the page shows it."""
    return {
        "entry": entry,
        "action": ACTIONS.get(entry.action, entry.action),
        "model": name_of(entry.model),
        "changes": [*changes(entry)],
    }


def changes(entry):
    """{label, before, after} of each column that changed; what a caller noted beyond the columns
    stands alone."""
    for column, value in entry.change.items():
        if column in SILENT:
            continue
        if isinstance(value, list) and len(value) == 2:
            label, hidden = described(entry.model, column)
            before, after = (
                "（加密）" if hidden and text else named(column, text) for text in value
            )
            if before or after:
                yield {"label": label, "before": before, "after": after}
        else:
            yield {"label": "", "before": "", "after": shown(value)}


def named(column, value):
    """A stored value for the page; the key of a setting by its name."""
    kind = kinds().get(value) if column == "key" and isinstance(value, str) else None
    return kind.label if kind else shown(value)


def described(model, column):
    """The Chinese name of a column, and whether its content is personal."""
    try:
        kind = apps.get_model(model)
        field = next(field for field in kind._meta.concrete_fields if field.attname == column)
    except (LookupError, StopIteration, FieldDoesNotExist):
        return column, False
    return field.verbose_name, isinstance(field, EncryptedTextField)


def shown(value):
    """A stored value as a person reads it, cut where it is long."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dict):
        value = "，".join(f"{key}：{shown(part)}" for key, part in value.items() if part)
    if isinstance(value, list):
        value = " → ".join(shown(part) for part in value)
    text = str(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
