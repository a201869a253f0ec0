"""Forms of places."""

from django import forms

from congress import place_life
from congress.doors import own
from congress.forms.fields import DayField, PlaceChoice
from congress.forms.filters import FilterForm, choice
from congress.models import Place
from congress.models.places import PLACE_LEVELS

STATES = {"provisional": "暂编代码", "ended": "已撤销"}


class NewPlaceForm(forms.Form):
    """A place by its official code."""

    code = forms.CharField(
        label="行政区划代码", max_length=12,
        help_text="乡镇9位，村居12位，见国家统计局公布的统计用区划代码。",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    name = forms.CharField(label="名称", max_length=60)
    valid_from = DayField(label="启用日期", required=False)

    def __init__(self, *args, user, **options):
        super().__init__(*args, **options)
        self.user = user

    def clean_code(self):
        code = "".join(self.cleaned_data["code"].split())
        if not code.isdecimal() or len(code) not in PLACE_LEVELS:
            raise forms.ValidationError(f"“{code}”不是区划代码：乡镇是9位数字，村居是12位。")
        if not code.startswith(self.user.place.code) or code == self.user.place.code:
            raise forms.ValidationError(
                f"只能加{self.user.place.name}下面的地方，代码要以 {self.user.place.code} 开头。"
            )
        other = own(Place, self.user).filter(code=code).first()
        if other:
            raise forms.ValidationError(f"代码 {code} 已经有了，是“{other.name}”。")
        return code


class PlaceForm(forms.Form):
    """A place's name, and its end: from when it is no more, and what took it over."""

    name = forms.CharField(label="名称", max_length=60)
    valid_from = DayField(label="启用日期", required=False)
    valid_to = DayField(
        label="撤销日期",
        required=False,
        help_text="从这一天起不再有这个地方；以前的记录仍在它名下。",
    )
    successor = PlaceChoice(label="并入", queryset=None, required=False, empty_label="没有并入别处")

    def __init__(self, *args, place, user, **options):
        columns = ("name", "valid_from", "valid_to", "successor")
        initial = {name: getattr(place, name) for name in columns}
        super().__init__(*args, initial=initial, **options)
        self.place = place
        same = own(Place, user).filter(level=place.level).exclude(pk=place.pk)
        self.fields["successor"].queryset = same.filter(valid_to=None)

    def clean(self):
        chosen = super().clean()
        begins, ends = chosen.get("valid_from"), chosen.get("valid_to")
        if begins and ends and ends <= begins:
            self.add_error("valid_to", f"撤销日期要晚于启用日期 {begins:%Y-%m-%d}。")
        if chosen.get("successor") and not ends:
            self.add_error("valid_to", "写了并入哪里，还要写从哪一天起。")
        return chosen

    def save(self):
        place_life.save(self.place, **self.cleaned_data)


class CodeForm(forms.Form):
    """The official code of a place that was entered under an invented one."""

    code = forms.CharField(
        label="正式代码", max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip

    def __init__(self, *args, place, **options):
        super().__init__(*args, **options)
        self.place = place

    def clean_code(self):
        code = "".join(self.cleaned_data["code"].split())
        wrong = place_life.new_code_wrong(self.place, code)
        if wrong:
            raise forms.ValidationError(wrong)
        return code


class PlaceFilter(FilterForm):
    """The list of places: by words, level and state."""

    searched = ("name", "code")

    level = choice("级别", [(word, word) for word in PLACE_LEVELS.values()])
    state = choice("状态", STATES.items())

    def narrow_more(self, rows, chosen):
        if chosen["level"]:
            rows = rows.filter(level=chosen["level"])
        states = {"provisional": {"provisional": True}, "ended": {"valid_to__isnull": False}}
        return rows.filter(**states.get(chosen["state"], {}))
