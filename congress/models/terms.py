"""Terms of a congress (届)."""

from django.db import models
from django.db.models import F, Q

from congress.ledger_words import Level
from congress.records import Record
from congress.roles import GROUND_ROLES
from congress.scoping import scoped


class Term(Record):
    """One term of one congress: from the first day of its first meeting to that of the next
    (组织法 9, 20).
    """

    level = models.CharField("层级", max_length=2, choices=Level.choices)
    name = models.CharField("届次", max_length=30)
    starts = models.DateField("开始日期", null=True, blank=True)
    ends = models.DateField("结束日期", null=True, blank=True)

    objects = scoped(roles=GROUND_ROLES, shared_down=True)

    class Meta(Record.Meta):
        ordering = ["place__code", "-starts"]
        verbose_name = "届次"
        constraints = [
            models.UniqueConstraint(fields=["place", "level", "name"], name="term_once_in_a_place"),
            models.CheckConstraint(
                condition=Q(ends=None) | Q(starts=None) | Q(ends__gt=F("starts")),
                name="term_ends_after_it_begins",
            ),
        ]

    def __str__(self):
        return self.name
