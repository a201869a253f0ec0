"""What the open stations have (people, villages, checklist items) and which rules there are: one
query for all figures.

Each row says what it is, the code of its place, whose it is (a station, or the maker of a rule),
its name, and a number.
"""

from collections import Counter
from typing import NamedTuple

from django.db.models import CharField, F, IntegerField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast

from congress.default_words import defaults
from congress.figures import Result
from congress.models import PlaceFact, Word
from congress.scoping import code_range
from deputies.models import in_force
from liaison_stations.figure_rows import COVERS, ITEMS, POSTS, RULES, STATIONS, open_on

VILLAGE, ITEM, RULE, LISTED = "village", "item", "rule", "listed"
COUNTY_DIGITS = 6


class Holding(NamedTuple):
    """One thing that a station has; `text` names it, `number` is a village's population (人)."""

    what: str
    code: str
    owner: str
    text: str
    number: int | None


def _union(ctx):
    parts = [
        (COVERS, Value(VILLAGE), "station__place__code", "station__name", "village__code"),
        (POSTS, "post", "place__code", "station__name", "name"),
        (ITEMS, Value(ITEM), "station__place__code", "station__name", "text"),
        (RULES, Value(RULE), "place__code", "maker", "name"),
    ]
    selected = []
    for base, *columns in parts:
        rows = base.narrowed(ctx)
        if rows is None:
            return None
        number = _population(ctx) if base is COVERS else Value(None)
        selected.append(_columns(rows, columns, number))
    words = _columns(
        _county_lists(ctx), [Value(LISTED), "place__code", Value(""), "text"], Value(None)
    )
    return [Holding(*row) for row in selected[0].union(*selected[1:], words, all=True)]


def _columns(rows, columns, number):
    named = [F(column) if isinstance(column, str) else column for column in columns]
    texts = [Cast(column, CharField(max_length=120)) for column in named]
    return rows.order_by().values_list(*texts, Cast(number, IntegerField()))


def _population(ctx):
    """The registered population of a covered village in force on the as-of date; of several, the
    latest.
    """
    facts = ctx.visible(PlaceFact).filter(
        in_force(ctx.as_of), kind=PlaceFact.Kind.POPULATION, place=OuterRef("village")
    )
    latest = facts.order_by(F("starts").desc(nulls_last=True), "-pk")
    return Subquery(latest.values("value")[:1])


def _county_lists(ctx):
    """The checklists of the counties that the place lies in or that lie in it."""
    kept = Q(retired_on=None) | Q(retired_on__gt=ctx.as_of)
    scope = code_range("place__code", ctx.place.code[:COUNTY_DIGITS])
    words = Word.objects.visible_to(ctx.user).filter(kept, scope, kind=Word.Kind.CHECKLIST)
    return words.filter(place__level="县")


def _bundled():
    return defaults()[Word.Kind.CHECKLIST]


def on_the_list(ctx):
    """Filter: the item is one of the checklist."""
    return Q(text__in=set(_county_lists(ctx).values_list("text", flat=True)) or _bundled())


def holdings(ctx, what):
    """The holdings of one sort; None where the asked filters mean nothing for them."""
    found = ctx.once("station holdings", lambda: _union(ctx))
    return None if found is None else [each for each in found if each.what == what]


def _counted(found, name_of):
    """How many different names, and how many at each station."""
    by_station = Counter(owner for owner, _ in {(each.owner, name_of(each)) for each in found})
    return Result(
        "",
        value=len({name_of(each) for each in found}),
        breakdowns={"station": dict(sorted(by_station.items()))},
        rows=len(found),
    )


def people_in(post):
    """Compute: distinct people in that post, by name within a place."""

    def compute(ctx, results):
        found = holdings(ctx, post)
        return None if found is None else _counted(found, lambda each: (each.code, each.text))

    return compute


def villages(ctx, results):
    """Compute: distinct villages that the stations serve."""
    found = holdings(ctx, VILLAGE)
    return None if found is None else _counted(found, lambda each: each.text)


def population(ctx, results):
    """Compute: the people of those villages, each village once."""
    found = holdings(ctx, VILLAGE)
    if found is None:
        return None
    people = {each.text: each.number or 0 for each in found}
    return Result("", value=sum(people.values()), rows=len(found))


def rules(ctx, results):
    """Compute: rules in force, distinct by name within a place, with their titles and makers."""
    found = holdings(ctx, RULE)
    if found is None:
        return None
    makers = {}
    for each in found:
        makers.setdefault((each.code, each.text), []).append(each.owner)
    items = [
        {"title": name, "makers": "、".join(owners)} for (_, name), owners in sorted(makers.items())
    ]
    return Result("", value=len(items), items=items, rows=len(found))


def checklist(ctx, results):
    """Compute: items met, of the list that the county of each station has set (else the bundled
    one); beside it the length of the list.
    """
    found = holdings(ctx, ITEM)
    if found is None:
        return None
    lists = {}
    for word in holdings(ctx, LISTED):
        lists.setdefault(word.code, set()).add(word.text)
    met = [each for each in found if each.text in lists.get(each.code[:COUNTY_DIGITS], _bundled())]
    by_station = Counter(each.owner for each in met)
    breakdowns = {"station": dict(sorted(by_station.items()))}
    own = lists.get(ctx.place.code[:COUNTY_DIGITS], _bundled())
    return Result(
        "", value=len(met), breakdowns=breakdowns, beside={"items": len(own)}, rows=len(met)
    )


def _facts(ctx):
    rows = STATIONS.narrowed(ctx)
    if rows is None:
        return None
    rows = rows.filter(open_on(ctx.as_of)).order_by("place__code", "pk")
    return list(rows.values("name", "built_on", "upgraded_on", "detail__activity_rule"))


def upgraded_on(ctx, results):
    """Compute: for each open station the days of its opening and its latest upgrading."""
    stations = ctx.once("station facts", lambda: _facts(ctx))
    if stations is None:
        return None
    items = [
        {
            "station": station["name"],
            "date": _day(station["upgraded_on"], ctx.as_of),
            "opened": _day(station["built_on"], ctx.as_of),
        }
        for station in stations
    ]
    return Result("", items=items, rows=len(items))


def _day(day, as_of):
    return day.isoformat() if day and day <= as_of else None


def activity_days(ctx, results):
    """Compute: for each open station the rule of its activity day in words."""
    stations = ctx.once("station facts", lambda: _facts(ctx))
    if stations is None:
        return None
    items = [
        {"station": station["name"], "title": station["detail__activity_rule"]}
        for station in stations
        if station["detail__activity_rule"]
    ]
    return Result("", items=items, rows=len(items))
