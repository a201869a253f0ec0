"""How far the jobs that make notices have read."""

from django.db import models

from congress.roles import OPERATOR_ROLE
from congress.scoping import ScopedQuerySet


class SystemRows(ScopedQuerySet):
    """Rows of the system itself: no person sees them."""

    def visible_to(self, user):
        return self.all() if user.role == OPERATOR_ROLE else self.none()


class NoticeCursor(models.Model):
    """Up to which step, and which day, people were told. The steps' keys are the outbox."""

    name = models.CharField(max_length=20, unique=True)
    step = models.BigIntegerField(default=0)
    day = models.DateField(null=True)

    objects = SystemRows.as_manager()

    class Meta:
        verbose_name = "通知进度"
