"""“这份答复我没有收到”: said by a deputy, settled by the clerk who sends the reply again."""

from contextlib import suppress

from django.db import IntegrityError, transaction

from congress import audit
from congress.records import StaleRecord
from suggestions.models import NotReceived
from suggestions.steps import AFTER_REPLY


def may_say(standing):
    """Whether there is a written reply that may have gone astray, of a merged case that of the case
    as which it is handled.
    """
    if standing is None or not standing.replied_on:
        return False
    return (standing.handled_state or standing.state) in AFTER_REPLY


def say_not_received(case, person, *, user, now):
    """Note that the reply did not reach this deputy; the row that is open already where it was
    said before.
    """
    said = NotReceived(case=case, place=case.place, person=person, said_at=now, entered_by=user)
    try:
        with transaction.atomic(), audit.acting(user):
            said.save()
    except IntegrityError:  # said twice: one open row
        return NotReceived.objects.visible_to(user).get(case=case, person=person, resolved_at=None)
    return said


def not_received(user):
    """The open rows that a user may see, the oldest first: replies to be sent again (补送)."""
    rows = NotReceived.objects.visible_to(user).filter(resolved_at=None)
    return rows.select_related("case", "person").order_by("said_at", "pk")


def settle(row, how, *, user, now):
    """The reply was sent again: `how` says in what way (当面送到, 微信再发, 邮寄); once."""
    if row.resolved_at:
        return
    row.how, row.resolved_at, row.resolved_by = how, now, user
    with audit.acting(user), suppress(StaleRecord):  # settled by another a moment ago
        row.save()
