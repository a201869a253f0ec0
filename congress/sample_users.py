"""One user for each role of the sample county, all with one password that each data folder makes
for itself."""

import secrets
import string
import tomllib
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError

from congress.keyfiles import read_or_make
from congress.models import Place, Unit, User
from congress.passwords import FifteenLong, NotKnown, NotTheUserName, ThreeClasses, TwelveLong
from congress.scoping import OPERATOR

FILE = Path(__file__).parent / "data" / "sample_users.toml"
LETTERS = "".join(sorted(set(string.ascii_letters + string.digits) - set("0OoIl1")))
RULES = [TwelveLong, FifteenLong, ThreeClasses, NotTheUserName, NotKnown]  # of both profiles


def ensure_sample_users(now):
    """Makes the sample users that are missing and whose place (and unit) exists: (users in order,
    password)."""
    file = Path(settings.DATA) / "sample_password"
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["users"]
    new = not file.exists()
    password = read_or_make(file, make=lambda: new_password([row["username"] for row in rows]))
    users = [user for row in rows if (user := _ensure(row, password, now, new)) is not None]
    return users, password


def new_password(usernames):
    """A random password, easy to type, that fits both profiles for all these names: Kx7m-p2Qd-…"""
    while True:
        groups = ["".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4)]
        password = "-".join(groups)
        if all(_fits(password, name) for name in usernames):
            return password


def _fits(password, username):
    try:
        for rule in RULES:
            rule().validate(password, User(username=username))
    except ValidationError:
        return False
    return True


def _ensure(row, password, now, anew):
    """One sample user; None where the place or unit is missing. `anew`: an old one gets the
    password again."""
    user = User.objects.visible_to(OPERATOR).filter(username=row["username"]).first()
    if user is None:
        user = _new(row)
    elif not anew:
        return user
    if user is not None:
        user.set_password(password)
        user.password_changed_at = now
        user.save()
    return user


def _new(row):
    place = Place.objects.visible_to(OPERATOR).filter(code=row["place"]).first()
    if place is None:
        return None
    unit = _first_unit(place) if row.get("unit") else None
    if row.get("unit") and unit is None:
        return None
    return User(
        username=row["username"], name=row["name"], role=row["role"], place=place, unit=unit
    )


def _first_unit(place):
    return Unit.objects.visible_to(OPERATOR).filter(place=place, closed_on=None).first()
