"""Words and marks of the figure pages."""

from django import template

from reports.catalogue import dimension_name

register = template.Library()
IN_THE_BAR = {"level", "category"}


@register.filter
def slug_of(key):
    """The key of a figure as an id of the page: suggestions-collected."""
    return key.replace(".", "-")


@register.simple_tag
def told_filters(asked):
    """[(Chinese name, values)] of what is asked by besides the fields of the bar."""
    told = {k: v for k, v in asked.filters.items() if k not in IN_THE_BAR} | asked.labels
    return [(dimension_name(name), "、".join(values)) for name, values in told.items()]
