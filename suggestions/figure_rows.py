"""The rows that figures of cases count: what the cases were on the as-of date (the model
Standing).
"""

from django.db.models import Exists, OuterRef, Q

from congress.figures import Base, Dimension
from congress.figures.by_column import by_month, one_of
from congress.ledger_words import Level
from deputies.levels import holding, level_held
from suggestions.models import CaseUnit, Outcome, Proposer, Standing, Step
from suggestions.promises import promise_state
from suggestions.words import (
    Kind,
    MotionFate,
    Occasion,
    Origin,
    PromiseState,
    RaisedAt,
    ResultClass,
    Satisfaction,
    State,
    UnitRole,
    Way,
)

MISSING = "未填"
# Drafts and what was declared void are no cases.
CASES = frozenset(State) - {State.DRAFT, State.VOID}
ON_AGENDA = Q(case__kind=Kind.MOTION, case__motion_fate=MotionFate.ON_AGENDA)


def on_day(day, prefix=""):
    """The filter of standings and units of cases (at the end of `prefix`) that hold on a day."""
    begun = Q(**{f"{prefix}starts__lte": day})
    return begun & (Q(**{f"{prefix}ends": None}) | Q(**{f"{prefix}ends__gt": day}))


def own_cases():
    """Of the township's own: not those that county deputies raised at the county congress."""
    return Q(case__raised_at=RaisedAt.TOWNSHIP)


def _standings(ctx):
    rows = ctx.visible(Standing).filter(on_day(ctx.as_of), own_cases())
    return rows.filter(state__in=CASES).annotate(promise=promise_state(ctx.as_of))


def _collected(ctx):
    raised = _standings(ctx).filter(ctx.within("case__raised_on"), withdrawn_on=None)
    return raised.exclude(ON_AGENDA)


def _motions(ctx):
    return _standings(ctx).filter(
        ctx.within("case__raised_on"),
        case__kind=Kind.MOTION,
        occasion=Occasion.CONGRESS,
        withdrawn_on=None,
    )


def _join_units(queryset, ctx):
    return queryset.filter(on_day(ctx.as_of, "case__units__"), case__units__role=UnitRole.LEAD)


def _by_unit(queryset, values, ctx):
    rows = CaseUnit.objects.visible_to(ctx.user).filter(role=UnitRole.LEAD, unit__name__in=values)
    rows = rows.filter(on_day(ctx.as_of))
    return queryset.filter(case__in=rows.values("case"))


def _by_level(queryset, values, ctx):
    """By the level that the leading deputy held on the day of raising."""
    if not set(values) <= set(Level.values):
        return None
    leading = Proposer.objects.visible_to(ctx.user).filter(case=OuterRef("case"), order=0)
    held = holding(OuterRef("case__raised_on"), "person", level__in=values)
    return queryset.filter(Exists(leading.filter(held)))


def _by_promise(queryset, values, ctx):
    """By what became of the promise by the as-of date."""
    if not set(values) <= set(PromiseState.values):
        return None
    return queryset.alias(promise_asked=promise_state(ctx.as_of)).filter(promise_asked__in=values)


FILTERS = {
    "category": one_of("category__text"),
    "origin": one_of("origin", Origin.values),
    "occasion": one_of("occasion", Occasion.values),
    "kind": one_of("case__kind", Kind.values),
    "way": one_of("way", Way.values),
    "station": one_of("case__station__name"),
    "platform": one_of("case__platform"),
    "activity": one_of("case__activity_name"),
    "result_class": one_of("result_class", ResultClass.values),
    "evaluation": one_of("evaluation", Satisfaction.values),
    "promise_state": _by_promise,
    "unit": _by_unit,
    "level": _by_level,
}
DIMENSIONS = {
    "origin": Dimension("origin", missing=MISSING),
    "occasion": Dimension("occasion", missing=MISSING),
    "category": Dimension("category__text", missing=MISSING),
    "month": by_month("case__raised_on"),
    "township": Dimension("case__place__name"),
    "meeting": Dimension("case__meeting__name"),
    "station": Dimension("case__station__name"),
    "platform": Dimension("case__platform"),
    "result_class": Dimension("result_class"),
    "promise_state": Dimension("promise"),
    "unit": Dimension("case__units__unit__name", join=_join_units),
    # of the deputy who leads
    "level": level_held(
        "case__proposers__person__mandates", "case__raised_on", case__proposers__order=0
    ),
}
COLLECTED = Base("suggestions", _collected, DIMENSIONS, FILTERS)
MOTIONS = Base(
    "motions",
    _motions,
    DIMENSIONS | {"outcome": Dimension("case__motion_fate")},
    FILTERS | {"outcome": one_of("case__motion_fate", MotionFate.values)},
)


def standing_case(ctx):
    """Through an outcome: its case was collected in the period and accepted, as it stood on the
    as-of date.
    """
    standing = "case__standings__"
    kept = Q(**{f"{standing}withdrawn_on": None, f"{standing}declined_on": None})
    return (
        on_day(ctx.as_of, standing)
        & kept
        & own_cases()
        & ctx.within("case__raised_on")
        & ~ON_AGENDA
        & Q(**{f"{standing}state__in": CASES})
    )


def _accepted_outcomes(ctx):
    return ctx.visible(Outcome).filter(
        standing_case(ctx),
        Q(on__lte=ctx.as_of) | Q(on=None, case__standings__closed_on__lte=ctx.as_of),
    )


def _of_case(name, standings=_standings):
    """A filter of cases, asked of what hangs on them."""

    def narrow(queryset, values, ctx):
        cases = FILTERS[name](standings(ctx), values, ctx)
        return None if cases is None else queryset.filter(case__in=cases.values("case"))

    return narrow


def _any_case(ctx):
    return ctx.visible(Standing).filter(on_day(ctx.as_of))


def _pressed_unit(queryset, values, ctx):
    """The unit that was pressed; where the record names none, the lead of the case."""
    leads = FILTERS["unit"](_any_case(ctx), values, ctx)
    unnamed = Q(unit=None, case__in=leads.values("case"))
    return queryset.filter(Q(unit__name__in=values) | unnamed)


PRESSED = Base(
    "pressing",
    lambda ctx: ctx.visible(Step).filter(
        ctx.within("on"), name__in=("催办", "督办"), superseded_at=None
    ),
    {"month": by_month("on")},
    {name: _of_case(name, _any_case) for name in FILTERS} | {"unit": _pressed_unit},
)


OUTCOMES = Base(
    "case outcomes",
    _accepted_outcomes,
    {
        "outcome": Dimension("name"),
        "category": Dimension("case__standings__category__text", missing=MISSING),
    },
    {"outcome": one_of("name")} | {name: _of_case(name) for name in FILTERS},
)
