"""Scanned files that wait to be put with their cases."""

from django.db import models
from django.utils import timezone

from congress.roles import WRITING_ROLES, Role
from congress.scoping import OPERATOR_ROLE, PlaceQuerySet, scoped


class ScanDropLookups(PlaceQuerySet):
    """A dropped file is seen by who dropped it, and by no one else."""

    def visible_to(self, user):
        rows = super().visible_to(user)
        return rows if user.role == OPERATOR_ROLE else rows.filter(user_id=user.pk)


class ScanDrop(models.Model):
    """A scanned file of signed sheets, dropped on the desk: read page by page, then confirmed by
    who dropped it and kept as papers of its cases. What nobody confirms goes after seven days.

    `runs`: [{first, last, code, form, kept}], pages counted from 1; `kept`: key of the case whose
    paper the pages became. `problem`: why the file could not be read, in Chinese.
    """

    user = models.ForeignKey("congress.User", models.CASCADE, related_name="+")
    place = models.ForeignKey("congress.Place", models.PROTECT, related_name="+")
    name = models.CharField("文件名", max_length=150)
    stored = models.CharField(max_length=60, unique=True, editable=False)
    kind = models.CharField(max_length=5, blank=True, editable=False)
    runs = models.JSONField(default=list, editable=False)
    read_at = models.DateTimeField("识别时间", null=True, editable=False)
    problem = models.CharField("问题", max_length=300, blank=True)
    job = models.ForeignKey(
        "congress.Job", models.SET_NULL, null=True, editable=False, related_name="+"
    )
    dropped_at = models.DateTimeField("放入时间", default=timezone.now, db_index=True)

    objects = scoped(roles=WRITING_ROLES | {Role.UNIT, Role.GOVERNMENT}, base=ScanDropLookups)

    class Meta:
        ordering = ["dropped_at", "pk"]
        verbose_name = "待归档扫描件"

    def __str__(self):
        return self.name
