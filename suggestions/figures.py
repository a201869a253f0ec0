"""Figures of cases: each is one declaration over the rows of figure_rows.py."""

from django.db.models import F, Q

from congress.figures import Count, Figure, Median, Part, Result, Sum
from suggestions.figure_rows import COLLECTED, MOTIONS, OUTCOMES, PRESSED
from suggestions.words import (
    HANDED_OVER,
    PROMISING_CLASSES,
    Occasion,
    Origin,
    ResultClass,
    Satisfaction,
    Way,
)

ACCEPTED = Q(declined_on=None)
HANDED = ACCEPTED & Q(way__in=HANDED_OVER)
REPLIED = ACCEPTED & Q(replied_on__isnull=False)
SATISFIED = (Satisfaction.SATISFIED, Satisfaction.FAIRLY)


def overdue(ctx):
    """Past the deadline in force on the as-of date, with no first reply by then."""
    return HANDED & Q(deadline__lt=ctx.as_of, replied_on=None)


def replied_or_overdue(ctx):
    """What is measured by its deadline: answered, or past it without an answer."""
    return REPLIED | overdue(ctx)


def satisfied(ctx):
    """The county's reading: 满意 alone, or 满意 and 基本满意."""
    alone = ctx.setting("suggestions.satisfaction_reading") == "满意÷已评价"
    words = (Satisfaction.SATISFIED,) if alone else SATISFIED
    return satisfaction_base(ctx) & Q(evaluation__in=words)


def satisfaction_base(ctx):
    """All with an evaluation, or all replied where the county reads it so."""
    if ctx.setting("suggestions.satisfaction_reading") == "满意和基本满意÷已答复":
        return REPLIED
    return ACCEPTED & ~Q(evaluation="")


ALL = Q()
ROWS = Count()


def _part(where=ALL, measure=ROWS):
    return Part(COLLECTED, where, measure)


def _rate(key, numerator, denominator):
    return Figure(key, (_part(numerator), _part(denominator)), rate=True, by=("unit", "township"))


def _reply_months(ctx, results):
    return Result("", value=ctx.setting("suggestions.reply_months")) if not ctx.filters else None


def _named_outcome(ctx, results):
    """Each outcome is its own number: a value only where one is asked for."""
    counted = results["suggestions.outcomes.sum"]
    asked = len(ctx.filters.get("outcome", ())) > 0
    measures = [] if not asked else outcome_measures(ctx)
    return Result(
        "",
        value=counted.value if asked else None,
        breakdowns=counted.breakdowns,
        rows=counted.rows,
        beside={"measure": measures[0]} if len(measures) == 1 else {},
    )


def outcome_measures(ctx):
    """The units of measure of the outcomes asked for (台, 个)."""
    rows = OUTCOMES.narrowed(ctx)
    return sorted(set(rows.values_list("measure", flat=True)))


BETWEEN = ~Q(occasion=Occasion.CONGRESS)
CITIZENS = Q(origin=Origin.CITIZEN)
FIGURES = (
    Figure(
        "suggestions.collected",
        (_part(),),
        by=("origin", "occasion", "category", "month", "township", "unit"),
    ),
    Figure("suggestions.collected.deputy", (_part(Q(origin=Origin.DEPUTY)),), by=("level",)),
    Figure("suggestions.collected.citizen", (_part(CITIZENS),)),
    Figure(
        "suggestions.collected.session", (_part(Q(occasion=Occasion.CONGRESS)),), by=("meeting",)
    ),
    Figure("suggestions.collected.intersession", (_part(BETWEEN),), by=("occasion",)),
    Figure("suggestions.declined", (_part(Q(declined_on__isnull=False)),)),
    Figure("suggestions.accepted", (_part(ACCEPTED),)),
    Figure("suggestions.assigned", (_part(ACCEPTED & Q(way=Way.ASSIGNED)),), by=("unit",)),
    Figure("suggestions.transferred", (_part(ACCEPTED & Q(way=Way.TRANSFERRED)),), by=("unit",)),
    Figure("suggestions.escalated", (_part(ACCEPTED & Q(way=Way.ESCALATED)),), by=("unit",)),
    Figure("suggestions.answered_on_the_spot", (_part(ACCEPTED & Q(way=Way.ON_THE_SPOT)),)),
    Figure("suggestions.undisposed", (_part(ACCEPTED & Q(way="")),)),
    Figure("suggestions.replied", (_part(REPLIED),), by=("result_class",)),
    Figure(
        "suggestions.closed",
        (_part(ACCEPTED & Q(closed_on__isnull=False)),),
        by=("unit", "category"),
    ),
    Figure("suggestions.in_progress", (_part(ACCEPTED & Q(closed_on=None)),)),
    Figure(
        "suggestions.solved",
        (_part(ACCEPTED & Q(result_class=ResultClass.SOLVED)),),
        by=("category",),
    ),
    Figure("suggestions.overdue", (_part(overdue),), by=("unit", "township")),
    Figure("suggestions.pressed", (Part(PRESSED),)),
    Figure("suggestions.key", (_part(ACCEPTED & Q(key_on__isnull=False)),)),
    Figure("suggestions.rehandled", (_part(ACCEPTED & Q(rehandled=True)),)),
    Figure(
        "suggestions.commitments",
        (_part(ACCEPTED & Q(result_class__in=PROMISING_CLASSES, promised_on__isnull=False)),),
        by=("promise_state",),
    ),
    _rate("suggestions.reply_rate", HANDED & Q(replied_on__isnull=False), HANDED),
    _rate(
        "suggestions.on_time_rate",
        REPLIED & Q(replied_on__lte=F("deadline_then")),
        replied_or_overdue,
    ),
    _rate("suggestions.closing_rate", ACCEPTED & Q(closed_on__isnull=False), ACCEPTED),
    _rate("suggestions.solving_rate", ACCEPTED & Q(result_class=ResultClass.SOLVED), ACCEPTED),
    _rate("suggestions.meeting_rate", REPLIED & Q(contacted_on__lte=F("replied_on")), REPLIED),
    _rate("suggestions.satisfaction_rate", satisfied, satisfaction_base),
    Figure(
        "suggestions.days_to_reply",
        (_part(HANDED & Q(replied_on__isnull=False), Median("replied_on", "handed_on")),),
        by=("unit",),
    ),
    Figure(
        "suggestions.days_to_handover", (_part(HANDED, Median("handed_on", "case__raised_on")),)
    ),
    Figure("suggestions.reply_months", compute=_reply_months),
    Figure("suggestions.returned_for_repair", (_part(Q(repaired=True)),)),
    Figure(
        "suggestions.outcomes.sum",
        (Part(OUTCOMES, measure=Sum("number")),),
        by=("outcome", "category"),
    ),
    Figure("suggestions.outcomes", needs=("suggestions.outcomes.sum",), compute=_named_outcome),
    Figure("motions.raised", (Part(MOTIONS),), by=("outcome",)),
    Figure("opinions.collected", (_part(CITIZENS),), by=("occasion", "category", "station")),
)
