"""Texts for a WeChat group, to be copied by hand."""

import tomllib
from datetime import timedelta
from functools import cache
from pathlib import Path

from django.db.models import Prefetch

from congress.masking import Masker
from congress.period import chinese_day
from suggestions.desk import matter
from suggestions.models import Proposer, Standing
from suggestions.steps import UNANSWERED
from suggestions.words import HANDED_OVER, Origin, RaisedAt, State

FILE = Path(__file__).parent.parent / "data" / "group_messages.toml"
MOST = 50  # lines of one message
SOON = 10  # days


@cache
def texts():
    """{kind: {label, head, line, foot, empty}}"""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def message(kind, user, today, **words):
    """The text of a kind: evaluate, soon (of what the user may see), reception (`words`: day,
    hours, station).
    """
    part = texts()[kind]
    if kind == "reception":
        words["day"] = chinese_day(words["day"])
        return "\n".join([part["head"].format(**words), part["foot"]])
    rows = _ROWS[kind](user, today)
    lines = [_line(part["line"], number, row, due) for number, (row, due) in enumerate(rows, 1)]
    if not lines:
        return part["empty"].format(days=SOON)
    head = part["head"].format(count=len(lines), days=SOON)
    return "\n".join([head, *lines, part["foot"]])


def _line(sentence, n, row, due):
    return sentence.format(n=n, number=row.case.number, matter=told(row), due=f"{due:%Y-%m-%d}")


def told(standing):
    """What may be said of a case in a group: of a citizen's opinion nothing, nor of a case that is
    not public; of a deputies' suggestion its matter, without numbers of persons and without names
    of those who are no deputies.
    """
    if not standing.case.public and standing.origin == Origin.DEPUTY:
        return "不公开的建议"
    if standing.origin != Origin.DEPUTY:
        return "群众意见"
    own = [proposer.name for proposer in standing.case.citizens]
    return Masker().mask(matter(standing.case.title), own, standing.case.phone).text


def _cases(user):
    rows = Standing.objects.visible_to(user).filter(ends=None, case__raised_at=RaisedAt.TOWNSHIP)
    citizens = Proposer.objects.visible_to(user).filter(person=None).exclude(name="")
    return rows.select_related("case").prefetch_related(
        Prefetch("case__proposers", citizens, to_attr="citizens")
    )


def _evaluate(user, today):
    rows = _cases(user).filter(state=State.REPLIED, evaluate_by__isnull=False)
    return [(row, row.evaluate_by) for row in rows.order_by("evaluate_by", "pk")[:MOST]]


def _soon(user, today):
    rows = _cases(user).filter(
        way__in=HANDED_OVER,
        state__in=UNANSWERED,
        deadline__gte=today,
        deadline__lte=today + timedelta(days=SOON),
    )
    return [(row, row.deadline) for row in rows.order_by("deadline", "pk")[:MOST]]


_ROWS = {"evaluate": _evaluate, "soon": _soon}
