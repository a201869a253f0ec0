"""A clerk's desk: rows of ledger sheets into a place, and figures out of it, without files."""

from datetime import date

from congress.figures.definition import Context
from congress.figures.runner import evaluate
from congress.models import Station
from congress.period import Period
from congress.scoping import OPERATOR
from congress.sheets.columns import Column, Sheet, Text
from congress.sheets.load import Load
from congress.sheets.tables import Table
from deputies.figures import FIGURES
from deputies.tables import TABLES


class StationNames(Table):
    """Stands in for the sheet 联络站, which a room to the right brings: here only its names."""

    sheet = Sheet("联络站", "stations", key=("name",), columns=(Column("名称", "name", Text(60)),))
    model = Station
    provides = "station"

    def names(self, load):
        return dict(self.records(load.user).filter(place=load.place).values_list("name", "pk"))

    def read(self, records):
        return [(station, {"name": station.name}) for station in records]

    def create(self, load, rows):
        for row in rows:
            Station(place=load.place, name=row.get("name"), kind="站").save()


def rows(header, *lines):
    """Rows of a sheet from texts: words between blanks, - for an empty cell."""
    names = header.split()
    return [
        dict(zip(names, ("" if w == "-" else w for w in line.split()), strict=True))
        for line in lines
    ]


def planned(place, user, sheets):
    """A checked load; `sheets` is {sheet name: rows}, a row the cells by their headers."""
    load = Load([table() for table in (*TABLES, StationNames)], place, user)
    for table in load.tables:
        headers = {column.header: column.field for column in table.sheet.columns}
        rows = sheets.get(table.sheet.name, ())
        cells = [{headers[header]: cell for header, cell in row.items()} for row in rows]
        load.read_rows(table, list(enumerate(cells, start=2)))
    load.plan()
    return load


def enter(place, user=OPERATOR, **sheets):
    """Import rows without an error; the load."""
    load = planned(place, user, sheets)
    assert load.errors == []
    load.commit()
    return load


def refused(place, user=OPERATOR, **sheets):
    """(sheet, row, column, message) of each error of rows that cannot be."""
    errors = planned(place, user, sheets).errors
    return [(error.sheet, error.row, error.column, error.message) for error in errors]


def found(load):
    """(sheet, row, column) of each finding."""
    return [(finding.sheet, finding.row, finding.column) for finding in load.findings]


def counts(load, sheet):
    """(created, updated, unchanged) rows of a sheet."""
    table = named(load.tables, sheet)
    return len(load.created[table]), len(load.changes[table]), len(load.unchanged[table])


def named(tables, sheet):
    """The table of a sheet."""
    return next(table for table in tables if table.sheet.name == sheet)


def parsed(load, sheet):
    """The values of the rows of a sheet as they were checked."""
    return [row.values for row in load.rows[named(load.tables, sheet)]]


def read_back(load, sheet):
    """The values of their records, only of the fields that the rows gave."""
    table = named(load.tables, sheet)
    pairs = table.read(table.records(load.user, load.place))
    stored = {table.key(values): values for _, values in pairs}
    return [
        {name: stored[table.key(values)][name] for name in values} for values in parsed(load, sheet)
    ]


def exported(place, user=OPERATOR):
    """All sheets as an export writes them: {sheet name: rows as the cells by their headers}."""
    return {table.sheet.name: _cells(table(), place, user) for table in (*TABLES, StationNames)}


def _cells(table, place, user):
    read = getattr(table, "exported", table.read)
    columns = table.sheet.columns
    return [
        {column.header: column.rule.text(values.get(column.field)) for column in columns}
        for _, values in read(table.records(user, place).order_by("pk"))
    ]


def figures(place, start, end, user=OPERATOR, as_of=None, **filters):
    """All figures of the room; days as texts, filters as one word each."""
    known = date.fromisoformat(as_of) if as_of else None
    period = Period(date.fromisoformat(start), date.fromisoformat(end), known)
    asked = {name: (word,) for name, word in filters.items()}
    return evaluate(FIGURES, Context(user, place, period, asked))


def on(place, day, **options):
    """All figures of a place as of one day."""
    return figures(place, day, day, **options)
