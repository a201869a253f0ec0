"""Figures of activities: how many were held, who took part, what came of them."""

from collections import Counter

from django.db.models import F, FilteredRelation, Q

from activities.figure_rows import (
    ATTENDANCES,
    ATTENDANTS,
    HELD,
    LEADERS,
    NUMBERS,
    OUTCOME,
    OUTSIDERS,
    SERVING,
    VILLAGES,
    attended,
)
from activities.figures_results import FIGURES as RESULTS
from activities.measuring import levels_apart
from activities.models import Activity, ActivityWord
from congress.figures import Count, Distinct, Figure, Part, Result, Sum
from congress.figures.by_column import month_of
from congress.sheets.values import split_name

INSPECTION, RESEARCH = Activity.Kind.INSPECTION, Activity.Kind.RESEARCH
INSPECTIONS_AND_RESEARCH = Q(kind__in=(INSPECTION, RESEARCH, Activity.Kind.LAW_CHECK))
ANY, COUNT = Q(), Count()


def _held(where=ANY, measure=COUNT):
    return (Part(HELD, where, measure),)


# 参加代表人次 stands for history without names only.
PARTICIPATIONS = (
    Part(ATTENDANCES),
    *_held(Q(named=None, unnamed_deputies__gt=0), Sum("unnamed_deputies")),
)
OUTCOMES = (Part(NUMBERS, Q(kind=OUTCOME), Sum("number")),)


def _participations(ctx, results):
    return levels_apart(results["activities.participations.count"])


def _outcomes(ctx, results):
    """Each outcome is its own number: a value only for one, or for several of one unit."""
    counted = results["activities.outcomes.sum"]
    asked = ctx.filters.get("outcome", ())
    if "person" in ctx.filters:
        return None
    breakdowns = dict(counted.breakdowns)
    measures = list(breakdowns.pop("measure"))
    if not asked:
        return Result("", breakdowns={"outcome": breakdowns["outcome"]}, rows=counted.rows)
    several = len(set(asked)) > 1 and len(measures) > 1
    return Result(
        "",
        value=None if several else counted.value,
        breakdowns={"outcome": breakdowns["outcome"]} if several else breakdowns,
        beside={"measure": "、".join(measures)} if measures else {},
        rows=counted.rows,
    )


def _listed(ctx):
    """The activities held in order, each with its fields and leaders: one query for both lists."""
    kinds = (ActivityWord.Kind.FIELD, ActivityWord.Kind.LEADER)
    of_words = FilteredRelation("words", condition=Q(words__kind__in=kinds))
    rows = HELD.narrowed(ctx).annotate(a_word=of_words).order_by("starts", "pk", "a_word__pk")
    columns = ("pk", "starts", "kind", "name", "named", "unnamed_deputies")
    return list(rows.values(*columns, word=F("a_word__text"), sort=F("a_word__kind")))


def _words(rows, kind):
    return [row["word"] for row in rows if row["sort"] == kind]


def _leaders(ctx, results):
    if HELD.narrowed(ctx) is None:
        return None
    listed = ctx.once("activities listed", lambda: _listed(ctx))
    names = Counter(_words(listed, ActivityWord.Kind.LEADER))
    items = [
        dict(zip(("name", "post"), split_name(text), strict=True)) | {"times": times}
        for text, times in names.items()
    ]
    total = sum(names.values())
    return Result("", value=total, items=items, breakdowns={"names": dict(names)}, rows=total)


def _by_month(ctx, results):
    if HELD.narrowed(ctx) is None:
        return None
    held = {}
    for row in ctx.once("activities listed", lambda: _listed(ctx)):
        held.setdefault(row["pk"], []).append(row)
    months = {}
    for rows in held.values():
        first = rows[0]
        item = {
            "kind": first["kind"],
            "name": first["name"],
            "field": "、".join(_words(rows, ActivityWord.Kind.FIELD)),
            "deputies": first["named"] or first["unnamed_deputies"],
        }
        months.setdefault(month_of(first["starts"]), []).append(item)
    items = [{"month": label, "activities": each} for label, each in months.items()]
    return Result("", items=items, rows=len(held))


FIGURES = (
    Figure("activities.held", _held(),
           by=("kind", "campaign", "field", "month", "organiser")),
    Figure("activities.inspections", _held(Q(kind=INSPECTION)), by=("month",)),
    Figure("activities.research", _held(Q(kind=RESEARCH)), by=("month",)),
    Figure("activities.inspections_and_research", _held(INSPECTIONS_AND_RESEARCH),
           by=("field", "month")),
    Figure("activities.participations.count", PARTICIPATIONS, by=("levels", "kind", "campaign")),
    Figure("activities.participations", PARTICIPATIONS,
           needs=("activities.participations.count",), compute=_participations),
    Figure("activities.deputies", (Part(ATTENDANTS, measure=Distinct("person")),),
           by=("level", "kind", "campaign")),
    Figure("activities.participation_rate",
           (Part(SERVING, attended, Distinct("pk")), Part(SERVING, measure=Distinct("pk"))),
           rate=True, by=("level",)),
    Figure("activities.outsiders", (Part(NUMBERS, Q(kind=OUTSIDERS), Sum("number")),),
           by=("person",)),
    Figure("activities.leaders", (Part(LEADERS),), compute=_leaders),
    Figure("activities.recommendations",
           _held(Q(recommendations__gt=0), Sum("recommendations")),
           by=("field", "kind")),
    Figure("activities.reports", _held(Q(reports__gt=0), Sum("reports"))),
    Figure("activities.outcomes.sum", OUTCOMES,
           by=("outcome", "campaign", "measure")),
    Figure("activities.outcomes", OUTCOMES,
           needs=("activities.outcomes.sum",), compute=_outcomes),
    Figure("activities.villages", (Part(VILLAGES, measure=Distinct("villages")),),
           by=("campaign",)),
    Figure("activities.by_month", _held(), compute=_by_month),
    *RESULTS,
)  # fmt: skip
