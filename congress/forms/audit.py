"""The filter of the audit trail."""

from django import forms
from django.apps import apps

from congress.forms.fields import DayField
from congress.forms.filters import FilterForm
from congress.models import User


class AuditFilter(FilterForm):
    """By kind of record, person and days."""

    model = forms.ChoiceField(label="记录种类", required=False)
    by = forms.ModelChoiceField(label="谁", queryset=None, required=False, empty_label="所有人")
    since = DayField(label="从", required=False)
    until = DayField(label="到", required=False)

    def __init__(self, data, *, user, rows):
        super().__init__(data)
        del self.fields["q"]
        labels = rows.order_by("model").values_list("model", flat=True).distinct()
        self.fields["model"].choices = [
            ("", "全部"),
            *((label, name_of(label)) for label in labels),
        ]
        self.fields["by"].queryset = User.objects.visible_to(user).order_by("name")

    def narrow(self, rows):
        if not self.is_valid():
            return rows.none()
        chosen = self.cleaned_data
        columns = {"model": "model", "by": "by", "since": "at__date__gte", "until": "at__date__lte"}
        return rows.filter(**{columns[name]: value for name, value in chosen.items() if value})


def name_of(label):
    """The Chinese name of a kind of record: congress.Unit → 承办单位."""
    try:
        return apps.get_model(label)._meta.verbose_name
    except LookupError:
        return label
