"""The last number of each series."""

from django.db import models

from congress.scoping import scoped


class Counter(models.Model):
    """How far the numbers of one series have come in a place. `series`: a number with its running
    part open, `闭〔2024〕{号}号`, so that each meeting and each year begins anew by itself.
    """

    place = models.ForeignKey("congress.Place", models.PROTECT, related_name="+")
    series = models.CharField("系列", max_length=200)
    last = models.PositiveIntegerField("用到", default=0)

    objects = scoped()

    class Meta:
        verbose_name = "编号"
        constraints = [
            models.UniqueConstraint(fields=["place", "series"], name="counter_once_in_a_place")
        ]
