"""What everybody may read of a township, without signing in: published reports and public cases.
Without script, font or picture; 404 while the page is off.
"""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from congress.scoping import OPERATOR
from congress.views.open_pages import is_over, open_page, too_many
from reports.case_list import WHO, masker_of
from reports.case_report_word import write_report
from reports.downloads import document_response
from reports.public_cases import (
    LONGEST_QUERY,
    found,
    listed,
    open_place,
    public_case,
    publications,
)
from reports.publication import thawed

PER_PAGE = 20  # cases: about 8 kB
LINES = 10  # of a report
REPORTS = 5
SEARCHES = 60  # in a minute from one address: each masks up to 200 titles


def _place(code):
    place = open_place(code, timezone.localdate())
    if place is None:
        raise Http404(code)
    return place


@open_page
@require_safe
def public_page(request, code):
    """The township's page: its latest reports, its public cases with a search."""
    place, asked = _place(code), request.GET.get("q", "").strip()[:LONGEST_QUERY]
    if asked and is_over(request, "search", SEARCHES):
        return too_many(request)
    masker = masker_of(OPERATOR, place)
    cases, whole = found(place, asked, masker)
    page = Paginator(cases, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "whole": whole,
        "place": place,
        "asked": asked,
        "page_obj": page,
        "cases": listed(page, masker),
        "reports": publications(place).defer("content")[:REPORTS],
    }
    return render(request, "reports/public/page.html", context)


@open_page
@require_safe
def public_case_page(request, code, pk):
    """One public case: what was asked, what was answered, what was promised and kept."""
    place = _place(code)
    case = public_case(place, pk, timezone.localdate())
    if case is None:
        raise Http404(pk)
    return render(request, "reports/public/case.html", {"place": place, "case": case})


@open_page
@require_safe
def public_report(request, code, pk):
    """A published report as it was frozen; its lists in pages."""
    place = _place(code)
    published = get_object_or_404(publications(place), pk=pk)
    report = thawed(published.content)
    lines = [(annex, line) for annex in report.lists for line in annex.lines or (None,)]
    page = Paginator(lines, LINES).get_page(request.GET.get("page"))
    drawn = [(annex, line, _labelled(annex, line)) for annex, line in page]
    context = {"place": place, "published": published, "report": report, "page_obj": page}
    return render(request, "reports/public/report.html", context | {"lines": drawn})


def _labelled(annex, line):
    """[(header, cell)] of the columns after the title; empty ones are left out. No line: none."""
    if line is None:
        return []
    pairs = zip(annex.headers[WHO:], line.cells[WHO:], strict=True)
    return [
        (header.replace("\n", ""), cell.replace("\n", "，"))
        for header, cell in pairs
        if cell not in ("", "—")
    ]


@open_page
@require_safe
def public_report_word(request, code, pk):
    """The same as a Word document."""
    published = get_object_or_404(publications(_place(code)), pk=pk)
    content = write_report(thawed(published.content), published.as_of)
    return document_response(f"{published.title}.docx", content)
