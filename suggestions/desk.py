"""What waits on a clerk's desk: cases by urgency, each with the one step that comes next."""

import re
from datetime import timedelta

from suggestions.deadlines import ORANGE, left_words
from suggestions.models import Standing
from suggestions.words import HANDED_OVER, RaisedAt, State

# What the office does next in a state (a name from the table of steps).
NEXT_STEP = {
    State.SUBMITTED: "登记",
    State.REGISTERED: "受理",
    State.ACCEPTED: "交办",
    State.ASSIGNED: "签收",
    State.HANDLING: "答复",
    State.REHANDLING: "再次答复",
    State.REPLIED: "评价",
    State.EVALUATED: "办结",
}
BY_THE_OFFICE = frozenset(NEXT_STEP) - {State.ASSIGNED, State.HANDLING}
SHOWN = 12
WRAPPING = re.compile(r"关于(.+)的(?:建议|议案|意见|批评)")


def waiting(user, today):
    """[(title, light, count, [(standing, matter, next step, days left in words)])] of the user's
    open cases: past the deadline, due within ten days, to be done by the office.
    """
    open_cases = (
        Standing.objects.visible_to(user)
        .filter(ends=None, case__raised_at=RaisedAt.TOWNSHIP, state__in=NEXT_STEP)
        .select_related("case", "case__place")
    )
    running = open_cases.filter(way__in=HANDED_OVER, replied_on=None).order_by("deadline", "pk")
    soon = today + timedelta(days=ORANGE)
    mine = open_cases.filter(state__in=BY_THE_OFFICE).order_by("case__raised_on", "pk")
    return [
        _group("已超期", "red", running.filter(deadline__lt=today), today),
        _group(
            f"{ORANGE}日内到期",
            "orange",
            running.filter(deadline__gte=today, deadline__lte=soon),
            today,
        ),
        _group("等我办理", "", mine, today),
    ]


def _group(title, light, rows, today):
    shown = list(rows[: SHOWN + 1])
    count = len(shown) if len(shown) <= SHOWN else rows.count()
    return (
        title,
        light,
        count,
        [
            (row, matter(row.case.title), NEXT_STEP[row.state], _left(row, today))
            for row in shown[:SHOWN]
        ],
    )


def matter(title):
    """What a title is about: 关于硬化机耕道的建议 → 硬化机耕道."""
    wrapped = WRAPPING.fullmatch(title)
    return wrapped[1] if wrapped else title


def _left(row, today):
    """How many days are left until the deadline; empty where none runs."""
    if row.deadline is None or row.replied_on is not None:
        return ""
    return left_words((row.deadline - today).days)
