"""What the figures of this room have in common: filters, months, and the level of mandate held on
the day.
"""

from calendar import monthrange
from dataclasses import replace
from datetime import date

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Concat, TruncMonth

from activities.models import Activity, ActivityNumber, ActivityWord
from congress.figures import Dimension
from congress.ledger_words import Level
from congress.scoping import OPERATOR
from deputies.models import Mandate, in_force

LEVEL_GLUE = "、"


def one_of(field, words=None):
    """A filter by a column; where `words` are given, others mean nothing for these rows."""

    def narrow(queryset, values, ctx):
        if words is not None and not set(values) <= set(words):
            return None
        return queryset.filter(**{f"{field}__in": values})

    return narrow


def month(field):
    """The month of a day as breakdowns label it: 2024-03."""
    return Dimension(TruncMonth(field), label=month_of)


def month_of(day):
    return f"{day:%Y-%m}" if day else None


def in_months(field):
    """A filter by months written 2024-03."""

    def narrow(queryset, values, ctx):
        months = Q(pk__in=())
        for value in values:
            try:
                first = date.fromisoformat(f"{value}-01")
            except ValueError:
                return None
            last = first.replace(day=monthrange(first.year, first.month)[1])
            months |= Q(**{f"{field}__range": (first, last)})
        return queryset.filter(months)

    return narrow


def activity_filters(prefix=""):
    """The filters of all figures on activities; `prefix` leads from a row to its activity."""
    link = prefix.removesuffix("__") or "pk"

    def having(model, kind, column):
        def narrow(queryset, values, ctx):
            hanging = ctx.visible(model).filter(kind=kind, **{f"{column}__in": values})
            return queryset.filter(**{f"{link}__in": hanging.values("activity")})

        return narrow

    return {
        "kind": one_of(f"{prefix}kind", Activity.Kind.values),
        "organiser": one_of(f"{prefix}organiser", Activity.Organiser.values),
        "campaign": one_of(f"{prefix}campaign"),
        "activity": one_of(f"{prefix}name"),
        "month": in_months(f"{prefix}starts"),
        "field": having(ActivityWord, ActivityWord.Kind.FIELD, "text"),
        "outcome": having(ActivityNumber, ActivityNumber.Kind.OUTCOME, "name"),
    }


def _held_mandate(day, levels):
    """Whether the deputy of the attendance held a mandate of one of `levels` on that day. Who may
    see the attendance may know it, also of a mandate that the county keeps.
    """
    mandates = Mandate.objects.visible_to(OPERATOR).filter(person=OuterRef("person"))
    return Exists(mandates.filter(in_force(OuterRef(day)), level__in=levels))


def by_level(day):
    """A filter of attendances by the level of mandate held on the day of the event."""

    def narrow(queryset, values, ctx):
        if not set(values) <= set(Level.values):
            return None
        return queryset.filter(_held_mandate(day, values))

    return narrow


def with_levels(queryset, day):
    """Attendances with all levels held on the day in one text (县、乡镇、): so they are counted in
    the same query as everything else; `levels_apart` takes the text apart again.
    """
    words = [
        Case(
            When(_held_mandate(day, [level]), then=Value(level + LEVEL_GLUE)),
            default=Value(""),
            output_field=CharField(),
        )
        for level in Level.values
    ]
    return queryset.annotate(levels=Concat(*words, output_field=CharField()))


def level_of_mandate(day):
    """By each level held on the day, to look at the rows under one label."""

    def join(queryset, ctx):
        return queryset.filter(in_force(F(day), "person__mandates__"))

    return Dimension("person__mandates__level", join=join)


def levels_apart(counted):
    """The result of a count by `levels` broken down by `level`; who holds two counts under each."""
    breakdowns = dict(counted.breakdowns)
    found = {}
    for text, number in breakdowns.pop("levels", {}).items():
        for level in filter(None, text.split(LEVEL_GLUE)):
            found[level] = found.get(level, 0) + number
    return replace(counted, breakdowns={"level": dict(sorted(found.items()))} | breakdowns)
