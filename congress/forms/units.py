"""Forms of undertaking units."""

from django import forms

from congress import unit_life
from congress.doors import own
from congress.forms.fields import PlaceChoice, lines_of
from congress.forms.filters import FilterForm, choice
from congress.forms.records import RecordForm
from congress.models import Place, Unit

CLOSED = {"open": "在用", "closed": "停用或已并入"}


class UnitForm(RecordForm):
    """A unit's name, telephone and other names, one a line."""

    double = "这个名称刚刚有人用了，请换一个，或打开那个单位。"

    names = forms.CharField(
        label="别名", required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="台账里出现过的其他叫法，一行一个。导入时按别名也认得出这个单位。",
    )  # fmt: skip

    class Meta:
        model = Unit
        fields = ["name", "phone"]
        help_texts = {"phone": "印在本单位的答复函上，如 0797-5550188"}

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.old = self.instance.name
        if self.instance.pk:
            aliases = self.instance.aliases.order_by("pk")
            self.initial["names"] = "\n".join(alias.name for alias in aliases)
        else:
            places = own(Place, self.user).filter(level__in=["县", "乡镇"], valid_to=None)
            self.fields["place"] = PlaceChoice(label="所属地方", queryset=places, empty_label=None)
            self.initial.setdefault("place", self.user.place_id)

    def clean_names(self):
        names = lines_of(self.cleaned_data["names"])
        for name in names:
            if len(name) > 60:
                raise forms.ValidationError(f"“{name[:20]}…”太长，一个名称不超过 60 个字。")
        return names

    def clean(self):
        chosen = super().clean()
        place = self.instance.place if self.instance.pk else chosen.get("place")
        if place is None:
            return chosen
        self.instance.place = place
        for field, names in (("name", [chosen.get("name")]), ("names", chosen.get("names") or [])):
            for name in filter(None, names):
                other = unit_life.name_taken(place, name, self.instance.pk)
                if other:
                    self.add_error(field, f"“{name}”已经是“{other.name}”的名称或别名。")
        return chosen

    def keep(self):
        """The unit, then its other names; a former name stays one by which ledgers find it."""
        super().keep()
        unit = self.instance
        names = set(self.cleaned_data["names"]) | {self.old or unit.name}
        for alias in unit.aliases.all():
            if alias.name not in names - {unit.name}:
                alias.delete()
        for name in sorted(names):
            unit_life.add_alias(unit, name, self.user)


class MergeForm(forms.Form):
    """Into which unit another one is merged."""

    target = forms.ModelChoiceField(label="并入", queryset=None, empty_label="请选择单位")

    def __init__(self, *args, unit, user, **options):
        super().__init__(*args, **options)
        rows = own(Unit, user).filter(place=unit.place, closed_on=None)
        self.fields["target"].queryset = rows.exclude(pk=unit.pk)


class UnitFilter(FilterForm):
    """The list of units: by words, also of other names, and state."""

    searched = ("name", "aliases__name", "place__name")

    state = choice("状态", CLOSED.items())

    def narrow_more(self, rows, chosen):
        if chosen["state"]:
            rows = rows.filter(closed_on__isnull=chosen["state"] == "open")
        return rows.distinct()
