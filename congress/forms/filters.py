"""Forms above lists: their state stands in the address."""

from django import forms
from django.db.models import Q


class FilterForm(forms.Form):
    """A search box, and what a list adds to it. `searched`: the columns in which the words are
    looked for."""

    searched = ()

    q = forms.CharField(
        label="查找",
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"type": "search"}),
    )

    def narrow(self, rows):
        """The rows that fit; none where the form holds something that cannot be."""
        if not self.is_valid():
            return rows.none()
        for word in self.cleaned_data["q"].split():
            hits = [Q(**{f"{column}__icontains": word}) for column in self.searched]
            rows = rows.filter(Q.create(hits, connector=Q.OR))
        return self.narrow_more(rows, self.cleaned_data)

    def narrow_more(self, rows, chosen):
        """What a list's own fields ask for; `chosen` is the cleaned data."""
        return rows


def choice(label, choices, everything="全部"):
    """A select box of a filter; nothing chosen means all."""
    return forms.ChoiceField(label=label, required=False, choices=[("", everything), *choices])
