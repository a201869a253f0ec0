"""Signing in on a bound phone: the slip that binds it, the six digits that open it, its end.

Deputies and unit clerks only: they see their own cases and nothing else. A guess at the digits
needs the phone as well: the hash is over both. Five wrong ones shut the phone out for 15 minutes
(as wrong passwords do), ten end the binding.
"""

from datetime import timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils.timezone import localtime

from congress import audit, tokens
from congress.device_names import name_of
from congress.models.devices import Device, PersonalLink
from congress.models.users import User
from congress.roles import Role
from congress.scoping import OPERATOR

ROLES = frozenset({Role.DEPUTY, Role.UNIT})
LINK_LIFE = timedelta(days=7)
LIFE = timedelta(days=90)
TRIES, ALL_TRIES = 5, 10
LOCK = timedelta(minutes=15)


class LinkDead(Exception):
    """The slip cannot be used; the message says why in Chinese."""


class PinRefused(Exception):
    """The digits open nothing now; the message says why in Chinese. `over`: too many were wrong,
    for now or for good.
    """

    def __init__(self, message, over=False):
        super().__init__(message)
        self.over = over


def make_link(user, by, now):
    """A new slip for `user`; an earlier one that was not used is void. Hands back (slip, token):
    the token is nowhere else.
    """
    token = tokens.new()
    with transaction.atomic():
        _lock(user)
        _links(user=user, used_at=None, revoked_at=None).update(revoked_at=now)
        link = PersonalLink(
            user=user,
            token=tokens.digest(token),
            made_by=by,
            made_at=now,
            expires=now + LINK_LIFE,
        )
        link.save()
        _note("create", link, f"给{user.name}绑定手机的纸条")
    return link, token


def link_of(token, now):
    """The slip that this token opens; LinkDead: none does, or it is used, replaced or too old."""
    link = _links(token=tokens.digest(token)).select_related("user__place").first()
    if link is None:
        raise LinkDead("没有这样的纸条，可能是链接没有复制全。")
    if link.used_at:
        raise LinkDead("这张纸条已经用过了，一张只能绑定一部手机。")
    if link.revoked_at or not _may_bind(link.user):
        raise LinkDead("这张纸条已经作废，后来又发过一张新的，或者账号停用了。")
    if now >= link.expires:
        raise LinkDead(f"这张纸条过期了，有效到{day_words(link.expires)}。")
    return link


def bind(token, pin, agent, now):
    """Use up the slip and bind the phone whose browser says `agent` of itself: (device, token for
    its cookie). LinkDead: as `link_of`; also where the other of two clicks was faster.
    """
    link, held = link_of(token, now), tokens.new()
    with transaction.atomic(), audit.acting(link.user):
        if not _links(pk=link.pk, used_at=None, revoked_at=None).update(used_at=now):
            raise LinkDead("这张纸条已经用过了，一张只能绑定一部手机。")
        device = Device(
            user=link.user,
            token=tokens.digest(held),
            name=name_of(agent)[:40],
            pin=make_password(held + pin),
            bound_at=now,
            expires=now + LIFE,
            last_used=now,
        )
        device.save()
        _note("create", device, f"绑定{device.name}，到{localtime(device.expires):%Y-%m-%d}")
    return device, held


def device_of(token, now):
    """The bound device that holds this token, or None."""
    if not token:
        return None
    device = _live(now).filter(token=tokens.digest(token)).select_related("user__place").first()
    return device if device and _may_bind(device.user) else None


def is_bound(pk, now):
    """Whether the device that opened a session is still bound."""
    return _live(now).filter(pk=pk).exists()


def live_devices(rows, now):
    """Of devices (a visible queryset) those that can be used."""
    return rows.filter(revoked_at=None, expires__gt=now)


def enter(device, token, pin, now):
    """The person typed the digits. PinRefused: wrong, or too many were. Each try is counted before
    it is looked at, so that tries at the same moment are not free.
    """
    _count(device, now)
    if check_password(token + pin, device.pin):
        _devices(pk=device.pk).update(failures=0, locked_until=None, last_used=now)
        return
    failures = _devices(pk=device.pk).values_list("failures", flat=True).get()
    with audit.acting(device.user):
        if failures >= ALL_TRIES:
            end(device, now, f"数字密码输错{ALL_TRIES}次")
            raise PinRefused(f"输错{ALL_TRIES}次，这部手机的绑定已经解除。", over=True)
        if failures == TRIES:
            _note("update", device, f"数字密码输错{TRIES}次，停15分钟")
            raise PinRefused("输错5次，先停15分钟，时间到了会自己放开。", over=True)
    left = (TRIES if failures < TRIES else ALL_TRIES) - failures
    then = "要等15分钟才能再试" if failures < TRIES else "绑定就解除，要重新领纸条"
    raise PinRefused(f"数字密码不对。再错{left}次，{then}。")


def _count(device, now):
    """Add a try, or refuse it."""
    with transaction.atomic():
        kept = _live(now).select_for_update().filter(pk=device.pk).first()
        if kept is None or kept.failures >= ALL_TRIES:
            raise PinRefused("这部手机的绑定已经解除。", over=True)
        if kept.locked_until and now < kept.locked_until:
            minutes = (kept.locked_until - now) // timedelta(minutes=1) + 1
            raise PinRefused(f"输错次数多了，请再等{minutes}分钟。", over=True)
        kept.failures += 1
        kept.locked_until = now + LOCK if kept.failures == TRIES else None
        kept.save(update_fields=["failures", "locked_until"])


def end(device, now, why):
    """The device is bound no more; sessions opened on it end at their next click."""
    if _devices(pk=device.pk, revoked_at=None).update(revoked_at=now):
        _note("update", device, f"解除{device.name}：{why}")


def end_all(user, now, why):
    """All devices of an account end and its open slip is void; how many devices there were."""
    with transaction.atomic():
        _links(user=user, used_at=None, revoked_at=None).update(revoked_at=now)
        mine = list(_devices(user=user, revoked_at=None))
        for device in mine:
            end(device, now, why)
    return len(mine)


def day_words(moment):
    """The day of a moment here: 2027年2月21日."""
    day = localtime(moment)
    return f"{day.year}年{day.month}月{day.day}日"


def _lock(user):
    """Two slips for one account are made one after the other."""
    User.objects.visible_to(OPERATOR).select_for_update(of=("self",)).get(pk=user.pk)


def _may_bind(user):
    return user.is_active and user.role in ROLES


def _links(**lookup):
    return PersonalLink.objects.visible_to(OPERATOR).filter(**lookup)


def _devices(**lookup):
    return Device.objects.visible_to(OPERATOR).filter(**lookup)


def _live(now):
    return live_devices(Device.objects.visible_to(OPERATOR), now)


def _note(action, record, detail):
    """One line in the audit trail; digests stay out of it."""
    audit.note(action, record, before=record, detail=detail)
