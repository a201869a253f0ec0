"""Filters and breakdowns by a column of the rows: by its words, by the month of a day."""

from calendar import monthrange
from datetime import date

from django.db.models import Q
from django.db.models.functions import TruncMonth

from congress.figures.definition import Dimension


def one_of(field, words=None):
    """A filter by a column; where `words` are given, others mean nothing for these rows."""

    def narrow(queryset, values, ctx):
        if words is not None and not set(values) <= set(words):
            return None
        return queryset.filter(**{f"{field}__in": values})

    return narrow


def month_of(day):
    """The month of a day as breakdowns label it: 2024-03; None without a day."""
    return f"{day:%Y-%m}" if day else None


def by_month(field):
    """A breakdown by the month of a day."""
    return Dimension(TruncMonth(field), label=month_of)


def in_months(field):
    """A filter by months written 2024-03; what is no month means nothing."""

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
