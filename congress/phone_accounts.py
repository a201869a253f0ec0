"""Accounts of people who sign in on a bound phone only, made when their slip is printed."""

from django.db import transaction
from django.db.models import Count, Max

from congress import accounts, devices
from congress.models import Device, PersonalLink, Unit, User
from congress.roles import Role
from congress.scoping import OPERATOR


def of_unit(unit):
    """The account of a unit's clerk: the first in use, else the first there is, else a new one that
    is called after the unit.
    """
    with transaction.atomic():
        kept = Unit.objects.visible_to(OPERATOR).select_for_update().get(pk=unit.pk)
        rows = User.objects.visible_to(OPERATOR).filter(unit=kept, role=Role.UNIT)
        user = rows.select_related("unit").order_by("-is_active", "pk").first()
        return user or new(f"{kept.name}经办人", Role.UNIT, unit.place, unit)


def new(name, role, place, unit=None):
    """A new account without a password."""
    user = User(name=name, role=role, place=place, unit=unit)
    user.username = accounts.free_username(name)
    accounts.open_for_phone(user)
    return user


def unit_rows(units, viewer, now):
    """The units with their accounts as the page of slips shows them, in three queries."""
    units = list(units)
    users = User.objects.visible_to(viewer).filter(unit__in=units, role=Role.UNIT)
    by_unit = {}
    for user in users.order_by("is_active", "-pk"):
        by_unit[user.unit_id] = user
    states = phone_states(viewer, now)
    return [
        {"pk": unit.pk, "name": unit.name, "detail": unit.place.name}
        | row_of(by_unit.get(unit.pk), states)
        for unit in units
    ]


def phone_states(viewer, now):
    """{account: what is known of its phones}: how many are bound, last used, slip open until."""
    live = devices.live_devices(Device.objects.visible_to(viewer), now)
    bound = live.order_by().values("user").annotate(number=Count("pk"), used=Max("last_used"))
    states = {row["user"]: {"phones": row["number"], "used": row["used"]} for row in bound}
    waiting = PersonalLink.objects.visible_to(viewer).filter(
        used_at=None, revoked_at=None, expires__gt=now
    )
    for link in waiting:
        states.setdefault(link.user_id, {})["waiting"] = link.expires
    return states


def row_of(user, states):
    """What the page of slips shows of one account; `fresh`: it has neither phone nor slip."""
    state = {"phones": 0, "used": None, "waiting": None} | states.get(user.pk if user else 0, {})
    closed = user is not None and not user.is_active
    fresh = not closed and not state["phones"] and not state["waiting"]
    return state | {"user": user, "closed": closed, "fresh": fresh}


def choice(rows, which):
    """What the page of slips needs to show `rows`. `which` are ticked beforehand: "new" who has
    neither phone nor slip, "all", else nobody: a slip makes an account, and voids an earlier slip.
    """
    for row in rows:
        row["open"] = not row["closed"] and not row.get("other")
        row["ticked"] = row["open"] and (which == "all" or which == "new" and row["fresh"])
    return {"rows": rows, "fresh": sum(row["open"] and row["fresh"] for row in rows)}


def numbers(texts):
    """The keys among what a form sent."""
    return [int(text) for text in texts if text.isdecimal() and len(text) < 19]
