"""The draft of a work summary: read on the page, taken away as Word documents."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from congress.doors import roles
from congress.period import PeriodError
from congress.roles import OFFICE_ROLES
from reports.asking import ask, segments
from reports.downloads import document_response
from reports.drafting import annex_of, draft_for, drawn_blocks
from reports.figure_forms import SummaryForm
from reports.outline import DEFAULT, outline_choices
from reports.outline_tree import OutlineError
from reports.word import write_docx


@require_safe
@roles(*OFFICE_ROLES)
def summary(request):
    """The draft as a sheet: numbers live, a person's parts marked."""
    today = timezone.localdate()
    asked, error = ask(request, today)
    draft, error = (None, error) if error else _draft(request, asked)
    outline = request.GET.get("outline") or DEFAULT
    query = asked.query(outline=outline)
    context = {
        "asked": asked,
        "error": error,
        "form": SummaryForm(request.GET or None, asked, today, outline_choices()),
        "segments": segments(asked, "summary", outline=outline),
        "draft": draft,
        "word_url": reverse("summary-word") + query,
        "annex_url": reverse("summary-annex") + query,
        "figures_url": reverse("figures") + asked.query(),
    }
    if draft:
        context["blocks"] = drawn_blocks(draft, asked.place)
    return render(request, "reports/summary.html", context)


def _draft(request, asked):
    """(draft, error in Chinese)."""
    key = request.GET.get("outline") or DEFAULT
    try:
        return draft_for(asked.user, asked.place, asked.period, key), ""
    except (PeriodError, OutlineError) as problem:
        return None, str(problem)


def _document(request, write, ending):
    asked, error = ask(request, timezone.localdate())
    draft, error = (None, error) if error else _draft(request, asked)
    if draft is None:
        raise Http404(error)
    return document_response(f"{draft.title}{ending}.docx", write(draft, asked))


@require_safe
@roles(*OFFICE_ROLES)
def summary_word(request):
    """The draft as a Word document by GB/T 9704."""
    return _document(request, lambda draft, asked: write_docx(draft), "")


@require_safe
@roles(*OFFICE_ROLES)
def summary_annex(request):
    """附表: each number with its definition and records, for the office alone."""
    return _document(request, lambda draft, asked: annex_of(draft, asked.user, asked.place), "附表")
