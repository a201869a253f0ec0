"""The form of a word in a county's list."""

from django import forms

from congress import word_life
from congress.doors import own
from congress.forms.fields import PlaceChoice
from congress.forms.filters import FilterForm, choice
from congress.forms.records import RecordForm
from congress.models import Place, Word

STATES = {"open": "在用", "retired": "停用"}


class WordForm(RecordForm):
    """A word; where there are several lists or counties, of which."""

    double = "这个词刚刚有人加了。"

    class Meta:
        model = Word
        fields = ["kind", "text"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if self.instance.pk:
            del self.fields["kind"]
            return
        self.fields["kind"].choices = Word.Kind.choices
        counties = own(Place, self.user).filter(level="县")
        self.fields["place"] = PlaceChoice(label="县", queryset=counties, empty_label=None)
        if counties.count() == 1:
            self.fields["place"].widget = forms.HiddenInput()
            self.initial["place"] = counties.get().pk

    def clean(self):
        chosen = super().clean()
        word = self.instance
        if not word.pk and chosen.get("place"):
            word.place, word.kind = chosen["place"], chosen.get("kind", "")
            word.order = word_life.last_order(word.place, word.kind)
        if word.place_id:
            same = Word.objects.visible_to(self.user).filter(
                place=word.place, kind=word.kind, text=chosen.get("text")
            )
            if same.exclude(pk=word.pk).exists():
                self.add_error("text", f"{word.kind}里已经有“{chosen['text']}”。")
        return chosen


class WordFilter(FilterForm):
    """The lists of words: by words, list and state."""

    searched = ("text",)

    kind = choice("词表", Word.Kind.choices)
    state = choice("状态", STATES.items())

    def narrow_more(self, rows, chosen):
        if chosen["kind"]:
            rows = rows.filter(kind=chosen["kind"])
        if chosen["state"]:
            rows = rows.filter(retired_on__isnull=chosen["state"] == "open")
        return rows
