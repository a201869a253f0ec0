"""The figures of a place and period, and the rows behind each of them."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from congress.doors import roles
from congress.pages import PER_PAGE
from congress.roles import OFFICE_ROLES
from congress.sheets.write import write_table
from reports.asking import ask, exact_query, segments
from reports.catalogue import BY_KEY
from reports.downloads import workbook_response
from reports.figure_forms import FigureForm
from reports.figure_pages import ROWS_OPENED, grouped_lines, opened

PARTS = {"panel": "_figure_panel.html", "list": "_figure_list.html"}
HEADERS = ("分组", "指标", "数值", "算式", "去年同期", "怎么算的", "编码")


@require_safe
@roles(*OFFICE_ROLES)
def figures(request):
    """All figures of a place over a period, by group."""
    today = timezone.localdate()
    asked, error = ask(request, today)
    text = request.GET.get("q", "").strip()[:20]
    context = {
        "asked": asked,
        "error": error,
        "form": FigureForm(request.GET or None, asked, today),
        "segments": segments(asked, "figures"),
        "groups": [] if error else grouped_lines(asked, "figure", text),
        "summary_url": reverse("summary") + asked.query(),
    }
    return render(request, "reports/figures.html", context)


@require_safe
@roles(*OFFICE_ROLES)
def figures_excel(request):
    """The same table as a workbook."""
    asked, error = ask(request, timezone.localdate())
    if error:
        raise Http404(error)
    lines = [
        (
            group,
            line.meta.name,
            line.value,
            line.sum,
            line.last,
            line.meta.definition,
            line.meta.key,
        )
        for group, found in grouped_lines(asked, "figure", request.GET.get("q", "").strip())
        for line in found
    ]
    name = f"{asked.place.name}统计数字（{asked.period.text()}）"
    return workbook_response(
        f"{name}.xlsx", lambda file: write_table(file, HEADERS, lines, "统计数字")
    )


@require_safe
@roles(*OFFICE_ROLES)
def figure(request, key):
    """One figure: its definition, how it came about, its breakdowns, and exactly the rows that it
    counts. htmx gets it without the frame: for the row under the table, or the panel of a draft.
    """
    if request.GET.get("fold"):
        return HttpResponse("")
    asked, error, found = _open(request, key)
    context = {
        "asked": asked,
        "error": error,
        "figure": found,
        "meta": BY_KEY[key],
        "page_url": reverse("figure", kwargs={"key": key}),
    }
    if found:
        context |= _shown(request, asked, found)
    return render(request, f"reports/{_template_for(request.htmx.target or '')}", context)


def _template_for(target):
    """Which part of the page htmx asks for, by the element that takes it."""
    if target.startswith("open-"):
        return "_figure_row.html"
    return PARTS.get(target, "figure.html")


def _open(request, key):
    if key not in BY_KEY:
        raise Http404(key)
    asked, error = ask(request, timezone.localdate())
    return asked, error, None if error else opened(asked, key)


def _shelf_of(request, found):
    """The shelf that the address names, else the first that holds something."""
    wanted = request.GET.get("shelf", "")
    named = [shelf for shelf in found.shelves if shelf.key == wanted]
    full = [] if named or len(found.shelves) == 1 else [s for s in found.shelves if s.count]
    return next(iter(named or full or found.shelves), None)


def _shown(request, asked, found):
    """The rows of the chosen shelf: a page of them, in place only the first few."""
    shelf = _shelf_of(request, found)
    query = exact_query(asked.place, asked.period, asked.filters, asked.labels)
    context = {"shelf": shelf, "query": query}
    if shelf is None:
        return context
    in_place = bool(request.htmx.target) and request.htmx.target != "list"
    pages = Paginator(shelf.queryset, ROWS_OPENED if in_place else PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    context |= {"page_obj": page, "rows": [shelf.table.linked(row) for row in page]}
    if len(found.shelves) > 1:
        context["counts"] = [(each, each.count) for each in found.shelves]
    return context


@require_safe
@roles(*OFFICE_ROLES)
def figure_rows_excel(request, key):
    """The rows of one figure (of one shelf) as a workbook."""
    asked, error, found = _open(request, key)
    shelf = _shelf_of(request, found) if found else None
    if shelf is None:
        raise Http404(error or key)
    rows = (shelf.table.cells(row) for row in shelf.queryset)
    name = f"{asked.place.name}{found.meta.name}（{asked.period.text()}）"
    return workbook_response(
        f"{name}.xlsx",
        lambda file: write_table(file, shelf.table.headers, rows, found.meta.name),
    )
