"""The course of a case: its append-only steps, and what it was on each day."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from congress.roles import Role
from suggestions.models.cases import Case, part_of_case
from suggestions.words import Occasion, Origin, ResultClass, Satisfaction, State, UnitRole, Way


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
    # Who entered it without an account of their own: the holder of a one-time link.
    entered_as = models.CharField("录入人", max_length=80, blank=True)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    superseded_at = models.DateTimeField(null=True, blank=True)

    objects = part_of_case()

    class Meta:
        ordering = ["case", "on", "order", "pk"]
        verbose_name = "办理过程"
        indexes = [models.Index(fields=["case", "on"]), models.Index(fields=["name", "on"])]

    @property
    def is_typed_in(self):
        """Whether it is a judgement that somebody else entered for the deputy (代录). A corrected
        date leaves it as it was.
        """
        if self.supersedes_id:
            return self.supersedes.is_typed_in
        by_other = self.entered_by_id and self.entered_by.role != Role.DEPUTY
        return self.name == "评价" and bool(by_other)


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
    latest_reply_on = models.DateField("最近一次答复日期", null=True)
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
    # Asked by the unit and not yet decided: more time (延期), another unit (改办).
    extension_asked_on = models.DateField("申请延期日期", null=True)
    transfer_asked_on = models.DateField("申请改办日期", null=True)
    extended_on = models.DateField("延期批准日期", null=True)
    return_by = models.DateField("退回期限", null=True)
    opinion_by = models.DateField("协办意见期限", null=True)
    evaluate_by = models.DateField("评价期限", null=True)
    dissatisfied = models.PositiveSmallIntegerField("不满意次数", default=0)
    complex = models.BooleanField("涉及面广、办理难度大", default=False)
    merged_into = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    # Of a merged case: the state of the case as which it is handled.
    handled_state = models.CharField(
        "合并办理的状态", max_length=4, choices=State.choices, blank=True
    )

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
            models.Index(
                fields=["promised_on"], condition=Q(ends=None, kept_on=None), name="promises_open"
            ),
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
