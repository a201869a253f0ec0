"""How the sheets of this room are bound to their records: most columns are the record's own, some
are rows that hang on it.
"""

from collections import defaultdict

from deputies.binding import FilledTable, refuse_disorder
from deputies.office import in_office


class RecordTable(FilledTable):
    """A sheet whose columns are fields of the record, but for those in `children`."""

    children = ()

    def plain(self):
        """The fields that the record itself holds."""
        return [name for name in self.sheet.by_field if name not in self.children]

    def fill(self, load, record, values, row):
        self.copy(record, values, *self.plain())

    def read(self, records):
        records = list(records)
        hanging = self.read_children([record.pk for record in records]) if self.children else {}
        return [
            (
                record,
                {name: getattr(record, name) for name in self.plain()}
                | {name: hanging.get((record.pk, name), []) for name in self.children},
            )
            for record in records
        ]

    def read_children(self, keys):
        """{(key of a record, field): the values of that cell}, in the order of the cell."""
        raise NotImplementedError

    def write_children(self, load, filled):
        """Put what the rows say in the place of what hung on the records in those fields."""
        made = defaultdict(list)
        for name in self.children:
            told = [(record, values) for record, values, fields in filled if name in fields]
            if told:
                self.drop(name, [record.pk for record, _ in told])
            for record, values in told:
                for row in self.hanging(load, record.pk, name, values.get(name) or ()):
                    made[type(row)].append(row)
        for model, rows in made.items():
            model._base_manager.bulk_create(rows, batch_size=1000)

    def drop(self, name, keys):
        """Remove what hangs on the records of those keys in a field."""
        raise NotImplementedError

    def hanging(self, load, key, name, values):
        """The rows, not yet saved, that the values of a field are kept in."""
        raise NotImplementedError


def check_span(load, row, values):
    """An activity or training that ends before it starts cannot be."""
    refuse_disorder(load, row, values, ("ends", "starts"))


def check_office(load, row, values):
    """A deputy named on a day outside the mandate is odd: a finding."""
    starts = values.get("starts")
    for name in values.get("deputies") or () if starts else ():
        if not in_office(load, name, starts):
            load.finding(row, "deputies", f"{name}在{starts:%Y-%m-%d}不在任")
