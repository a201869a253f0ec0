"""How often deputies received voters: attendances by person and year, and who was in a station
throughout.
"""

from collections import Counter, defaultdict
from datetime import date

from django.db.models import Count

from congress.figures import Result
from congress.period import Period
from liaison_stations.figure_rows import ATTENDANCES, MEMBERS

QUOTA = "stations.receptions_per_deputy_year"


def _attendances(ctx):
    """{(person, year): sessions attended} within the period; None: a filter means nothing here."""

    def read():
        rows = ATTENDANCES.narrowed(ctx)
        if rows is None:
            return None
        counted = rows.values_list("person", "reception__on__year").annotate(sessions=Count("pk"))
        return Counter({(person, year): sessions for person, year, sessions in counted})

    return ctx.once("reception attendances", read)


def _members(ctx):
    """{person: (spans in a station, spans in office)} of all who ever were in a station."""

    def read():
        rows = MEMBERS.narrowed(ctx)
        if rows is None:
            return None
        members = defaultdict(lambda: (set(), set()))
        office = ("person__mandates__starts", "person__mandates__ends")
        for person, starts, ends, begun, left in rows.values_list(
            "person", "starts", "ends", *office
        ):
            stationed, in_office = members[person]
            stationed.add((starts, ends))
            if begun:
                in_office.add((begun, left))
        return members

    return ctx.once("station members", read)


def holds_throughout(spans, first, last):
    """Whether dated rows together hold on every day from `first` to `last`; a row's end is its
    first day out.
    """
    day = first
    for starts, ends in sorted(spans, key=lambda span: span[0] or date.min):
        if starts and starts > day:
            return False
        if ends is None or ends > last:
            return True
        day = max(day, ends)
    return False


def _throughout(ctx, first, last):
    """The deputies in office and in a station on every day from `first` to `last`."""
    return [
        person
        for person, (stationed, in_office) in _members(ctx).items()
        if holds_throughout(stationed, first, last) and holds_throughout(in_office, first, last)
    ]


def _span(ctx):
    return ctx.period.start, min(ctx.period.end, ctx.as_of)


def _whole_years(ctx):
    first, last = _span(ctx)
    years = range(first.year, last.year + 1)
    return [y for y in years if first <= date(y, 1, 1) and date(y, 12, 31) <= last]


def attended(ctx, results):
    """Compute: attendances of deputies, in office that day or not; persons beside it."""
    found = _attendances(ctx)
    if found is None:
        return None
    total = found.total()
    return Result("", value=total, beside={"persons": len({p for p, _ in found})}, rows=total)


def fewest_in_a_month(ctx, results):
    """Compute: the least sessions of any whole month, over the stations together; 0 in a month
    without one, and where the period has no whole month.
    """
    held = results["receptions.held"]
    counts = [held.breakdowns["month"].get(month, 0) for month in Period(*_span(ctx)).months()]
    return Result("", value=min(counts, default=0), rows=held.rows)


def fewest_per_deputy(ctx, results):
    """Compute: the least attendances in any whole year (where there is none: in the period) of a
    deputy who was in a station throughout it; 0 where there is no such deputy.
    """
    found = _attendances(ctx)
    if found is None or _members(ctx) is None:
        return None
    numbers = [
        found[person, year]
        for year in _whole_years(ctx)
        for person in _throughout(ctx, date(year, 1, 1), date(year, 12, 31))
    ]
    if not _whole_years(ctx):
        totals = Counter()
        for (person, _), sessions in found.items():
            totals[person] += sessions
        numbers = [totals[person] for person in _throughout(ctx, *_span(ctx))]
    return Result("", value=min(numbers, default=0), rows=found.total())


def below_quota(ctx, results):
    """Compute: deputies in a station throughout the period who in a whole year of it attended less
    often than the county's quota.
    """
    found = _attendances(ctx)
    if found is None or _members(ctx) is None:
        return None
    quota, years = ctx.setting(QUOTA), _whole_years(ctx)
    below = [
        person
        for person in _throughout(ctx, *_span(ctx))
        if any(found[person, year] < quota for year in years)
    ]
    return Result("", value=len(below))
