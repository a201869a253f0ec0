"""Forms of the pages 群消息 and 接龙."""

from django import forms

from congress.doors import own
from congress.forms.fields import DayField
from congress.models import Station
from suggestions.groups.messages import texts
from suggestions.groups.purposes import PURPOSES, Answered
from suggestions.models import Case


class MessageForm(forms.Form):
    """Which message; of a reception day also when and where."""

    kind = forms.ChoiceField(label="发什么")
    day = DayField(label="哪一天", required=False)
    hours = forms.CharField(label="几点", required=False, max_length=40)
    station = forms.ModelChoiceField(None, label="在哪里", required=False, empty_label="请选择")

    def __init__(self, *args, user, **options):
        super().__init__(*args, **options)
        self.fields["kind"].choices = [(key, part["label"]) for key, part in texts().items()]
        self.fields["station"].queryset = own(Station, user).filter(closed_on=None)
        if self["kind"].value() != "reception":
            for name in ("day", "hours", "station"):
                self.fields[name].widget = forms.HiddenInput()

    def clean(self):
        chosen = super().clean()
        if chosen.get("kind") == "reception":
            for name, words in (("day", "请选接待日"), ("station", "请选联络站")):
                if not chosen.get(name) and name not in self.errors:
                    self.add_error(name, words)
        return chosen


class ChainForm(forms.Form):
    """A pasted 接龙, what it is for, and of which case."""

    purpose = forms.ChoiceField(label="接龙的是")
    number = forms.CharField(
        label="建议编号", required=False, max_length=60,
        help_text="如 闭〔2024〕010号；不是对着一件建议的不填。",
    )  # fmt: skip
    on = DayField(label="哪一天接的龙")
    text = forms.CharField(
        label="接龙内容", max_length=20000, strip=False,
        help_text="在微信里长按那条接龙，复制，粘到这里。",
        widget=forms.Textarea(attrs={"rows": 10}),
    )  # fmt: skip

    def __init__(self, *args, user, today, **options):
        super().__init__(*args, **options)
        self.user, self.today, self.case = user, today, None
        self.fields["purpose"].choices = [(key, p.label) for key, p in PURPOSES.items()]

    def clean_on(self):
        on = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError(f"日期是{on:%Y年%m月%d日}，晚于今天。")
        return on

    def clean(self):
        chosen = super().clean()
        number = chosen.get("number", "").strip()
        if "purpose" in chosen and self.use.of_case:
            cases = Case.objects.visible_to(self.user).filter(place=self.user.place)
            self.case = cases.select_related("place").filter(number=number).first()
            if self.case is None:
                missing = (
                    f"没有编号是“{number}”的建议，请核对。" if number else "请写是对哪一件的。"
                )
                self.add_error("number", missing)
        return chosen

    @property
    def use(self):
        """The row of the table of purposes."""
        return PURPOSES[self.cleaned_data["purpose"]]


class EntryForm(forms.Form):
    """One entry of the 接龙, as it was read, to be put right: taken or not, who, which answers."""

    take = forms.BooleanField(required=False)
    person = forms.ChoiceField(required=False)
    note = forms.CharField(required=False, max_length=300)

    def __init__(self, *args, entry, purpose, **options):
        super().__init__(*args, **options)
        self.entry, self.columns = entry, []
        row, said = entry.row, [("", "没有说")]
        said += [(meaning, meaning) for meaning in purpose.meanings]
        for place, label in enumerate(purpose.columns):
            name = f"answer{place}"
            self.fields[name] = forms.ChoiceField(required=False, choices=said, label=label)
            self.initial[name] = entry.meanings[place]
            self.columns.append(name)
        choices = entry.choices if entry.person else [("", "请选择"), *entry.choices]
        self.fields["person"].choices = choices
        self.initial |= {"take": entry.taken, "person": entry.person or "", "note": row.rest}
        for name, label in (("take", "采用"), ("person", "代表"), ("note", "还说了什么")):
            self.fields[name].label = label
        for name, field in self.fields.items():
            kind = "form-check-input" if name == "take" else "form-select"
            field.widget.attrs["class"] = "form-control" if name == "note" else kind
            field.widget.attrs["aria-label"] = f"第{row.number}条：{field.label}"

    @property
    def cells(self):
        """The answers, column by column."""
        return [self[name] for name in self.columns]

    def clean(self):
        chosen = super().clean()
        if chosen.get("take") and not chosen.get("person"):
            raise forms.ValidationError(f"第{self.entry.row.number}条：请选是哪位代表，或者不采用")
        if chosen.get("take") and not chosen.get(self.columns[-1]):
            raise forms.ValidationError(f"第{self.entry.row.number}条：请选答复，或者不采用")
        return chosen

    def answered(self, people):
        """The checked entry; `people` {key: deputy}."""
        chosen = self.cleaned_data
        meanings = tuple(chosen[name] for name in self.columns)
        return Answered(people[int(chosen["person"])], meanings, chosen["note"].strip())
