"""The form of one setting: a value, and the day from which it holds."""

from django import forms

from congress.county_settings import row_in_force
from congress.forms.fields import DayField
from congress.forms.filters import FilterForm
from congress.models import Setting
from congress.patterns import problems


class SettingForm(forms.Form):
    """A new value of one setting. `kind`: of congress.county_settings; `place`: where it is to
    hold."""

    valid_from = DayField(
        label="从哪一天起",
        help_text="这一天以前仍按原来的算。填过去的日期，会影响已经算过的期限和统计。",
    )

    def __init__(self, *args, kind, place, **options):
        super().__init__(*args, **options)
        self.kind, self.place = kind, place
        self.fields["value"] = value_field(kind)
        self.order_fields(["value", "valid_from"])

    def clean(self):
        chosen = super().clean()
        if self.errors:
            return chosen
        row = row_in_force(self.kind.key, self.place, chosen["valid_from"])
        if row and row.place_id == self.place.pk and row.value == chosen["value"]:
            raise forms.ValidationError(
                f"从 {row.valid_from:%Y-%m-%d} 起已经是“{row.value}”，不用再设。"
            )
        return chosen

    def save(self, user):
        """Add the value; earlier ones stay, so that what was reckoned by them can be reckoned
        again."""
        chosen = self.cleaned_data
        row = Setting(place=self.place, key=self.kind.key, entered_by=user)
        row.value, row.valid_from = chosen["value"], chosen["valid_from"]
        row.save()
        return row


def value_field(kind):
    """The field in which a value of that kind is typed or chosen."""
    if kind.choices:
        return forms.ChoiceField(label="新的值", choices=[(word, word) for word in kind.choices])
    if kind.text:
        return TextField(kind)
    bounds = f"{kind.least} 到 {kind.most}" if kind.most is not None else ""
    return forms.IntegerField(
        label="新的值",
        min_value=kind.least,
        max_value=kind.most,
        help_text=bounds and f"填 {bounds} 的整数。",
    )


class TextField(forms.CharField):
    """A text; that of a pattern of numbers must hold what makes them different."""

    def __init__(self, kind):
        usable = "".join(f"{{{name}}}" for name in kind.pattern)
        super().__init__(
            label="新的值",
            max_length=40,
            help_text=usable and f"能用{usable}；{{号:3}}是至少三位数，不够的前面补0。",
        )
        self.pattern = kind.pattern

    def clean(self, value):
        text = super().clean(value)
        if self.pattern and (found := problems(text, self.pattern)):
            raise forms.ValidationError(found)
        return text


class SettingFilter(FilterForm):
    """The list of settings: by words in name and explanation."""

    def narrow(self, rows):
        if not self.is_valid():
            return []
        words = self.cleaned_data["q"].split()
        return [
            row
            for row in rows
            if all(word in row["kind"].label + row["kind"].help for word in words)
        ]
