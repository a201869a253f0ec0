"""What the figures of this room count: stations, what they have, sessions, attendances."""

from django.db.models import Exists, OuterRef

from congress.figures import Base, Dimension
from congress.figures.by_column import by_month, one_of
from congress.ledger_words import Level
from congress.models import Station
from deputies.levels import by_level
from deputies.models import PersonFact, in_force
from liaison_stations.models import (
    AwarenessSurvey,
    Reception,
    ReceptionDeputy,
    Rule,
    StationAsset,
    StationCover,
    StationPost,
)
from suggestions.figure_rows import COLLECTED
from suggestions.words import Occasion, ResultClass


def open_on(day, prefix=""):
    """Filter: the station is open on `day`; without a day of opening it always was."""
    return in_force(day, prefix, "built_on", "closed_on")


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
    kept = in_force(ctx.as_of, starts="adopted_on", ends="abolished_on")
    return ctx.visible(Rule).filter(kept)


def _heard_at_receptions(ctx):
    """Collected cases raised at a reception, on the day and at the station of a session; a case
    counts once however many sessions there were that day.
    """
    session = ctx.visible(Reception).filter(
        station=OuterRef("case__station"), on=OuterRef("case__raised_on")
    )
    return COLLECTED.rows(ctx).filter(Exists(session), occasion=Occasion.RECEPTION)


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
    BY_STATION | {"month": by_month("on")},
    at_station("station__"),
)
ATTENDANCES = Base(
    "attendances at receptions",
    lambda ctx: ctx.visible(ReceptionDeputy).filter(ctx.within("reception__on")),
    filters=at_station("reception__station__") | {"level": by_level("reception__on")},
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
