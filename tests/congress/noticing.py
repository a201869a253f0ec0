"""Telling people in tests: notices, addresses, robots, and a run of the sender at a moment."""

from datetime import datetime
from zoneinfo import ZoneInfo

from congress import jobs, notices
from congress.models import Channel, Delivery, Notice, NoticeAddress

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(day, hour, minute=0):
    """A moment in June 2024 in China."""
    return datetime(2024, 6, day, hour, minute, tzinfo=SHANGHAI)


def tell(user, now, *, key="step:1", urgent=False, number="闭〔2024〕010号", path="/cases/10/"):
    """One notice to one person."""
    notices.tell(
        [
            Notice(
                user=user, place=user.place, kind="待办", title=f"{number}：请签收",
                text="给河背村装路灯", path=path, urgent=urgent,
                made_at=now, key=key,
            )
        ]
    )  # fmt: skip


def wants_mail(user, address):
    """The person asks for e-mail."""
    row = NoticeAddress(user=user, email=address, wants_email=True)
    row.save()
    return row


def robot(place, url, now, kind="企业微信", secret=""):
    """A group's robot that counts what comes from `now` on."""
    made = Channel(place=place, kind=kind, name="工作群", url=url, secret=secret, entered_at=now)
    made.save()
    return made


def run(now):
    """What beat and worker do at a moment: gather, put down jobs, run those that are due."""
    notices.send_waiting(now)
    jobs.run_due(clock=lambda: now)


def states():
    """(state, attempts, error) of the messages, in the order in which they were made."""
    rows = Delivery._base_manager.order_by("pk")
    return list(rows.values_list("state", "attempts", "error"))
