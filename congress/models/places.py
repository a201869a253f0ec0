"""Places by official administrative code, and the dated facts of a village."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from congress.ledger_words import LedgerWords
from congress.records import Record
from congress.roles import GROUND_ROLES
from congress.scoping import PlaceQuerySet, scoped

PLACE_LEVELS = {2: "省", 4: "市", 6: "县", 9: "乡镇", 12: "村居"}


class PlaceLookups(PlaceQuerySet):
    """Places: one reads the tree under one's own and the line above it."""

    def for_deputy(self, user):
        return self.filter(self.scope(user))

    for_unit = for_deputy

    def villages(self):
        """The villages among them."""
        return self.filter(level=PLACE_LEVELS[12])


class Place(models.Model):
    """A province, prefecture, county, township or village (行政区划), by its official code."""

    code = models.CharField(
        "代码", max_length=12, unique=True, validators=[RegexValidator(r"^\d+$")]
    )
    name = models.CharField("名称", max_length=60)
    level = models.CharField("级别", max_length=4, choices=[(w, w) for w in PLACE_LEVELS.values()])
    valid_from = models.DateField("启用日期", null=True, blank=True)
    valid_to = models.DateField("撤销日期", null=True, blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, verbose_name="并入"
    )
    provisional = models.BooleanField("暂编代码", default=False)

    objects = scoped("code", roles=GROUND_ROLES, shared_down=True, base=PlaceLookups)

    class Meta:
        ordering = ["code"]
        verbose_name = "地方"
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None)
                | Q(valid_from=None)
                | Q(valid_to__gt=models.F("valid_from")),
                name="place_ends_after_it_begins",
            )
        ]

    def __str__(self):
        return self.name


class PlaceFact(Record):
    """A village's population (人) or households (户) over a span of days; no first day = always."""

    class Kind(LedgerWords):
        POPULATION = "户籍人口"
        HOUSEHOLDS = "户数"

    kind = models.CharField("事项", max_length=4, choices=Kind.choices)
    value = models.PositiveIntegerField("数值")
    starts = models.DateField("开始日期", null=True, blank=True)
    ends = models.DateField("结束日期", null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = "村居情况"
        indexes = [models.Index(fields=["place", "kind"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends=None) | Q(starts=None) | Q(ends__gte=models.F("starts")),
                name="place_fact_ends_after_it_begins",
            )
        ]
