"""The rows behind a figure, laid out to be looked at: exactly those that it counts."""

from collections.abc import Sequence
from dataclasses import dataclass

from congress.ledger_words import CODE_DIGITS, Level
from reports import catalogue
from reports.row_columns import loaded, table_of

ALL, COUNTED, LEFT_OUT = "all", "in", "out"


@dataclass(frozen=True)
class Shelf:
    """Rows of one kind: all of a figure's, of a rate those in the numerator, or those left out of
    it. `queryset` is in order and loaded.
    """

    key: str
    label: str
    queryset: object
    table: object

    @property
    def count(self):
        """How many rows."""
        return self.queryset.count()


def shelves(user, place, period, key, filters=None, labels=None):
    """The shelves of a figure. A rate that counts rows has three; a figure that adds up rows of
    several kinds one for each.
    """
    found = catalogue.rows(user, place, period, key, filters, labels)
    above = catalogue.numerator(user, place, period, key, filters)
    with_place = len(place.code) < CODE_DIGITS[Level.TOWNSHIP]

    def shelf(name, label, queryset):
        table = table_of(queryset.model, with_place=with_place)
        return Shelf(name, label, loaded(user, queryset, table), table)

    if above is not None and len(found) == 1:
        rows = found[0][0]
        inside = above.order_by().values("pk")
        return [
            shelf(ALL, "全部", rows),
            shelf(COUNTED, "计入分子", rows.filter(pk__in=inside)),
            shelf(LEFT_OUT, "未计入分子", rows.exclude(pk__in=inside)),
        ]
    if len(found) == 1:
        return [shelf(ALL, "全部", found[0][0])]
    return [
        shelf(str(number), table_of(rows.model).name or rows.model._meta.verbose_name, rows)
        for number, (rows, _) in enumerate(found, 1)
    ]


class Records(Sequence):
    """The rows of a shelf list as texts, read as far as they are looked at; for the 附表."""

    def __init__(self, shelf_list):
        self.shelves = [shelf for shelf in shelf_list if shelf.key not in (COUNTED, LEFT_OUT)]

    def __len__(self):
        return sum(shelf.count for shelf in self.shelves)

    def __getitem__(self, wanted):
        texts = []
        for shelf in self.shelves:
            room = wanted.stop - len(texts)
            rows = shelf.queryset[:room] if room > 0 else ()
            texts += ["　".join(filter(None, shelf.table.cells(row)[:4])) for row in rows]
        return texts[wanted]


def records_behind(user, place):
    """rows_of(number) for the 附表: the records behind a Number of a draft."""

    def rows_of(number):
        filters, labels = catalogue.split_filters(number.filters)
        return Records(shelves(user, place, number.period, number.key, filters, labels))

    return rows_of
