"""By which calendar and settings the open deadlines of a place were last reckoned."""

from django.db import models

from congress.scoping import scoped


class ReckonedBy(models.Model):
    """A print of the rules at the last reckoning; another print means: reckon again."""

    place = models.OneToOneField("congress.Place", models.CASCADE, related_name="+")
    rules = models.CharField(max_length=64)

    objects = scoped()

    class Meta:
        verbose_name = "期限推算依据"
