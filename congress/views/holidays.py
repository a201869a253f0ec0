"""Holidays: the years with their notices, the days of a year, and what a county enters itself."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress import holidays_in_force
from congress.calendar import HOLIDAY, Holidays
from congress.doors import KEEPER_ROLES, find, own, roles
from congress.forms.holidays import HolidayDayForm, NoticeRows, NoticeTextForm, told_of
from congress.holiday_notice import rows_of
from congress.models import HolidayDay
from congress.reckoning import weekday_name
from congress.roles import Role

HOLIDAY_KEEPERS = (Role.SYSADMIN, Role.COUNTY)
# Years for which a notice may be entered.
YEARS = range(2000, 2100)


def keeps(user):
    """Whether the user enters holidays."""
    return user.role in HOLIDAY_KEEPERS


@roles(*KEEPER_ROLES)
@require_safe
def holiday_list(request):
    """The years, and whether the notice of each is in."""
    entries = holidays_in_force.entries_of(request.user.place)
    holidays, next_year = Holidays(row for row, _record in entries), timezone.localdate().year + 1
    years = sorted({*holidays.years, next_year - 1, next_year}, reverse=True)
    rows = [year_line(year, entries, holidays) for year in years]
    context = {"rows": rows, "keeper": keeps(request.user)}
    return render(request, "congress/holidays.html", context)


def year_line(year, entries, holidays):
    """One year of the list: how many days, and where they come from."""
    named = [each for each in entries if each[0].source_year == year]
    local = [row for row, _record in entries if row.source_year is None and row.day.year == year]
    entered = [record for _row, record in named if record]
    off = sum(row.kind == HOLIDAY for row, _record in named)
    return {
        "year": year,
        "announced": holidays.announced(year),
        "off": off,
        "made_up": len(named) - off,
        "local": len(local),
        "entered": max(entered, key=lambda record: record.entered_at, default=None),
    }


@roles(*KEEPER_ROLES)
@require_safe
def holiday_year(request, year):
    """The days of one year's notice, and the local ones of that year."""
    days = days_of(request.user, known_year(year))
    context = {
        "year": year,
        "days": days,
        "announced": any(each["row"].source_year == year for each in days),
        "mine": sum(each["mine"] and each["row"].source_year == year for each in days),
        "keeper": keeps(request.user),
    }
    return render(request, "congress/holiday_year.html", context)


def days_of(user, year):
    """The days that a year's page lists: {row, record, weekday, off, mine}."""
    return [
        {
            "row": row,
            "record": record,
            "weekday": weekday_name(row.day),
            "off": row.kind == HOLIDAY,
            "mine": keeps(user) and bool(record) and record.place_id == user.place_id,
        }
        for row, record in holidays_in_force.entries_of(user.place)
        if (row.source_year or row.day.year) == year
    ]


def known_year(year):
    """404 for a year that no calendar of ours has."""
    if year not in YEARS:
        raise Http404
    return year


@roles(*HOLIDAY_KEEPERS)
@require_http_methods(["GET", "HEAD", "POST"])
def holiday_notice(request, year):
    """A year's notice: pasted text is read into rows, looked at, and saved as rows."""
    place, pasted = request.user.place, "text" in request.POST
    text = NoticeTextForm(request.POST if pasted else None)
    if request.method == "POST" and not pasted:
        form, problems = NoticeRows(request.POST, year=known_year(year)), []
        if form.is_valid():
            holidays_in_force.save_notice(place, year, form.rows(), request.user)
            messages.success(request, f"{year}年的节假日存好了：{told_of(form.rows())}。")
            return redirect("holiday_year", year)
    else:
        rows, problems = rows_to_check(text, place, known_year(year))
        form = NoticeRows(year=year, rows=rows)
    context = {"year": year, "text": text, "form": form, "problems": problems}
    context["read"] = pasted and text.is_valid() and len(form.initial)
    context["stored"] = holidays_in_force.notice_days(place, year).count()
    return render(request, "congress/holiday_notice.html", context)


def rows_to_check(text, place, year):
    """(rows, problems): what the pasted text says, else what holds for that year now."""
    if text.is_bound and text.is_valid():
        return text.read(year)
    entries = holidays_in_force.entries_of(place)
    return rows_of([row for row, _record in entries if row.source_year == year]), []


@roles(*HOLIDAY_KEEPERS)
@require_POST
def holiday_clear(request, year):
    """Take back the notice that the own place entered for a year."""
    days = holidays_in_force.clear_notice(request.user.place, known_year(year))
    messages.success(request, f"{request.user.place.name}录的{year}年通知撤掉了，共 {days} 天。")
    return redirect("holiday_year", year)


@roles(*HOLIDAY_KEEPERS)
@require_http_methods(["GET", "HEAD", "POST"])
def holiday_add(request):
    """A day that is off, or worked, other than the notice says."""
    asked = {name: request.GET.get(name, "") for name in ("day", "kind", "name")}
    form = HolidayDayForm(request.POST or None, user=request.user, initial=asked)
    if request.method == "POST" and form.saved():
        return kept(request, form.instance)
    return render(request, "congress/holiday_add.html", {"form": form})


def kept(request, record):
    """Back to the year of a day that was saved."""
    messages.success(request, f"{record.day} {record.name}：{record.kind}。")
    return redirect("holiday_year", record.source_year or record.day.year)


@roles(*HOLIDAY_KEEPERS)
@require_http_methods(["GET", "HEAD", "POST"])
def holiday_edit(request, pk):
    """One day that the own place entered."""
    record = find(own(HolidayDay, request.user).select_related("place"), pk=pk)
    context = {"record": record, "title": str(record)}
    context["year"] = record.source_year or record.day.year
    form = HolidayDayForm(request.POST or None, instance=record, user=request.user)
    if request.method == "POST" and form.saved():
        return kept(request, record)
    return render(request, "congress/holiday_day.html", context | {"form": form})


@roles(*HOLIDAY_KEEPERS)
@require_POST
def holiday_remove(request, pk):
    """Take a day out again; what holds above it, or the weekday, holds then."""
    record = find(own(HolidayDay, request.user).select_related("place"), pk=pk)
    record.delete()
    works = holidays_in_force.holidays_of(record.place).is_workday(record.day)
    now = "上班" if works else "休息"
    messages.success(request, f"{record.day} {record.name}拿掉了，这一天现在按{now}算。")
    return redirect("holiday_year", record.source_year or record.day.year)
