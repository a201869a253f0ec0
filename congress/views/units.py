"""Undertaking units: names, closing, merging."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from congress import unit_life
from congress.doors import KEEPER_ROLES, find, own, roles
from congress.forms.units import MergeForm, UnitFilter, UnitForm
from congress.models import Unit
from congress.pages import list_page


@roles(*KEEPER_ROLES)
def unit_list(request):
    """The units of the own places, and those of the county that a township may name."""
    rows = Unit.objects.visible_to(request.user).select_related("place", "merged_into")
    rows = rows.prefetch_related("aliases")

    def draw(unit):
        mine = unit.place.code.startswith(request.user.place.code)
        return {"unit": unit, "mine": mine, "names": [alias.name for alias in unit.aliases.all()]}

    return list_page(request, "congress/units.html", UnitFilter(request.GET), rows, draw=draw)


@roles(*KEEPER_ROLES)
def unit_add(request):
    """A new unit."""
    form = UnitForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.saved():
        messages.success(request, f"{form.instance.name}加进来了。")
        return redirect("unit_list")
    return render(request, "congress/unit_add.html", {"form": form})


@roles(*KEEPER_ROLES)
def unit_edit(request, pk):
    """One unit: names, and what can be done with it."""
    unit = find(own(Unit, request.user).select_related("place", "merged_into"), pk=pk)
    form = UnitForm(request.POST or None, instance=unit, user=request.user)
    if request.method == "POST" and form.saved():
        messages.success(request, f"{unit.name}改好了。")
        return redirect("unit_list")
    return render(request, "congress/unit.html", {"form": form, "unit": unit, "name": form.old})


@roles(*KEEPER_ROLES)
@require_POST
def unit_close(request, pk):
    """No case goes to the unit any more; undone by `unit_reopen`."""
    unit = find(own(Unit, request.user), pk=pk)
    if unit.closed_on is None:
        unit_life.close(unit, timezone.localdate())
    messages.success(
        request, f"{unit.name}已停用，以后交办时不再列出。要恢复，在这一页点“恢复使用”。"
    )
    return redirect("unit_edit", unit.pk)


@roles(*KEEPER_ROLES)
@require_POST
def unit_reopen(request, pk):
    """Undo of closing."""
    unit = find(own(Unit, request.user), pk=pk, merged_into=None)
    if unit.closed_on is not None:
        unit_life.reopen(unit)
    messages.success(request, f"{unit.name}恢复使用了。")
    return redirect("unit_edit", unit.pk)


@roles(*KEEPER_ROLES)
def unit_merge(request, pk):
    """Two steps: choose the unit to merge into and see what that moves; then, by POST, do it."""
    unit = find(own(Unit, request.user).select_related("place"), pk=pk, merged_into=None)
    form = MergeForm(request.POST or request.GET or None, unit=unit, user=request.user)
    target = form.cleaned_data["target"] if form.is_bound and form.is_valid() else None
    if request.method == "POST" and target:
        unit_life.merge(unit, target, timezone.localdate(), request.user, timezone.now())
        messages.success(request, f"{unit.name}已并入{target.name}。")
        return redirect("unit_edit", target.pk)
    moves = unit_life.what_moves(unit, request.user) if target else None
    context = {"unit": unit, "form": form, "target": target, "moves": moves}
    return render(request, "congress/unit_merge.html", context)
