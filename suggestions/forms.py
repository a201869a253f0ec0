"""The one step form, made from a row of the table of steps."""

from django import forms

from congress.models import Unit, Word
from congress.period import PeriodError, parse_day
from suggestions.models import Case
from suggestions.words import Occasion, ResultClass, Satisfaction

CLASS_LABELS = {
    "A": "A 已解决或基本解决",
    "B": "B 正在解决",
    "C": "C 列入计划逐步解决",
    "D": "D 因条件限制或留作参考",
}


class DayField(forms.Field):
    """A day as clerks write it: 2024-03-05, 2024/3/5, 2024年3月5日."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"placeholder": "2024-03-05"})

    def to_python(self, value):
        if not value:
            return None
        try:
            return parse_day(str(value), self.label)
        except PeriodError as error:
            raise forms.ValidationError(str(error)) from error


class StepForm(forms.Form):
    """Asks for what a step needs; `changes()` is what `advance` takes."""

    on = DayField(label="日期", help_text="事情发生的那一天，不是录入的日子")
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, rule, case, user, today, **options):
        super().__init__(*args, **options)
        self.rule, self.case, self.today = rule, case, today
        for name in rule.fields:
            self.fields[name] = _field(name, user, case)
            self.fields[name].required = name in rule.required

    def clean_on(self):
        on = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError(f"日期是{on:%Y年%m月%d日}，晚于今天。请核对纸质件")
        return on

    def changes(self):
        """The keyword arguments of `advance` for what was filled in."""
        values, data = self.cleaned_data, {}
        changes = {"note": values.get("note") or "", "due": values.get("due")}
        changes["result"] = values.get("result") or values.get("evaluation") or ""
        changes["attitude"] = values.get("attitude") or ""
        unit = values.get("unit")
        if unit:
            changes["unit"] = unit
        if unit and "helpers" in self.rule.fields:
            data["leads"] = [unit.pk]
            data["helpers"] = [helper.pk for helper in values["helpers"]]
        if values.get("into"):
            data["into"] = values["into"].pk
        if values.get("category"):
            data["category"] = values["category"].pk
        if values.get("occasion"):
            data["occasion"] = values["occasion"]
        return changes | {"data": data}


def _field(name, user, case):
    return _FIELDS[name](user, case)


def _unit(user, case):
    units = Unit.objects.visible_to(user).filter(closed_on=None, merged_into=None)
    return forms.ModelChoiceField(units, label="单位", empty_label="请选择")


def _helpers(user, case):
    units = Unit.objects.visible_to(user).filter(closed_on=None, merged_into=None)
    return forms.ModelMultipleChoiceField(
        units, label="协办单位", widget=forms.CheckboxSelectMultiple
    )


def _into(user, case):
    others = Case.objects.visible_to(user).filter(place=case.place).exclude(pk=case.pk)
    return forms.ModelChoiceField(
        others, to_field_name="number", label="并入哪一件（编号）", widget=forms.TextInput,
        error_messages={"invalid_choice": "没有这个编号的意见建议，请核对"},
    )  # fmt: skip


def _category(user, case):
    words = Word.objects.visible_to(user).filter(kind=Word.Kind.CATEGORY, retired_on=None)
    return forms.ModelChoiceField(words, label="改为类别", empty_label="不改")


def _choice(label, choices):
    return lambda user, case: forms.ChoiceField(choices=[("", "请选择"), *choices], label=label)


_FIELDS = {
    "unit": _unit,
    "helpers": _helpers,
    "into": _into,
    "category": _category,
    "due": lambda user, case: DayField(label="期限或承诺日期"),
    "note": lambda user, case: forms.CharField(
        label="说明", max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    ),
    "result": _choice("办理结果", [(c, CLASS_LABELS[c]) for c in ResultClass.values]),
    "attitude": _choice("对办理态度", [(w, w) for w in Satisfaction.values]),
    "evaluation": _choice("对办理结果", [(w, w) for w in Satisfaction.values]),
    "occasion": _choice("改为提出场合", [(w, w) for w in Occasion.values]),
}
