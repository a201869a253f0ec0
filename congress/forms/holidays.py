"""Forms of holidays: a year's notice, pasted or as rows, and a single day."""

import re

from django import forms

from congress import holidays_in_force
from congress.forms.fields import DayField
from congress.forms.records import RecordForm
from congress.holiday_notice import NoticeRow, read_notice
from congress.models import HolidayDay
from congress.reckoning import span_words, weekday_name
from congress.sheets.columns import CellError
from congress.sheets.days import parse_day

SMALL = {"class": "form-control form-control-sm"}
DAY_INPUT = SMALL | {"type": "date"}
SHORT_DAY = re.compile(r"^(\d{1,2})[-/.月](\d{1,2})日?$")
SEPARATORS = re.compile(r"[、，,；;\s]+")
# Days of one holiday; rows of an empty form, at least so many empty ones, and at most so many.
LONGEST, ROWS, SPARE, MOST_ROWS = 31, 8, 2, 40
SATURDAY = 5


class NoticeTextForm(forms.Form):
    """The text of a notice, to be read into rows."""

    text = forms.CharField(
        label="国务院办公厅通知的原文",
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="整篇粘贴，或者只贴“一、元旦：……”这几段。读出来先看，看过再保存。",
        error_messages={"required": "还没有贴原文。也可以直接填下面的表。"},
    )

    def read(self, year):
        """(rows, problems) of the text."""
        return read_notice(self.cleaned_data["text"], year)


class NoticeRowForm(forms.Form):
    """One holiday: its name, first and last day off, days worked to make up."""

    name = forms.CharField(label="假期", max_length=20, widget=forms.TextInput(attrs=SMALL))
    first = DayField(label="第一天", widget=forms.DateInput(DAY_INPUT, "%Y-%m-%d"))
    last = DayField(label="最后一天", widget=forms.DateInput(DAY_INPUT, "%Y-%m-%d"))
    made_up = forms.CharField(
        label="调休上班", max_length=200, required=False, widget=forms.TextInput(attrs=SMALL)
    )

    def __init__(self, *args, year, **options):
        super().__init__(*args, **options)
        self.year = year
        for field in self.fields.values():
            field.error_messages["required"] = "没有填。"

    def clean_made_up(self):
        texts = filter(None, SEPARATORS.split(self.cleaned_data["made_up"]))
        days = [self._day(text) for text in texts]
        for day in days:
            if day.weekday() < SATURDAY:
                raise forms.ValidationError(f"{day}是{weekday_name(day)}，本来就上班，请核对。")
        return tuple(sorted(set(days)))

    def _day(self, text):
        short = SHORT_DAY.match(text)
        try:
            return parse_day(f"{self.year}-{short[1]}-{short[2]}" if short else text)
        except CellError as wrong:
            raise forms.ValidationError(f"{wrong}。") from None

    def clean(self):
        chosen = super().clean()
        first, last = chosen.get("first"), chosen.get("last")
        if first and last:
            if last < first:
                self.add_error("last", f"最后一天要在第一天 {first} 以后。")
            elif (last - first).days >= LONGEST:
                self.add_error("last", f"从 {first} 起超过 {LONGEST} 天，请核对。")
            elif first.year not in (self.year - 1, self.year) or last.year != self.year:
                self.add_error("first", f"这里录的是{self.year}年的通知，请核对年份。")
        return chosen

    def row(self):
        """What was typed, as a row of the notice."""
        return NoticeRow(**self.cleaned_data)


class NoticeRows(forms.formset_factory(NoticeRowForm, max_num=MOST_ROWS, absolute_max=MOST_ROWS)):
    """All holidays of one year's notice. `rows`: those that are there already (NoticeRow)."""

    def __init__(self, *args, year, rows=(), **options):
        given = [vars(row) | {"made_up": "、".join(map(str, row.made_up))} for row in rows]
        options |= {"initial": given, "form_kwargs": {"year": year}, "prefix": "rows"}
        super().__init__(*args, **options)
        self.extra = max(ROWS, len(given) + SPARE)

    def initial_form_count(self):
        """None: a row that is emptied is left out, also one that was there."""
        return 0

    def clean(self):
        if any(self.errors):
            return
        rows = self.rows()
        if not rows:
            raise forms.ValidationError("一行也没有填，至少要有一个假期。")
        seen = {}
        for row in rows:
            for day, _kind in row.days():
                if day in seen:
                    raise forms.ValidationError(f"{day}在“{seen[day]}”和“{row.name}”里都有。")
                seen[day] = row.name

    def rows(self):
        """The rows that are filled in, as typed."""
        return [form.row() for form in self.forms if form.cleaned_data]


def told_of(rows):
    """What a notice comes to, in words, for the message after saving."""
    days = [kind for row in rows for _day, kind in row.days()]
    off = days.count(HolidayDay.Kind.OFF)
    return f"放假 {off} 天，调休上班 {len(days) - off} 天"


class HolidayDayForm(RecordForm):
    """One day that is off, or worked, other than the notice says."""

    double = "这一天刚刚有人录了，请在列表里打开它。"

    day = DayField(label="日期")
    kind = forms.ChoiceField(label="放假还是上班", choices=HolidayDay.Kind.choices)

    class Meta:
        model = HolidayDay
        fields = ["day", "kind", "name"]

    def clean(self):
        chosen = super().clean()
        record, day = self.instance, chosen.get("day")
        record.place_id = record.place_id or self.user.place_id
        same = HolidayDay.objects.visible_to(self.user).filter(place=record.place_id, day=day)
        other = same.exclude(pk=record.pk).first()
        if other:
            told = span_words(day, day, day.year)
            self.add_error("day", f"{told}已经录了“{other.name}”{other.kind}，请在列表里改它。")
        return chosen

    def keep(self):
        holidays_in_force.lock(self.instance.place)
        super().keep()
