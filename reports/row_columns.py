"""How the rows behind a figure are shown and which record page they open; the columns of each kind
of row are data (`data/row_columns.toml`).
"""

import tomllib
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from django.urls import reverse

FILE = Path(__file__).parent / "data" / "row_columns.toml"
PLACE = "地方"


@dataclass(frozen=True)
class RowTable:
    """The columns {header: path} of one kind of row; `record` is the path of the key of the record
    in ledger sheet `sheet` that the column `link` opens; `count` the word for one row.
    """

    columns: dict = field(hash=False)
    link: str
    sheet: str
    record: str
    order: tuple
    count: str
    name: str = ""

    @property
    def headers(self):
        """The headers in order."""
        return list(self.columns)

    def cells(self, row):
        """The texts of a row, in the order of the headers."""
        return [text_at(row, path.split(".")) for path in self.columns.values()]

    def url(self, row):
        """The address of the record that the row stands for or belongs to."""
        key = row
        for name in self.record.split("."):
            key = getattr(key, name)
        return reverse("record", kwargs={"sheet": self.sheet, "pk": key})

    def linked(self, row):
        """[(text, address or "")]: the cells, the linked one with its address."""
        url = self.url(row)
        return [
            (text, url if header == self.link else "")
            for header, text in zip(self.columns, self.cells(row), strict=True)
        ]


@cache
def _tables():
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {label: RowTable(**fields) for label, fields in data.items()}


def table_of(model, *, with_place=False):
    """The table of a model's rows; `with_place`: the township stands first. KeyError: the model's
    rows are counted by no figure.
    """
    table = _tables()[model._meta.label]
    if not with_place:
        return table
    path = model.objects.none().path.removesuffix("__code").replace("__", ".")
    return RowTable(**vars(table) | {"columns": {PLACE: f"{path}.name"} | table.columns})


def loaded(user, queryset, table):
    """The rows of a queryset in order, with what the table's columns need: a constant number of
    queries.
    """
    model = queryset.model
    rows = model.objects.visible_to(user).filter(pk__in=queryset.order_by().values("pk"))
    single, several = set(), set()
    for path in table.columns.values():
        _note_joins(model, path.split(".")[:-1], single, several)
    return rows.select_related(*single).prefetch_related(*several).order_by(*table.order)


def _note_joins(model, steps, single, several):
    """Sort the relations of a path into those read with the row and those read apart."""
    apart = False
    for depth, name in enumerate(steps, 1):
        relation = model._meta.get_field(name)
        apart |= relation.one_to_many or relation.many_to_many
        model = relation.related_model
        if depth == len(steps):
            (several if apart else single).add("__".join(steps))


def text_at(row, path):
    """What stands at the end of a path, as text; several values are joined by 、."""
    for depth, name in enumerate(path):
        row = getattr(row, name)
        if hasattr(row, "all"):
            rest = path[depth + 1 :]
            return "、".join(filter(None, (text_at(each, rest) for each in row.all())))
        if row is None:
            return ""
    return as_text(row)


def as_text(value):
    """A value as a cell shows it: 2024-03-05, 是, 3.5."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value)
