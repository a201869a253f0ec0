"""Who keeps a clerk's desk while the clerk is away."""

from django.db import models
from django.db.models import F, Q

from congress.records import Record
from congress.roles import OFFICE_ROLES
from congress.scoping import PlaceQuerySet, scoped


class SubstituteLookups(PlaceQuerySet):
    """Seen by the offices of the place, and by who stands in."""

    def visible_to(self, user):
        rows = super().visible_to(user)
        own = self.filter(substitute=user.pk) if user.is_active and user.pk else self.none()
        return rows | own

    def running(self, day):
        """Those that hold on `day`; both the first and the last day count."""
        return self.filter(starts__lte=day, ends__gte=day, ended_at=None)


class Substitute(Record):
    """A clerk hands the desk over for some days (请人代班): leave, illness, training. From the
    first to the last day the substitute has the clerk's rights at that place; it ends by itself,
    or earlier when somebody takes it back.
    """

    absent = models.ForeignKey(
        "congress.User", models.PROTECT, related_name="+", verbose_name="谁不在"
    )
    substitute = models.ForeignKey(
        "congress.User", models.PROTECT, related_name="+", verbose_name="谁代班"
    )
    starts = models.DateField("从")
    ends = models.DateField("到")
    ended_at = models.DateTimeField("收回时间", null=True, blank=True)
    ended_by = models.ForeignKey(
        "congress.User", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="谁收回的",
    )  # fmt: skip

    objects = scoped(roles=OFFICE_ROLES, base=SubstituteLookups)

    class Meta(Record.Meta):
        ordering = ["-starts", "-pk"]
        verbose_name = "代班"
        indexes = [
            models.Index(fields=["substitute", "ends"]),
            models.Index(fields=["absent", "ends"]),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="substitute_has_days"),
            models.CheckConstraint(
                condition=~Q(absent=F("substitute")), name="substitute_is_another"
            ),
        ]

    def __str__(self):
        return f"{self.substitute.name}代{self.absent.name}"
