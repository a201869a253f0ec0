"""Showing rows of the ledger in templates."""

from dataclasses import dataclass

from django import template

from congress.ledger_words import Level
from congress.sheets.columns import Day, Decimal, Month, Number, Phone, Time
from reports.records import places_of

register = template.Library()
ON_ONE_LINE = (Day, Month, Phone, Time)


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
    user, pks = context["request"].user, [record.pk for record in page.object_list]
    if not pks:
        return []
    read = table.read(table.records(user).filter(pk__in=pks))
    values = {record.pk: found for record, found in read}
    states = table.states(user, pks)
    places = {} if user.place.level == Level.TOWNSHIP else places_of(user, table, pks)
    return [
        ListRow(
            pk,
            [_cell(column, values[pk]) for column in columns],
            states.get(pk),
            str(places.get(pk, "")),
        )
        for pk in pks
    ]


def _cell(column, values):
    """(header, text on one line, css class)."""
    text = "、".join(column.shown(values.get(column.field)).splitlines())
    return column.header, text, css_of(column)


@register.filter
def css_of(column):
    """How a column is set: numbers to the right, days on one line."""
    if isinstance(column.rule, Number | Decimal):
        return "num"
    return "nowrap" if isinstance(column.rule, ON_ONE_LINE) else ""
