"""Which cases a form is printed of: the bar above the list of cases to tick."""

from django import forms
from django.db.models import Q

from congress.ledger_words import Level
from congress.models import Place
from congress.phone_accounts import numbers
from suggestions.models import Case, Standing
from suggestions.paper_forms.catalogue import forms as all_forms
from suggestions.paper_forms.catalogue import forms_of_role
from suggestions.words import RaisedAt


class FormFilter(forms.Form):
    """The form, a text, days of raising; narrows the list and what 全部 means alike."""

    form = forms.ChoiceField(label="表格")
    q = forms.CharField(label="查找", required=False, max_length=60)
    start = forms.DateField(label="提出日期从", required=False, widget=forms.DateInput(
        attrs={"type": "date"}))  # fmt: skip
    end = forms.DateField(label="到", required=False, widget=forms.DateInput(
        attrs={"type": "date"}))  # fmt: skip

    def __init__(self, data, user):
        found = forms_of_role(user.role)
        self.first = found[0].key if found else ""
        super().__init__(data if data and data.get("form") else {"form": self.first})
        self.fields["form"].choices = [(form.key, form.name) for form in found]
        if user.place.level != Level.TOWNSHIP:
            places = Place.objects.visible_to(user).in_place(user.place)
            self.fields["place"] = forms.ModelChoiceField(
                places.filter(level=Level.TOWNSHIP), label="乡镇", required=False,
                empty_label="全部", to_field_name="code",
            )  # fmt: skip
            if data and data.get("place"):
                self.data = {**self.data, "place": data["place"]}

    @property
    def chosen(self):
        """The Form that is asked for; None where the bar cannot be read."""
        return all_forms().get(self.cleaned_data["form"]) if self.is_valid() else None

    def narrow(self, standings):
        """The standings in force of cases of which the form can be printed now."""
        form = self.chosen
        if form is None:
            return standings.none()
        values = self.cleaned_data
        if values.get("place"):
            standings = standings.in_place(values["place"])
        if values["q"]:
            text = values["q"].strip()
            standings = standings.filter(
                Q(case__number__icontains=text) | Q(case__title__icontains=text)
            )
        if values["start"]:
            standings = standings.filter(case__raised_on__gte=values["start"])
        if values["end"]:
            standings = standings.filter(case__raised_on__lte=values["end"])
        return form.narrow(standings)


def printable(user):
    """The standings in force of the township's own cases that the user sees, newest first."""
    rows = Standing.objects.visible_to(user).filter(ends=None, case__raised_at=RaisedAt.TOWNSHIP)
    return rows.select_related("case", "case__place").order_by("-case__raised_on", "-case__pk")


def chosen_cases(user, keys):
    """The keys as numbers, each of a case that the user sees; None where one is not."""
    pks = list(dict.fromkeys(numbers(keys)))
    if not pks or len(pks) != len(set(keys)):
        return None
    seen = Case.objects.visible_to(user).filter(pk__in=pks).count()
    return pks if seen == len(pks) else None
