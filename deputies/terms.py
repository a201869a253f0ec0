"""Which term of a congress is in force on a day: from its first meeting to that of the next.

Source: 组织法 9, 20.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Min, Q
from django.db.models.functions import Coalesce

from congress.ledger_words import Level
from congress.models import Term
from congress.scoping import code_range, codes_above
from deputies.binding import code_of_level, own_level
from deputies.models import Mandate


@dataclass(frozen=True)
class TermSpan:
    """One term: of which place and level, its name, the first day of its first meeting."""

    place_code: str
    level: str
    name: str
    first_day: date


def spans(user, place):
    """The terms at, under and above a place that `user` may see and whose first day is known, in
    order of that day: by the sheet 届次, or the earliest day of the general election (换届选举)."""
    general = Q(mandates__way=Mandate.Way.GENERAL)
    concerned = code_range("place__code", place.code) | Q(place__code__in=codes_above(place.code))
    terms = Term.objects.visible_to(user).filter(concerned)
    begun = terms.annotate(
        first_day=Coalesce("starts", Min("mandates__elected_on", filter=general))
    ).exclude(first_day=None)
    columns = ("place__code", "level", "name", "first_day")
    return [TermSpan(*row) for row in begun.order_by("first_day", "pk").values_list(*columns)]


def in_force(found, code, level, day):
    """Of terms in order, the one of that place and level that began last by `day`, or None."""
    begun = [t for t in found if (t.place_code, t.level) == (code, level) and t.first_day <= day]
    return begun[-1] if begun else None


def term_start(user, place, day, level=None):
    """The first day of the term in force on `day` over `place`; `level` of congress: by default the
    place's own. None: no term is known to have begun, so 换届以来 cannot be reckoned."""
    level = Level(level) if level else own_level(place)
    found = in_force(spans(user, place), code_of_level(place.code, level), level, day)
    return found.first_day if found else None
