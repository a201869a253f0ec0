"""Figures of terms, leaders, meetings, elections, reports to voters and to the party committee."""

import csv
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from django.db.models import Case, Q, Value, When
from django.db.models.functions import Coalesce

from congress.figures import Base, Dimension, Figure, Part, Result, Sum
from congress.figures.by_column import one_of
from congress.figures.definition import plain
from congress.ledger_words import Level
from deputies.binding import code_of_level, own_level
from deputies.columns import REVIEW_WORDS
from deputies.levels import by_level
from deputies.models import AgendaItem, DutyReport, Leader, Meeting, PartyReport, in_force
from deputies.terms import in_force as term_in_force
from deputies.terms import spans

POSTS_FILE = Path(__file__).parent / "data" / "posts.csv"
OTHER_BODY = "其他"


def _terms(ctx):
    return ctx.once("terms", lambda: spans(ctx.user, ctx.place))


def _term_began(ctx, results):
    """The term in force: its year, first day and name; `level` asks for the county's or above."""
    if not set(ctx.filters) <= {"level"}:
        return None
    levels = ctx.filters.get("level", (own_level(ctx.place),))
    found = [
        term_in_force(_terms(ctx), code_of_level(ctx.place.code, Level(level)), level, ctx.as_of)
        for level in levels
        if level in Level.values
    ]
    items = [
        {"year": term.first_day.year, "first_day": term.first_day.isoformat(), "name": term.name}
        for term in found
        if term
    ]
    return Result("", value=None, items=items, rows=len(items))


LEADERS = Base(
    "leaders",
    lambda ctx: ctx.visible(Leader).filter(in_force(ctx.as_of)),
    {"body": Dimension("body")},
    {"body": one_of("body", Leader.Body.values)},
)


def whole_years(born, day):
    """Age in whole years on a day; who is born in a month is a year older from its first day on."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def mean_age(ages):
    """The mean with one decimal, halves upwards; None of nobody."""
    if not ages:
        return None
    return plain((Decimal(sum(ages)) / len(ages)).quantize(Decimal("0.1"), ROUND_HALF_UP))


def _ages(leaders, day_of, body=None):
    """{person: age} of those in office on `day_of(place)`; who holds two posts is one person."""
    ages = {}
    for leader in leaders:
        day = day_of(leader.place)
        held = day and leader.starts <= day and (leader.ends is None or day < leader.ends)
        if held and body in (None, leader.body):
            person = (leader.place_id, leader.name, leader.born)
            ages[person] = whole_years(leader.born, day)
    return list(ages.values())


def _average_age(ctx, results):
    """Beside it the same on the day before the term in force began, each place by its own term."""
    if LEADERS.narrowed(ctx) is None:
        return None
    bodies = ctx.filters.get("body", Leader.Body.values)
    leaders = ctx.visible(Leader).filter(starts__lte=ctx.as_of, body__in=bodies)
    leaders = list(leaders.select_related("place"))

    def last_day_before(place):
        term = term_in_force(_terms(ctx), place.code, own_level(place), ctx.as_of)
        return term and term.first_day - timedelta(days=1)

    now = _ages(leaders, lambda place: ctx.as_of)
    by_body = {body: mean_age(_ages(leaders, lambda place: ctx.as_of, body)) for body in bodies}
    return Result(
        "",
        value=mean_age(now),
        breakdowns={"body": {body: age for body, age in by_body.items() if age is not None}},
        beside={"previous": mean_age(_ages(leaders, last_day_before))},
        rows=len(now),
    )


def _duty_reports(ctx):
    satisfied, fairly, dissatisfied = (Coalesce(column, 0) for column in REVIEW_WORDS.values())
    reports = ctx.visible(DutyReport).filter(ctx.within("on"))
    return reports.annotate(content=satisfied + fairly, cast=satisfied + fairly + dissatisfied)


DUTY = Base(
    "duty reports",
    _duty_reports,
    {},
    {"level": by_level("on")},
)
REVIEWED = Q(*((f"{column}__isnull", False) for column in REVIEW_WORDS.values()), _connector=Q.OR)
REVIEWED_KEY = "duty.reviewed_by_voters"


def _votes(column):
    return Part(DUTY, measure=Sum(column))


def _reviewed(ctx, results):
    """How many reports were reviewed; by result, the votes that were cast for it."""
    counted = results[f"{REVIEWED_KEY}.held"]
    votes = {word: results[f"{REVIEWED_KEY}.{word}"].value for word in REVIEW_WORDS}
    cast = {word: number for word, number in votes.items() if number}
    return Result("", value=counted.value, breakdowns={"result": cast}, rows=counted.rows)


CONGRESS = Q(kind=Meeting.Kind.CONGRESS)
COUNTED = CONGRESS & Q(due__isnull=False, present__isnull=False)
MEETINGS = Base(
    "meetings",
    lambda ctx: ctx.visible(Meeting).filter(ctx.within("starts")),
    {"meeting": Dimension("name")},
    {"meeting": one_of("name")},
)


def _post_words():
    with POSTS_FILE.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def _body():
    whens = [When(title__contains=row["word"], then=Value(row["body"])) for row in _post_words()]
    return Case(*whens, default=Value(OTHER_BODY))


AGENDA = Base(
    "agenda",
    lambda ctx: ctx.visible(AgendaItem).filter(
        ctx.within("meeting__starts"), meeting__kind=Meeting.Kind.CONGRESS
    ),
    {"body": Dimension(_body())},
    {"meeting": one_of("meeting__name")},
)


def _held(ctx):
    """[(key, name, first day, kind of item, title)] of the congress meetings with their items, in
    order; a meeting without items stands there once. One query for names and titles.
    """
    rows = MEETINGS.narrowed(ctx).filter(CONGRESS).order_by("starts", "pk", "items__pk")
    return list(rows.values_list("pk", "name", "starts", "items__kind", "items__title"))


def _names(ctx, rows):
    """The meetings in order of their first day."""
    held = {pk: (name, starts) for pk, name, starts, *_ in ctx.once("meetings", lambda: _held(ctx))}
    return [{"name": name, "date": starts.isoformat()} for name, starts in held.values()]


def _titles(kind):
    """The titles of the agenda items of a kind, in order of the meetings."""

    def items(ctx, rows):
        return [
            {"title": title, "meeting": meeting, "date": starts.isoformat()}
            for _, meeting, starts, found, title in ctx.once("meetings", lambda: _held(ctx))
            if found == kind
        ]

    return items


PARTY = Base(
    "party reports",
    lambda ctx: ctx.visible(PartyReport).filter(ctx.within("on"), to=PartyReport.To.PARTY),
)


def _party_reports(ctx, results):
    """The reports in order of date; their number is the value."""
    reports = PARTY.narrowed(ctx)
    if reports is None:
        return None
    rows = reports.order_by("on", "pk").values_list("title", "on")
    items = [{"title": title, "date": on.isoformat()} for title, on in rows]
    return Result("", value=len(items), items=items, rows=len(items))


def _agenda(kind, **more):
    return Part(AGENDA, Q(kind=kind), **more)


ITEM = AgendaItem.Kind
FIGURES = (
    Figure("term.began", compute=_term_began),
    Figure("leaders.average_age", (Part(LEADERS),), by=("body",), compute=_average_age),
    Figure("duty.reports_to_voters", (Part(DUTY),)),
    Figure(f"{REVIEWED_KEY}.held", (Part(DUTY, REVIEWED),)),
    *(Figure(f"{REVIEWED_KEY}.{word}", (_votes(column),)) for word, column in REVIEW_WORDS.items()),
    Figure(REVIEWED_KEY, (Part(DUTY, REVIEWED),), by=("result",), compute=_reviewed,
           needs=tuple(f"{REVIEWED_KEY}.{name}" for name in ("held", *REVIEW_WORDS))),
    Figure("duty.voter_satisfaction_rate", (_votes("content"), _votes("cast")), rate=True),
    Figure("meetings.held", (Part(MEETINGS, CONGRESS),), items=_names),
    Figure("meetings.reports_heard", (_agenda(ITEM.HEARD),), items=_titles(ITEM.HEARD)),
    Figure("meetings.attendance_rate",
           (Part(MEETINGS, COUNTED, Sum("present")), Part(MEETINGS, COUNTED, Sum("due"))),
           rate=True, by=("meeting",)),
    Figure("elections.elected", (_agenda(ITEM.ELECTED, measure=Sum("number")),), by=("body",)),
    Figure("meetings.resolutions", (_agenda(ITEM.VOTED),), items=_titles(ITEM.VOTED)),
    Figure("presidium.meetings", (Part(MEETINGS, Q(kind=Meeting.Kind.PRESIDIUM)),)),
    Figure("party.reports", (Part(PARTY),), compute=_party_reports),
)  # fmt: skip
