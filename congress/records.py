"""What every business record has: a place, the moment it was entered, by whom, a version, and an
audit trail.
"""

from django.db import models
from django.utils import timezone

from congress import audit
from congress.scoping import scoped


class StaleRecord(Exception):
    """Somebody else saved this record since it was read; nothing was written."""


class Record(models.Model):
    """A dated fact of a township's work. The day on which it happened is a field of each kind of
    record; here stands when and by whom it was entered. Every save is written to the audit trail
    with what was before.
    """

    place = models.ForeignKey(
        "congress.Place", models.PROTECT, verbose_name="地方", related_name="+"
    )
    entered_at = models.DateTimeField("录入时间", default=timezone.now, editable=False)
    entered_by = models.ForeignKey(
        "congress.User", models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    version = models.PositiveIntegerField("版本", default=1, editable=False)

    objects = scoped()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        """Writes the record, raises its version and leaves an audit entry. StaleRecord: changed
        meanwhile.
        """
        if self._state.adding:
            super().save(*args, **kwargs)
            audit.note("create", self)
            return
        stored = type(self)._base_manager.filter(pk=self.pk)
        before = stored.first()
        if not stored.filter(version=self.version).update(version=self.version + 1):
            raise StaleRecord(str(self))
        self.version += 1
        super().save(*args, **kwargs)
        audit.note("update", self, before=before)

    def delete(self, *args, **kwargs):
        audit.note("delete", self, before=self)
        return super().delete(*args, **kwargs)
