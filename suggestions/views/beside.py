"""From one case to the one above or below it in the list."""

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from congress.doors import find
from suggestions.models import Case


@require_safe
def case_above(request, pk):
    """The next later one, as the list has the latest first."""
    return _beside(request, pk, "gt", ("raised_on", "pk"), "这是列表里的第一件")


@require_safe
def case_below(request, pk):
    """The next earlier one."""
    return _beside(request, pk, "lt", ("-raised_on", "-pk"), "这是列表里的最后一件")


def _beside(request, pk, way, order, at_the_end):
    seen = Case.objects.visible_to(request.user)
    case = find(seen, pk=pk)
    same = Q(raised_on=case.raised_on, **{f"pk__{way}": case.pk})
    beyond = same | Q(**{f"raised_on__{way}": case.raised_on}) if case.raised_on else same
    other = seen.filter(beyond, place=case.place_id).order_by(*order).first()
    if other is None:
        messages.info(request, at_the_end)
    return redirect("case", pk=(other or case).pk)
