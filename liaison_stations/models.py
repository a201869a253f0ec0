"""How liaison stations work: what they have, who serves there, whom they receive."""

from django.db import models
from django.db.models import F, Q

from congress.ledger_words import LedgerWords
from congress.models import Station
from congress.records import Record
from congress.scoping import scoped


class StationDetail(models.Model):
    """Where a station is and by which rule its activity day falls (农历初七、二十四)."""

    station = models.OneToOneField(
        Station, models.CASCADE, related_name="detail", verbose_name="联络站"
    )
    address = models.CharField("地址", max_length=120, blank=True)
    activity_rule = models.CharField("活动日", max_length=60, blank=True)

    objects = scoped("station__place__code")

    class Meta:
        verbose_name = "联络站概况"


class StationCover(models.Model):
    """A village that a station serves (覆盖村居)."""

    station = models.ForeignKey(
        Station, models.CASCADE, related_name="covers", verbose_name="联络站"
    )
    village = models.ForeignKey(
        "congress.Place", models.PROTECT, related_name="+", verbose_name="村居"
    )

    objects = scoped("station__place__code")

    class Meta:
        ordering = ["pk"]
        verbose_name = "覆盖村居"
        constraints = [
            models.UniqueConstraint(fields=["station", "village"], name="village_once_a_station")
        ]


class StationAsset(models.Model):
    """A piece of equipment, or an item of the county's checklist that a station meets."""

    class Kind(LedgerWords):
        EQUIPMENT = "设施"
        CHECKLIST = "清单达标"

    station = models.ForeignKey(
        Station, models.CASCADE, related_name="assets", verbose_name="联络站"
    )
    kind = models.CharField("种类", max_length=4, choices=Kind.choices)
    text = models.CharField("内容", max_length=60)

    objects = scoped("station__place__code")

    class Meta:
        ordering = ["pk"]
        verbose_name = "联络站设施与达标"
        constraints = [
            models.UniqueConstraint(fields=["station", "kind", "text"], name="asset_once_a_station")
        ]


class StationPost(Record):
    """A person serving at a station over a span of days (站长、副站长、联络员、驻站人员); a free
    name.
    """

    class Post(LedgerWords):
        HEAD = "站长"
        DEPUTY_HEAD = "副站长"
        LIAISON = "联络员"
        RESIDENT = "驻站人员"

    station = models.ForeignKey(
        Station, models.CASCADE, related_name="posts", verbose_name="联络站"
    )
    post = models.CharField("职务", max_length=4, choices=Post.choices)
    name = models.CharField("姓名", max_length=60)
    starts = models.DateField("开始日期", null=True, blank=True)
    ends = models.DateField("结束日期", null=True, blank=True)

    class Meta(Record.Meta):
        ordering = ["pk"]
        verbose_name = "联络站人员"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends=None) | Q(starts=None) | Q(ends__gte=F("starts")),
                name="post_ends_after_it_begins",
            )
        ]


class Rule(Record):
    """A written rule (制度), made by the congress, its presidium or a station."""

    name = models.CharField("名称", max_length=120)
    maker = models.CharField("制定者", max_length=60)
    station = models.ForeignKey(
        Station, models.CASCADE, null=True, blank=True, related_name="rules"
    )
    adopted_on = models.DateField("通过日期", null=True, blank=True)
    abolished_on = models.DateField("废止日期", null=True, blank=True)

    class Meta(Record.Meta):
        ordering = ["pk"]
        verbose_name = "制度"
        constraints = [
            models.UniqueConstraint(fields=["place", "name", "maker"], name="rule_once_a_maker"),
            models.CheckConstraint(
                condition=Q(abolished_on=None)
                | Q(adopted_on=None)
                | Q(abolished_on__gte=F("adopted_on")),
                name="rule_ends_after_it_begins",
            ),
        ]


class Reception(Record):
    """A session at which deputies received voters at a station (接待选民; 代表法 28)."""

    station = models.ForeignKey(
        Station, models.PROTECT, related_name="receptions", verbose_name="联络站"
    )
    on = models.DateField("日期", db_index=True)
    starts_at = models.TimeField("开始时间", null=True, blank=True)
    ends_at = models.TimeField("结束时间", null=True, blank=True)
    where = models.CharField("地点", max_length=120, blank=True)
    deputies = models.ManyToManyField(
        "deputies.Person", through="ReceptionDeputy", related_name="+", verbose_name="接待代表"
    )
    citizens = models.PositiveIntegerField("接待群众人数", default=0)
    opinions = models.PositiveIntegerField("收集意见条数", default=0)
    recorder = models.CharField("记录人", max_length=60, blank=True)

    class Meta(Record.Meta):
        ordering = ["-on", "-starts_at"]
        verbose_name = "接待记录"
        constraints = [
            models.UniqueConstraint(fields=["station", "on", "starts_at"], name="reception_once"),
            models.UniqueConstraint(
                fields=["station", "on"],
                condition=Q(starts_at=None),
                name="reception_without_a_time_once_a_day",
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(starts_at=None) | Q(ends_at__gte=F("starts_at")),
                name="reception_ends_after_it_begins",
            ),
        ]

    def __str__(self):
        return f"{self.station} {self.on}"


class ReceptionDeputy(models.Model):
    """One deputy's attendance at one reception."""

    reception = models.ForeignKey(Reception, models.CASCADE, related_name="attendances")
    person = models.ForeignKey(
        "deputies.Person", models.PROTECT, related_name="+", verbose_name="代表"
    )

    objects = scoped("reception__place__code")

    class Meta:
        ordering = ["pk"]
        verbose_name = "接待代表"
        constraints = [
            models.UniqueConstraint(fields=["reception", "person"], name="deputy_once_a_reception")
        ]


class AwarenessSurvey(Record):
    """How many of those asked in a village knew the station (知晓调查). `place` is the township."""

    on = models.DateField("日期", db_index=True)
    village = models.ForeignKey(
        "congress.Place", models.PROTECT, related_name="+", verbose_name="村居"
    )
    asked = models.PositiveIntegerField("询问人数")
    knew = models.PositiveIntegerField("知晓人数")

    class Meta(Record.Meta):
        ordering = ["-on"]
        verbose_name = "知晓调查"
        constraints = [
            models.UniqueConstraint(fields=["on", "village"], name="survey_once_a_day"),
            models.CheckConstraint(
                condition=Q(knew__lte=F("asked")), name="not_more_know_than_asked"
            ),
        ]
