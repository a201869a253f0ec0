"""The one-time link by which a person sets the own first password; no administrator ever knows it.

Nothing is stored: the link is a keyed digest over the account as it was when the link was given
out. Setting the password, a newer link or 72 hours (settled in the project's security rules) make
it void.
"""

import base64
from datetime import timedelta

from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from congress.models import User
from congress.scoping import OPERATOR

LIFE = timedelta(hours=72)


def give_out(user, now):
    """Take the password away and begin the 72 hours of a new link; ends the user's sessions. `user`
    is saved."""
    user.set_unusable_password()
    user.must_change_password = True
    user.password_changed_at = now
    user.save(update_fields=["password", "must_change_password", "password_changed_at"])


def is_waiting(user):
    """Whether the person has not yet set a password since the last link."""
    return user.must_change_password and not user.has_usable_password()


def expires(user):
    """The moment at which the user's link dies."""
    return user.password_changed_at + LIFE


def is_open(user, now):
    """Whether the user's link can be used at `now`."""
    return user.is_active and is_waiting(user) and now < expires(user)


def token(user):
    """What the link carries: the account's number and 128 bits of the digest, in letters that can
    be typed from paper.
    """
    text = f"{user.pk}|{user.password}|{user.password_changed_at.timestamp()}"
    digest = salted_hmac("congress.first_passwords", text, algorithm="sha256").digest()
    return f"{user.pk}-{base64.b32encode(digest[:16]).decode().rstrip('=').lower()}"


def link(user, address):
    """The link for a user; `address` is where the site is reached, without a slash at its end."""
    return f"{address}{reverse('first_password')}?t={token(user)}"


def user_of(text, now):
    """The user who may set the first password by this token, or None."""
    number = text.partition("-")[0]
    if not number.isdecimal() or len(number) > 18:
        return None
    user = User.objects.visible_to(OPERATOR).filter(pk=int(number)).first()
    if user is None or not constant_time_compare(text, token(user)):
        return None
    return user if is_open(user, now) else None


def choose(user, password, now):
    """The person chose a password: the link is dead, the account ready."""
    user.set_password(password)
    user.must_change_password = False
    user.password_changed_at = now
    user.save()
