"""What the figures of this room count: stations, what they have, sessions, attendances."""

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import TruncMonth

from congress.figures import Base, Dimension
from congress.ledger_words import Level
from congress.models import Station
from deputies.models import Mandate, PersonFact, in_force
from liaison_stations.models import (
    AwarenessSurvey,
    Reception,
    ReceptionDeputy,
    Rule,
    StationAsset,
    StationCover,
    StationPost,
)
from suggestions.figure_rows import COLLECTED, one_of
from suggestions.words import Occasion, ResultClass


def open_on(day, prefix=""):
    """Filter: the station is open on `day`; without a day of opening it always was."""
    built, closed = f"{prefix}built_on", f"{prefix}closed_on"
    opened = Q(**{f"{built}__lte": day}) | Q(**{f"{built}__isnull": True})
    return opened & (Q(**{f"{closed}__gt": day}) | Q(**{f"{closed}__isnull": True}))


def at_station(path):
    """The filters of rows that reach a station by `path`: its name and its kind."""
    return {
        "station": one_of(f"{path}name"),
        "kind": one_of(f"{path}kind", Station.Kind.values),
    }


def _covers(ctx):
    return ctx.visible(StationCover).filter(open_on(ctx.as_of, "station__"))


def _posts(ctx):
    return ctx.visible(StationPost).filter(in_force(ctx.as_of), open_on(ctx.as_of, "station__"))


def _items(ctx):
    items = ctx.visible(StationAsset).filter(kind=StationAsset.Kind.CHECKLIST)
    return items.filter(open_on(ctx.as_of, "station__"))


def _rules(ctx):
    adopted = Q(adopted_on__lte=ctx.as_of) | Q(adopted_on=None)
    kept = Q(abolished_on__gt=ctx.as_of) | Q(abolished_on=None)
    return ctx.visible(Rule).filter(adopted, kept)


def _heard_at_receptions(ctx):
    """Collected cases raised at a reception, on the day and at the station of a session; a case
    counts once however many sessions there were that day.
    """
    session = ctx.visible(Reception).filter(
        station=OuterRef("case__station"), on=OuterRef("case__raised_on")
    )
    return COLLECTED.rows(ctx).filter(Exists(session), occasion=Occasion.RECEPTION)


def _by_level(queryset, values, ctx):
    """Attendances of deputies who held a mandate of that level on the day of the session."""
    if not set(values) <= set(Level.values):
        return None
    held = Mandate.objects.visible_to(ctx.user).filter(
        in_force(OuterRef("reception__on")), person=OuterRef("person"), level__in=values
    )
    return queryset.filter(Exists(held))


STATIONS = Base(
    "stations",
    lambda ctx: ctx.visible(Station),
    {"kind": Dimension("kind")},
    at_station(""),
)
BY_STATION = {"station": Dimension("station__name")}
COVERS = Base("covered villages", _covers, BY_STATION, at_station("station__"))
POSTS = Base("posts", _posts, BY_STATION, at_station("station__"))
ITEMS = Base("checklist items", _items, BY_STATION, at_station("station__"))
RULES = Base("rules", _rules, filters=at_station("station__"))
SURVEYS = Base(
    "awareness surveys",
    lambda ctx: ctx.visible(AwarenessSurvey).filter(ctx.within("on")),
    {"village": Dimension("village__name")},
)
SESSIONS = Base(
    "receptions",
    lambda ctx: ctx.visible(Reception).filter(ctx.within("on")),
    BY_STATION | {"month": Dimension(TruncMonth("on"), label=lambda day: f"{day:%Y-%m}")},
    at_station("station__"),
)
ATTENDANCES = Base(
    "attendances at receptions",
    lambda ctx: ctx.visible(ReceptionDeputy).filter(ctx.within("reception__on")),
    filters=at_station("reception__station__") | {"level": _by_level},
)
MEMBERS = Base(
    "deputies in stations",
    lambda ctx: ctx.visible(PersonFact).filter(kind=PersonFact.Kind.STATION),
    filters=at_station("station__") | {"level": one_of("person__mandates__level", Level.values)},
)
HEARD = Base(
    "opinions heard at receptions",
    _heard_at_receptions,
    {"category": COLLECTED.dimensions["category"], "outcome": Dimension("result_class")},
    at_station("case__station__")
    | {
        "category": COLLECTED.filters["category"],
        "outcome": one_of("result_class", ResultClass.values),
    },
)
