"""Brings rows of ledger sheets into the records: check everything, then write everything in one
transaction.
"""

from dataclasses import asdict, dataclass, field

from django.db import transaction
from django.utils import timezone

from congress import audit
from congress.records import StaleRecord
from congress.sheets.columns import CellError, is_clear, is_empty, is_nothing
from congress.sheets.growing import GrowingNames
from congress.sheets.tables import Change, Row


@dataclass
class Problem:
    """One thing found in a file: where, what stood there, what is expected."""

    sheet: str
    row: int | None
    column: str | None
    found: str
    message: str


@dataclass
class Trace:
    """One record that a load made or changed, for undo."""

    sheet: str
    row: int
    action: str
    model: str
    record_pk: int
    before: dict = field(default_factory=dict)
    version_after: int | None = None


class Load:
    """One reading of rows into one place on behalf of one user. Tables report to it and ask it for
    names.
    """

    def __init__(self, tables, place, user):
        self.tables = tables
        self.place = place
        self.user = user
        self.now = timezone.now()
        self.errors = []
        self.findings = []
        self.rows = {table: [] for table in tables}
        self.created = {table: [] for table in tables}
        self.changes = {table: [] for table in tables}
        self.unchanged = {table: [] for table in tables}
        self.traces = []
        self.growing = GrowingNames(self)
        self.unread = set()  # kinds of names whose sheet cannot be read, an error by itself
        self.bag = {}  # what the tables of one room keep for each other between their passes
        self._names = {}
        self._coming = {}

    @property
    def author(self):
        """The user as a value for `entered_by`; None for a command."""
        return self.user if self.user.pk else None

    def error(self, row, name, message):
        """The row cannot be: nothing of the file will be saved."""
        self.errors.append(self._problem(row, name, message))

    def finding(self, row, name, message):
        """The row is odd: it is saved, and listed for the person."""
        self.findings.append(self._problem(row, name, message))

    def _problem(self, row, name, message):
        column = row.sheet.column(name) if name else None
        return Problem(
            row.sheet.name,
            row.number,
            column.header if column else None,
            str(row.raw.get(name, "")),
            message,
        )

    def names(self, kind):
        """{natural name: pk} of a kind (person, station, meeting …) in the database."""
        if kind not in self._names:
            table = next(table for table in self.tables if table.provides == kind)
            self._names[kind] = table.names(self)
        return self._names[kind]

    def coming(self, kind):
        """Natural names that the file itself is about to bring."""
        if kind not in self._coming:
            table = next(table for table in self.tables if table.provides == kind)
            self._coming[kind] = {table.name_of(row) for row in self.rows[table]}
        return self._coming[kind]

    def knows(self, kind, name):
        """Whether a natural name stands in database or file, or may stand in a sheet unread."""
        return kind in self.unread or name in self.names(kind) or name in self.coming(kind)

    def pk(self, kind, name):
        """The key of the record of that name; None for an empty name. KeyError: prepare() let an
        unknown one pass.
        """
        return None if name is None else self.names(kind)[name]

    def forget(self, kind):
        """Names of this kind were added: read them anew when next asked."""
        self._names.pop(kind, None)

    def made(self, row, record, action="create"):
        """Remember a record that was inserted for a row."""
        self.traces.append(
            Trace(
                row.sheet.name,
                row.number,
                action,
                record._meta.label,
                record.pk,
                version_after=getattr(record, "version", None),
            )
        )

    def changed(self, change):
        """Remember what a record was before a row changed it, in the ledger's own words."""
        sheet = change.row.sheet
        before = {
            name: sheet.column(name).rule.kept(change.before.get(name)) for name in change.fields
        }
        record = change.record
        self.traces.append(
            Trace(
                sheet.name,
                change.row.number,
                "update",
                record._meta.label,
                record.pk,
                before,
                getattr(record, "version", None),
            )
        )

    def read_rows(self, table, data):
        """Parse the cells of one sheet; `data` is [(row number, {field: cell})]."""
        for number, cells in data:
            row = parse_row(table.sheet, number, cells, self.errors)
            if row is not None:
                self.rows[table].append(row)

    def plan(self):
        """Check all rows against each other and the records; afterwards `errors` is complete."""
        for table in self.tables:
            for row in self.rows[table]:
                table.prepare(self, row)
        for table in self.tables:
            if self.rows[table]:
                self._sort_out(table)

    def plan_one(self, table, row, record=None):
        """Check one row typed by hand: over `record`, or as a new one."""
        self.rows[table] = [row]
        table.prepare(self, row)
        if record is None:
            self._plan_new(table, row)
        else:
            record, values = table.read(table.model._base_manager.filter(pk=record.pk))[0]
            self._compare(table, row, record, values)

    def _plan_new(self, table, row):
        values = {column.field: row.values.get(column.field) for column in table.sheet.columns}
        table.check(self, row, values)
        self.created[table].append(row)

    def _sort_out(self, table):
        known = {
            table.key(values): (record, values)
            for record, values in table.read(self._candidates(table))
        }
        seen = {}
        for row in self.rows[table]:
            key = table.key(row.values)
            if not any(key):
                continue  # its missing key is an error already
            if key in seen:
                self.error(row, table.sheet.key[0], f"与第{seen[key]}行是同一条记录，请合并成一行")
                continue
            seen[key] = row.number
            if key in known:
                self._compare(table, row, *known[key])
            else:
                self._plan_new(table, row)

    def _candidates(self, table):
        return table.records(self.user, self.place)

    def _compare(self, table, row, record, before):
        rules = {name: table.sheet.column(name).rule for name in row.cleared}
        after = dict(before) | row.values | {name: rule.empty() for name, rule in rules.items()}
        if _differing(table.sheet, before, after):
            table.check(self, row, after)
        fields = _differing(table.sheet, before, after)  # checking may complete the row
        if fields:
            self.changes[table].append(Change(row, record, before, after, fields))
        else:
            self.unchanged[table].append(row)

    def commit(self):
        """Write all that was planned, in one transaction. Only to be called without errors.
        StaleRecord: a record that would be changed was saved by somebody else since it was read.
        """
        assert not self.errors
        with transaction.atomic(), audit.acting(self.user):
            self._hold()
            self.growing.make()
            for table in self.tables:
                if self.created[table]:
                    table.create(self, self.created[table])
                if self.changes[table]:
                    table.update(self, self.changes[table])
                if self.created[table] or self.changes[table]:
                    self._names.pop(table.provides, None)
            for table in self.tables:
                table.finish(self)

    def _hold(self):
        """Lock the records that are to be changed, as long as they are still what was read."""
        for table, changes in self.changes.items():
            records = [change.record for change in changes if hasattr(change.record, "version")]
            if records:
                stored = table.model._base_manager.filter(pk__in=[each.pk for each in records])
                now = dict(stored.select_for_update().values_list("pk", "version"))
                if now != {each.pk: each.version for each in records}:
                    raise StaleRecord(table.sheet.name)

    def summary(self):
        """Counts by sheet and the problems, as `import_ledger --json` prints them."""

        def counts(groups):
            return {
                table.sheet.name: len(groups[table]) for table in self.tables if self.rows[table]
            }

        return {
            "created": counts(self.created),
            "updated": counts(self.changes),
            "unchanged": counts(self.unchanged),
            "errors": [asdict(problem) for problem in self.errors],
            "findings": [asdict(problem) for problem in self.findings],
        }


def _differing(sheet, before, after):
    """The fields in which two readings of a row say different things."""
    return frozenset(
        column.field
        for column in sheet.columns
        if not column.rule.equal(before.get(column.field), after.get(column.field))
    )


def parse_row(sheet, number, cells, errors):
    """A Row of clean values, its errors added to `errors`; None for an empty row."""
    values, raw, cleared = {}, {}, set()
    for column in sheet.columns:
        cell = cells.get(column.field)
        if is_empty(cell):
            continue
        raw[column.field] = cell
        if is_clear(cell) and not column.required:
            cleared.add(column.field)
            continue
        _read_cell(sheet, number, column, cell, values, errors)
    if not raw:
        return None
    for column in sheet.required:
        if column.field not in values:
            message = f"“{column.header}”不能空着"
            errors.append(Problem(sheet.name, number, column.header, "", message))
            values[column.field] = None
    return Row(sheet, number, values, raw, frozenset(cleared))


def _read_cell(sheet, number, column, cell, values, errors):
    """Put the clean value of one cell into `values`, or what is wrong with it into `errors`."""
    if column.is_unknown(cell):
        values[column.field] = None
        return
    try:
        value = column.rule.parse(cell)
    except CellError as error:
        errors.append(Problem(sheet.name, number, column.header, str(cell), error.message))
        values[column.field] = None
        return
    if not is_nothing(value):
        values[column.field] = value
