"""The first page after sign-in, by role; and the search over all records."""

from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from congress.models import Place
from congress.period import Period
from congress.roles import Role
from deputies.models import Person
from reports.catalogue import BY_KEY, evaluate
from reports.figure_texts import rate_text
from reports.prose import NOTHING
from reports.views.desk import DESK_ROLES, desk, lines
from suggestions.models import Case

COUNTY_FIGURES = (
    "suggestions.collected",
    "suggestions.overdue",
    "suggestions.reply_rate",
    "suggestions.closing_rate",
    "suggestions.satisfaction_rate",
)
FOUND_AT_MOST = 30


@require_safe
def home(request):
    """Where the person's work begins."""
    if request.user.role == Role.COUNTY:
        return _county(request)
    if request.user.role in DESK_ROLES:
        return desk(request)
    first = {
        Role.SYSADMIN: ("settings", {}),
        Role.OFFICER: ("record-list", {"sheet": "receptions"}),
        Role.DEPUTY: ("my-suggestions", {}),
    }
    name, kwargs = first.get(request.user.role, ("record-list", {"sheet": "cases"}))
    return redirect(name, **kwargs)


def _county(request):
    """All townships side by side, in the order of their codes: never a ranking."""
    today = timezone.localdate()
    period = Period.preset("今年以来", today)
    results = evaluate(request.user, request.user.place, period, keys=COUNTY_FIGURES)
    townships = Place.objects.visible_to(request.user).in_place(request.user.place)
    context = {
        "lines": lines(results),
        "rows": [
            (place, [_cell(result, place) for result in results.values()])
            for place in townships.filter(level="乡镇").order_by("code")
        ],
        "period": period,
    }
    return render(request, "reports/county.html", context)


def _cell(result, place):
    """(key, number, fraction) of one township; the fraction of a rate, else None."""
    part, meta = result.breakdowns["township"].get(place.name), BY_KEY[result.key]
    if not meta.rate:
        return result.key, part or 0, None
    if not part or not part["denominator"]:
        return result.key, NOTHING, ""
    sizes = part["value"], part["numerator"], part["denominator"]
    return result.key, rate_text(*sizes, meta.of), f"{sizes[1]} ÷ {sizes[2]}"


@require_safe
def search(request):
    """Cases and deputies whose number, title or name holds the words."""
    text = request.GET.get("q", "").strip()[:60]
    cases = people = ()
    if text:
        cases = Case.objects.visible_to(request.user).filter(
            title__icontains=text
        ) | Case.objects.visible_to(request.user).filter(number__icontains=text)
        named = Person.objects.visible_to(request.user)
        people = named.filter(name__icontains=text) | named.filter(
            initials__startswith=text.lower()
        )
        cases, people = (
            cases.select_related("place")[:FOUND_AT_MOST],
            people.select_related("place")[:FOUND_AT_MOST],
        )
    return render(request, "reports/search.html", {"text": text, "cases": cases, "people": people})
