"""Forms of notices: the filter of a person's own, how one wants to be told, a group's robot."""

from django import forms

from congress.forms.filters import FilterForm, choice
from congress.forms.records import RecordForm
from congress.models import Channel, Delivery, Notice, NoticeAddress
from congress.robots import fault_of_address

UNREAD, READ = "未读", "已读"


class NoticeFilter(FilterForm):
    """A person's notices: by words, kind, read or not."""

    searched = ("title", "text")

    kind = choice("类别", Notice.Kind.choices)
    state = choice("状态", [(word, word) for word in (UNREAD, READ)])

    def narrow_more(self, rows, chosen):
        if chosen["kind"]:
            rows = rows.filter(kind=chosen["kind"])
        if chosen["state"]:
            rows = rows.filter(read_at__isnull=chosen["state"] == UNREAD)
        return rows


class NoticeAddressForm(forms.ModelForm):
    """Where a person wants notices besides the page."""

    email = forms.EmailField(
        label="邮箱", required=False, max_length=120,
        help_text="只用来发通知，加密保存，别人看不到。",
    )  # fmt: skip
    wants_email = forms.BooleanField(
        label="发邮件提醒我", required=False,
        help_text="平时一天最多一封，晚上8点到早上8点不发；加急的随时发。邮件里只有件数和编号，没有内容。",
    )  # fmt: skip

    class Meta:
        model = NoticeAddress
        fields = ["email", "wants_email"]

    def clean(self):
        chosen = super().clean()
        if chosen.get("wants_email") and not self.errors and not chosen.get("email"):
            self.add_error("email", "要发邮件提醒，请把邮箱填上。")
        return chosen


class ChannelForm(RecordForm):
    """A group's robot. Its address is never shown again: whoever has it can post into the group."""

    double = "这个机器人已经接好了，不用再接一次。"

    address = forms.CharField(
        label="机器人地址", max_length=500, strip=True,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    sign = forms.CharField(
        label="加签密钥", required=False, max_length=200,
        help_text="只有钉钉的“加签”才有；用关键词的，关键词填“待办提醒”。",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip

    class Meta:
        model = Channel
        fields = ["kind", "name", "in_use"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["kind"].choices = Channel.Kind.choices
        self.fields["address"].help_text = "在群里添加机器人以后，把它的 Webhook 地址整条贴到这里。"
        if self.instance.pk:
            self.fields["address"].required = False
            self.fields["address"].help_text = "已经存好，不再显示。要换才填。"
        self.order_fields(["kind", "name", "address", "sign", "in_use", "version"])

    def clean(self):
        chosen = super().clean()
        url = chosen.get("address") or self.instance.url
        fault = fault_of_address(chosen["kind"], url) if chosen.get("kind") and url else ""
        if fault:
            self.add_error("address", fault)
        return chosen

    def keep(self):
        robot, chosen = self.instance, self.cleaned_data
        if not robot.pk:
            robot.place = self.user.place
        robot.url = chosen["address"] or robot.url
        robot.secret = chosen["sign"] or robot.secret
        if robot.kind != Channel.Kind.DINGTALK:
            robot.secret = ""
        super().keep()


class ChannelFilter(FilterForm):
    """The robots of the own places: by words."""

    searched = ("name", "place__name")


class DeliveryFilter(FilterForm):
    """Messages that left or should have: by words, and by what became of them."""

    searched = ("user__name", "channel__name", "error")

    state = choice("状态", Delivery.State.choices)

    def narrow_more(self, rows, chosen):
        return rows.filter(state=chosen["state"]) if chosen["state"] else rows
