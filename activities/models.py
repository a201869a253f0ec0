"""Inspections, research, campaigns; training, publicity, honours, livelihood projects."""

from django.db import models
from django.db.models import F, Q

from congress.ledger_words import LedgerWords
from congress.records import Record
from congress.scoping import scoped


class Activity(Record):
    """Something that deputies did together: an inspection, a study, a visit, a campaign day
    (组织法 19).
    """

    class Kind(LedgerWords):
        INSPECTION = "视察"
        RESEARCH = "调研"
        LAW_CHECK = "执法检查"
        TALK = "座谈"
        VISIT = "走访"
        VOLUNTEER = "志愿服务"
        PUBLICITY = "宣传"
        DUTY_REVIEW = "述职评议"
        CONTACT = "联系代表"
        ON_SITE = "现场会"
        COUNCIL = "议事"
        BRIEFING = "政情通报"
        OTHER = "其他"

    class Organiser(LedgerWords):
        PRESIDIUM = "主席团"
        GROUP = "代表小组"
        STATION = "联络站"
        COUNTY = "县人大"

    name = models.CharField("名称", max_length=120)
    kind = models.CharField("类型", max_length=4, choices=Kind.choices)
    organiser = models.CharField(
        "组织单位", max_length=4, choices=Organiser.choices, default=Organiser.PRESIDIUM
    )
    campaign = models.CharField("主题活动", max_length=80, blank=True)
    starts = models.DateField("开始日期", db_index=True)
    ends = models.DateField("结束日期", null=True, blank=True)
    where = models.CharField("地点", max_length=120, blank=True)
    villages = models.ManyToManyField(
        "congress.Place", blank=True, related_name="+", verbose_name="覆盖村居"
    )
    deputies = models.ManyToManyField(
        "deputies.Person", through="ActivityDeputy", related_name="+", verbose_name="参加代表"
    )
    unnamed_deputies = models.PositiveIntegerField("参加代表人次", default=0)
    recommendations = models.PositiveIntegerField("对策建议条数", default=0)
    law = models.CharField("涉及法规", max_length=200, blank=True)
    project = models.CharField("重点项目", max_length=200, blank=True)
    cancelled = models.BooleanField("已取消", default=False)

    class Meta(Record.Meta):
        ordering = ["-starts", "-pk"]
        verbose_name = "代表活动"
        constraints = [
            models.UniqueConstraint(fields=["place", "name", "starts"], name="activity_once"),
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("starts")), name="activity_ends_after_start"
            ),
        ]

    def __str__(self):
        return self.name


def part_of_activity():
    """The manager of a row that hangs on an activity."""
    return scoped("activity__place__code")


class ActivityDeputy(models.Model):
    """One deputy's attendance at one activity."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="attendances")
    person = models.ForeignKey(
        "deputies.Person", models.PROTECT, related_name="+", verbose_name="代表"
    )

    objects = part_of_activity()

    class Meta:
        ordering = ["pk"]
        verbose_name = "参加代表"
        constraints = [
            models.UniqueConstraint(fields=["activity", "person"], name="deputy_once_an_activity")
        ]


class ActivityWord(models.Model):
    """A field, a report's title or a leader who took part: one of several words of an activity."""

    class Kind(LedgerWords):
        FIELD = "领域"
        REPORT = "调研报告"
        LEADER = "参加领导"

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="words")
    kind = models.CharField("种类", max_length=4, choices=Kind.choices)
    text = models.CharField("内容", max_length=200)

    objects = part_of_activity()

    class Meta:
        ordering = ["pk"]
        verbose_name = "活动的领域、报告与领导"
        indexes = [models.Index(fields=["activity", "kind"])]


class ActivityNumber(models.Model):
    """Other people who took part (企业代表:6人), or a named outcome (宣传单:300份)."""

    class Kind(LedgerWords):
        OUTSIDERS = "其他参加人员"
        OUTCOME = "成果"

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="numbers")
    kind = models.CharField("种类", max_length=6, choices=Kind.choices)
    name = models.CharField("名称", max_length=60)
    number = models.DecimalField("数量", max_digits=14, decimal_places=2)
    measure = models.CharField("单位", max_length=10, blank=True)

    objects = part_of_activity()

    class Meta:
        ordering = ["pk"]
        verbose_name = "活动的人数与成果"
        indexes = [models.Index(fields=["activity", "kind"])]


class Training(Record):
    """A training of deputies (代表法 47)."""

    topic = models.CharField("主题", max_length=120)
    starts = models.DateField("开始日期", db_index=True)
    ends = models.DateField("结束日期", null=True, blank=True)
    hours = models.DecimalField("学时", max_digits=6, decimal_places=1, null=True, blank=True)
    teacher = models.CharField("授课人", max_length=80, blank=True)
    deputies = models.ManyToManyField(
        "deputies.Person", through="TrainingDeputy", related_name="+", verbose_name="参加代表"
    )

    class Meta(Record.Meta):
        ordering = ["-starts"]
        verbose_name = "学习培训"
        constraints = [
            models.UniqueConstraint(fields=["place", "topic", "starts"], name="training_once"),
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("starts")), name="training_ends_after_start"
            ),
        ]

    def __str__(self):
        return self.topic


class TrainingDeputy(models.Model):
    """One deputy's attendance at one training."""

    training = models.ForeignKey(Training, models.CASCADE, related_name="attendances")
    person = models.ForeignKey(
        "deputies.Person", models.PROTECT, related_name="+", verbose_name="代表"
    )

    objects = scoped("training__place__code")

    class Meta:
        ordering = ["pk"]
        verbose_name = "参训代表"
        constraints = [
            models.UniqueConstraint(fields=["training", "person"], name="deputy_once_a_training")
        ]


class OutletLevel(LedgerWords):
    """How high up an outlet stands; the ledger says 国家 where a congress says 全国."""

    TOWNSHIP = "乡镇"
    COUNTY = "县"
    CITY = "市"
    PROVINCE = "省"
    NATION = "国家"


class Publication(Record):
    """An article, or an entry on an upper platform (宣传报道)."""

    class Kind(LedgerWords):
        ARTICLE = "稿件"
        ACTIVITY = "活动"
        INFORMATION = "信息"

    title = models.CharField("标题", max_length=200)
    outlet = models.CharField("平台", max_length=80)
    level = models.CharField("平台层级", max_length=2, blank=True, choices=OutletLevel.choices)
    kind = models.CharField("类型", max_length=2, choices=Kind.choices)
    on = models.DateField("日期", db_index=True)
    link = models.URLField("链接", max_length=500, blank=True)

    class Meta(Record.Meta):
        ordering = ["-on"]
        verbose_name = "宣传报道"
        constraints = [
            models.UniqueConstraint(
                fields=["place", "title", "outlet", "on"], name="publication_once"
            )
        ]


class Honour(Record):
    """An honour or a rank that the congress or a deputy received."""

    name = models.CharField("名称", max_length=120)
    rank = models.CharField("名次", max_length=40, blank=True)
    giver = models.CharField("授予单位", max_length=80, blank=True)
    on = models.DateField("日期", db_index=True)

    class Meta(Record.Meta):
        ordering = ["-on"]
        verbose_name = "荣誉名次"
        constraints = [models.UniqueConstraint(fields=["place", "name", "on"], name="honour_once")]


class Project(Record):
    """A livelihood project put to the deputies' vote (民生实事票决制)."""

    year = models.PositiveSmallIntegerField("年度")
    name = models.CharField("名称", max_length=120)
    cost = models.DecimalField(
        "总投资（万元）", max_digits=12, decimal_places=2, null=True, blank=True
    )
    funding = models.CharField("资金来源", max_length=120, blank=True)
    responsible = models.CharField("责任单位", max_length=120, blank=True)
    finish_by = models.DateField("完成时限", null=True, blank=True)
    candidate = models.BooleanField("候选", default=False)
    voted_on = models.DateField("票决日期", null=True, blank=True)
    votes = models.PositiveIntegerField("得票", null=True, blank=True)
    chosen = models.BooleanField("入选", default=False)
    completed_on = models.DateField("完成日期", null=True, blank=True)
    satisfied = models.PositiveIntegerField("评价满意", null=True, blank=True)
    fairly_satisfied = models.PositiveIntegerField("评价基本满意", null=True, blank=True)
    dissatisfied = models.PositiveIntegerField("评价不满意", null=True, blank=True)

    class Meta(Record.Meta):
        ordering = ["-year", "pk"]
        verbose_name = "民生实事"
        constraints = [
            models.UniqueConstraint(fields=["place", "year", "name"], name="project_once_a_year")
        ]
