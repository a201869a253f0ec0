"""One step for many cases: each is taken by `advance` in a transaction of its own, so that one that
is refused holds up no other; what was refused is told with its reason.
"""

import tomllib
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from congress.jobs import enqueue
from congress.models import Unit
from congress.period import chinese_day
from congress.records import StaleRecord
from suggestions.deadlines import hand_over_due
from suggestions.forms import StepForm
from suggestions.models import Case, Standing
from suggestions.moment import Moment
from suggestions.steps import RULES
from suggestions.words import RaisedAt
from suggestions.workflow import StepRefused, advance

FILE = Path(__file__).parent / "data" / "bulk.toml"
TASK = "suggestions.bulk.run"
AT_ONCE = 100  # cases done while one waits (some three seconds); more go to the worker
MOST = 1000  # cases in one go
MEANWHILE = "刚刚有人改过这一件，没有动它。请看过办理经过再办"


@dataclass(frozen=True)
class BulkStep:
    """A step that may be taken for many at once; `rule` is its row in the table of steps;
    `with_layer`: what follows where the government's own layer stands between.
    """

    name: str
    roles: tuple
    fields: tuple
    consequence: str
    with_layer: str = ""

    @property
    def rule(self):
        return RULES[self.name]

    @property
    def asks(self):
        """Whether the form chooses something: then a question follows it."""
        return "unit" in self.fields

    def split(self, rows):
        """(standings from which the step may be taken, those from which it may not)."""
        states = self.rule.frm | self.rule.also
        fits = [
            row for row in rows
            if row.state in states and row.case.raised_at == RaisedAt.TOWNSHIP
        ]  # fmt: skip
        return fits, [row for row in rows if row not in fits]


@cache
def _steps():
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["steps"]
    return [BulkStep(**{key: _frozen(value) for key, value in row.items()}) for row in rows]


def _frozen(value):
    return tuple(value) if isinstance(value, list) else value


def bulk_steps(user):
    """The steps that this person may take for many at once."""
    return [step for step in _steps() if user.role in step.roles and user.role in step.rule.roles]


def standings_of(user, keys):
    """The standings in force of the cases with these keys, oldest first; None where one of them
    is hidden from the user.
    """
    rows = Standing.objects.visible_to(user).filter(ends=None, case__in=set(keys))
    rows = list(
        rows.select_related("case__place", "case__meeting").order_by("case__raised_on", "case_id")
    )
    return rows if len(rows) == len(set(keys)) else None


class BulkForm(StepForm):
    """The step's own form, with what can be the same for all the cases; `moment` is that of one of
    them.
    """

    def __init__(self, *args, step, **options):
        self.step = step
        super().__init__(*args, rule=step.rule, **options)
        del self.fields["version"]

    def _names(self):
        return [name for name in self.rule.fields if name in self.step.fields]


def deadlines(step, rows, on, values, user):
    """{deadline: number of cases} that a hand-over of these rows on `on` begins; empty for steps
    that begin none. A few queries a township.
    """
    if step.name != "交办":
        return {}
    if values.get("due"):
        return {values["due"]: len(rows)}
    found, known = Counter(), {}
    for row in rows:
        alike = row.case.place_id, row.origin, row.occasion, row.case.meeting_id
        if alike not in known:
            moment = Moment(row.case, user, on)
            moment.standing = row
            hard = bool(values.get("complex"))
            known[alike] = hand_over_due("交办", on, moment, complex_matter=hard)[0]
        found[known[alike]] += 1
    return dict(sorted(found.items()))


def deadline_words(found):
    """The deadlines of `deadlines` as a sentence: 答复期限到2027年2月23日。"""
    if len(found) == 1:
        return f"答复期限到{chinese_day(next(iter(found)))}。"
    parts = [f"到{chinese_day(due)}的 {count} 件" for due, count in found.items()]
    return f"答复期限：{'，'.join(parts)}。" if parts else ""


def start(step, rows, versions, form, *, user, token):
    """The job that takes the step for these rows; a form sent twice is one job. `versions`: {case:
    version of the page on which the user decided}.
    """
    changes, on = form.changes(), form.cleaned_data["on"]
    unit = changes.pop("unit", None)
    due = changes.pop("due", None)
    payload = {
        "step": step.name,
        "on": on.isoformat(),
        "cases": [[row.case_id, versions.get(row.case_id, row.case.version)] for row in rows],
        "fields": {name: value for name, value in changes.items() if value},
        "unit": unit.pk if unit else None,
        "due": due.isoformat() if due else None,
    }
    return enqueue(
        TASK,
        payload,
        user=user,
        place=user.place,
        title=f"{step.rule.verb} {len(rows)} 件",
        key=f"bulk {user.pk} {token}",
    )


def run(job, step, on, cases, fields, unit=None, due=None):
    """Task: take the step for each of the cases as far as who asked for it may; {step, done,
    refused}: lists of {pk, number, title}, the refused with their reason.
    """
    user, given = job.made_by, dict(fields)
    if unit:
        given["unit"] = Unit.objects.visible_to(user).get(pk=unit)
    if due:
        given["due"] = date.fromisoformat(due)
    found = Case.objects.visible_to(user).select_related("place").in_bulk([pk for pk, _ in cases])
    done, refused = [], []
    for count, (pk, version) in enumerate(cases):
        job.progress(count, len(cases), RULES[step].verb)
        case = found.get(pk)
        if case is None:
            refused.append({"pk": pk, "number": "", "title": "", "reason": "您现在看不到这一件"})
            continue
        number, reason = _take(job, case, step, date.fromisoformat(on), version, given)
        told = {"pk": pk, "number": number, "title": case.title}
        (refused if reason else done).append(told | ({"reason": reason} if reason else {}))
    return {"step": step, "done": done, "refused": refused}


def _take(job, case, step, on, version, fields):
    """(number of the case, why the step was refused or "")."""
    user = job.made_by
    try:
        taken = advance(case, step, user=user, on=on, version=version, **fields)
    except StepRefused as refusal:
        return case.number, str(refusal)
    except StaleRecord:
        return case.number, "" if _taken_before(job, case, step) else MEANWHILE
    return taken.case.number, ""


def _taken_before(job, case, step):
    """Whether an earlier run of this job, broken off later, took the step."""
    mine = case.steps.filter(name=step, entered_by=job.made_by, entered_at__gte=job.created)
    return job.attempts > 1 and mine.exists()
