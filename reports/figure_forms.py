"""The bar above the figures and above a summary; its state stands in the address."""

from django import forms

from congress.forms.fields import DayField, PlaceChoice
from congress.ledger_words import Level
from congress.models import Place, Word
from congress.period import CUSTOM, PRESETS
from reports.catalogue import filter_names

YEARS = 3  # for how many years back single months, quarters and halves are offered


def spans(today):
    """[(name, label)] of halves, quarters and months, the newest year first."""
    found = []
    for year in range(today.year, today.year - YEARS, -1):
        found.append((str(year), f"{year}年"))
        found += [
            (f"{year}H{half}", f"{year}年{word}半年") for half, word in ((1, "上"), (2, "下"))
        ]
        found += [(f"{year}Q{n}", f"{year}年{n}季度") for n in range(1, 5)]
        found += [(f"{year}-{month:02}", f"{year}年{month}月") for month in range(1, 13)]
    return found


class PeriodForm(forms.Form):
    """Place, span, as-of date. The presets stand beside it as links; the span keeps the one that
    is chosen there.
    """

    def __init__(self, data, asked, today):
        super().__init__(data)
        self._add_place(asked)
        kept = asked.name if asked.name in (*PRESETS, CUSTOM) else PRESETS[0]
        offered = [(kept, "不单选"), *spans(today)]
        if asked.name not in dict(offered):
            offered.append((asked.name, asked.period.label))
        self.fields["period"] = forms.ChoiceField(
            label="年、季、月",
            required=False,
            choices=offered,
            initial=asked.name,
        )
        if asked.name == CUSTOM:
            self.fields["from"] = DayField(label="从", required=False, initial=asked.period.start)
            self.fields["to"] = DayField(label="到", required=False, initial=asked.period.end)
        self.fields["as_of"] = DayField(label="截至", required=False)

    def _add_place(self, asked):
        below = Place.objects.visible_to(asked.user).in_place(asked.user.place)
        if asked.user.place.level == "乡镇":
            return
        self.fields["place"] = PlaceChoice(
            below.exclude(level="村居"),
            label="地方",
            required=False,
            to_field_name="code",
            empty_label=None,
            initial=asked.place.code,
        )


class FigureForm(PeriodForm):
    """Besides: level, category and words of the name; other filters of the address are kept."""

    def __init__(self, data, asked, today):
        super().__init__(data, asked, today)
        self.fields["level"] = _choice("代表层级", Level.values)
        self.fields["category"] = _choice("类别", _categories(asked))
        self.fields["q"] = forms.CharField(
            label="指标名称",
            required=False,
            max_length=20,
            widget=forms.TextInput(attrs={"type": "search", "placeholder": "如：满意率"}),
        )
        for name in filter_names():
            if name in asked.filters and name not in self.fields:
                self.fields[name] = forms.MultipleChoiceField(
                    choices=[(value, value) for value in asked.filters[name]],
                    widget=forms.MultipleHiddenInput,
                )


def _choice(label, words):
    choices = [("", "全部"), *((word, word) for word in words)]
    return forms.ChoiceField(label=label, required=False, choices=choices)


def _categories(asked):
    words = Word.objects.visible_to(asked.user).filter(kind=Word.Kind.CATEGORY)
    return list(dict.fromkeys(words.order_by("order", "pk").values_list("text", flat=True)))


class SummaryForm(PeriodForm):
    """Besides: the outline."""

    def __init__(self, data, asked, today, outlines):
        super().__init__(data, asked, today)
        self.fields["outline"] = forms.ChoiceField(label="提纲", required=False, choices=outlines)
