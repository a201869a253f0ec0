"""A case, its append-only steps, and what it was on each day."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from congress.crypto import EncryptedTextField
from congress.records import Record
from congress.scoping import PlaceQuerySet, scoped
from suggestions.words import (
    Kind,
    MotionFate,
    Occasion,
    Origin,
    RaisedAt,
    ResultClass,
    Satisfaction,
    State,
    UnitRole,
    Way,
)


class CaseLookups(PlaceQuerySet):
    """A deputy sees cases with the own name on them, a unit those it handles or handled."""

    prefix = ""

    def for_deputy(self, user):
        own = Proposer.objects.filter(person__user=user).values("case")
        return self.filter(**{f"{self.prefix}pk__in": own})

    def for_unit(self, user):
        mine = Q(unit=user.unit_id) | Q(unit__merged_into=user.unit_id)
        own = CaseUnit.objects.filter(mine).values("case")
        return self.filter(**{f"{self.prefix}pk__in": own})


class CasePartLookups(CaseLookups):
    """Rows that hang on a case are seen by whoever sees the case."""

    prefix = "case__"


def part_of_case():
    """The manager of a row that hangs on a case."""
    return scoped("case__place__code", base=CasePartLookups)


class Case(Record):
    """A deputy's suggestion, criticism, opinion, motion, or a citizen's opinion (代表法 24, 51)."""

    number = models.CharField("编号", max_length=60)
    title = models.CharField("标题", max_length=200)
    kind = models.CharField("类型", max_length=2, choices=Kind.choices, default=Kind.SUGGESTION)
    motion_fate = models.CharField("议案处理", max_length=4, choices=MotionFate.choices, blank=True)
    body = models.TextField("内容", blank=True)
    raised_at = models.CharField(
        "提出层级", max_length=2, choices=RaisedAt.choices, default=RaisedAt.TOWNSHIP
    )
    raised_on = models.DateField("提出日期", null=True, blank=True, db_index=True)
    meeting = models.ForeignKey(
        "deputies.Meeting", models.PROTECT, null=True, blank=True, verbose_name="会议"
    )
    station = models.ForeignKey(
        "congress.Station", models.PROTECT, null=True, blank=True, verbose_name="联络站"
    )
    villages = models.ManyToManyField(
        "congress.Place", blank=True, related_name="+", verbose_name="涉及村居"
    )
    platform = models.CharField("平台", max_length=40, blank=True)
    public = models.BooleanField("公开", default=False)
    phone = EncryptedTextField("联系电话", blank=True, default="")
    phone_print = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    activity_name = models.CharField("代表活动", max_length=120, blank=True, editable=False)

    objects = scoped(base=CaseLookups)

    class Meta(Record.Meta):
        ordering = ["-raised_on", "-pk"]
        verbose_name = "意见建议"
        constraints = [models.UniqueConstraint(fields=["place", "number"], name="case_number_once")]

    def __str__(self):
        return f"{self.number} {self.title}"


class Proposer(models.Model):
    """One who raised a case; order 0 leads. A citizen or an unknown person is kept as text."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="proposers")
    order = models.PositiveSmallIntegerField(default=0)
    person = models.ForeignKey(
        "deputies.Person", models.PROTECT, null=True, blank=True, related_name="raised"
    )
    name = models.CharField("提出人", max_length=80)

    objects = part_of_case()

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = "提出人"
        constraints = [
            models.UniqueConstraint(fields=["case", "order"], name="proposer_order_once")
        ]


class Step(models.Model):
    """One event in a case's life: the day it happened, the moment it was entered and by whom.
    Never edited: a correction is a further step that supersedes this one.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="steps")
    name = models.CharField("事项", max_length=8)
    on = models.DateField("日期")
    order = models.PositiveSmallIntegerField(default=0)
    unit = models.ForeignKey(
        "congress.Unit", models.PROTECT, null=True, blank=True, related_name="+"
    )
    result = models.CharField("结果", max_length=8, blank=True)
    attitude = models.CharField("态度评价", max_length=4, blank=True)
    due = models.DateField("日期值", null=True, blank=True)
    note = models.CharField("说明", max_length=500, blank=True)
    data = models.JSONField(default=dict, blank=True)
    historical = models.BooleanField("补录", default=False)
    entered_at = models.DateTimeField("录入时间", default=timezone.now)
    entered_by = models.ForeignKey(
        "congress.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    superseded_at = models.DateTimeField(null=True, blank=True)

    objects = part_of_case()

    class Meta:
        ordering = ["case", "on", "order", "pk"]
        verbose_name = "办理过程"
        indexes = [models.Index(fields=["case", "on"]), models.Index(fields=["name", "on"])]


class Standing(models.Model):
    """What a case was from one day to the day before the next: the fold of its steps, one row a
    change.

    A cache, written only by suggestions.projection from the steps; a test rebuilds it and
    compares.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="standings")
    starts = models.DateField()
    ends = models.DateField(null=True)
    state = models.CharField("状态", max_length=4, choices=State.choices)
    category = models.ForeignKey(
        "congress.Word", models.PROTECT, null=True, verbose_name="类别", related_name="+"
    )
    origin = models.CharField("来源", max_length=2, choices=Origin.choices, blank=True)
    occasion = models.CharField("提出场合", max_length=4, choices=Occasion.choices, blank=True)
    way = models.CharField("处理方式", max_length=4, choices=Way.choices, blank=True)
    handed_on = models.DateField("处理日期", null=True)
    deadline = models.DateField("答复期限", null=True)
    contacted_on = models.DateField("面商日期", null=True)
    replied_on = models.DateField("首次答复日期", null=True)
    deadline_then = models.DateField("首次答复时的期限", null=True)
    result_class = models.CharField(
        "办理结果", max_length=1, choices=ResultClass.choices, blank=True
    )
    promised_on = models.DateField("承诺日期", null=True)
    kept_on = models.DateField("承诺兑现日期", null=True)
    evaluated_on = models.DateField("评价日期", null=True)
    attitude = models.CharField("态度评价", max_length=4, choices=Satisfaction.choices, blank=True)
    evaluation = models.CharField(
        "结果评价", max_length=4, choices=Satisfaction.choices, blank=True
    )
    closed_on = models.DateField("办结日期", null=True)
    withdrawn_on = models.DateField("撤回日期", null=True)
    declined_on = models.DateField("不予受理日期", null=True)
    key_on = models.DateField("重点督办日期", null=True)
    repaired = models.BooleanField("曾退回补正", default=False)
    rehandled = models.BooleanField("曾重新办理", default=False)
    merged_into = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")

    objects = part_of_case()

    class Meta:
        verbose_name = "办理状态"
        constraints = [
            models.UniqueConstraint(fields=["case", "starts"], name="standing_once_a_day"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(ends=None), name="one_standing_in_force"
            ),
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gt=F("starts")), name="standing_has_days"
            ),
        ]
        indexes = [
            models.Index(fields=["case", "starts", "ends"]),
            models.Index(fields=["ends", "state"]),
        ]


class CaseUnit(models.Model):
    """A unit that leads or helps on a case over a span of days; written with the standings."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="units")
    unit = models.ForeignKey("congress.Unit", models.PROTECT, related_name="+")
    role = models.CharField("分工", max_length=2, choices=UnitRole.choices)
    starts = models.DateField()
    ends = models.DateField(null=True)

    objects = part_of_case()

    class Meta:
        verbose_name = "承办分工"
        indexes = [models.Index(fields=["case", "role"]), models.Index(fields=["unit", "role"])]


class Outcome(models.Model):
    """A named result of a case (成效): 插秧机 3 台. Without a date of its own it counts from the
    closing.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="outcomes")
    name = models.CharField("名称", max_length=60)
    number = models.DecimalField("数量", max_digits=14, decimal_places=2)
    measure = models.CharField("单位", max_length=10, blank=True)
    on = models.DateField("日期", null=True, blank=True)

    objects = part_of_case()

    class Meta:
        ordering = ["pk"]
        verbose_name = "办理成效"
