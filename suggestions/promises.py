"""Promised matters (承诺事项): what the replies of class B and C undertook, by when, and what came
of it. They stay on the list over the years until kept, and after that as kept.
"""

from django.db.models import (
    BooleanField,
    Case,
    ExpressionWrapper,
    F,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.fields.json import KT

from congress.roles import Role
from suggestions.models import CaseUnit, Standing, Step, works_for
from suggestions.steps import AFTER_REPLY, RULES
from suggestions.words import PromiseState, RaisedAt, State, UnitRole

REPLIES = ("答复", "再次答复")
KEEPING = "承诺落实"
# A merged case is answered by the other one; what was declared void promised nothing.
NOT_LISTED = (State.MERGED, State.VOID)


def promise_state(day):
    """Expression over standings: kept, broken (its day is past) or not yet due on `day`; empty
    without a promise.
    """
    return Case(
        When(promised_on=None, then=Value("")),
        When(Q(kept_on__lte=day), then=Value(PromiseState.KEPT.value)),
        When(Q(promised_on__lt=day), then=Value(PromiseState.BROKEN.value)),
        default=Value(PromiseState.DUE.value),
    )


def promises(user, today):
    """The promises of the cases that a user sees, one a case, those not kept first and by their
    day: standings with `promise` (state), `matter`, `person`, `is_lead` and, on `case.held`, the
    units that have the case.
    """
    rows = Standing.objects.visible_to(user).filter(
        ends=None, promised_on__isnull=False, case__raised_at=RaisedAt.TOWNSHIP
    )
    held = CaseUnit.objects.visible_to(user).filter(ends=None)
    mine = held.filter(works_for(user.unit_id))
    if user.role == Role.UNIT:
        rows = rows.filter(case__in=mine.values("case"))
    replies = Step.objects.visible_to(user).filter(
        case=OuterRef("case"), name__in=REPLIES, superseded_at=None, due=OuterRef("promised_on")
    )
    replies = replies.order_by("-on", "-order", "-pk")
    units = held.filter(role=UnitRole.LEAD).select_related("unit").order_by("pk")
    return (
        rows.exclude(state__in=NOT_LISTED)
        .annotate(
            promise=promise_state(today),
            matter=Subquery(replies.values(text=KT("data__promise"))[:1]),
            person=Subquery(replies.values(text=KT("data__promise_by"))[:1]),
            is_lead=ExpressionWrapper(
                Q(case__in=mine.filter(role=UnitRole.LEAD).values("case")), BooleanField()
            ),
        )
        .select_related("case", "case__place")
        .prefetch_related(Prefetch("case__units", units, to_attr="held"))
        .order_by(F("kept_on").asc(nulls_first=True), "promised_on", "pk")
    )


def may_keep(user, row):
    """Whether this person may note that the promise of a row of `promises` was kept."""
    if row.kept_on or row.state not in AFTER_REPLY or user.role not in RULES[KEEPING].roles:
        return False
    return user.role != Role.UNIT or row.is_lead
