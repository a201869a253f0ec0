"""Medians of days between two dates: the one measure that is not worked out in the database."""

from collections import defaultdict
from statistics import median

from django.db.models import BooleanField, Case, F, Value, When

from congress.figures.definition import plain


def days_of(queryset, parts, ctx):
    """[{pk: days}] of each part over the rows that meet its condition: one query for all parts."""
    met = {
        f"met{index}": Case(
            When(part.condition(ctx), then=Value(True)),
            default=Value(False),
            output_field=BooleanField(),
        )
        for index, part in enumerate(parts)
    }
    dates = {part.measure.later for part in parts} | {part.measure.earlier for part in parts}
    found = [{} for _ in parts]
    for row in queryset.annotate(**met).values("pk", *met, *dates):
        for index, part in enumerate(parts):
            if row[f"met{index}"]:
                span = row[part.measure.later] - row[part.measure.earlier]
                found[index][row["pk"]] = span.days
    return found


def labels_of(queryset, dimension, ctx):
    """{label: {pk}} of the rows under each label of a dimension."""
    joined = dimension.join(queryset, ctx) if dimension.join else queryset
    expression = dimension.expression
    expression = F(expression) if isinstance(expression, str) else expression
    found = defaultdict(set)
    for pk, value in joined.annotate(label=expression).values_list("pk", "label"):
        label = dimension.word(value)
        if label is not None:
            found[label].add(pk)
    return found


def median_of(values):
    """The median, the mean of the two middle values; None of nothing."""
    values = list(values)
    return plain(median(values)) if values else None
