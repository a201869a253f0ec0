"""Figures of stations and receptions (keys stations.* and receptions.*)."""

from django.db.models import Q

from congress.figures import Distinct, Figure, Part, Sum
from liaison_stations import attendance, holdings
from liaison_stations.figure_rows import (
    ATTENDANCES,
    COVERS,
    HEARD,
    ITEMS,
    POSTS,
    RULES,
    SESSIONS,
    STATIONS,
    SURVEYS,
    open_on,
)
from liaison_stations.models import StationPost


def _open(ctx):
    return open_on(ctx.as_of)


def _with_activity_days(ctx):
    return open_on(ctx.as_of) & Q(detail__activity_rule__gt="")


def _built_or_upgraded(ctx):
    return ctx.within("built_on") | ctx.within("upgraded_on")


def _people(key, post):
    return Figure(
        key, (Part(POSTS, Q(post=post), Distinct("name")),), compute=holdings.people_in(post)
    )


# A figure with both parts and a computation: the parts are the rows that stand behind it.
FIGURES = (
    Figure("stations.total", (Part(STATIONS, _open),), by=("kind",)),
    Figure("stations.built_or_upgraded", (Part(STATIONS, _built_or_upgraded),), by=("kind",)),
    Figure("stations.upgraded_on", (Part(STATIONS, _open),), compute=holdings.upgraded_on),
    Figure("stations.activity_days", (Part(STATIONS, _with_activity_days),),
           compute=holdings.activity_days),
    Figure("stations.awareness",
           (Part(SURVEYS, measure=Sum("knew")), Part(SURVEYS, measure=Sum("asked"))),
           rate=True, by=("village",)),
    _people("stations.heads", StationPost.Post.HEAD),
    _people("stations.deputy_heads", StationPost.Post.DEPUTY_HEAD),
    _people("stations.liaison_officers", StationPost.Post.LIAISON),
    Figure("stations.villages", (Part(COVERS, measure=Distinct("village")),),
           compute=holdings.villages),
    Figure("stations.population", (Part(COVERS),), compute=holdings.population),
    Figure("stations.rules", (Part(RULES, measure=Distinct("name")),), compute=holdings.rules),
    Figure("stations.checklist", (Part(ITEMS, holdings.on_the_list),), compute=holdings.checklist),
    Figure("receptions.held", (Part(SESSIONS),), by=("month", "station")),
    Figure("receptions.deputies", (Part(ATTENDANCES),), compute=attendance.attended),
    Figure("receptions.citizens", (Part(SESSIONS, measure=Sum("citizens")),)),
    Figure("receptions.opinions", (Part(HEARD), Part(SESSIONS, measure=Sum("opinions"))),
           by=("category", "outcome")),
    Figure("receptions.fewest_in_a_month", needs=("receptions.held",),
           compute=attendance.fewest_in_a_month),
    Figure("receptions.fewest_per_deputy", needs=("receptions.deputies",),
           compute=attendance.fewest_per_deputy),
    # names are not shown with shortcomings: no rows stand behind this one
    Figure("receptions.deputies_below_quota", compute=attendance.below_quota),
)  # fmt: skip
