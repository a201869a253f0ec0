"""Showing rows of the ledger in templates."""

from dataclasses import dataclass

from django import template

from congress.ledger_words import Level
from congress.sheets.columns import Day, Decimal, Month, Names, Number, Phone, Time
from reports.records import places_of, with_place

register = template.Library()
ON_ONE_LINE = (Day, Month, Phone, Time)
SHOWN = 3  # values of one cell


@dataclass(frozen=True)
class ListRow:
    """One record of a list: its cells [(header, text, css class)], its (state, shape) and, for who
    looks after several townships, the name of its own.
    """

    pk: int
    cells: list
    state: tuple | None
    place: str


@register.simple_tag(takes_context=True)
def ledger_rows(context, table, page, columns):
    """The records on a page, in their order: read together, a constant number of queries however
    many.
    """
    user = context["request"].user
    records = page.paginator.object_list.filter(pk__in=page.object_list.values("pk"))
    several = user.place.level != Level.TOWNSHIP
    read = table.read(with_place(records) if several else records)
    found = [record for record, _ in read]
    places = places_of(user, records, found) if several and found else {}
    states = table.states(user, [record.pk for record in found]) if found else {}
    return [
        ListRow(
            record.pk,
            [_cell(table, column, values) for column in columns],
            states.get(record.pk),
            places.get(record.pk, ""),
        )
        for record, values in read
    ]


def _cell(table, column, values):
    """(header, text on one line, css class); of many names the first stand for all."""
    lines = column.shown(values.get(column.field)).splitlines()
    text = "、".join(lines[:SHOWN])
    if len(lines) > SHOWN:
        text += f" 等 {len(lines)} {'人' if isinstance(column.rule, Names) else '项'}"
    return column.header, table.list_text(column.field, text), css_of(column)


@register.filter
def css_of(column):
    """How a column is set: numbers to the right, days on one line."""
    if isinstance(column.rule, Number | Decimal):
        return "num"
    return "nowrap" if isinstance(column.rule, ON_ONE_LINE) else ""
