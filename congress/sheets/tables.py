"""A ledger sheet bound to the records that it fills: one reading for export, for pages and for
finding a row again.
"""

from dataclasses import dataclass, field

from congress.sheets.columns import Sheet


@dataclass
class Row:
    """One row of a file or one page form: the clean values of the cells that held something.

    `notes` holds what a table that is not ours tells beside our columns; the room's table keeps it.
    """

    sheet: Sheet
    number: int
    values: dict
    raw: dict = field(default_factory=dict)
    cleared: frozenset = frozenset()
    notes: dict = field(default_factory=dict)

    def get(self, name, default=None):
        """The value of a field, `default` where the cell was empty."""
        value = self.values.get(name)
        return default if value is None else value


@dataclass
class Change:
    """A row that meets a record already there: what it was, what it is to be, in which fields they
    differ.
    """

    row: Row
    record: object
    before: dict
    after: dict
    fields: frozenset


class Table:
    """Binds a Sheet to a model. `provides` names the kind of natural name that other sheets refer
    to.
    """

    sheet: Sheet
    model = None
    provides = None
    search = ()  # model paths searched by the list page
    listed = ()  # fields of the sheet shown as columns of the list page
    filters = ()  # fields with a Choice rule offered as filters: (field, model path)
    state_words = ()  # states offered as a filter, see `in_state`
    form_fields = None  # fields that the page's form asks for; None: all columns of the sheet
    dated = None  # model path of the day by which the list is sorted and narrowed to a period

    def records(self, user, place=None):
        """The records that `user` may see, at or under `place`."""
        queryset = self.model.objects.visible_to(user)
        return queryset.in_place(place) if place else queryset

    def read(self, records):
        """[(record, {field: value})] with the values that parsing its exported row would give. A
        constant number of queries for any number of records.
        """
        raise NotImplementedError

    def prepare(self, load, row):
        """Make the row's references canonical; report unknown ones to the load."""

    def key(self, values):
        """By which a row finds its record again."""
        return tuple(values.get(name) or None for name in self.sheet.key)

    def check(self, load, row, values):
        """Cross-checks of a whole row; `values` is what the record will hold."""

    def create(self, load, rows):
        """Insert the records of new rows in bulk and tell `load.made` of each."""
        raise NotImplementedError

    def update(self, load, changes):
        """Write changed rows and tell `load.changed` of each."""
        raise NotImplementedError

    def finish(self, load):
        """A second pass after all sheets are written, for references to sheets that come later."""

    def in_state(self, records, word):
        """Those of the records that are in this state now."""
        return records

    def list_text(self, field, text):
        """A cell as the list of records writes it; the page and exports write it in full."""
        return text

    def states(self, user, pks):
        """{pk: (word, shape)} of the state that the list shows beside each record; empty: none."""
        return {}

    def names(self, load):
        """{natural name: pk} of the records that other sheets may refer to."""
        return {}

    def name_of(self, row):
        """The natural name that a row of this sheet brings."""
        return row.get(self.sheet.key[0])
