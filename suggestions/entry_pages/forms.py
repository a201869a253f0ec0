"""One sheet as a form; a pasted row passes the same."""

from django import forms

from suggestions.columns import CASES
from suggestions.forms import DayField
from suggestions.models import Case
from suggestions.words import Occasion, Origin

# Kept from sheet to sheet, and what each sheet has of its own.
KEPT = ("kind", "origin", "occasion", "meeting", "raised_on", "registered_on", "public", "paper")
SHEET = ("lead", "cosigners", "title", "body", "villages", "phone", "category")
MOST_PAPER = 500
_WHICH_MEETING = "人代会上提的，请选哪一次会议；没有的另开一页到“会议”里加上，回来再存一次就能选"


def _cell(name, **options):
    """The field of a ledger column: it cleans by the very rule that an imported cell passes."""
    field = CASES.column(name).rule.field(CASES.column(name))
    for key, value in options.items():
        setattr(field, key, value)
    return field


def _line(label, **options):
    words = {"required": f"{label}不能空着，请填写"}
    return forms.CharField(label=label, error_messages=words, **options)


class EntryForm(forms.Form):
    """A suggestion on paper; `offers` says who and what there is. Clean, it gives what
    suggestions.entry.enter takes.
    """

    lead = _line("领衔代表", max_length=50)
    cosigners = _line("附议代表", required=False, max_length=600)
    title = _line("案由", max_length=200)
    body = _cell("body")
    villages = _cell("villages")
    phone = _cell("phone")
    category = forms.ChoiceField(label="类别", error_messages={"required": "请选一个类别"})
    kind = _cell("kind")
    origin = _cell("origin")
    occasion = _cell("occasion")
    meeting = forms.ChoiceField(label="会议", required=False)
    raised_on = _cell("raised_on")
    registered_on = DayField(label="登记日期（不填是今天）", required=False)
    public = _cell("public")
    paper = forms.IntegerField(
        label="纸质件共几件", required=False, min_value=1, max_value=MOST_PAPER
    )
    into = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, offers, **options):
        super().__init__(*args, **options)
        self.offers = offers
        self.fields["category"].choices = [("", "请选择"), *((t, t) for t in offers.categories)]
        self.fields["category"].error_messages["invalid_choice"] = (
            "类别里没有“%(value)s”，请从表里选，或先在“设置”里加上"
        )
        self.fields["meeting"].choices = [("", "（不填）"), *((n, n) for n in offers.meetings)]
        for name in ("title", "villages", "phone", "lead", "cosigners"):
            self.fields[name].widget = forms.TextInput(attrs={"autocomplete": "off"})
        self.fields["body"].widget = forms.Textarea(attrs={"rows": 4})
        for field in self.fields.values():
            choice = isinstance(field.widget, forms.Select)
            field.widget.attrs["class"] = "form-select" if choice else "form-control"
            field.help_text = ""

    def clean_title(self):
        return CASES.column("title").rule.parse(self.cleaned_data["title"])

    def clean_raised_on(self):
        on = self.cleaned_data["raised_on"]
        if on is None:
            raise forms.ValidationError("提出日期不能空着，纸质件上写的是哪一天就填哪一天")
        if on > self.offers.today:
            day = f"{on.year}年{on.month}月{on.day}日"
            raise forms.ValidationError(f"提出日期是{day}，晚于今天。请核对纸质件")
        return on

    def clean_registered_on(self):
        """A paper that is typed late was registered on its own day: what follows is dated too."""
        on = self.cleaned_data["registered_on"]
        if on and on > self.offers.today:
            raise forms.ValidationError(f"登记日期{on}晚于今天。请核对登记簿")
        return on

    def clean_category(self):
        return self.offers.categories[self.cleaned_data["category"]]

    def clean_meeting(self):
        return self.offers.meetings.get(self.cleaned_data["meeting"])

    def clean_villages(self):
        names = self.cleaned_data["villages"]
        unknown = [name for name in names if name not in self.offers.villages]
        if unknown:
            raise forms.ValidationError(f"村居里没有“{unknown[0]}”，请核对写法，如有几个用、隔开")
        return [self.offers.villages[name] for name in names]

    def clean_into(self):
        """The case that this one is merged into; one that is not to be seen is none."""
        cases = Case.objects.visible_to(self.offers.user).filter(place=self.offers.user.place)
        wanted = self.cleaned_data["into"]
        return cases.filter(pk=wanted).first() if wanted else None

    def clean(self):
        values = super().clean()
        origin = values.get("origin")
        raised, registered = values.get("raised_on"), values.get("registered_on")
        if raised and registered and registered < raised:
            self.add_error("registered_on", f"登记日期{registered}早于提出日期{raised}，请核对")
        if values.get("occasion") != Occasion.CONGRESS:
            values["meeting"] = None
        elif values.get("meeting") is None and "meeting" not in self.errors:
            self.add_error("meeting", _WHICH_MEETING)
        if origin and "lead" in values and "cosigners" in values:
            values["people"] = self._people(values, origin)
        if origin == Origin.DEPUTY:
            values["phone"] = ""
        return values

    def _people(self, values, origin):
        """[(key of a deputy or None, name)], the one who leads first."""
        others = CASES.column("proposers").rule.parse(values["cosigners"])
        found = [self._person("lead", values["lead"], origin)]
        found += [self._person("cosigners", text, origin) for text in others]
        names = [name for _, name in found]
        for name in {name for name in names if name and names.count(name) > 1}:
            self.add_error("cosigners", f"“{name}”写了两次，请去掉一个")
        return found

    def _person(self, field, text, origin):
        if origin != Origin.DEPUTY:
            return None, text.strip()
        person, name, message = self.offers.roster.find(text.strip())
        if message:
            self.add_error(field, message)
            return None, text
        return person, name


def typed(data, names):
    """The texts of these fields as they were typed, for keeping them."""
    return {name: data[name] for name in names if data.get(name)}
