"""From steps to notices: a job reads the steps after its cursor and tells those concerned. The keys
of the steps are the outbox, so a step that was stored is told, whatever broke in between.
"""

from datetime import datetime, time, timedelta

from django.db.models import Max, Min, Q
from django.utils import timezone

from congress.notices import day_of, tell
from congress.scoping import OPERATOR
from suggestions.models import NoticeCursor, Standing, Step
from suggestions.people import People, cases_of
from suggestions.steps import UNDERWAY
from suggestions.telling import notices, table

NAME = "steps"
AT_ONCE = 1000  # steps read in one run
# Keys are given before a transaction ends: steps so young are read once more in the next run.
SETTLE = timedelta(minutes=2)
# What was entered long after it happened is history (an import, a paper found): nobody is told.
OLD_NEWS = timedelta(days=30)
STALE = timedelta(days=7)  # entered so long ago that nobody is told any more


def tell_steps(now):
    """Make the notices of the steps that were entered since the last run; how many steps it read.
    Eleven queries however many steps.
    """
    rows = NoticeCursor.objects.visible_to(OPERATOR)
    cursor, _new = rows.get_or_create(name=NAME)
    steps = list(_steps_after(cursor.step, now))
    fresh = _without_idle_corrections([step for step in steps if is_news(step, now)])
    if fresh:
        people = People(
            cases_of({step.case_id for step in fresh}),
            {step.unit_id for step in fresh if step.unit_id},
        )
        tell(found for step in fresh for found in of_step(people, step, now))
    last = _read_up_to(cursor.step, steps, now)
    if last > cursor.step:
        rows.filter(pk=cursor.pk, step__lt=last).update(step=last)
    return len(steps)


def _steps_after(key, now):
    """The next steps that may be news: an import of tens of thousands is passed over at once."""
    recent = Q(on__gt=day_of(now - STALE - OLD_NEWS)) | Q(supersedes__isnull=False)
    rows = Step.objects.visible_to(OPERATOR).filter(
        recent, pk__gt=key, historical=False, superseded_at=None
    )
    return rows.select_related("unit", "supersedes").order_by("pk")[:AT_ONCE]


def _read_up_to(key, steps, now):
    """The key up to which nothing new can turn up any more."""
    if len(steps) == AT_ONCE:
        later = Step.objects.visible_to(OPERATOR).filter(pk__gt=key, pk__lte=steps[-1].pk)
    else:
        later = Step.objects.visible_to(OPERATOR).filter(pk__gt=key)
    young = Min("pk", filter=Q(entered_at__gt=now - SETTLE))
    found = later.aggregate(top=Max("pk"), young=young)
    return found["young"] - 1 if found["young"] else found["top"] or key


def is_news(step, now):
    """Whether people are to be told of a step at all: not of history, nor of what was corrected."""
    if step.historical or step.superseded_at or step.data.get("implied"):
        return False
    happened = timezone.make_aware(datetime.combine(step.on, time()))
    recent = step.supersedes_id or happened > step.entered_at - OLD_NEWS
    return step.entered_at > now - STALE and recent


def _without_idle_corrections(steps):
    """Without the corrections that left the deadline which now runs as it was."""
    moved = [step for step in steps if step.supersedes_id and step.due != step.supersedes.due]
    if moved:
        rows = Standing.objects.visible_to(OPERATOR).filter(ends=None, state__in=UNDERWAY)
        now = dict(rows.filter(case__in={s.case_id for s in moved}).values_list("case", "deadline"))
        moved = [step for step in moved if step.due and step.due == now.get(step.case_id)]
    return [step for step in steps if not step.supersedes_id or step in moved]


def of_step(people, step, now):
    """The notices of one step."""
    shared = table()
    rows = shared["corrected"] if step.supersedes_id else shared["steps"].get(step.name, ())
    return notices(
        people,
        [telling for telling in rows if fits(telling, step)],
        people.cases[step.case_id],
        f"step:{step.pk}",
        now,
        named=step.unit_id,
        without=step.entered_by_id,
        **words_of(step),
    )


def fits(telling, step):
    """Whether a telling speaks of a step with this result and this data."""
    flags = telling.get("flags", {})
    return (
        step.result in telling.get("result", [step.result])
        and step.result not in telling.get("without", ())
        and all(bool(step.data.get(name)) == wanted for name, wanted in flags.items())
    )


def words_of(step):
    """What a sentence may say of a step; never the typed note, which may name people."""
    return {
        "unit": step.unit.name if step.unit else "承办单位",
        "due": f"{step.due:%Y-%m-%d}" if step.due else "规定期限",
        "result": step.result,
        "why": step.data.get("why", ""),
    }
