"""Undertaking units (承办单位) with their other names."""

from django.db import models
from django.db.models import Q

from congress.records import Record
from congress.roles import GROUND_ROLES, Role
from congress.scoping import PlaceQuerySet, scoped


class UnitLookups(PlaceQuerySet):
    """A unit clerk sees the own unit."""

    def for_unit(self, user):
        return self.filter(pk=user.unit_id)

    def for_government(self, user):
        """The government's office hands cases out among all of them."""
        return self.filter(self.scope(user))


class Unit(Record):
    """An office of a township government or of a county that handles suggestions (代表法 51)."""

    name = models.CharField("名称", max_length=60)
    # Of its office, printed on its letters; nobody's own number.
    phone = models.CharField("办公电话", max_length=30, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, verbose_name="并入单位"
    )
    closed_on = models.DateField("停用日期", null=True, blank=True)

    objects = scoped(roles=GROUND_ROLES, shared_down=True, base=UnitLookups)

    class Meta(Record.Meta):
        ordering = ["place__code", "name"]
        verbose_name = "承办单位"
        constraints = [
            models.UniqueConstraint(fields=["place", "name"], name="unit_name_once_in_a_place"),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=models.F("id")),
                name="unit_not_into_itself",
            ),
        ]

    def __str__(self):
        return self.name


class UnitAlias(Record):
    """Another name under which ledgers mention a unit (水务站 = 镇水务站)."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="aliases", verbose_name="单位")
    name = models.CharField("别名", max_length=60)

    objects = scoped(roles=frozenset({*GROUND_ROLES, Role.UNIT}), shared_down=True)

    class Meta(Record.Meta):
        verbose_name = "单位别名"
        constraints = [
            models.UniqueConstraint(fields=["place", "name"], name="alias_once_in_a_place")
        ]

    def __str__(self):
        return self.name
