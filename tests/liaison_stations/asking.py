"""Asking figures of this room as the catalogue does, for one place and span of days."""

from datetime import date

from congress.figures import Context, evaluate
from congress.period import Period
from liaison_stations.figures import FIGURES

QUOTA = {"stations.receptions_per_deputy_year": 2}


def context(user, place, start, end, as_of=None, **filters):
    """What a figure is asked with; days as texts, filters as tuples of words."""
    last = date.fromisoformat(as_of) if as_of else None
    period = Period(date.fromisoformat(start), date.fromisoformat(end), last)
    return Context(user, place, period, filters, QUOTA.__getitem__)


def asked(user, place, start, end, as_of=None, **filters):
    """{key: Result} of all figures of this room."""
    return evaluate(FIGURES, context(user, place, start, end, as_of, **filters))
