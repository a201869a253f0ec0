"""意见建议办理情况一览表: the list of cases by the filters of the record list, on paper and as a
workbook.
"""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from congress.period import chinese_day
from congress.sheets.write import write_table
from reports.downloads import document_response, workbook_response
from reports.record_forms import RecordFilter
from suggestions.paper_forms.overview import HEADERS, TITLE, as_texts, overview_rows
from suggestions.paper_forms.overview_word import write_overview
from suggestions.tables import CaseTable

MOST = 2000  # rows on paper; a workbook takes all


def _asked(request):
    """(the bar, the cases it lets through, in the order in which they were raised)."""
    table = CaseTable()
    bar = RecordFilter(request.GET, table, timezone.localdate(), request.user)
    return bar, bar.narrow(table.records(request.user)).order_by("raised_on", "pk")


def _heading(request, bar, count):
    """The line under the title: whose, from when to when, how many, on which day printed."""
    first, last = (bar.data.get(name, "") for name in ("from", "to"))
    span = f"提出日期{first or '最早'}至{last or '今天'}，" if first or last else ""
    return f"{request.user.place.name}　{span}共{count}件　{chinese_day(timezone.localdate())}制"


@require_safe
def overview(request):
    """The list to read and to print."""
    bar, cases = _asked(request)
    count = cases.count()
    context = {
        "form": bar,
        "title": TITLE,
        "heading": _heading(request, bar, count),
        "headers": HEADERS,
        "rows": [as_texts(row) for row in overview_rows(cases[:MOST])],
        "left_out": max(0, count - MOST),
    }
    return render(request, "suggestions/forms/overview.html", context)


@require_safe
def overview_word(request):
    """The same as a Word document."""
    bar, cases = _asked(request)
    count = cases.count()
    heading = _heading(request, bar, count)
    if count > MOST:
        heading += f"　只列出前{MOST}件，其余请按日期分次打印"
    content = write_overview(overview_rows(cases[:MOST]), heading, timezone.localdate())
    return document_response(f"{TITLE}.docx", content)


@require_safe
def overview_excel(request):
    """The same as a workbook, all rows."""
    _, cases = _asked(request)
    return workbook_response(
        f"{TITLE}.xlsx", lambda file: write_table(file, HEADERS, overview_rows(cases), TITLE)
    )
