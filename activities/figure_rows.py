"""The rows that figures of activities count.

An activity counts from its first day on; one that was called off does not count.
"""

from django.db.models import Count as CountRows
from django.db.models import F, FilteredRelation, OuterRef, Q, Subquery

from activities.measuring import activity_filters, with_levels
from activities.models import Activity, ActivityDeputy, ActivityNumber, ActivityWord
from congress.figures import Base, Dimension
from congress.figures.by_column import by_month, one_of
from deputies.levels import by_level, level_held
from deputies.models import Person, in_force

OUTSIDERS, OUTCOME = ActivityNumber.Kind.OUTSIDERS, ActivityNumber.Kind.OUTCOME
DAY = "activity__starts"


def _hanging(ctx, model, **which):
    """How many rows of a model hang on the activity of the outer query."""
    rows = ctx.visible(model).filter(activity=OuterRef("pk"), **which).order_by()
    return Subquery(rows.values("activity").annotate(n=CountRows("pk")).values("n"))


def _held(ctx):
    rows = ctx.visible(Activity).filter(ctx.within("starts"), cancelled=False)
    return rows.annotate(
        named=_hanging(ctx, ActivityDeputy),
        reports=_hanging(ctx, ActivityWord, kind=ActivityWord.Kind.REPORT),
    )


def _of_held(model):
    """Rows of a model that hang on the activities held."""
    return lambda ctx: ctx.visible(model).filter(ctx.within(DAY), activity__cancelled=False)


def _join_fields(queryset, ctx):
    return queryset.filter(words__kind=ActivityWord.Kind.FIELD)


def _with_mandates(ctx):
    """Attendances, one row for each mandate that the deputy held on the day, one where none."""
    held = in_force(F(DAY), "person__mandates__")
    return _of_held(ActivityDeputy)(ctx).annotate(
        mandate=FilteredRelation("person__mandates", condition=held)
    )


DIMENSIONS = {
    "kind": Dimension("kind"),
    "campaign": Dimension("campaign"),
    "organiser": Dimension("organiser"),
    "month": by_month("starts"),
    "field": Dimension("words__text", join=_join_fields),
}
HELD = Base("activities", _held, DIMENSIONS, activity_filters())

OF_ACTIVITY = {"kind": Dimension("activity__kind"), "campaign": Dimension("activity__campaign")}
FILTERS = activity_filters("activity__")
ATTENDANCE_FILTERS = FILTERS | {"level": by_level(DAY)}
ATTENDANCES = Base(
    "attendances",
    lambda ctx: with_levels(_of_held(ActivityDeputy)(ctx), DAY),
    OF_ACTIVITY | {"levels": Dimension("levels"), "level": level_held("person__mandates", DAY)},
    ATTENDANCE_FILTERS,
)
ATTENDANTS = Base(
    "attendants",
    _with_mandates,
    OF_ACTIVITY | {"level": Dimension("mandate__level")},
    ATTENDANCE_FILTERS,
)
VILLAGES = Base(
    "villages of activities",
    lambda ctx: _held(ctx).filter(villages__isnull=False),
    {"campaign": Dimension("campaign")},
    HELD.filters,
)
LEADERS = Base(
    "leaders at activities",
    lambda ctx: _of_held(ActivityWord)(ctx).filter(kind=ActivityWord.Kind.LEADER),
    {"names": Dimension("text")},
    FILTERS | {"names": one_of("text")},
)


def _by_outcome(queryset, values, ctx):
    """Of outcomes those named; of other people those at activities that have such an outcome."""
    at = FILTERS["outcome"](queryset, values, ctx)
    return at.filter(Q(kind=OUTSIDERS) | Q(name__in=values))


def _by_person(queryset, values, ctx):
    """Other people of a category; outcomes have none."""
    return queryset.filter(kind=OUTSIDERS, name__in=values)


NUMBERS = Base(
    "numbers of activities",
    _of_held(ActivityNumber),
    OF_ACTIVITY
    | {
        "person": Dimension("name"),
        "outcome": Dimension("name"),
        "measure": Dimension("measure"),
    },
    FILTERS | {"outcome": _by_outcome, "person": _by_person},
)


def _serving(ctx):
    # a person without any mandate has none whose days could be asked
    return ctx.visible(Person).filter(in_force(ctx.as_of, "mandates__"), mandates__isnull=False)


def _asked_of_attendance(name):
    """A filter on the activity narrows who attended, not who serves."""

    def narrow(queryset, values, ctx):
        meant = FILTERS[name](_of_held(ActivityDeputy)(ctx), values, ctx)
        return None if meant is None else queryset

    return narrow


SERVING = Base(
    "serving deputies",
    _serving,
    {"level": Dimension("mandates__level")},
    {name: _asked_of_attendance(name) for name in FILTERS} | {"level": by_level(person="pk")},
)


def attended(ctx):
    """Of persons: those who attended at least one of the activities asked for."""
    narrowed = _of_held(ActivityDeputy)(ctx)
    for name, values in ctx.filters.items():
        if name in FILTERS:
            narrowed = FILTERS[name](narrowed, values, ctx)
    return Q(pk__in=narrowed.values("person"))
