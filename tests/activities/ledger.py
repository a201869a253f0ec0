"""The people of these tests, and their ledger rows brought into a township."""

from datetime import date

from activities.tables import TABLES
from congress.figures import Context, evaluate
from congress.models import Term
from congress.period import Period
from congress.scoping import OPERATOR
from congress.sheets.load import Load
from deputies.models import Mandate, Person
from deputies.tables_people import RosterTable

YEAR = Period(date(2024, 1, 1), date(2024, 12, 31))


def planned(place, rows, user=OPERATOR):
    """A checked load of {slug: [raw cells by header]}; row numbers from 2."""
    load = Load([RosterTable(), *(table() for table in TABLES)], place, user)
    for table in load.tables:
        fields = {column.header: column.field for column in table.sheet.columns}
        cells = [
            {fields[header]: cell for header, cell in row.items()}
            for row in rows.get(table.sheet.slug, ())
        ]
        load.read_rows(table, list(enumerate(cells, 2)))
    load.plan()
    return load


def brought(place, rows, user=OPERATOR):
    """A load without errors, written."""
    load = planned(place, rows, user)
    assert load.errors == []
    load.commit()
    return load


def summary(load, slug):
    """(created, updated, unchanged) rows of a sheet."""
    table = table_of(load, slug)
    return tuple(len(rows[table]) for rows in (load.created, load.changes, load.unchanged))


def table_of(load, slug):
    return next(table for table in load.tables if table.sheet.slug == slug)


def deputy(place, name, *mandates, note=""):
    """A person with mandates (level, first day, first day out or None)."""
    person = Person(place=place, name=name, note=note)
    person.save()
    for level, starts, ends in mandates:
        term, _ = Term.objects.get_or_create(place=place, level=level, name=f"{level}第七届")
        Mandate(
            place=place,
            person=person,
            level=level,
            term=term,
            elected_on=starts,
            starts=starts,
            ends=ends,
        ).save()
    return person


def figures(place, period=YEAR, user=OPERATOR, **filters):
    """{key: Result} of this room's figures; a filter is a word or several."""
    from activities.figures import FIGURES

    asked = {k: (v,) if isinstance(v, str) else tuple(v) for k, v in filters.items()}
    return evaluate(FIGURES, Context(user, place, period, asked))
