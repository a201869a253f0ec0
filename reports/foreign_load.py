"""A load of a table that is not ours: problems are told in the table's own headers."""

from collections.abc import Mapping

from django.db import transaction

from congress.models import Place
from congress.sheets.load import Load, Problem, Trace
from congress.sheets.tables import Table
from reports.import_places import make_place
from reports.ledger import TABLES


class ForeignLoad(Load):
    """A load of one sheet's rows out of a table with headers of its own."""

    def __init__(self, place: Place, user, sheet_name: str, headers: Mapping[str, str]) -> None:
        super().__init__([table() for table in TABLES], place, user)
        self.sheet_name = sheet_name
        self.headers = headers  # field → header in the file
        self.bag["free_proposers"] = True

    def table(self, name: str) -> Table:
        """The table that the ledger sheet of that name fills."""
        return next(table for table in self.tables if table.sheet.name == name)

    def _problem(self, row, name, message):
        """The problem in the words of the file."""
        own = row.sheet.by_field.get(name)
        column = self.headers.get(name) or (own.header if own else None)
        return Problem(self.sheet_name, row.number, column, str(row.raw.get(name, "")), message)

    def note(self, number: int | None, column: str | None, found: str, message: str) -> None:
        """A finding about a row that is no record, or about the whole table."""
        self.findings.append(Problem(self.sheet_name, number, column, found, message))

    def refuse(self, number: int | None, column: str | None, found: str, message: str) -> None:
        """An error about a row that is no record, or about the whole table."""
        self.errors.append(Problem(self.sheet_name, number, column, found, message))

    def summary(self) -> dict:
        """As of every load; problems of the whole table first, then row by row."""
        self.errors.sort(key=lambda problem: problem.row or 0)
        self.findings.sort(key=lambda problem: problem.row or 0)
        return super().summary()

    def commit(self) -> None:
        """As every load; a place that is not there yet is made first."""
        if self.errors:
            raise ValueError("a table with errors is not saved")
        with transaction.atomic():
            if make_place(self.place) and self.place.provisional:
                place = self.place
                self.traces.append(Trace(self.sheet_name, 0, "add", place._meta.label, place.pk))
            super().commit()
