"""Accounts: who may make and change whose, and what happens to them. Passwords never pass through
here."""

import re

from django.db import transaction

from congress import audit, devices, first_passwords
from congress.models import User
from congress.pinyin import keys
from congress.roles import Role
from congress.scoping import OPERATOR, code_range
from congress.substitution import end_hand_overs

# Nobody gives a role above the own one (三员分离, GB/T 22239 8.1.4): the administrator all under
# the own place, county staff those of the townships, a clerk those who work for the own township.
GRANTS = {
    Role.SYSADMIN: list(Role),
    Role.COUNTY: [
        Role.CLERK,
        Role.CHAIR,
        Role.OFFICER,
        Role.GOVERNMENT,
        Role.UNIT,
        Role.DEPUTY,
    ],  # fmt: skip
    Role.CLERK: [Role.OFFICER, Role.GOVERNMENT, Role.UNIT, Role.DEPUTY],
}
# The levels of the places at which a role works.
LEVELS = {
    Role.SYSADMIN: {"省", "市", "县", "乡镇"},
    Role.COUNTY: {"县"},
    Role.UNIT: {"县", "乡镇"},
    **dict.fromkeys([Role.CLERK, Role.CHAIR, Role.OFFICER, Role.GOVERNMENT, Role.DEPUTY], {"乡镇"}),
}
# What of an account's facts says what its holder may do.
RIGHTS = {"角色", "地方", "承办单位"}


def grants(actor):
    """The roles that `actor` may give; nobody hands on rights that are only lent."""
    return [] if getattr(actor, "lent", None) else GRANTS.get(actor.role, [])


def kept_by(actor):
    """The accounts that `actor` may change: of the roles that he may give, under his place, never
    the own."""
    rows = User.objects.visible_to(actor).filter(code_range("place__code", actor.place.code))
    return rows.filter(role__in=grants(actor)).exclude(pk=actor.pk)


def free_username(name):
    """A user name from a person's name in pinyin, with a number where it is taken: 王芳 → wangfang,
    wangfang2."""
    stem = re.sub(r"[^a-z0-9]", "", keys(name)[0])[:30] or "user"
    taken = set(
        User.objects.visible_to(OPERATOR)
        .filter(username__startswith=stem)
        .values_list("username", flat=True)
    )
    numbers = (f"{stem}{number}" for number in range(2, len(taken) + 3))
    return next(username for username in (stem, *numbers) if username not in taken)


def is_taken(username, besides=None):
    """Whether somebody has this user name, in capitals or not; anywhere, for names are of the whole
    system."""
    rows = User.objects.visible_to(OPERATOR).filter(username__iexact=username)
    return rows.exclude(pk=besides).exists()


def open_account(user, now):
    """Save a new account and give out its first link."""
    with transaction.atomic():
        user.set_unusable_password()
        user.save()
        first_passwords.give_out(user, now)
        note("create", user, facts(user))


def open_for_phone(user):
    """Save a new account of somebody who signs in on a bound phone only: no password, no link for
    one."""
    with transaction.atomic():
        user.set_unusable_password()
        user.save()
        note("create", user, facts(user))


def change_account(user, before, now):
    """Save a changed account; `before`: its facts as they were. With other rights its phones are
    bound no more."""
    with transaction.atomic():
        user.save()
        after = facts(user)
        changed = {key: [before[key], after[key]] for key in after if before[key] != after[key]}
        note("update", user, changed)
        if changed.keys() & RIGHTS:
            devices.end_all(user, now, "账号的权限改了")
            end_hand_overs(user, now)


def new_link(user, now):
    """The password no longer holds: end the sessions and bound phones, give out a new link."""
    with transaction.atomic():
        first_passwords.give_out(user, now)
        devices.end_all(user, now, "账号重新设密码")
        note("update", user, "重新发放设密链接")


def close_account(user, now):
    """The account can no longer be used; its sessions and bound phones end at once and stay dead
    if it is opened again."""
    with transaction.atomic():
        user.is_active = False
        user.save(update_fields=["is_active"])
        first_passwords.give_out(user, now)
        devices.end_all(user, now, "账号停用")
        end_hand_overs(user, now)
        note("update", user, "停用账号")


def reopen_account(user, now):
    """The account can be used again, once a new password is set by a new link."""
    with transaction.atomic():
        user.is_active = True
        user.save(update_fields=["is_active"])
        first_passwords.give_out(user, now)
        note("update", user, "启用账号")


def facts(user):
    """What an account is, for the audit trail; never its password."""
    return {
        "用户名": user.username,
        "姓名": user.name,
        "角色": user.get_role_display(),
        "地方": f"{user.place.name} {user.place.code}",
        "承办单位": user.unit.name if user.unit else "",
    }


def note(action, user, detail):
    """One line in the audit trail; the columns themselves stay out, for the password is among
    them."""
    audit.note(action, user, before=user, detail=detail)
