"""The report to the congress (代表法 51(3)): the office's own and the public one side by side, its
documents, and what of it is published.
"""

from dataclasses import replace
from itertools import groupby

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from congress.doors import find, roles
from congress.roles import OFFICE_ROLES, WRITING_ROLES
from reports.asking import ask, segments
from reports.case_list import masker_of
from reports.case_report import NoReport
from reports.case_report import case_report as made_report
from reports.case_report_word import write_report
from reports.downloads import document_response
from reports.drafting import drawn_blocks
from reports.figure_forms import PeriodForm
from reports.models import Publication
from reports.public_cases import is_open
from reports.publication import (
    digest,
    frozen,
    public_twin,
    publish,
    restore,
    standing,
    thawed,
    withdraw,
)

PER_PAGE = 50  # cases
CONSEQUENCE = (
    "公开版照现在的样子存下来，放到公开网页上，任何人都能看到、保存。撤下以后，别人存的收不回来。"
)


@require_safe
@roles(*OFFICE_ROLES)
def case_report(request):
    """Both reports side by side, what was taken out, and what was published before."""
    today = timezone.localdate()
    asked, error = ask(request, today)
    twin, error = (None, error) if error else _twin(asked)
    context = {
        "asked": asked,
        "error": error,
        "form": PeriodForm(request.GET or None, asked, today),
        "segments": segments(asked, "case-report"),
        "twin": twin,
        "query": asked.query(),
        "is_open": is_open(asked.place, today),
        "may_publish": request.user.role in WRITING_ROLES,
        **_published(request, asked),
    }
    if twin:
        context |= _drawn(request, asked, twin)
    return render(request, "reports/case_report.html", context)


def _twin(asked):
    """(Twin with the report beside it, error in Chinese)."""
    try:
        report = made_report(asked.user, asked.place, asked.period)
    except NoReport as problem:
        return None, str(problem)
    return public_twin(report, masker_of(asked.user, asked.place)), ""


def _drawn(request, asked, twin):
    """What the page shows of the twins: pairs of paragraphs, a page of the cases, removals."""
    inside = replace(twin.inside, blocks=twin.inside.texts)
    blocks = drawn_blocks(inside, asked.place)
    lines = [(annex, pair) for annex, pairs in twin.lists for pair in pairs]
    page = Paginator(lines, PER_PAGE).get_page(request.GET.get("page"))
    return {
        "texts": list(zip(blocks, twin.texts, strict=True)),
        "page_obj": page,
        "annexes": [
            (shown, [pair for _, pair in pairs])
            for shown, pairs in groupby(page, lambda line: _shown(twin, line[0]))
        ],
        "removals": _by_reason(twin.removals),
        "publish_fields": [("fingerprint", _fingerprint(asked, twin))],
        "publish_consequence": CONSEQUENCE,
    }


def _fingerprint(asked, twin):
    """What was shown, and after how many publications: sent once more after a withdrawal, an old
    request publishes nothing.
    """
    before = Publication.objects.visible_to(asked.user).in_place(asked.place).count()
    return digest({"report": frozen(twin.report), "before": before})


def _shown(twin, annex):
    """The public list that stands for a list of the report."""
    return next(public for public in twin.report.lists if public.key == annex.key)


def _by_reason(removals):
    """[(what, reason, removals)]: few kinds, each with all that fell under it."""
    found = {}
    for removal in removals:
        found.setdefault((removal.what, removal.reason), []).append(removal)
    return [(what, reason, rows) for (what, reason), rows in found.items()]


def _published(request, asked):
    rows = Publication.objects.visible_to(request.user).in_place(asked.place)
    rows = list(rows.defer("content").select_related("place", "published_by", "withdrawn_by"))
    gone = request.GET.get("withdrawn", "")
    undo = next((row for row in rows if str(row.pk) == gone and row.withdrawn_at), None)
    return {"publications": rows, "undo": undo}


def _document(request, public):
    asked, error = ask(request, timezone.localdate())
    twin, error = (None, error) if error else _twin(asked)
    if twin is None:
        raise Http404(error)
    report = twin.report if public else twin.inside
    ending = "（公开版）" if public else ""
    content = write_report(report, asked.period.as_of)
    return document_response(f"{report.title}{ending}.docx", content)


@require_safe
@roles(*OFFICE_ROLES)
def case_report_word(request):
    """The report for the meeting as a Word document."""
    return _document(request, public=False)


@require_safe
@roles(*OFFICE_ROLES)
def case_report_public_word(request):
    """Its public twin as a Word document."""
    return _document(request, public=True)


@require_POST
@roles(*WRITING_ROLES)
def case_report_publish(request):
    """Publish exactly what was shown: if records or publications changed since, it is shown again
    first.
    """
    asked, error = ask(request, timezone.localdate())
    twin, error = (None, error) if error else _twin(asked)
    if twin is None:
        raise Http404(error)
    stands = standing(twin.report, asked.place, asked.user).exists()
    if not stands and request.POST.get("fingerprint") != _fingerprint(asked, twin):
        messages.warning(request, "刚才看过以后有变动，这次没有发布。请再看一遍公开版")
    else:
        _, new = publish(twin.report, asked.place, user=request.user, now=timezone.now())
        told = "已经发布" if new else "同样的报告已经在公开页面上，没有重复发布"
        messages.success(request, f"{twin.report.title}{twin.report.subtitle}：{told}")
    return redirect(reverse("case-report") + asked.query())


def _publication(request, pk):
    return find(Publication.objects.visible_to(request.user).select_related("place"), pk=pk)


@require_safe
@roles(*OFFICE_ROLES)
def publication_word(request, pk):
    """A published report as it was frozen, as a Word document."""
    found = _publication(request, pk)
    name = f"{found.title}（{found.as_of:%Y-%m-%d}公开）.docx"
    return document_response(name, write_report(thawed(found.content), found.as_of))


@require_POST
@roles(*WRITING_ROLES)
def publication_withdraw(request, pk):
    """Take a report off the public page; the page then offers to take that back."""
    found = _publication(request, pk)
    withdraw(found, user=request.user, now=timezone.now())
    asked, _ = ask(request, timezone.localdate())
    return redirect(reverse("case-report") + asked.query(withdrawn=found.pk))


@require_POST
@roles(*WRITING_ROLES)
def publication_restore(request, pk):
    """Put a withdrawn report back."""
    found = _publication(request, pk)
    if restore(found, user=request.user):
        messages.success(request, f"{found.title}又在公开页面上了")
    else:
        messages.info(request, "这份报告已经在公开页面上，不用再放回去")
    asked, _ = ask(request, timezone.localdate())
    return redirect(reverse("case-report") + asked.query())
