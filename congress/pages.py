"""What list pages share: a filter form, pages of rows, and a part for htmx."""

from django.core.paginator import Paginator
from django.shortcuts import render

PER_PAGE = 50


def list_page(request, template, form, rows, draw=None, **context):
    """A list: `rows` narrowed by the filter form, in pages; as `rows`, each as `draw` turns it.

    htmx gets the list alone: congress/_users.html, which congress/users.html includes.
    """
    page = Paginator(form.narrow(rows), PER_PAGE).get_page(request.GET.get("page"))
    if request.htmx and not request.htmx.history_restore_request:
        folder, _, name = template.rpartition("/")
        template = f"{folder}/_{name}"
    drawn = [draw(row) for row in page] if draw else page
    return render(request, template, {"form": form, "page_obj": page, "rows": drawn, **context})
