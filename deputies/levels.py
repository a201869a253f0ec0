"""By the level of mandate that a person held on the day of the event (for a state: on the as-of
date): the one filter and the one breakdown of all rooms. Who holds two counts under each.
"""

from django.db.models import Exists, F, OuterRef, Q

from congress.figures import Dimension
from congress.ledger_words import Level
from congress.scoping import OPERATOR
from deputies.models import Mandate, in_force


def holding(day, person="pk", **more):
    """Filter: the person (column `person` of the row) holds a mandate on `day`, a date or an
    OuterRef; `more` narrows the mandates. Who may see the row may know it, also of a mandate that
    the county keeps: so without regard to who asks.
    """
    mandates = Mandate.objects.visible_to(OPERATOR).filter(person=OuterRef(person), **more)
    return Q(Exists(mandates.filter(in_force(day))))


def by_level(day=None, person="person"):
    """A filter by the level held on the day in column `day`; without one, on the as-of date."""

    def narrow(queryset, values, ctx):
        if not set(values) <= set(Level.values):
            return None
        held_on = OuterRef(day) if day else ctx.as_of
        return queryset.filter(holding(held_on, person, level__in=values))

    return narrow


def level_held(mandates, day=None, **more):
    """A breakdown by each level held on that day; `mandates` leads from the row to them, `more`
    narrows the rows on the way.
    """

    def join(queryset, ctx):
        return queryset.filter(in_force(F(day) if day else ctx.as_of, f"{mandates}__"), **more)

    return Dimension(f"{mandates}__level", join=join)
