"""One case as plain values, as it was on a day: what the command `case` prints."""

from django.db.models import Q

from suggestions.course_words import course
from suggestions.deadlines import ORANGE, YELLOW, left_words, light, reckoning
from suggestions.models import Step
from suggestions.projection import WINDOWS, not_begun
from suggestions.steps import WITH_UNIT
from suggestions.words import PromiseState, State

# {window: (name, states in which it runs)}
WINDOW_OF = {
    "return_by": ("退回期限", {State.ASSIGNED, State.HANDLING}),
    "opinion_by": ("协办意见期限", WITH_UNIT),
    "evaluate_by": ("评价期限", {State.REPLIED}),
}


def record_of(case, as_of, limits=(YELLOW, ORANGE)):
    """{number, title, state, steps, deadlines, lights, promises …} of a case on the day `as_of`;
    steps that happened later, and what was corrected since, are left out.
    """
    in_force = Q(ends=None) | Q(ends__gt=as_of)
    standing = case.standings.filter(in_force, starts__lte=as_of).first()
    standing = standing or not_begun(case)
    rows = case.steps.filter(superseded_at=None, on__lte=as_of)
    steps = list(rows.select_related("unit", "entered_by").order_by("on", "order", "pk"))
    told = _with_target(case, standing, steps, as_of)
    deadline = reckoning(told, standing, as_of, limits)
    deadlines = _deadlines(deadline, standing, told, as_of, limits)
    return {
        "number": case.number,
        "title": case.title,
        "as_of": as_of,
        "state": standing.state,
        "steps": [_step(step, words) for step, words in course(steps)],
        "deadlines": deadlines,
        "light": deadlines[0]["light"] if deadlines else None,
        "lights": {each["kind"]: each["light"] for each in deadlines if each["light"]},
        "promises": _promises(standing, told, as_of),
    }


def _with_target(case, standing, steps, as_of):
    """The steps by which the case was handled: of a merged one those of the case it went into."""
    if standing.merged_into_id is None:
        return steps
    rows = Step._base_manager.filter(case=standing.merged_into_id, superseded_at=None)
    return list(rows.filter(on__lte=as_of).order_by("on", "order", "pk"))


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
        running = not deadline.answered
        found.append(
            {
                "kind": deadline.kind,
                "due": deadline.due,
                "why": deadline.words,
                "source": deadline.source,
                "light": deadline.light if running else None,
                "left": deadline.left_text if running else None,
                "met": _met(standing, deadline, steps),
            }
        )
    return found + [
        _window(window, getattr(standing, window), standing, steps, as_of, limits)
        for window in WINDOWS
        if getattr(standing, window)
    ]


def _window(window, due, standing, steps, as_of, limits):
    name, states = WINDOW_OF[window]
    running, left = standing.state in states, (due - as_of).days
    why = [step.data[f"{window}_why"] for step in steps if f"{window}_why" in step.data]
    return {
        "kind": name,
        "due": due,
        "why": why[-1] if why else "",
        "source": "县里规定的期限",
        "light": light(left, limits) if running else None,
        "left": left_words(left) if running else None,
        "met": None,
    }


def _met(standing, deadline, steps):
    """Whether the reply of this round kept its deadline; None before a reply."""
    if deadline.kind == "重新办理期限":
        again = [step.on for step in steps if step.name == "再次答复"]
        return again[-1] <= deadline.due if again and deadline.answered else None
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
