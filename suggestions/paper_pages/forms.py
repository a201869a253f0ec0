"""The form with which papers are added to a case, and the one that asks for a year's files."""

from django import forms

from congress.forms.papers import PapersField
from congress.ledger_words import Level
from congress.models import Place
from congress.roles import Role
from suggestions.models import PaperKind

# What each role may bring beside a step; the office anything. The letter of a reply (答复函) comes
# from a unit with the step alone: the deputy reads it at once, and it may have to be signed first.
OFFERED = {
    Role.DEPUTY: (PaperKind.PHOTO, PaperKind.ORIGINAL, PaperKind.OTHER),
    Role.UNIT: (
        PaperKind.DRAFT, PaperKind.OPINION, PaperKind.CONTACT, PaperKind.PHOTO, PaperKind.OTHER,
    ),
}  # fmt: skip


def kinds_for(role):
    """The kinds of papers that a person of that role may bring."""
    return OFFERED.get(role, tuple(PaperKind))


class PaperForm(forms.Form):
    """One or several files and what they are."""

    files = PapersField()

    def __init__(self, *args, user, **options):
        super().__init__(*args, **options)
        offered = kinds_for(user.role)
        self.fields["kind"] = forms.ChoiceField(
            label="是什么材料", choices=[(kind, kind) for kind in offered], initial=offered[0]
        )


class ArchiveYearForm(forms.Form):
    """The year in which the cases were raised and, for who looks after several, the township."""

    year = forms.TypedChoiceField(label="哪一年提出的", coerce=int)
    token = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args, user, years, **options):
        super().__init__(*args, **options)
        self.fields["year"].choices = [(year, f"{year} 年") for year in years]
        self.user = user
        if user.place.level != Level.TOWNSHIP:
            places = Place.objects.visible_to(user).in_place(user.place)
            self.fields["place"] = forms.ModelChoiceField(
                places.filter(level=Level.TOWNSHIP),
                label="乡镇",
                empty_label="请选择乡镇",
                error_messages={"required": "请选择乡镇"},
            )

    @property
    def place(self):
        """Whose cases."""
        return self.cleaned_data.get("place") or self.user.place
