"""Telling people: notices are made here, gathered for each person and day, and handed to jobs.

Nothing ordinary leaves between 20:00 and 8:00 in China; urgent ones leave at once. What leaves says
how many things wait and where to look, never what they are about.
"""

import secrets
from collections import Counter
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Count, Exists, Max, OuterRef, Q
from django.utils import timezone

from congress.jobs import enqueue
from congress.models import Channel, Delivery, Notice, NoticeAddress, User
from congress.scoping import OPERATOR, code_range
from congress.substitution import with_copies

DAY_BEGINS, DAY_ENDS = time(8), time(20)
# What nobody looked at for so long is no news: a person who asks for e-mail today gets no old ones.
FRESH = timedelta(days=3)
SHOWN_FOR = timedelta(days=7)  # a failed message is pointed out to the office
TRIAL_GAP = timedelta(seconds=30)  # between two trial messages to a group
AT_ONCE = 200  # deliveries handed to jobs in one run
SENDING_ENDS = timedelta(minutes=15)
SEND_TASK = "congress.notice_sending.send"
INTERRUPTED = "发送中断，不知道对方收到没有；为免重复，系统不再自动发"

State = Delivery.State


def tell(notices):
    """Store notices, each once: who was told of that event before is left alone; who stands in for
    an absent clerk is told too. Two queries, and one for each 500.
    """
    told = list(notices)
    if told:
        told = with_copies(told, day_of(told[0].made_at))
        with transaction.atomic():
            # No robot counts meanwhile: its message would pass over keys given, not yet stored.
            list(_held(_channels().order_by("pk")))
            Notice.objects.bulk_create(told, batch_size=500, ignore_conflicts=True)


def in_china(now):
    """A moment as clocks in China show it."""
    return now.astimezone(timezone.get_default_timezone())


def day_of(now):
    """The day that a moment lies in, in China."""
    return in_china(now).date()


def is_night(now):
    """Whether ordinary messages rest at that moment."""
    return not DAY_BEGINS <= in_china(now).time() < DAY_ENDS


def next_morning(now):
    """The next 8:00 in China."""
    local = in_china(now)
    day = local.date() + timedelta(days=local.time() >= DAY_BEGINS)
    return timezone.make_aware(datetime.combine(day, DAY_BEGINS))


def mail_is_set():
    """Whether this installation can send e-mail at all."""
    return bool(settings.SMTP["host"])


def send_waiting(now):
    """Gather what waits and put down a job for each message that is due; how many were put down."""
    _give_up_interrupted(now)
    night = is_night(now)
    if mail_is_set():
        gather_mails(now, urgent=True)
        if not night:
            gather_mails(now, urgent=False)
    for channel in _channels():
        gather_for_robot(channel, now, night)
    return _hand_to_jobs(now, night)


def gather_mails(now, *, urgent):
    """Make one delivery a person of all that waits for e-mail: the urgent notices, or, once a day,
    all of them. Five queries however many people.
    """
    batch = secrets.token_hex(16)
    waiting = Notice.objects.visible_to(OPERATOR).filter(
        gathered="", read_at=None, made_at__gt=now - FRESH, user__in=_readers(now, urgent)
    )
    waiting = waiting.filter(urgent=True) if urgent else waiting
    try:
        with transaction.atomic():
            if waiting.update(gathered=batch):
                Delivery.objects.bulk_create(_mails(batch, now, urgent), batch_size=500)
    except IntegrityError:
        # Another worker gathers the same people at this moment: it has them, we let go.
        return


def _readers(now, urgent):
    """Keys of the people who get e-mail, and, of ordinary ones, got none today."""
    wanting = NoticeAddress.objects.visible_to(OPERATOR).filter(wants_email=True)
    users = User.objects.visible_to(OPERATOR).filter(is_active=True, pk__in=wanting.values("user"))
    today = Delivery.objects.visible_to(OPERATOR).filter(
        user=OuterRef("pk"), day=day_of(now), urgent=False
    )
    return (users if urgent else users.exclude(Exists(today))).order_by().values("pk")


def _mails(batch, now, urgent):
    rows = Notice.objects.visible_to(OPERATOR).filter(gathered=batch).order_by()
    counted = rows.values("user", "user__place").annotate(
        all=Count("pk"), fast=Count("pk", filter=Q(urgent=True))
    )
    for row in counted:
        yield Delivery(
            place_id=row["user__place"],
            user_id=row["user"],
            day=day_of(now),
            urgent=urgent,
            batch=batch,
            count=row["all"],
            urgent_count=row["fast"],
            next_try=now,
        )


def gather_for_robot(channel, now, night):
    """Make the message of a place's robot: how many matters have news since its last message."""
    today = Delivery.objects.visible_to(OPERATOR).filter(
        channel=channel, day=day_of(now), urgent=False
    )
    with transaction.atomic():
        channel = _held(_channels()).get(pk=channel.pk)
        fresh = Notice.objects.visible_to(OPERATOR).filter(
            code_range("place__code", channel.place.code),
            pk__gt=channel.counted_to,
            made_at__gt=max(channel.entered_at, now - FRESH),
        )
        events = dict(fresh.order_by("urgent").values_list("path", "urgent").distinct())
        kinds = Counter(events.values())
        urgent = bool(kinds[True])
        if not events or (not urgent and (night or today.exists())):
            return
        counted_to = fresh.aggregate(last=Max("pk"))["last"]
        Channel.objects.visible_to(OPERATOR).filter(pk=channel.pk).update(counted_to=counted_to)
        new_robot_message(channel, now, urgent=urgent, count=len(events), fast=kinds[True])


def new_robot_message(channel, now, *, urgent, count=0, fast=0, trial=False):
    """A delivery to a group. count: matters with news, of which `fast` are urgent."""
    return Delivery.objects.create(
        place=channel.place,
        channel=channel,
        day=day_of(now),
        urgent=urgent,
        trial=trial,
        batch=secrets.token_hex(16),
        count=count,
        urgent_count=fast,
        next_try=now,
    )


def try_robot(channel, now):
    """A trial message to a group; the one that is under way where the button was pressed twice."""
    with transaction.atomic():
        _held(Channel.objects.visible_to(OPERATOR)).get(pk=channel.pk)
        trials = Delivery.objects.visible_to(OPERATOR).filter(channel=channel, trial=True)
        trials = trials.select_related("place", "user", "channel")
        return trials.filter(next_try__gt=now - TRIAL_GAP).first() or new_robot_message(
            channel, now, urgent=True, trial=True
        )


def hand_to_job(delivery, user=OPERATOR):
    """Put down the job of the next try; asked twice, it is one job."""
    at = int(delivery.next_try.timestamp())
    return enqueue(
        SEND_TASK,
        {"delivery": delivery.pk},
        user=user,
        place=delivery.place,
        title=f"发送通知：{delivery.receiver}",
        key=f"delivery:{delivery.pk}:{at}",
    )


def _channels():
    return Channel.objects.visible_to(OPERATOR).filter(in_use=True).select_related("place")


def _held(channels):
    """The channels, locked until the transaction ends."""
    return channels.select_for_update(of=("self",))


def _hand_to_jobs(now, night):
    due = Delivery.objects.visible_to(OPERATOR).filter(state=State.WAITING, next_try__lte=now)
    due = due.filter(urgent=True) if night else due
    rows = due.select_related("place", "user", "channel").order_by("pk")[:AT_ONCE]
    return len([hand_to_job(delivery) for delivery in rows])


def _give_up_interrupted(now):
    """A worker died between claim and result: nobody knows, so it is not sent again."""
    stuck = Delivery.objects.visible_to(OPERATOR).filter(
        state=State.SENDING, claimed_at__lt=now - SENDING_ENDS
    )
    stuck.update(state=State.UNKNOWN, error=INTERRUPTED)


def open_failures(deliveries, now):
    """Of `deliveries` those of the last days that did not arrive, or nobody knows whether."""
    lost = deliveries.filter(state__in=(State.UNSENT, State.UNKNOWN))
    return lost.filter(day__gt=day_of(now) - SHOWN_FOR)


def send_again(delivery, now):
    """Queue once more what certainly did not arrive; False: it did, may have, or is under way."""
    unsent = Delivery.objects.visible_to(OPERATOR).filter(pk=delivery.pk, state=State.UNSENT)
    return bool(unsent.update(state=State.WAITING, next_try=now, attempts=0, error=""))
