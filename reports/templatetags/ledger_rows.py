"""Showing rows of the ledger in templates."""

from django import template

register = template.Library()


@register.simple_tag(takes_context=True)
def ledger_rows(context, table, page, columns):
    """[(record, [(column, text)], state)] of the records on a page, in their order: read together,
    a constant number of queries however many.
    """
    pks = [record.pk for record in page.object_list]
    if not pks:
        return []
    read = {
        record.pk: (record, values)
        for record, values in table.read(table.records(context["request"].user).filter(pk__in=pks))
    }
    states = table.states(context["request"].user, pks)
    return [
        (
            read[pk][0],
            [(column, column.rule.page_text(read[pk][1].get(column.field))) for column in columns],
            states.get(pk),
        )
        for pk in pks
    ]
