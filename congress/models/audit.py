"""The audit trail."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from congress.roles import Role
from congress.scoping import scoped


class AuditEntry(models.Model):
    """One change of one record: kept, never edited (网络安全法 23(3): logs at least six months)."""

    at = models.DateTimeField("时间", default=timezone.now, db_index=True)
    by = models.ForeignKey("congress.User", models.PROTECT, null=True, blank=True, related_name="+")
    action = models.CharField("动作", max_length=12)
    model = models.CharField("记录种类", max_length=60)
    record_pk = models.BigIntegerField("记录号", null=True)
    place = models.ForeignKey(
        "congress.Place", models.PROTECT, null=True, blank=True, related_name="+"
    )
    change = models.JSONField("变化", default=dict, encoder=DjangoJSONEncoder)

    objects = scoped(roles=frozenset({Role.COUNTY, Role.CLERK}))

    class Meta:
        ordering = ["-pk"]
        verbose_name = "变更记录"
        indexes = [models.Index(fields=["model", "record_pk"])]
