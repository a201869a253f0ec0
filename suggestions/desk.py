"""What waits on somebody's desk: cases by urgency, each with the one step that comes next. One
reading serves the office, the government's office and the units.
"""

import re
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Case as Choose
from django.db.models import Count, DateField, F, Q, Value, When, Window
from django.db.models.functions import RowNumber

from congress.roles import Role
from suggestions.deadlines import ORANGE, YELLOW, left_words
from suggestions.models import Standing
from suggestions.steps import AFTER_REPLY, UNDERWAY
from suggestions.words import RaisedAt, State

# What comes next in a state (names from the table of steps), the first that is open to the person.
NEXT_STEPS = {
    State.DRAFT: ("提出",),
    State.SUBMITTED: ("登记",),
    State.REGISTERED: ("受理",),
    State.REPAIR: ("提出", "登记"),
    State.ACCEPTED: ("交办", "改办"),
    State.DISTRIBUTING: ("分办",),
    State.ASSIGNED: ("签收",),
    State.HANDLING: ("拟稿", "答复", "面商"),
    State.DRAFTED: ("核稿",),
    State.CHECKED: ("签发",),
    State.SIGNED: ("答复", "再次答复"),
    State.REHANDLING: ("拟稿", "再次答复", "面商"),
    State.REPLIED: ("评价",),
    State.EVALUATED: ("办结",),
}
SHOWN = 12
WRAPPING = re.compile(r"关于(.+)的(?:建议|议案|意见|批评)")


@dataclass(frozen=True)
class Kind:
    """One group of the desk: which standings are in it, by which day they are ordered, and what is
    done with them. `bulk`: a step that may be taken for many at once.
    """

    key: str
    title: str
    rows: Q
    day: str = "case__raised_on"
    step: str = ""
    light: str = ""
    bulk: str = ""


@dataclass(frozen=True)
class Item:
    """A case on the desk: `matter` is its title without 关于…的建议."""

    standing: object
    matter: str
    step: str
    left: str
    day: object


@dataclass(frozen=True)
class Group:
    """A group with its first items; `count` says how many there are in all."""

    kind: Kind
    count: int
    items: tuple


def waiting(user, today, limits=(YELLOW, ORANGE)):
    """The groups that wait for this person, in their order; empty ones are left out. Two queries,
    however many cases. A case stands in one group, the most urgent.
    """
    kinds = _KINDS.get(user.role, _of_office)(today, limits[1])
    cases = _grouped(_own(user), kinds)
    counts = dict(cases.values_list("kind").annotate(n=Count("pk")))
    place = Window(
        RowNumber(), partition_by=F("kind"), order_by=[F("day").asc(nulls_last=True), "pk"]
    )
    first = cases.annotate(place=place).filter(place__lte=SHOWN).order_by("kind", "place")
    items = {}
    for row in first.select_related("case", "case__place"):
        items.setdefault(row.kind, []).append(_item(row, kinds[row.kind], today))
    return [Group(kinds[n], counts[n], tuple(items[n])) for n in sorted(items)]


def of_kind(user, today, key, limits=(YELLOW, ORANGE)):
    """All standings of one group of the desk, for a step that is taken for many at once."""
    kinds = _KINDS.get(user.role, _of_office)(today, limits[1])
    number = next((n for n, kind in enumerate(kinds) if kind.key == key), None)
    return _grouped(_own(user), kinds).filter(kind=number).select_related("case")


def _own(user):
    """The cases in force that are this person's to move: a unit's while it has them."""
    rows = Standing.objects.visible_to(user).filter(ends=None, case__raised_at=RaisedAt.TOWNSHIP)
    if user.role == Role.UNIT:
        rows = rows.filter(case__units__unit=user.unit_id, case__units__ends=None)
    return rows


def _grouped(rows, kinds):
    """`kind` is the number of the first group that a row fits."""
    numbered = [(kind.rows, n) for n, kind in enumerate(kinds)]
    any_of = Q()
    for condition, _ in numbered:
        any_of |= condition
    return rows.filter(any_of).annotate(
        kind=Choose(*(When(condition, then=Value(n)) for condition, n in numbered)),
        day=Choose(
            *(When(kind.rows, then=F(kind.day)) for kind in kinds), output_field=DateField()
        ),
    )


def _item(row, kind, today):
    left = left_words((row.day - today).days) if kind.light and row.day else ""
    step = kind.step or next(iter(NEXT_STEPS.get(row.state, ())), "")
    return Item(row, matter(row.case.title), step, left, row.day)


def matter(title):
    """What a title is about: 关于硬化机耕道的建议 → 硬化机耕道."""
    wrapped = WRAPPING.fullmatch(title)
    return wrapped[1] if wrapped else title


def _running(today, orange):
    """Past the deadline, and near it: whoever has the case."""
    soon = today + timedelta(days=orange)
    open_ones = Q(state__in=UNDERWAY, deadline__isnull=False)
    return (
        Kind("late", "已超期", open_ones & Q(deadline__lt=today), "deadline", light="red"),
        Kind("soon", f"{orange}日内到期", open_ones & Q(deadline__lte=soon), "deadline",
             light="orange"),
    )  # fmt: skip


def _promises(today):
    soon = today + timedelta(days=30)
    rows = Q(state__in=AFTER_REPLY, promised_on__lte=soon, kept_on=None)
    return Kind("promises", "承诺到期", rows, "promised_on", "承诺落实", light="yellow")


def _of_office(today, orange):
    asked = Q(state__in=UNDERWAY)
    twice = Q(state=State.EVALUATED, dissatisfied__gte=2)
    late, soon = _running(today, orange)
    do = Q(state__in=(State.SUBMITTED, State.REGISTERED, State.ACCEPTED, State.EVALUATED))
    return (
        Kind("extension", "申请延期，等主席团决定", asked & Q(extension_asked_on__isnull=False),
             "extension_asked_on", "延期"),
        Kind("transfer", "申请改办，等交办人同意", asked & Q(transfer_asked_on__isnull=False),
             "transfer_asked_on", "改办"),
        Kind("returned", "退回来的，改由哪个单位办",
             Q(state=State.ACCEPTED, handed_on__isnull=False), "handed_on", "改办"),
        Kind("twice", "两次不满意，请主席团研究", twice, "evaluated_on", "办结"),
        late, soon,
        Kind("hand-over", "等我交办", Q(state=State.ACCEPTED), step="交办", bulk="交办"),
        Kind("register", "等我登记", Q(state=State.SUBMITTED), step="登记", bulk="登记"),
        Kind("accept", "等主席团审查", Q(state=State.REGISTERED), step="受理", bulk="受理"),
        Kind("close", "等我办结", do, "evaluated_on", "办结", bulk="办结"),
        Kind("judge", "等代表评价", Q(state=State.REPLIED), "evaluate_by", "评价", "yellow"),
        _promises(today),
    )  # fmt: skip


def _of_government(today, orange):
    return (
        Kind("transfer", "申请改办", Q(state__in=UNDERWAY, transfer_asked_on__isnull=False),
             "transfer_asked_on", "改办"),
        *_running(today, orange),
        Kind("distribute", "等我分办", Q(state=State.DISTRIBUTING), "handed_on", "分办"),
        Kind("check", "等我核稿", Q(state=State.DRAFTED), "deadline", "核稿"),
        Kind("sign", "等领导签发", Q(state=State.CHECKED), "deadline", "签发"),
    )  # fmt: skip


def _of_unit(today, orange):
    return (
        *_running(today, orange),
        Kind("sign-for", "等我签收", Q(state=State.ASSIGNED), "deadline", "签收", bulk="签收"),
        Kind("send", "已经签发，等我发出", Q(state=State.SIGNED), "deadline", "答复"),
        Kind("again", "代表不满意，重新办理", Q(state=State.REHANDLING), "deadline"),
        Kind("handle", "办理中", Q(state=State.HANDLING), "deadline", light="green"),
        Kind("drafted", "等政府办核稿、签发", Q(state__in=(State.DRAFTED, State.CHECKED)),
             "deadline"),
        _promises(today),
    )  # fmt: skip


_KINDS = {Role.GOVERNMENT: _of_government, Role.UNIT: _of_unit}
