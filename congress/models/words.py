"""Words that a county may change, and settings with effective dates."""

from django.db import models

from congress.ledger_words import LedgerWords
from congress.records import Record
from congress.roles import GROUND_ROLES
from congress.scoping import PlaceQuerySet, scoped


class Readable(PlaceQuerySet):
    """Read by everyone at or under the place that set it."""

    def for_deputy(self, user):
        return self.filter(self.scope(user))

    for_unit = for_government = for_deputy


class Word(Record):
    """One word of a list that the county keeps: a category of suggestions, an item of the
    stations' checklist.
    """

    class Kind(LedgerWords):
        CATEGORY = "建议类别"
        CHECKLIST = "联络站清单"

    kind = models.CharField("词表", max_length=6, choices=Kind.choices)
    text = models.CharField("词", max_length=40)
    order = models.PositiveIntegerField("次序", default=100)
    retired_on = models.DateField("停用日期", null=True, blank=True)

    objects = scoped(roles=GROUND_ROLES, shared_down=True, base=Readable)

    class Meta(Record.Meta):
        ordering = ["kind", "order", "pk"]
        verbose_name = "词表"
        constraints = [
            models.UniqueConstraint(fields=["place", "kind", "text"], name="word_once_in_a_list")
        ]

    def __str__(self):
        return self.text


class Setting(Record):
    """A value that a county or township set, from a day on. Keys and defaults:
    congress/data/settings.toml.
    """

    key = models.CharField("设置项", max_length=60)
    value = models.JSONField("值")
    valid_from = models.DateField("生效日期")

    objects = scoped(roles=GROUND_ROLES, shared_down=True, base=Readable)

    class Meta(Record.Meta):
        ordering = ["key", "-valid_from", "-pk"]
        verbose_name = "设置"
