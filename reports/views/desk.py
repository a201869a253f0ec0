"""The desk of an office, of the government's office and of a unit: what waits, and its parts."""

from itertools import count, groupby

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from congress.doors import roles
from congress.forms.filters import FilterForm, choice
from congress.lunar import lunar_text
from congress.pages import PER_PAGE
from congress.period import Period
from congress.phone_accounts import numbers
from congress.roles import OFFICE_ROLES, WRITING_ROLES, Role
from reports.catalogue import BY_KEY, evaluate
from reports.desk_aside import days_ahead, left_over
from reports.figure_texts import sum_text, value_text
from reports.findings import findings, tick, with_links
from suggestions.again import raised_again
from suggestions.bulk import bulk_steps
from suggestions.desk import group_of, waiting
from suggestions.pressing import presses_of
from suggestions.unscanned import unscanned

DESK_ROLES = WRITING_ROLES | {Role.GOVERNMENT, Role.UNIT}
FIGURES = (
    "suggestions.collected",
    "suggestions.closed",
    "suggestions.solved",
    "suggestions.satisfaction_rate",
)
DIGITS = 9  # rows that a number key opens


def desk(request):
    """The first page of who moves cases on; called by the view of the first page."""
    now, user = timezone.now(), request.user
    today = timezone.localdate(now)
    groups = waiting(user, today)
    context = {
        "today": today,
        "lunar": lunar_text(today),
        "parts": parts(groups),
        "total": sum(group.count for group in groups),
        "digits": DIGITS,
        "days": days_ahead(user, today),
        "left_over": left_over(user),
        "presses": presses_of(user, now),
        "is_office": user.role in WRITING_ROLES,
    }
    return render(request, "reports/desk.html", context)


def parts(groups):
    """[(heading, how many, its groups, [(number of the row, item)])]: the parts of the desk."""
    number, found = count(1), []
    for heading, held in groupby(groups, key=lambda group: group.kind.part):
        held = list(held)
        items = [(next(number), item) for group in held for item in group.items]
        found.append((heading, sum(group.count for group in held), held, items))
    return found


@roles(*WRITING_ROLES)
@require_safe
def desk_figures(request):
    """The four figures of the year so far: a part that the desk asks for when it stands."""
    period = Period.preset("今年以来", timezone.localdate())
    results = evaluate(request.user, request.user.place, period, keys=FIGURES)
    context = {"lines": lines(results)}
    return render(request, "reports/_desk_figures.html", context)


def lines(results):
    """[(result, its value as the figure pages print it, how it came about)]."""
    return [
        (result, value_text(BY_KEY[key], result), sum_text(BY_KEY[key], results))
        for key, result in results.items()
    ]


@roles(*DESK_ROLES)
@require_safe
def desk_group(request, key):
    """One group of the desk as a whole, to tick several."""
    today = timezone.localdate()
    try:
        kind, rows, draw = group_of(request.user, today, key)
    except KeyError:
        raise Http404(key) from None
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    items = draw(page)
    rows = [item.standing for item in items]
    again = raised_again([row.case for row in rows])
    context = {
        "kind": kind,
        "today": today,
        "page_obj": page,
        "items": [(item, again.get(item.standing.case_id, ())) for item in items],
        "bulk_steps": [step for step in bulk_steps(request.user) if step.split(rows)[0]],
    }
    return render(request, "reports/desk_group.html", context)


@roles(*WRITING_ROLES)
@require_safe
def unscanned_list(request):
    """Judgements typed in by the office whose signed sheet is not yet scanned."""
    rows = unscanned(request.user).order_by("raised_on", "pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "reports/unscanned.html", {"page_obj": page})


class FindingFilter(FilterForm):
    """By words, and whether somebody looked at them."""

    searched = ("message", "found", "sheet", "batch__file_name")

    state = choice("状态", [("done", "已核"), ("all", "全部")], everything="待核")

    def narrow_more(self, rows, chosen):
        if chosen["state"] == "all":
            return rows
        return rows.filter(done_at__isnull=chosen["state"] != "done")


@roles(*OFFICE_ROLES)
@require_safe
def finding_list(request):
    """What was odd in the rows of imports (待核问题)."""
    form = FindingFilter(request.GET)
    rows = form.narrow(findings(request.user))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page_obj": page,
        "rows": with_links(request.user, page),
    }
    template = "reports/_findings.html" if request.htmx else "reports/findings.html"
    return render(request, template, context)


@roles(*OFFICE_ROLES)
@require_POST
def findings_done(request):
    """Tick findings off, or open them again."""
    keys = numbers(request.POST.getlist("finding"))
    again = request.POST.get("as") == "open"
    changed = tick(request.user, keys, None if again else timezone.now())
    word = "改回待核" if again else "记为已核"
    if changed:
        messages.success(request, f"{changed} 条{word}")
    else:
        messages.warning(request, "还没有勾选问题。请先在左边勾选")
    return redirect("findings")
