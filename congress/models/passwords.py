"""Former passwords."""

from django.db import models
from django.utils import timezone


class PasswordHistory(models.Model):
    """The hash of a password that a user has or had, kept so that it does not come back (GB/T
    22239).
    """

    user = models.ForeignKey("congress.User", models.CASCADE, related_name="+")
    password = models.CharField(max_length=128)
    set_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-pk"]
