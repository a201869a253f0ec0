"""Fields that several forms share."""

from django import forms

DAY_FORMATS = ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日"]


class DayField(forms.DateField):
    """A day, chosen from a calendar or typed."""

    def __init__(self, **options):
        options.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        super().__init__(input_formats=DAY_FORMATS, **options)
        self.error_messages["invalid"] = "这不是日期，要写成 2026-07-31 这样。"


class PlaceChoice(forms.ModelChoiceField):
    """One place of a list; townships and villages are set in, as in the tree."""

    depths = {"村居": "　　", "乡镇": "　"}

    def label_from_instance(self, place):
        return self.depths.get(place.level, "") + place.name


def lines_of(text):
    """The lines of a text box, trimmed, without empty and doubled ones."""
    return list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
