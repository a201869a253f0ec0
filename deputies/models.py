"""People, their mandates and dated facts, leaders, meetings."""

from django.db import models
from django.db.models import F, Q

from congress.crypto import EncryptedTextField
from congress.ledger_words import LedgerWords, Level
from congress.records import Record
from congress.scoping import PlaceQuerySet, scoped


class PersonLookups(PlaceQuerySet):
    """A deputy sees the own card."""

    def for_deputy(self, user):
        return self.filter(user=user)


class Person(Record):
    """A person who is or was a deputy; one row however many mandates. `place`: the township that
    keeps the roster.
    """

    name = models.CharField("姓名", max_length=60)
    note = models.CharField("备注", max_length=60, blank=True)
    pinyin = models.CharField("拼音", max_length=120, blank=True, editable=False)
    initials = models.CharField(
        "拼音首字母", max_length=40, blank=True, editable=False, db_index=True
    )
    sex = models.CharField("性别", max_length=1, blank=True)
    born = models.DateField("出生年月", null=True, blank=True, help_text="当月第一天")
    ethnic = models.CharField("民族", max_length=20, blank=True)
    education = models.CharField("学历", max_length=20, blank=True)
    occupation = models.CharField("职业构成", max_length=40, blank=True)
    work = models.CharField("工作单位及职务", max_length=120, blank=True)
    phone = EncryptedTextField("联系电话", blank=True, default="")
    phone_print = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    village = models.ForeignKey(
        "congress.Place",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="所在村居",
    )
    user = models.OneToOneField(
        "congress.User", models.PROTECT, null=True, blank=True, related_name="person"
    )

    objects = scoped(base=PersonLookups)

    class Meta(Record.Meta):
        ordering = ["pinyin", "pk"]
        verbose_name = "代表"
        constraints = [
            models.UniqueConstraint(
                fields=["place", "name", "note"], name="person_once_in_a_roster"
            )
        ]

    def __str__(self):
        return f"{self.name}（{self.note}）" if self.note else self.name


class PersonFact(Record):
    """A dated fact of a deputy: party, station, chat group, linked households, groups. No first
    day = always.
    """

    class Kind(LedgerWords):
        PARTY = "政治面貌"
        STATION = "联络站"
        CHAT_GROUP = "群"
        HOUSEHOLDS = "联系户"
        GROUP = "代表小组"
        TOPIC_GROUP = "专业小组"
        VOLUNTEERS = "志愿服务队"

    person = models.ForeignKey(Person, models.CASCADE, related_name="facts", verbose_name="代表")
    kind = models.CharField("类别", max_length=5, choices=Kind.choices)
    value = models.CharField("名称", max_length=60, blank=True)
    number = models.PositiveIntegerField("数量", null=True, blank=True)
    station = models.ForeignKey(
        "congress.Station", models.PROTECT, null=True, blank=True, related_name="+"
    )
    starts = models.DateField("开始日期", null=True, blank=True)
    ends = models.DateField("结束日期", null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = "代表编组"
        indexes = [models.Index(fields=["person", "kind"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends=None) | Q(starts=None) | Q(ends__gte=F("starts")),
                name="fact_ends_after_it_begins",
            )
        ]


class Mandate(Record):
    """A seat in one congress: in force from its start to the day before its end (代表法 2; 组织法
    9).
    """

    class Way(LedgerWords):
        GENERAL = "换届选举"
        BY_ELECTION = "补选"

    person = models.ForeignKey(Person, models.PROTECT, related_name="mandates", verbose_name="代表")
    level = models.CharField("层级", max_length=2, choices=Level.choices)
    term = models.ForeignKey(
        "congress.Term", models.PROTECT, related_name="mandates", verbose_name="届次"
    )
    constituency = models.CharField("选区", max_length=60, blank=True)
    delegation = models.CharField("代表团", max_length=60, blank=True)
    card_number = models.CharField("代表证号", max_length=40, blank=True)
    way = models.CharField("产生方式", max_length=4, choices=Way.choices, blank=True)
    elected_on = models.DateField("当选日期")
    starts = models.DateField("起任日期", help_text="空：当选日期")
    suspended_on = models.DateField("暂停日期", null=True, blank=True)
    resumed_on = models.DateField("恢复日期", null=True, blank=True)
    ends = models.DateField("终止日期", null=True, blank=True)
    end_reason = models.CharField("终止原因", max_length=10, blank=True)

    class Meta(Record.Meta):
        verbose_name = "代表职务"
        indexes = [models.Index(fields=["person", "level", "starts"])]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "level", "term", "elected_on"], name="mandate_once"
            ),
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("starts")), name="mandate_ends_after_start"
            ),
        ]


def in_force(day, prefix="", starts="starts", ends="ends"):
    """Filter: a dated row (mandate, fact, post) holds on `day`, a date or an expression; without a
    first day it always did, `ends` is the first day out.
    """
    first, out = f"{prefix}{starts}", f"{prefix}{ends}"
    begun = Q(**{f"{first}__lte": day}) | Q(**{f"{first}__isnull": True})
    return begun & (Q(**{f"{out}__gt": day}) | Q(**{f"{out}__isnull": True}))


class Leader(Record):
    """A leader elected by the congress: chair, deputy chair, head or deputy head (组织法 25-30)."""

    class Body(LedgerWords):
        CONGRESS = "人大"
        GOVERNMENT = "政府"

    term = models.ForeignKey("congress.Term", models.PROTECT, related_name="+", verbose_name="届次")
    body = models.CharField("机构", max_length=2, choices=Body.choices)
    post = models.CharField("职务", max_length=40)
    name = models.CharField("姓名", max_length=60)
    born = models.DateField("出生年月", help_text="当月第一天")
    starts = models.DateField("任职日期")
    ends = models.DateField("离任日期", null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = "班子成员"
        constraints = [
            models.UniqueConstraint(
                fields=["place", "term", "body", "post", "name"], name="leader_once"
            ),
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("starts")), name="leader_leaves_after_start"
            ),
        ]


class Meeting(Record):
    """A meeting of the congress (组织法 14) or of its presidium (组织法 19)."""

    class Kind(LedgerWords):
        CONGRESS = "人代会"
        PRESIDIUM = "主席团会议"

    name = models.CharField("会议名称", max_length=80)
    term = models.ForeignKey("congress.Term", models.PROTECT, related_name="+", verbose_name="届次")
    kind = models.CharField("类型", max_length=5, choices=Kind.choices, default=Kind.CONGRESS)
    starts = models.DateField("开始日期", db_index=True)
    ends = models.DateField("结束日期", null=True, blank=True)
    due = models.PositiveIntegerField("应到人数", null=True, blank=True)
    present = models.PositiveIntegerField("实到人数", null=True, blank=True)

    class Meta(Record.Meta):
        ordering = ["-starts"]
        verbose_name = "人大会议"
        constraints = [
            models.UniqueConstraint(fields=["place", "name"], name="meeting_once"),
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("starts")), name="meeting_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(due=None) | Q(present=None) | Q(present__lte=F("due")),
                name="not_more_present_than_due",
            ),
        ]

    def __str__(self):
        return self.name


class AgendaItem(models.Model):
    """One item of a meeting: a report heard, a post filled by election (with its number), a vote
    passed.
    """

    class Kind(LedgerWords):
        HEARD = "听取和审议"
        ELECTED = "选举职务"
        VOTED = "表决事项"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items", verbose_name="会议")
    kind = models.CharField("种类", max_length=5, choices=Kind.choices)
    title = models.CharField("内容", max_length=200)
    number = models.PositiveIntegerField("人数", null=True, blank=True)

    objects = scoped("meeting__place__code")

    class Meta:
        ordering = ["pk"]
        verbose_name = "会议事项"


class DutyReport(Record):
    """A deputy's report to the voters (代表法 58), with the voters' review where they voted."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="代表")
    on = models.DateField("日期", db_index=True)
    constituency = models.CharField("选区", max_length=60, blank=True)
    voters = models.PositiveIntegerField("到会选民", null=True, blank=True)
    satisfied = models.PositiveIntegerField("满意票", null=True, blank=True)
    fairly_satisfied = models.PositiveIntegerField("基本满意票", null=True, blank=True)
    dissatisfied = models.PositiveIntegerField("不满意票", null=True, blank=True)

    class Meta(Record.Meta):
        ordering = ["-on"]
        verbose_name = "代表述职"
        constraints = [
            models.UniqueConstraint(fields=["person", "on"], name="duty_report_once_a_day")
        ]


class PartyReport(Record):
    """A matter that the presidium reported to the party committee or the county (请示报告)."""

    class To(LedgerWords):
        PARTY = "党委"
        COUNTY = "县人大"

    on = models.DateField("日期", db_index=True)
    title = models.CharField("事项", max_length=200)
    to = models.CharField("对象", max_length=3, choices=To.choices)
    way = models.CharField("方式", max_length=40, blank=True)

    class Meta(Record.Meta):
        ordering = ["-on"]
        verbose_name = "请示报告"
        constraints = [
            models.UniqueConstraint(fields=["place", "on", "title", "to"], name="party_report_once")
        ]
