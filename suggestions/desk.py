"""What waits on a clerk's desk: cases by urgency, each with the one step that comes next."""

from datetime import timedelta

from suggestions.deadlines import ORANGE
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
SHOWN = 12


def waiting(user, today):
    """[(title, light, count, standings)] of the user's open cases: past the deadline, due in ten
    days, to be done.
    """
    open_cases = (
        Standing.objects.visible_to(user)
        .filter(ends=None, case__raised_at=RaisedAt.TOWNSHIP, state__in=NEXT_STEP)
        .select_related("case", "case__place")
    )
    unanswered = open_cases.filter(way__in=HANDED_OVER, replied_on=None, deadline__isnull=False)
    soon = today + timedelta(days=ORANGE)
    groups = (
        ("已超期", "red", unanswered.filter(deadline__lt=today).order_by("deadline", "pk")),
        (
            f"{ORANGE}日内到期",
            "orange",
            unanswered.filter(deadline__gte=today, deadline__lte=soon).order_by("deadline", "pk"),
        ),
        (
            "等我办理",
            "",
            open_cases.filter(
                state__in=(
                    State.SUBMITTED,
                    State.REGISTERED,
                    State.ACCEPTED,
                    State.REPLIED,
                    State.EVALUATED,
                    State.REHANDLING,
                )
            ).order_by("case__raised_on", "pk"),
        ),
    )
    found = []
    for title, light, rows in groups:
        shown = list(rows[: SHOWN + 1])
        count = len(shown) if len(shown) <= SHOWN else rows.count()
        found.append(
            (
                title,
                light,
                count,
                [(row, NEXT_STEP[row.state], _left(row, today)) for row in shown[:SHOWN]],
            )
        )
    return found


def _left(row, today):
    """Days until the deadline, negative when past; None where none runs."""
    return (row.deadline - today).days if row.deadline and row.replied_on is None else None
