"""What a password must be: two profiles (settings.PASSWORD_PROFILE), because the two rule books
disagree.

`dengbao` follows GB/T 22239 (length, classes, history, age), `asvs` OWASP ASVS 5.0 6.2 (length,
known passwords).
"""

import datetime
import re
from functools import cached_property
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from congress.models.passwords import PasswordHistory

KEPT = 5  # former passwords that may not come back
CONTEXT_WORDS = Path(__file__).parent / "data" / "password_words.txt"


def must_change(user, now):
    """Whether `user` has to choose a new password before anything else: told to, or it is too old
    at `now`.
    """
    if user.must_change_password:
        return True
    days = settings.PASSWORD_DAYS
    return days is not None and now - user.password_changed_at > datetime.timedelta(days=days)


class Rule:
    """One rule for new passwords, in the form that Django's AUTH_PASSWORD_VALIDATORS asks for."""

    help_text = ""

    def broken_by(self, password, user):
        """Whether `password` breaks the rule for `user` (None: not yet known)."""
        raise NotImplementedError

    def validate(self, password, user=None):
        if self.broken_by(password, user):
            raise ValidationError(self.help_text, code=type(self).__name__)

    def get_help_text(self):
        return self.help_text


class TwelveLong(Rule):
    """At least 12 characters."""

    help_text = "密码至少12个字符。"

    def broken_by(self, password, user):
        return len(password) < 12


class FifteenLong(Rule):
    """At least 15 characters (ASVS 6.2.1 recommends it); any character counts, Chinese and spaces
    too.
    """

    help_text = "密码至少15个字符，可以是一句话。"

    def broken_by(self, password, user):
        return len(password) < 15


class ThreeClasses(Rule):
    """Three of: capital letters, small letters, digits, anything else."""

    help_text = "密码须含大写字母、小写字母、数字、其他符号中的三种。"
    classes = [r"[A-Z]", r"[a-z]", r"[0-9]", r"[^A-Za-z0-9]"]

    def broken_by(self, password, user):
        return sum(bool(re.search(kind, password)) for kind in self.classes) < 3


class NotTheUserName(Rule):
    """No four characters in a row of the user name stand in the password, in any case."""

    help_text = "密码不能含有用户名或其中的一段。"

    def broken_by(self, password, user):
        name = getattr(user, "username", "").lower()
        size = min(4, len(name))
        parts = (
            {name[start : start + size] for start in range(len(name) - size + 1)} if name else set()
        )
        return any(part in password.lower() for part in parts)


class NotUsedBefore(Rule):
    """Not the present password nor one of the last five."""

    help_text = f"不能使用最近{KEPT}次用过的密码。"

    def broken_by(self, password, user):
        if user is None or user.pk is None:
            return False
        return any(check_password(password, row.password) for row in former(user)[:KEPT])

    def password_changed(self, password, user=None):
        """Called by Django after a new password was saved: keeps its hash, drops what is older."""
        former(user).create(user=user, password=user.password)
        kept = list(former(user)[:KEPT].values_list("pk", flat=True))
        former(user).exclude(pk__in=kept).delete()


def former(user):
    """The hashes of a user's passwords, newest first."""
    return PasswordHistory.objects.filter(user=user)


class NotKnown(CommonPasswordValidator):
    """Not on the list of known passwords, nor one of those or of our field's words drawn out by
    digits, marks or repetition (ASVS 6.2.4, 6.2.11: words of the context are as well known as
    "password").
    """

    help_text = "这个密码太常见，容易被人猜到。"

    @cached_property
    def context_words(self):
        lines = CONTEXT_WORDS.read_text(encoding="utf-8").splitlines()
        return {line for line in lines if line and not line.startswith("#")}

    def validate(self, password, user=None):
        whole = password.lower().strip()
        letters = re.sub(r"[\W\d_]+", "", whole)
        kernel = re.sub(r"^(.+?)\1+$", r"\1", letters)
        words = self.context_words | {getattr(user, "username", "").lower()}
        if {whole, letters, kernel} & (self.passwords | words | {""}):
            raise ValidationError(self.help_text, code="NotKnown")

    def get_help_text(self):
        return "密码不能是常见的密码，也不能由单位、岗位一类的词简单拼成。"
