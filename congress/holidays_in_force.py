"""Which days are off in a place: the notices that come with the program, and over them what the
county entered.
"""

from django.db import transaction

from congress.calendar import Holidays, bundled_rows
from congress.models import HolidayDay, Place
from congress.scoping import OPERATOR, codes_above


def holidays_of(place):
    """The holidays that deadlines in `place` are reckoned by: those of the nearest place that says
    something of a day. A rule, not somebody's data: read without regard to who asks. One query.
    """
    return Holidays(row for row, _record in entries_of(place))


def entries_of(place):
    """[(HolidayRow, HolidayDay or None)] in order of days; None: it comes with the program."""
    found = {row.day: (row, None) for row in bundled_rows()}
    for records in _layers(place):
        years = {record.source_year for record in records} - {None}
        found = {day: entry for day, entry in found.items() if entry[0].source_year not in years}
        found |= {record.day: (record.row, record) for record in records}
    return [found[day] for day in sorted(found)]


def _layers(place):
    """The entered days, first those of the place furthest above: a nearer one replaces single days
    of it, and with a year's notice the whole notice.
    """
    codes = [*codes_above(place.code), place.code]
    rows = HolidayDay.objects.visible_to(OPERATOR).filter(place__code__in=codes)
    records = list(rows.select_related("place", "entered_by"))
    return [[each for each in records if each.place.code == code] for code in codes]


def notice_days(place, year):
    """The days of a year's notice as `place` itself entered them."""
    rows = HolidayDay.objects.visible_to(OPERATOR)
    return rows.filter(place=place, source_year=year)


def save_notice(place, year, rows, user):
    """Make `rows` (congress.holiday_notice.NoticeRow) the notice of a year in `place`: what was
    entered for that year before and is not among them goes. The same rows again change nothing.
    """
    wanted = {day: (kind, row.name) for row in rows for day, kind in row.days()}
    with transaction.atomic():
        lock(place)
        for gone in notice_days(place, year).exclude(day__in=wanted):
            gone.delete()
        stored = HolidayDay.objects.visible_to(OPERATOR).filter(place=place, day__in=wanted)
        records = {record.day: record for record in stored}
        for day, (kind, name) in wanted.items():
            record = records.get(day) or HolidayDay(place=place, day=day, entered_by=user)
            _set(record, kind=kind, name=name, source_year=year)


def clear_notice(place, year):
    """Take a year's notice back: how many days went."""
    with transaction.atomic():
        lock(place)
        gone = list(notice_days(place, year))
        for record in gone:
            record.delete()
    return len(gone)


def lock(place):
    """Who writes holidays of a place writes alone; inside a transaction."""
    Place.objects.visible_to(OPERATOR).select_for_update().get(pk=place.pk)


def _set(record, **values):
    """Save the record where it is new or differs."""
    if record.pk and all(getattr(record, name) == value for name, value in values.items()):
        return
    for name, value in values.items():
        setattr(record, name, value)
    record.save()
