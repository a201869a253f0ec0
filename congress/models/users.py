"""People who sign in."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone

from congress.roles import Role
from congress.scoping import PlaceQuerySet


class UserLookups(PlaceQuerySet):
    """Accounts: administrators, county staff and clerks see those under their place, everyone the
    own.
    """

    roles = frozenset({Role.SYSADMIN, Role.COUNTY, Role.CLERK})

    def visible_to(self, user):
        own = self.filter(pk=user.pk)
        return super().visible_to(user) | own if user.is_active else self.none()


class UserManager(BaseUserManager.from_queryset(UserLookups)):
    """Makes accounts; used by the first-run guide, the sample county and tests."""

    def get_queryset(self):
        """With the place: every page asks where the user is."""
        return super().get_queryset().select_related("place")

    def create_user(self, username, password=None, **fields):
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser):
    """A person with one role at one place."""

    username = models.CharField("用户名", max_length=40, unique=True)
    name = models.CharField("姓名", max_length=60)
    role = models.CharField("角色", max_length=10, choices=Role.choices)
    place = models.ForeignKey(
        "congress.Place", models.PROTECT, verbose_name="地方", related_name="+"
    )
    unit = models.ForeignKey(
        "congress.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="承办单位",
        related_name="+",
    )
    is_active = models.BooleanField("启用", default=True)
    must_change_password = models.BooleanField("下次登录须改密码", default=False)
    password_changed_at = models.DateTimeField("改密时间", default=timezone.now)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name", "role"]

    objects = UserManager()

    class Meta:
        ordering = ["place__code", "role", "username"]
        verbose_name = "用户"
        constraints = [
            models.CheckConstraint(
                condition=~Q(role=Role.UNIT) | Q(unit__isnull=False), name="unit_clerk_has_a_unit"
            )
        ]

    # While standing in for an absent clerk (congress.substitution): the hand-over, and the own role
    # and place, which are lent for a request and never stored. `handed_to`: to whom the own desk
    # was handed.
    standing_in = handed_to = lent = None

    def __str__(self):
        return self.name

    def lend(self, role, place):
        """Act in another role at another place for as long as this object lives."""
        self.lent = {"role": self.role, "place_id": self.place_id}
        self.role, self.place = role, place

    def save(self, *args, **options):
        """Store the account as it is, not what is only lent."""
        acting = {name: getattr(self, name) for name in self.lent or ()}
        vars(self).update(self.lent or {})
        super().save(*args, **options)
        vars(self).update(acting)

    def get_short_name(self):
        return self.name
