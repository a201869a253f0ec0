"""The bar above a list of records."""

from django import forms
from django.db.models import Q

from congress.ledger_words import Level
from congress.models import Place
from congress.period import Period, PeriodError
from congress.sheets.columns import Choice


class RecordFilter(forms.Form):
    """Search, the sheet's choices, a span of days; narrows list, count and export alike."""

    q = forms.CharField(label="查找", required=False, max_length=60)

    def __init__(self, data, table, today, user):
        super().__init__(data or None)
        self.table, self.today = table, today
        if user.place.level != Level.TOWNSHIP:
            self.fields["place"] = _townships(user)
        for field, _ in table.filters:
            column = table.sheet.column(field)
            words = column.rule.words() if isinstance(column.rule, Choice) else []
            choices = [("", "全部"), *((word, word) for word in words)]
            self.fields[field] = forms.ChoiceField(
                label=column.header, required=False, choices=choices
            )
        if table.state_words:
            words = [("", "全部"), *((word, word) for word in table.state_words)]
            self.fields["state"] = forms.ChoiceField(label="状态", required=False, choices=words)
        if table.dated:
            self.fields["from"] = _day("从", "2024-01-01")
            self.fields["to"] = _day("到", "2024-12-31")

    def narrow(self, records):
        """The records that meet the filters; nothing where a filter cannot be read."""
        if not self.is_bound:
            return records
        if not self.is_valid():
            return records.none()
        if self.cleaned_data.get("place"):
            records = records.in_place(self.cleaned_data["place"])
        records = self._search(records, self.cleaned_data["q"].strip())
        for field, path in self.table.filters:
            if self.cleaned_data[field]:
                records = records.filter(**{path: self.cleaned_data[field]})
        if self.cleaned_data.get("state"):
            records = self.table.in_state(records, self.cleaned_data["state"])
        return self._within(records)

    def _search(self, records, text):
        if not text or not self.table.search:
            return records
        found = Q()
        for path in self.table.search:
            found |= Q(**{f"{path}__icontains": text})
        model = self.table.model
        return records.filter(pk__in=model._base_manager.filter(found).values("pk"))

    def _within(self, records):
        start, end = self.cleaned_data.get("from"), self.cleaned_data.get("to")
        if not start and not end:
            return records
        try:
            period = Period.parse(start=start or "1900-01-01", end=end or "", today=self.today)
        except PeriodError as error:
            self.add_error("from", str(error))
            return records.none()
        path = self.table.dated
        return records.filter(**{f"{path}__gte": period.start, f"{path}__lte": period.end})


def _day(label, sample):
    widget = forms.TextInput(attrs={"placeholder": f"如 {sample}", "autocomplete": "off"})
    return forms.CharField(label=label, required=False, max_length=12, widget=widget)


def _townships(user):
    places = Place.objects.visible_to(user).in_place(user.place).filter(level=Level.TOWNSHIP)
    return forms.ModelChoiceField(
        places, label="乡镇", required=False, empty_label="全部", to_field_name="code"
    )
