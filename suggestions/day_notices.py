"""Days that come nearer: deadlines whose light changes, evaluations and promises that fall due.
Told once a day, and once for each date, however often it is looked at.
"""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from congress.county_settings import reader_everywhere
from congress.notices import day_of, tell
from congress.scoping import OPERATOR
from suggestions.deadlines import left_words, light, limits_of
from suggestions.models import CoSigning, NoticeCursor, NotReceived, Standing
from suggestions.people import People
from suggestions.steps import AFTER_REPLY, UNANSWERED
from suggestions.telling import notice, notices, table
from suggestions.words import RaisedAt, State

NAME = "days"
AT_ONCE = 1000  # cases in one go
FARTHEST = 90  # days; the most that a county may set for the yellow light
# A day that passed longer ago than this turned no light now: it was entered late (an import).
PASSED = timedelta(days=30)
EVALUATE = timedelta(days=3)
PROMISE = timedelta(days=30)
LIMITS = ("suggestions.yellow_days", "suggestions.orange_days")


def tell_days(now):
    """Make the notices of the day once; of how many cases a day is near. Ten queries for each
    thousand of them.
    """
    today = day_of(now)
    rows = NoticeCursor.objects.visible_to(OPERATOR)
    cursor, _new = rows.get_or_create(name=NAME)
    if cursor.day and cursor.day >= today:
        return 0
    standings, read = list(near(today)), reader_everywhere(LIMITS)
    for first in range(0, len(standings), AT_ONCE):
        _tell_of(standings[first : first + AT_ONCE], today, now, read)
    rows.filter(pk=cursor.pk).update(day=today)
    return len(standings)


def _tell_of(standings, today, now, read):
    people = People([standing.case for standing in standings])
    tell(
        found
        for standing in standings
        for event, day in events(standing, today, read)
        for found in of_day(people, standing.case, event, day, today, now)
    )


def near(today):
    """What cases are now whose deadline, evaluation or promise is near or just passed."""
    running = Q(state__in=UNANSWERED) & _span("deadline", today, FARTHEST)
    evaluation = Q(state=State.REPLIED) & _span("evaluate_by", today, EVALUATE.days)
    promise = Q(state__in=AFTER_REPLY, kept_on=None) & _span("promised_on", today, PROMISE.days)
    rows = Standing.objects.visible_to(OPERATOR).filter(
        running | evaluation | promise, ends=None, case__raised_at=RaisedAt.TOWNSHIP
    )
    # A reply that did not reach the deputy is not to be judged before it is sent again.
    lost = NotReceived.objects.visible_to(OPERATOR).filter(case=OuterRef("case"), resolved_at=None)
    return rows.annotate(lost=Exists(lost)).select_related("case__place").order_by("pk")


def _span(name, today, days):
    return Q(**{f"{name}__gte": today - PASSED, f"{name}__lte": today + timedelta(days=days)})


def events(standing, today, read):
    """(event, day) of one of `near` on `today`; `read(key, place, day)`: the county's value."""
    place = standing.case.place
    due, evaluate, promised = standing.deadline, standing.evaluate_by, standing.promised_on
    if due and standing.state in UNANSWERED and due >= today - PASSED:
        limits = limits_of(lambda key, day: read(key, place, day), today)
        shown = light((due - today).days, limits)
        if shown != "green":
            yield shown, due
    if evaluate and standing.state == State.REPLIED and not standing.lost:
        if today <= evaluate <= today + EVALUATE:
            yield "evaluate", evaluate
    if promised and standing.state in AFTER_REPLY and not standing.kept_on:
        if today - PASSED <= promised <= today + PROMISE:
            yield ("promise" if promised >= today else "broken"), promised


def of_day(people, case, event, day, today, now):
    """The notices of one event of a day, the same ones whenever it is asked."""
    left = left_words((day - today).days)
    key = f"{event}:{case.pk}:{day:%Y-%m-%d}"
    tellings = table()["days"][event]
    return notices(people, tellings, case, key, now, due=f"{day:%Y-%m-%d}", left=left)


def tell_requests(now):
    """Tell deputies who are asked to co-sign, and the clerk of replies that did not arrive. Seven
    queries at most.
    """
    since = now - timedelta(days=7)
    asked = (
        CoSigning.objects.visible_to(OPERATOR)
        .waiting()
        .filter(asked_at__gt=since, person__user__is_active=True)
    )
    lost = NotReceived.objects.visible_to(OPERATOR).filter(resolved_at=None, said_at__gt=since)
    asked = list(asked.select_related("case", "person"))
    lost = list(lost.select_related("case"))
    people, told = People([row.case for row in lost]), table()["requests"]
    found = [_to_co_sign(told["co_sign"], row, now) for row in asked]
    for row in lost:
        path, key = reverse("not-received-settle", args=[row.pk]), f"not-received:{row.pk}"
        clerks = people.of("clerk", row.case)
        found += [
            notice(told["not_received"], case, user, key, now, path=path) for user, case in clerks
        ]
    if found:
        tell(found)


def _to_co_sign(telling, row, now):
    path, key = reverse("my-asked", args=[row.pk]), f"co-sign:{row.pk}"
    return notice(telling, row.case, row.person.user_id, key, now, path=path)
