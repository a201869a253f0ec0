"""What a step said, in words beside its name; and a deadline as a ruler."""

from dataclasses import dataclass, replace

from congress.models import Unit
from congress.scoping import OPERATOR
from suggestions.models import Case
from suggestions.words import Origin, State

REPLIES = frozenset({"答复", "再次答复", "拟稿"})
EXPLAINED = frozenset({"期限重算", "定为疑难", "改办"})
JUDGED = "代表评价"
# What stays ahead of a case in each of these states: the hollow rings of its course.
AHEAD = {
    State.SUBMITTED: ("登记", "受理", "交办", "答复", JUDGED, "办结"),
    State.REGISTERED: ("受理", "交办", "答复", JUDGED, "办结"),
    State.ACCEPTED: ("交办", "答复", JUDGED, "办结"),
    State.DISTRIBUTING: ("分办", "答复", JUDGED, "办结"),
    State.ASSIGNED: ("签收", "答复", JUDGED, "办结"),
    State.HANDLING: ("答复", JUDGED, "办结"),
    State.DRAFTED: ("核稿", "签发", "答复", JUDGED, "办结"),
    State.CHECKED: ("签发", "答复", JUDGED, "办结"),
    State.SIGNED: ("答复", JUDGED, "办结"),
    State.REHANDLING: ("再次答复", JUDGED, "办结"),
    State.REPLIED: (JUDGED, "办结"),
    State.EVALUATED: ("办结",),
}


def ahead(standing):
    """The steps that stay ahead of a case; a citizen's is judged by the citizens."""
    judged = "群众评价" if standing.origin == Origin.CITIZEN else JUDGED
    return [judged if name == JUDGED else name for name in AHEAD.get(standing.state, ())]


def course(steps):
    """[(step, its words)]; the names of units in one query, the numbers of cases in another."""
    wanted = {pk for step in steps for key in _UNITS for pk in step.data.get(key, ())}
    names = {}
    if wanted:
        rows = Unit.objects.visible_to(OPERATOR).filter(pk__in=wanted)
        names = dict(rows.values_list("pk", "name"))
    merged = {step.data["into"] for step in steps if step.data.get("into")}
    numbers = {}
    if merged:
        rows = Case.objects.visible_to(OPERATOR).filter(pk__in=merged)
        numbers = dict(rows.values_list("pk", "number"))
    return [(step, "　".join(filter(None, _told(step, names, numbers)))) for step in steps]


_UNITS = {"leads": "主办", "helpers": "协办", "proposed": "建议主办", "awaits": "还等答复："}


def _told(step, names, numbers):
    """Each bit of what a step said."""
    data = step.data
    listed = {key: [names.get(pk, "") for pk in data.get(key, ())] for key in _UNITS}
    if step.unit and not listed["leads"]:
        yield str(step.unit)
    yield from (f"{_UNITS[key]} {'、'.join(found)}" for key, found in listed.items() if found)
    yield f"并入{numbers[data['into']]}" if data.get("into") in numbers else ""
    yield from _judged(step)
    yield from (f"{label}{data[key]}" for key, label in _LABELS.items() if data.get(key))
    yield "涉及面广、办理难度大" if data.get("complex") else ""
    yield "主办单位都已答复" if data.get("answered") else ""
    yield f"至 {step.due:%Y-%m-%d}" if step.due else ""
    yield data.get("why", "") if step.name in EXPLAINED else ""
    yield step.note
    if data.get("corrected"):
        yield f"（日期由{data['corrected']['was']}更正：{data['corrected']['reason']}）"


def _judged(step):
    if step.result:
        yield f"{step.result} 类" if step.name in REPLIES else f"结果{step.result}"
    if step.attitude:
        yield f"态度{step.attitude}"
    if step.is_typed_in:
        yield "代录"


_LABELS = {
    "leader": "",
    "form": "",
    "who": "",
    "number": "文号 ",
    "signer": "签发 ",
    "promise": "承诺：",
    "promise_by": "责任人 ",
}

WIDE, LEFT = 300, 10  # the ruler's length and where it begins, in units of its picture
HAN, OTHER = 11, 6.5  # how wide a character under the ruler is, in the same units


@dataclass(frozen=True)
class Mark:
    """A day on the ruler: where, and what stands under it ("": no room for it)."""

    at: int
    text: str
    strong: bool = False
    anchor: str = "middle"

    @property
    def span(self):
        """From where to where its text goes, with a little air."""
        wide = sum(HAN if char > "\u2e80" else OTHER for char in self.text) + 4
        before = {"start": 0, "middle": wide / 2, "end": wide}[self.anchor]
        return self.at - before, self.at - before + wide


@dataclass(frozen=True)
class Ruler:
    """交办 … 原期限 … 今天 … 现期限 … 最长 on one line. `passed`: how far today is; `late`: how
    much of that lies behind the deadline.
    """

    passed: int
    late: int
    marks: tuple
    today_at: int
    label: str

    @property
    def due_at(self):
        """Where lateness begins."""
        return LEFT + self.passed - self.late


def ruler(deadline, today):
    """The deadline as a ruler; None where it is not known when it began. Past the deadline it goes
    on to today.
    """
    if deadline is None or deadline.began is None:
        return None
    days = [deadline.began, deadline.due, deadline.first, deadline.longest, today]
    end = max(day for day in days if day)
    whole = max((end - deadline.began).days, 1)

    def at(day):
        return LEFT + round(WIDE * min(max((day - deadline.began).days / whole, 0), 1))

    marks = _marks(deadline, at)
    told = "，".join(mark.text for mark in marks)
    return Ruler(
        at(today) - LEFT, max(at(today) - at(deadline.due), 0), _with_room(marks), at(today), told
    )


def _marks(deadline, at):
    """The days that the ruler shows, the ones that matter most first."""
    due = _day(deadline.due)
    last = "end" if at(deadline.due) > LEFT + WIDE * 0.85 else "middle"
    marks = [
        Mark(at(deadline.due), due, strong=True, anchor=last),
        Mark(LEFT, f"{_day(deadline.began)} 交办", anchor="start"),
    ]
    if deadline.first and deadline.first != deadline.due:
        marks.append(Mark(at(deadline.first), f"{_day(deadline.first)} 原期限"))
    if deadline.longest and deadline.longest > deadline.due:
        marks.append(Mark(at(deadline.longest), f"{_day(deadline.longest)} 最长", anchor="end"))
    return marks


def _day(day):
    return f"{day.month}-{day.day}"


def _with_room(marks):
    """The marks, without the text of those that would run into an earlier one."""
    placed, found = [], []
    for mark in marks:
        start, end = mark.span
        free = all(end <= first or start >= last for first, last in placed)
        placed += [(start, end)] if free else []
        found.append(mark if free else replace(mark, text=""))
    return tuple(found)
