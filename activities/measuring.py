"""What the figures of this room have in common: the filters of activities, and counts by all levels
of mandate held on the day.
"""

from dataclasses import replace

from django.db.models import Case, CharField, OuterRef, Value, When
from django.db.models.functions import Concat

from activities.models import Activity, ActivityNumber, ActivityWord
from congress.figures.by_column import in_months, one_of
from congress.ledger_words import Level
from deputies.levels import holding

LEVEL_GLUE = "、"


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


def with_levels(queryset, day):
    """Attendances with all levels held on the day in one text (县、乡镇、): so they are counted in
    the same query as everything else; `levels_apart` takes the text apart again.
    """
    words = [
        Case(
            When(holding(OuterRef(day), "person", level=level), then=Value(level + LEVEL_GLUE)),
            default=Value(""),
            output_field=CharField(),
        )
        for level in Level.values
    ]
    return queryset.annotate(levels=Concat(*words, output_field=CharField()))


def levels_apart(counted):
    """The result of a count by `levels` broken down by `level`; who holds two counts under each."""
    breakdowns = dict(counted.breakdowns)
    found = {}
    for text, number in breakdowns.pop("levels", {}).items():
        for level in filter(None, text.split(LEVEL_GLUE)):
            found[level] = found.get(level, 0) + number
    return replace(counted, breakdowns={"level": dict(sorted(found.items()))} | breakdowns)
