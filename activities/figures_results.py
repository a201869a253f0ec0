"""Figures of training, publicity, honours and livelihood projects."""

from collections import Counter

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from activities.columns import OUTLET_ALIASES
from activities.measuring import levels_apart, with_levels
from activities.models import Honour, OutletLevel, Project, Publication, Training, TrainingDeputy
from congress.figures import Base, Beside, Dimension, Figure, Part, Result, Sum
from congress.figures.by_column import by_month, in_months, month_of, one_of
from deputies.levels import by_level, level_held
from suggestions.figure_rows import COLLECTED

DAY = "training__starts"
TRAININGS = Base(
    "trainings",
    lambda ctx: ctx.visible(Training).filter(ctx.within("starts")),
    {"month": by_month("starts"), "topic": Dimension("topic")},
    {"month": in_months("starts"), "topic": one_of("topic")},
)
TRAINED = Base(
    "attendances at trainings",
    lambda ctx: with_levels(ctx.visible(TrainingDeputy).filter(ctx.within(DAY)), DAY),
    {"levels": Dimension("levels"), "level": level_held("person__mandates", DAY)},
    {
        "level": by_level(DAY),
        "month": in_months(DAY),
        "topic": one_of("training__topic"),
    },
)


def _participations(ctx, results):
    return levels_apart(results["training.participations.count"])


def _trainings(ctx, results):
    """The trainings in order of date, counted as they are listed."""
    rows = TRAININGS.narrowed(ctx)
    if rows is None:
        return None
    items = [
        {"date": starts.isoformat(), "month": month_of(starts), "topic": topic}
        for starts, topic in rows.order_by("starts", "pk").values_list("starts", "topic")
    ]
    breakdowns = {
        name: dict(sorted(Counter(item[name] for item in items).items()))
        for name in ("month", "topic")
    }
    total = len(items)
    return Result("", value=total, items=items, breakdowns=breakdowns, rows=total)


def _topics(ctx, results):
    held = results["training.held"]
    months = {"month": held.breakdowns["month"]}
    return Result("", items=held.items, breakdowns=months, rows=held.rows)


def _by_outlet_level(queryset, values, ctx):
    """平台层级 (国家 where a congress is 全国)."""
    words = [OUTLET_ALIASES.get(value, value) for value in values]
    return one_of("level", OutletLevel.values)(queryset, words, ctx)


PUBLISHED = Base(
    "publications",
    lambda ctx: ctx.visible(Publication).filter(ctx.within("on")),
    {"outlet": Dimension("outlet"), "platform": Dimension("outlet"), "level": Dimension("level")},
    {
        "outlet": one_of("outlet"),
        "platform": one_of("outlet"),
        "level": _by_outlet_level,
        "month": in_months("on"),
    },
)
THROUGH_PLATFORM = ~Q(case__platform="")


def _honours(ctx, results):
    rows = HONOURS.narrowed(ctx)
    if rows is None:
        return None
    items = [
        {"name": name, "rank": rank, "giver": giver, "date": on.isoformat()}
        for name, rank, giver, on in rows.order_by("on", "pk").values_list(
            "name", "rank", "giver", "on"
        )
    ]
    return Result("", value=len(items), items=items, rows=len(items))


HONOURS = Base("honours", lambda ctx: ctx.visible(Honour).filter(ctx.within("on")))


def _touched_years(ctx):
    return Q(year__range=(ctx.period.start.year, ctx.period.end.year))


def _projects(ctx):
    """Projects voted on in the period, or of the years that it touches; with their votes summed."""
    rows = ctx.visible(Project).filter(ctx.within("voted_on") | _touched_years(ctx))
    pleased = Coalesce(F("satisfied"), 0) + Coalesce(F("fairly_satisfied"), 0)
    return rows.annotate(pleased=pleased, cast=pleased + Coalesce(F("dissatisfied"), 0))


PROJECTS = Base("projects", _projects, {"project": Dimension("name")}, {"project": one_of("name")})


def _voted(flag):
    return Part(PROJECTS, lambda ctx: Q(**{flag: True}) & ctx.within("voted_on"))


def _completed(ctx):
    return _touched_years(ctx) & Q(chosen=True, completed_on__lte=ctx.as_of)


def _judged(ctx):
    return _touched_years(ctx) & Q(chosen=True, cast__gt=0)


def _published(kind):
    return (Part(PUBLISHED, Q(kind=kind)),)


def _posted_up(kind):
    """On an upper platform: one of the township itself is none."""
    return (Part(PUBLISHED, Q(kind=kind) & ~Q(level=OutletLevel.TOWNSHIP)),)


FIGURES = (
    Figure("training.held", (Part(TRAININGS),), compute=_trainings),
    Figure("training.participations.count", (Part(TRAINED),), by=("levels",)),
    Figure("training.participations", (Part(TRAINED),),
           needs=("training.participations.count",), compute=_participations),
    Figure("training.topics", (Part(TRAININGS),), needs=("training.held",), compute=_topics),
    Figure("publicity.articles", _published(Publication.Kind.ARTICLE), by=("outlet", "level")),
    Figure("publicity.platform_activities", _posted_up(Publication.Kind.ACTIVITY),
           by=("platform",)),
    Figure("publicity.platform_information", _posted_up(Publication.Kind.INFORMATION),
           by=("platform",)),
    Figure("publicity.platform_opinions",
           (Part(COLLECTED, THROUGH_PLATFORM & Q(closed_on__isnull=False)),), by=("platform",),
           beside=(Beside("collected", Part(COLLECTED, THROUGH_PLATFORM)),)),
    Figure("publicity.honours", (Part(HONOURS),), compute=_honours),
    Figure("projects.proposed", (_voted("candidate"),)),
    Figure("projects.chosen", (_voted("chosen"),)),
    Figure("projects.completed", (Part(PROJECTS, _completed),)),
    Figure("projects.satisfaction",
           (Part(PROJECTS, _judged, Sum("pleased")), Part(PROJECTS, _judged, Sum("cast"))),
           rate=True, by=("project",)),
)  # fmt: skip
