"""Standing in for a clerk who is away: for the days of the hand-over the substitute acts with the
clerk's rights, and whatever is written names the substitute.

A substitute who has these rights already (the chair, another clerk) keeps the own role. Another
one (an officer, somebody of the county) is lent the clerk's role and place, request by request: no
account is changed, so nothing has to be given back.
"""

from copy import copy

from django.db.models import Q
from django.utils import timezone

from congress import audit
from congress.models import Substitute
from congress.roles import WRITING_ROLES, Role
from congress.scoping import OPERATOR

MAY_STAND_IN = WRITING_ROLES | {Role.OFFICER, Role.COUNTY}
LONGEST = 60  # days of one hand-over


def stand_in(user, day):
    """Note on `user` for whom they stand in on `day` (`standing_in`) and to whom they handed the
    own desk (`handed_to`), and lend the rights. One query; none for other roles.
    """
    if user.role not in MAY_STAND_IN:
        return
    rows = Substitute.objects.visible_to(user).running(day)
    rows = rows.filter(Q(substitute=user.pk) | Q(absent=user.pk))
    for row in rows.select_related("absent", "substitute", "place"):
        if row.absent_id == user.pk:
            user.handed_to = row
        elif fits(user, row.absent):
            user.standing_in = row
    if user.standing_in and user.role not in WRITING_ROLES:
        user.lend(Role.CLERK, user.standing_in.place)


def fits(user, absent):
    """Whether `user` may stand in for `absent`, both with open accounts: for a clerk only, at the
    own place or, by the county, at one of its townships.
    """
    if (
        absent.role != Role.CLERK
        or user.role not in MAY_STAND_IN
        or not (user.is_active and absent.is_active)
    ):
        return False
    if user.role == Role.COUNTY:
        return absent.place.code.startswith(user.place.code)
    return absent.place_id == user.place_id


def substitutes(get_response):
    """Middleware, after authentication: who stands in today has the rights for this request."""

    def middleware(request):
        if request.user.is_authenticated:
            stand_in(request.user, timezone.localdate())
        return get_response(request)

    return middleware


def with_copies(notices, day):
    """The notices, and a copy for who stands in on `day` of each that tells an absent clerk of the
    place. One query.
    """
    told = list(notices)
    if not told:
        return told
    rows = Substitute.objects.visible_to(OPERATOR).running(day)
    pairs = rows.values_list("absent", "place", "substitute")
    named = {(absent, place): other for absent, place, other in pairs}
    for notice in list(told):
        other = named.get((notice.user_id, notice.place_id))
        if other:
            again = copy(notice)
            again.user_id = other
            told.append(again)
    return told


def end_hand_overs(user, now):
    """The account is closed or its rights changed: hand-overs of its desk, and those in which it
    stands in, end now. Noted in the audit trail.
    """
    own = Q(absent=user.pk) | Q(substitute=user.pk)
    rows = Substitute.objects.visible_to(OPERATOR).filter(own, ended_at=None)
    for row in rows.filter(ends__gte=timezone.localdate(now)):
        row.ended_at, row.ended_by_id = now, getattr(audit.actor(), "pk", None)
        row.save()


def overlapping(starts, ends):
    """A filter for the hand-overs that hold on one of these days."""
    return Q(starts__lte=ends, ends__gte=starts, ended_at=None)


def may_end(user, row):
    """Who may end a hand-over: the two of it, and the county where it does not itself stand in."""
    if user.pk in (row.absent_id, row.substitute_id):
        return True
    return user.role == Role.COUNTY
