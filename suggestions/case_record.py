"""One case as plain values, as it was on a day: what the command `case` prints."""

from django.db.models import Q

from suggestions.course_words import course
from suggestions.deadlines import ORANGE, YELLOW, left_words, light, reckoning
from suggestions.merging import handling_of
from suggestions.moment import REPLIES
from suggestions.projection import WINDOWS, not_begun
from suggestions.steps import WITH_UNIT
from suggestions.words import PromiseState, State, UnitRole

# {window: (name, states in which it runs)}
WINDOW_OF = {
    "return_by": ("退回期限", {State.ASSIGNED, State.HANDLING}),
    "opinion_by": ("协办意见期限", WITH_UNIT),
    "evaluate_by": ("评价期限", {State.REPLIED}),
}
NOT_YET = "尚未提出"  # on a day before the first step


def record_of(case, as_of, limits=(YELLOW, ORANGE)):
    """{number, title, state, steps, deadlines, lights, promises …} of a case on the day `as_of`;
    steps that happened later, and what was corrected since, are left out.
    """
    in_force = Q(ends=None) | Q(ends__gt=as_of)
    standing = case.standings.filter(in_force, starts__lte=as_of).first()
    standing = standing or not_begun(case)
    rows = case.steps.filter(superseded_at=None, on__lte=as_of)
    steps = list(rows.select_related("unit", "entered_by").order_by("on", "order", "pk"))
    told = [step for step in handling_of(standing, steps) if step.on <= as_of]
    deadline = reckoning(told, standing, as_of, limits)
    leads = case.units.filter(in_force, starts__lte=as_of, role=UnitRole.LEAD)
    deadlines = _deadlines(deadline, standing, told, as_of, limits)
    return {
        "number": case.number,
        "title": case.title,
        "as_of": as_of,
        "state": standing.state if steps else NOT_YET,
        "steps": [_step(step, words) for step, words in course(steps)],
        "deadlines": deadlines,
        "light": deadlines[0]["light"] if deadlines else None,
        "lights": {each["kind"]: each["light"] for each in deadlines if each["light"]},
        "promises": _promises(told, leads, as_of),
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
        running = deadline.runs
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
    left = (due - as_of).days
    # Who may return a case and did not is not late.
    running = standing.state in states and (left >= 0 or window != "return_by")
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


def _promises(steps, leads, as_of):
    """Each promise that a reply made, and what became of it by the day. A further reply takes the
    place of what was promised and not kept; of several leads each has its own promise.
    """
    found, open_by = [], {}
    for step in steps:
        who = step.unit_id if len(leads) > 1 else None
        if step.name == "承诺落实":
            settled = [who] if who in open_by else list(open_by)
            for each in settled:
                open_by.pop(each).update(kept=step.on, state=PromiseState.KEPT.value)
        if step.name in REPLIES:
            if who in open_by:
                open_by.pop(who)["state"] = "已由后来的答复代替"
            if step.due:
                open_by[who] = _promise(step, as_of)
                found.append(open_by[who])
    return found


def _promise(step, as_of):
    broken = step.due < as_of
    return {
        "matter": step.data.get("promise", ""),
        "by": step.data.get("promise_by", ""),
        "date": step.due,
        "class": step.result,
        "kept": None,
        "state": (PromiseState.BROKEN if broken else PromiseState.DUE).value,
    }
