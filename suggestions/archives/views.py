"""Asking for files (案卷): of one case, or of a year."""

import secrets

from django.contrib import messages
from django.db.models import Count, Q
from django.db.models.functions import ExtractYear
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from congress.doors import find, roles
from congress.jobs import enqueue
from congress.roles import OFFICE_ROLES
from suggestions.models import Case
from suggestions.paper_pages.forms import ArchiveYearForm
from suggestions.steps import ENDED

TASKS = "suggestions.archive."
MOST_TOKEN = 64


@roles(*OFFICE_ROLES)
@require_POST
def case_archive(request, pk):
    """Have the file of an ended case made; leads to the job."""
    case = find(Case.objects.visible_to(request.user).select_related("place"), pk=pk)
    if not case.standings.filter(ends=None, state__in=ENDED).exists():
        messages.info(request, "这一件还没有办结，办结以后才装卷。")
        return redirect("case", pk=case.pk)
    token = request.POST.get("token", "")[:MOST_TOKEN]
    job = enqueue(
        f"{TASKS}make",
        {"case_id": case.pk, "user_id": request.user.pk},
        user=request.user,
        place=case.place,
        title=f"案卷 {case.number}",
        key=f"archive {request.user.pk} {case.pk} {token}",
    )
    return redirect("job", job.pk)


@roles(*OFFICE_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def archive_year(request):
    """Choose a year, and have all its files made in one job."""
    years = _years(request.user)
    form = ArchiveYearForm(
        request.POST or None,
        user=request.user,
        years=[row["year"] for row in years],
        initial={"token": secrets.token_urlsafe(16)},
    )
    if request.method == "POST" and form.is_valid():
        return redirect("job", _year_job(request, form).pk)
    context = {"form": form, "years": years}
    return render(request, "suggestions/archive_year.html", context)


def _years(user):
    """[{year, cases, ended}], newest first."""
    ended = Q(standings__ends=None, standings__state__in=ENDED)
    rows = Case.objects.visible_to(user).exclude(raised_on=None).order_by()
    by_year = rows.annotate(year=ExtractYear("raised_on")).values("year")
    counted = by_year.annotate(
        cases=Count("pk", distinct=True), ended=Count("pk", filter=ended, distinct=True)
    )
    return list(counted.order_by("-year"))


def _year_job(request, form):
    place, year = form.place, form.cleaned_data["year"]
    key = f"archives {request.user.pk} {year} {form.cleaned_data['token']}"
    return enqueue(
        f"{TASKS}make_year",
        {"place_id": place.pk, "year": year, "user_id": request.user.pk},
        user=request.user,
        place=place,
        title=f"{place.name} {year} 年案卷",
        key=key,
    )
