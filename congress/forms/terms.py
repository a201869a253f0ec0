"""Forms of terms (届次)."""

from congress.doors import own
from congress.forms.fields import DayField, PlaceChoice
from congress.forms.filters import FilterForm, choice
from congress.forms.records import RecordForm
from congress.ledger_words import Level
from congress.models import Place, Term


class TermForm(RecordForm):
    """One term: of which congress, its name, its first day and the first day of the next one."""

    double = "这一届刚刚有人登记了，请在列表里打开它。"

    starts = DayField(
        label="开始日期", required=False, help_text="本届第一次人民代表大会会议开幕的日期。"
    )
    ends = DayField(
        label="结束日期", required=False, help_text="下一届第一次会议开幕的日期；还在任的不填。"
    )

    class Meta:
        model = Term
        fields = ["level", "name", "starts", "ends"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["name"].widget.attrs["placeholder"] = "第十八届"
        self.fields["level"].choices = Level.choices
        if not self.instance.pk:
            places = own(Place, self.user).filter(level__in=["市", "县", "乡镇"], valid_to=None)
            self.fields["place"] = PlaceChoice(label="登记在", queryset=places, empty_label=None)
            self.order_fields(["place"])
            self.initial.setdefault("place", self.user.place_id)
            self.initial.setdefault("level", self.user.place.level)

    def clean(self):
        chosen = super().clean()
        starts, ends = chosen.get("starts"), chosen.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", f"结束日期要晚于开始日期 {starts:%Y-%m-%d}。")
        if not self.instance.pk:
            self.instance.place = chosen.get("place", self.user.place)
        same = Term.objects.visible_to(self.user).filter(
            place=self.instance.place, level=chosen.get("level"), name=chosen.get("name")
        )
        if same.exclude(pk=self.instance.pk).exists():
            self.add_error(
                "name",
                f"{self.instance.place.name}已经登记过{chosen['level']}人大{chosen['name']}。",
            )
        return chosen


class TermFilter(FilterForm):
    """The list of terms: by words and level."""

    searched = ("name", "place__name")

    level = choice("层级", Level.choices)

    def narrow_more(self, rows, chosen):
        return rows.filter(level=chosen["level"]) if chosen["level"] else rows
