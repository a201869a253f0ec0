"""What a deputy finds about the own cases: each with its dots, its sentence and what it asks."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Prefetch

from congress.county_settings import values_by_day
from deputies.models import Person
from suggestions.deadlines import left_words, light, limits_of
from suggestions.models import Case, CaseUnit, CoSigning, NotReceived, Proposer, Standing
from suggestions.numbers import is_placeholder
from suggestions.plain_words import Plain, day_words, is_unstated, plain
from suggestions.steps import AFTER_REPLY, OPEN, UNANSWERED, UNDERWAY
from suggestions.words import RaisedAt, State, UnitRole

SHOWN = 5  # cases on the first page; the rest is on 全部


@dataclass(frozen=True)
class Mine:
    """One case of a deputy. `leading`: raised by them, not seconded; `missing`: the open row where
    they said that the reply did not reach them.
    """

    case: Case
    standing: Standing | None
    leading: bool
    plain: Plain
    light: tuple[str, str] | None  # kind and words of the badge
    missing: NotReceived | None

    @property
    def state(self):
        return self.standing.state if self.standing and self.case.handed_in else State.DRAFT

    @property
    def number(self):
        """The number; empty before it is registered."""
        waits = not self.case.handed_in or is_placeholder(self.case.number)
        return "" if waits else self.case.number

    @property
    def is_open(self):
        return self.state in OPEN

    @cached_property
    def asks(self):
        """What the case asks of this deputy: evaluate, repair, draft, or nothing."""
        if self.state == State.DRAFT:
            return "draft"
        if self.state == State.REPAIR and self._own:
            return "repair"
        # Who chose 不表态 may still judge, and is asked no more; so where all is closed.
        abstained = self.state == State.EVALUATED and self.standing.attitude
        over = self.state == State.MERGED and self.standing.handled_state == State.CLOSED
        return "evaluate" if self.may_judge and not abstained and not over else ""

    @property
    def _own(self):
        return self.leading and self.case.raised_at == RaisedAt.TOWNSHIP

    @property
    def may_judge(self):
        """Whether the latest reply is this deputy's to judge and has no stated judgement yet."""
        if not self._own:
            return False
        if self.state == State.EVALUATED:
            return is_unstated(self.standing)
        if self.state == State.MERGED:
            return self.standing.handled_state in AFTER_REPLY and is_unstated(self.standing)
        return self.state == State.REPLIED


def person_of(user):
    """The roster's card of a deputy's account; None where nobody joined the two."""
    return Person.objects.visible_to(user).filter(user=user).first()


def own_cases(user):
    """The cases with the deputy's name on them, the latest first."""
    mine = Proposer.objects.visible_to(user).filter(person__user=user)
    return Case.objects.visible_to(user).filter(pk__in=mine.values("case"))


def my_cases(user, today, cases=None):
    """Mine for each of the deputy's cases (or of a narrowed queryset of them): six queries however
    many.
    """
    rows = (own_cases(user) if cases is None else cases).prefetch_related(
        Prefetch(
            "standings",
            Standing.objects.visible_to(user).filter(ends=None).select_related("category"),
            to_attr="in_force",
        ),
        Prefetch(
            "units",
            CaseUnit.objects.visible_to(user)
            .filter(ends=None, role=UnitRole.LEAD)
            .select_related("unit"),
            to_attr="leads",
        ),
        Prefetch("proposers", Proposer.objects.visible_to(user).select_related("person")),
        Prefetch(
            "not_received",
            NotReceived.objects.visible_to(user).filter(resolved_at=None, person__user=user),
            to_attr="missing",
        ),
    )
    limits = limits_of(values_by_day(user.place), today)
    return [_mine(case, user, today, limits) for case in rows]


def _mine(case, user, today, limits):
    first = next(iter(case.proposers.all()), None)
    leading = bool(first and first.person and first.person.user_id == user.pk)
    standing = case.in_force[0] if case.in_force else None
    units = [row.unit for row in case.leads]
    return Mine(
        case=case,
        standing=standing,
        leading=leading,
        plain=plain(standing, units, today, "own" if leading else "co"),
        light=_light(standing, today, limits) if case.handed_in else None,
        missing=case.missing[0] if case.missing else None,
    )


def _light(standing, today, limits):
    """The badge of a case: days left for the reply, or by when to evaluate."""
    if standing is None:
        return None
    if standing.state in UNDERWAY and standing.deadline:
        left = (standing.deadline - today).days
        return light(left, limits), left_words(left)
    if standing.state == State.REPLIED and standing.evaluate_by:
        late = standing.evaluate_by < today
        return ("ask", "等您评价") if late else (
            "yellow", f"{day_words(standing.evaluate_by, today)}前",
        )  # fmt: skip
    return None


def asked_of(user):
    """What this deputy is asked to co-sign, can and has not answered, the oldest first."""
    asked = (
        CoSigning.objects.visible_to(user)
        .waiting()
        .filter(
            person__user=user,
            case__standings__ends=None,
            case__standings__state__in=UNANSWERED,
            case__standings__replied_on=None,
        )
    )
    return asked.select_related("case", "asked_by").order_by("asked_at", "pk")
