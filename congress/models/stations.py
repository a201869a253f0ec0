"""The thin identity of a liaison station; how it works lives in liaison_stations."""

from django.db import models
from django.db.models import F, Q

from congress.ledger_words import LedgerWords
from congress.records import Record


class Station(Record):
    """A deputies' liaison station, room or pavilion (代表联络站、室、议事亭; 代表法 28)."""

    class Kind(LedgerWords):
        STATION = "站"
        ROOM = "室"
        PAVILION = "议事亭"

    name = models.CharField("名称", max_length=60)
    kind = models.CharField("类型", max_length=3, choices=Kind.choices)
    village = models.ForeignKey(
        "congress.Place", models.PROTECT, null=True, blank=True, related_name="+"
    )
    built_on = models.DateField("建成日期", null=True, blank=True)
    upgraded_on = models.DateField("提升日期", null=True, blank=True)
    closed_on = models.DateField("停用日期", null=True, blank=True)

    class Meta(Record.Meta):
        ordering = ["place__code", "pk"]
        verbose_name = "联络站"
        constraints = [
            models.UniqueConstraint(fields=["place", "name"], name="station_once_in_a_place"),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(built_on=None) | Q(closed_on__gte=F("built_on")),
                name="station_closes_after_it_opens",
            ),
        ]

    def __str__(self):
        return self.name
