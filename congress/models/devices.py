"""Phones on which a deputy or a unit's clerk signs in without a password."""

from django.db import models
from django.db.models import Q

from congress.roles import Role
from congress.scoping import PlaceQuerySet, scoped

KEEPERS = frozenset({Role.SYSADMIN, Role.COUNTY, Role.CLERK})


class AccountParts(PlaceQuerySet):
    """Rows of an account are seen by its owner and by who sees the account."""

    def visible_to(self, user):
        own = self.filter(user=user.pk)
        return super().visible_to(user) | own if user.is_active else self.none()


class PersonalLink(models.Model):
    """A slip for one person with a link and its QR code that binds one phone: good for seven days,
    used once. Only the digest of its token is stored.
    """

    user = models.ForeignKey("congress.User", models.CASCADE, related_name="personal_links")
    token = models.CharField(max_length=64, unique=True, editable=False)
    made_by = models.ForeignKey("congress.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField("发放时间")
    expires = models.DateTimeField("有效到")
    used_at = models.DateTimeField("使用时间", null=True, blank=True)
    revoked_at = models.DateTimeField("作废时间", null=True, blank=True)

    objects = scoped("user__place__code", roles=KEEPERS, base=AccountParts)

    class Meta:
        ordering = ["-pk"]
        verbose_name = "绑定手机的纸条"
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(used_at=None, revoked_at=None),
                name="one_open_slip_a_user",
            )
        ]

    @property
    def place_id(self):
        """Under which place the audit trail lists it."""
        return self.user.place_id


class Device(models.Model):
    """A phone bound to an account for 90 days: its browser holds a token, the person knows six
    digits (PIN). Neither is stored, only the token's digest and a slow hash of both together.
    """

    user = models.ForeignKey("congress.User", models.CASCADE, related_name="devices")
    token = models.CharField(max_length=64, unique=True, editable=False)
    name = models.CharField("手机", max_length=40)
    pin = models.CharField(max_length=128, editable=False)
    bound_at = models.DateTimeField("绑定时间")
    expires = models.DateTimeField("有效到")
    last_used = models.DateTimeField("上次使用")
    revoked_at = models.DateTimeField("解除时间", null=True, blank=True)
    failures = models.PositiveSmallIntegerField("连续输错", default=0)
    locked_until = models.DateTimeField("停用到", null=True, blank=True)

    objects = scoped("user__place__code", roles=KEEPERS, base=AccountParts)

    class Meta:
        ordering = ["-pk"]
        verbose_name = "绑定的手机"
        indexes = [models.Index(fields=["user", "revoked_at"])]

    @property
    def place_id(self):
        """Under which place the audit trail lists it."""
        return self.user.place_id
