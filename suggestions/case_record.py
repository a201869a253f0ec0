"""One case as plain values, as it was on a day: what the command `case` prints."""

from django.db.models import Q

from suggestions.course_words import course
from suggestions.deadlines import ORANGE, YELLOW, left_words, light, reckoning
from suggestions.projection import WINDOWS, not_begun
from suggestions.words import PromiseState, State

WINDOW_NAMES = {"return_by": "退回期限", "opinion_by": "协办意见期限", "evaluate_by": "评价期限"}


def record_of(case, as_of, limits=(YELLOW, ORANGE)):
    """{number, title, state, steps, deadlines, lights, promises …} of a case on the day `as_of`;
    steps that happened later, and what was corrected since, are left out.
    """
    in_force = Q(ends=None) | Q(ends__gt=as_of)
    standing = case.standings.filter(in_force, starts__lte=as_of).first()
    standing = standing or not_begun(case)
    rows = case.steps.filter(superseded_at=None, on__lte=as_of)
    steps = list(rows.select_related("unit", "entered_by").order_by("on", "order", "pk"))
    deadline = reckoning(steps, standing, as_of, limits)
    return {
        "number": case.number,
        "title": case.title,
        "as_of": as_of,
        "state": standing.state,
        "steps": [_step(step, words) for step, words in course(steps)],
        "deadlines": _deadlines(deadline, standing, steps, as_of, limits),
        "light": deadline.light if deadline and not deadline.answered else None,
        "promises": _promises(standing, steps, as_of),
    }


def _step(step, words):
    by = step.entered_by.name if step.entered_by else step.entered_as or "系统"
    return {
        "name": step.name,
        "date": step.on,
        "entered": step.entered_at,
        "by": by,
        "unit": step.unit.name if step.unit else None,
        "due": step.due,
        "words": words,
    }


def _deadlines(deadline, standing, steps, as_of, limits):
    found = []
    if deadline:
        found.append(
            {
                "kind": "重新办理期限" if standing.state == State.REHANDLING else "答复期限",
                "due": deadline.due,
                "why": deadline.words,
                "source": deadline.source,
                "light": None if deadline.answered else deadline.light,
                "left": None if deadline.answered else deadline.left_text,
                "met": _met(standing, deadline),
            }
        )
    for window in WINDOWS:
        due = getattr(standing, window)
        if due:
            left = (due - as_of).days
            why = [step.data[f"{window}_why"] for step in steps if f"{window}_why" in step.data]
            found.append(
                {
                    "kind": WINDOW_NAMES[window],
                    "due": due,
                    "why": why[-1] if why else "",
                    "source": "县里规定的期限",
                    "light": light(left, limits),
                    "left": left_words(left),
                    "met": None,
                }
            )
    return found


def _met(standing, deadline):
    """Whether the first reply kept the deadline of its day; None before a reply."""
    if standing.replied_on is None:
        return None
    return standing.replied_on <= (standing.deadline_then or deadline.due)


def _promises(standing, steps, as_of):
    """Each promise that a reply made, and what became of it by the day."""
    found = []
    replies = [step for step in steps if step.name in ("答复", "再次答复") and step.due]
    for step in replies:
        latest = step is replies[-1]
        kept = standing.kept_on if latest else None
        found.append(
            {
                "matter": step.data.get("promise", ""),
                "by": step.data.get("promise_by", ""),
                "date": step.due,
                "class": step.result,
                "kept": kept,
                "state": _promise_state(step.due, kept, as_of) if latest else "已由后来的答复代替",
            }
        )
    return found


def _promise_state(due, kept, as_of):
    if kept:
        return PromiseState.KEPT.value
    return PromiseState.BROKEN.value if due < as_of else PromiseState.DUE.value
