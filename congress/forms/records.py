"""Forms of versioned records: whoever saves second is shown what the first one saved."""

from django import forms
from django.db import IntegrityError, transaction

from congress.models import AuditEntry
from congress.records import StaleRecord
from congress.scoping import OPERATOR


class RecordForm(forms.ModelForm):
    """Base of a form over a Record. `other`: after a save that came second, what the first one
    saved."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    double = "刚才已经有同样的一条了。"

    def __init__(self, *args, user, **options):
        super().__init__(*args, **options)
        self.user = user
        self.other = None
        if self.instance.pk:
            self.initial["version"] = self.instance.version
        else:
            del self.fields["version"]

    def saved(self):
        """Save what was typed; False where it cannot be, with the reason in the form."""
        if not self.is_valid():
            return False
        try:
            with transaction.atomic():
                self.keep()
        except StaleRecord:
            self._show_other()
            return not self.other["rows"]  # the same form, sent twice
        except IntegrityError:
            self.add_error(None, self.double)
            return False
        return True

    def keep(self):
        """Write the record; called inside a transaction."""
        record = self.instance
        if record.pk:
            record.version = self.cleaned_data["version"] or 0
        else:
            record.entered_by = self.user
        record.save()

    def _show_other(self):
        """Put beside what was typed what stands in the database now, and let the next save replace
        it."""
        stored = type(self.instance)._base_manager.get(pk=self.instance.pk)
        theirs = type(self)(instance=stored, user=self.user)
        rows = [(self[name], theirs[name]) for name in self.fields if name != "version"]
        self.other = last_change(stored) | {
            "rows": [
                {"label": mine.label, "theirs": shown(other), "mine": shown(mine)}
                for mine, other in rows
                if shown(mine) != shown(other)
            ]
        }
        self.data = self.data.copy()
        self.data[self.add_prefix("version")] = stored.version


def shown(field):
    """What a field of a form holds, as a person reads it."""
    value = field.value()
    choices = getattr(field.field, "choices", None)
    if choices:
        return next(
            (str(text).strip() for key, text in choices if str(key) == str(value or "")), ""
        )
    return "" if value is None else str(value)


def last_change(record):
    """{by, at} of the last save of a record; `by` is empty for the system's own."""
    entries = AuditEntry.objects.visible_to(OPERATOR).filter(
        model=record._meta.label, record_pk=record.pk
    )
    entry = entries.select_related("by").first()
    return {"by": entry.by.name if entry and entry.by else "", "at": entry.at if entry else None}
