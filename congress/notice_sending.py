"""Sending one gathered message: claimed before it leaves, so that it leaves at most once."""

import tomllib
from datetime import timedelta
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db.models import F
from django.urls import reverse

from congress import notices
from congress.jobs import JobRefused
from congress.mail import send_mail
from congress.models import Delivery, Notice
from congress.navigation import place_name
from congress.outgoing import refused
from congress.robots import post
from congress.scoping import OPERATOR

# Minutes before the second, third … try; after the last the clerk is told.
GAPS = (1, 5, 30, 120, 360)
SHOWN = 20  # lines of a mail
WORDS = Path(__file__).parent / "data" / "notice_words.toml"

State = Delivery.State


@cache
def words():
    """The sentences of messages that leave the system."""
    return tomllib.loads(WORDS.read_text(encoding="utf-8"))


def send(job, delivery):
    """The job of one try. JobRefused: this try did not deliver; the reason stands in the delivery,
    which waits for its next try unless none can help.
    """
    now = job.clock()
    row = _deliveries(delivery).select_related("place", "user", "channel__place").first()
    if row is None or not _claim(row, now):
        return {"sent": False}
    outcome = _message(row, now)
    _note(row, outcome, now)
    if outcome.word != "sent":
        raise JobRefused(outcome.reason)
    return {"sent": True}


def _deliveries(pk):
    return Delivery.objects.visible_to(OPERATOR).filter(pk=pk)


def _claim(row, now):
    """Take the delivery for this one try. One that an earlier run of this job claimed and never
    came back from is left alone: nobody knows whether it went out (send_waiting says so later).
    """
    if notices.is_night(now) and not row.urgent:
        waiting = _deliveries(row.pk).filter(state=State.WAITING)
        waiting.update(next_try=notices.next_morning(now))
        return False
    free = _deliveries(row.pk).filter(state=State.WAITING, next_try__lte=now)
    row.attempts += 1
    return bool(free.update(state=State.SENDING, claimed_at=now, attempts=F("attempts") + 1))


def _note(row, outcome, now):
    """Write what became of the claimed try."""
    changes = {"error": outcome.reason}
    if outcome.word == "sent":
        changes |= {"state": State.SENT, "sent_at": now}
    elif outcome.word == "later" and row.attempts <= len(GAPS):
        again = now + timedelta(minutes=GAPS[row.attempts - 1])
        changes |= {"state": State.WAITING, "next_try": again}
    else:
        changes["state"] = State.UNKNOWN if outcome.word == "unknown" else State.UNSENT
    _deliveries(row.pk).filter(claimed_at=now).update(**changes)


def _message(row, now):
    """What was wanted when the message was gathered may be wanted no more when it leaves."""
    if row.channel_id:
        off = not row.channel.in_use
        return refused("群机器人已经停用") if off else post(row.channel, robot_text(row), now)
    address = getattr(row.user, "notice_address", None)
    if not row.user.is_active or not address or not address.wants_email:
        return refused("账号停用了，或者本人不要邮件了")
    if not address.email or not settings.SMTP["host"]:
        return refused("没有邮箱，或者系统没有接通邮件")
    subject = words()["mail"]["subject"].format(count=row.count)
    return send_mail(address.email, subject, mail_text(row), f"{row.batch}.{row.pk}")


def robot_text(row):
    """The line for a group: how many matters, of which place, where to look. Nothing of a case."""
    part = words()["robot"]
    sentence = part["trial"] if row.trial else part["urgent" if row.urgent_count else "text"]
    return sentence.format(
        place=place_name(row.channel.place),
        count=row.count,
        urgent=row.urgent_count,
        link=_link(),
    )


def mail_text(row):
    """The text of a person's mail: number of each case and what is to be done, no content."""
    part = words()["mail"]
    gathered = Notice.objects.visible_to(OPERATOR).filter(user=row.user_id, gathered=row.batch)
    titles = list(gathered.order_by("-urgent", "pk").values_list("urgent", "title")[: SHOWN + 1])
    lines = [part["urgent"] * urgent + title for urgent, title in titles[:SHOWN]]
    if len(titles) > SHOWN:
        lines.append(part["more"].format(more=row.count - SHOWN))
    return part["text"].format(
        name=row.user.name, count=row.count, lines="\n".join(lines), link=_link()
    )


def _link():
    return settings.SITE_ADDRESS.rstrip("/") + reverse("notices")
