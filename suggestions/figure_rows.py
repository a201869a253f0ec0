"""The rows that figures of cases count: what the cases were on the as-of date (the model
Standing).
"""

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import TruncMonth

from congress.figures import Base, Dimension
from congress.ledger_words import Level
from deputies.models import Mandate, in_force
from suggestions.models import CaseUnit, Outcome, Standing, Step
from suggestions.promises import promise_state
from suggestions.words import (
    Kind,
    MotionFate,
    Occasion,
    Origin,
    RaisedAt,
    State,
    UnitRole,
    Way,
)

MISSING = "未填"
# Drafts and what was declared void are no cases.
CASES = frozenset(State) - {State.DRAFT, State.VOID}


def standing_on(day):
    """The filter of what cases were on a day."""
    return Q(starts__lte=day) & (Q(ends=None) | Q(ends__gt=day))


def own_cases(ctx, prefix="case__"):
    """Of the township's own: not those that county deputies raised at the county congress."""
    return Q(**{f"{prefix}raised_at": RaisedAt.TOWNSHIP})


def _standings(ctx):
    rows = ctx.visible(Standing).filter(standing_on(ctx.as_of), own_cases(ctx))
    return rows.filter(state__in=CASES).annotate(promise=promise_state(ctx.as_of))


def _collected(ctx):
    on_agenda = Q(case__kind=Kind.MOTION, case__motion_fate=MotionFate.ON_AGENDA)
    return (
        _standings(ctx).filter(ctx.within("case__raised_on"), withdrawn_on=None).exclude(on_agenda)
    )


def _motions(ctx):
    return _standings(ctx).filter(
        ctx.within("case__raised_on"),
        case__kind=Kind.MOTION,
        occasion=Occasion.CONGRESS,
        withdrawn_on=None,
    )


def _month(field):
    return Dimension(TruncMonth(field), label=lambda day: f"{day:%Y-%m}" if day else None)


def _join_units(queryset, ctx):
    day = ctx.as_of
    units = "case__units__"
    return queryset.filter(
        Q(**{f"{units}role": UnitRole.LEAD, f"{units}starts__lte": day})
        & (Q(**{f"{units}ends": None}) | Q(**{f"{units}ends__gt": day}))
    )


def _join_levels(queryset, ctx):
    """By every level of mandate that the leading deputy held on the day of raising."""
    mandate = "case__proposers__person__mandates__"
    return queryset.filter(in_force(F("case__raised_on"), mandate), case__proposers__order=0)


def _by_unit(queryset, values, ctx):
    day = ctx.as_of
    rows = CaseUnit.objects.visible_to(ctx.user).filter(role=UnitRole.LEAD, unit__name__in=values)
    rows = rows.filter(Q(starts__lte=day) & (Q(ends=None) | Q(ends__gt=day)))
    return queryset.filter(case__in=rows.values("case"))


def _by_level(queryset, values, ctx):
    if not set(values) <= set(Level.values):
        return None
    held = Mandate.objects.visible_to(ctx.user).filter(
        in_force(OuterRef("case__raised_on")),
        level__in=values,
        person__raised__case=OuterRef("case"),
        person__raised__order=0,
    )
    return queryset.filter(Exists(held))


def one_of(field, words=None):
    """A filter by a column; where `words` are given, other words mean nothing for these rows."""

    def narrow(queryset, values, ctx):
        if words is not None and not set(values) <= set(words):
            return None
        return queryset.filter(**{f"{field}__in": values})

    return narrow


FILTERS = {
    "category": one_of("category__text"),
    "origin": one_of("origin", Origin.values),
    "occasion": one_of("occasion", Occasion.values),
    "kind": one_of("case__kind", Kind.values),
    "way": one_of("way", Way.values),
    "station": one_of("case__station__name"),
    "platform": one_of("case__platform"),
    "activity": one_of("case__activity_name"),
    "unit": _by_unit,
    "level": _by_level,
}
DIMENSIONS = {
    "origin": Dimension("origin", missing=MISSING),
    "occasion": Dimension("occasion", missing=MISSING),
    "category": Dimension("category__text", missing=MISSING),
    "month": _month("case__raised_on"),
    "township": Dimension("case__place__name"),
    "meeting": Dimension("case__meeting__name"),
    "station": Dimension("case__station__name"),
    "platform": Dimension("case__platform"),
    "result_class": Dimension("result_class"),
    "promise_state": Dimension("promise"),
    "unit": Dimension("case__units__unit__name", join=_join_units),
    "level": Dimension("case__proposers__person__mandates__level", join=_join_levels),
}
COLLECTED = Base("suggestions", _collected, DIMENSIONS, FILTERS)
MOTIONS = Base(
    "motions",
    _motions,
    DIMENSIONS | {"outcome": Dimension("case__motion_fate")},
    FILTERS | {"outcome": one_of("case__motion_fate", MotionFate.values)},
)
PRESSED = Base(
    "pressing",
    lambda ctx: ctx.visible(Step).filter(
        ctx.within("on"), name__in=("催办", "督办"), superseded_at=None
    ),
    {"month": _month("on")},
    {"unit": one_of("unit__name")},
)


def standing_case(ctx):
    """Through an outcome: its case was collected in the period and accepted, as it stood on the
    as-of date.
    """
    standing = "case__standings__"
    day = ctx.as_of
    at = Q(**{f"{standing}starts__lte": day}) & (
        Q(**{f"{standing}ends": None}) | Q(**{f"{standing}ends__gt": day})
    )
    kept = Q(**{f"{standing}withdrawn_on": None, f"{standing}declined_on": None})
    on_agenda = Q(case__kind=Kind.MOTION, case__motion_fate=MotionFate.ON_AGENDA)
    return (
        at
        & kept
        & own_cases(ctx)
        & ctx.within("case__raised_on")
        & ~on_agenda
        & Q(**{f"{standing}state__in": CASES})
    )


def _accepted_outcomes(ctx):
    return ctx.visible(Outcome).filter(
        standing_case(ctx),
        Q(on__lte=ctx.as_of) | Q(on=None, case__standings__closed_on__lte=ctx.as_of),
    )


def _of_case(name):
    """A filter of cases, asked of what hangs on them."""

    def narrow(queryset, values, ctx):
        cases = FILTERS[name](_standings(ctx), values, ctx)
        return None if cases is None else queryset.filter(case__in=cases.values("case"))

    return narrow


OUTCOMES = Base(
    "case outcomes",
    _accepted_outcomes,
    {
        "outcome": Dimension("name"),
        "category": Dimension("case__standings__category__text", missing=MISSING),
    },
    {"outcome": one_of("name")} | {name: _of_case(name) for name in FILTERS},
)
