"""请人代班: hand the desk over for some days, and take it back."""

from contextlib import suppress

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress.doors import find, own_rights_only, roles
from congress.forms.substitutes import SubstituteForm
from congress.models import Place, Substitute
from congress.records import StaleRecord
from congress.roles import Role
from congress.scoping import OPERATOR
from congress.substitution import may_end

KEEPERS = (Role.CLERK, Role.COUNTY)
SHOWN = 30


def _rows(user):
    rows = Substitute.objects.visible_to(user)
    return rows.select_related("place", "absent", "substitute", "ended_by")


@roles(*KEEPERS)
@require_safe
def substitute_list(request):
    """Who stands in for whom at or under the own place, and who did."""
    today, user = timezone.localdate(), request.user
    rows = [
        {"row": row, "state": state_of(row, today), "may_end": may_end(user, row)}
        for row in _rows(user)[:SHOWN]
    ]
    context = {"rows": rows, "may_add": user.lent is None}
    return render(request, "congress/substitutes.html", context)


def state_of(row, today):
    """What a hand-over is on a day, in a word."""
    if row.ended_at:
        return "已收回"
    if row.ends < today:
        return "已结束"
    return "未开始" if row.starts > today else "代班中"


@roles(*KEEPERS)
@own_rights_only
@require_http_methods(["GET", "HEAD", "POST"])
def substitute_add(request):
    """A new hand-over; who acts with lent rights hands nothing on."""
    today = timezone.localdate()
    form = SubstituteForm(
        request.POST or None, user=request.user, today=today,
        initial={"starts": today, "ends": today},
    )  # fmt: skip
    row = _saved(form, request.user) if request.method == "POST" else None
    if row is not None:
        messages.success(
            request,
            f"{row.starts:%Y-%m-%d}到{row.ends:%Y-%m-%d}由{row.substitute.name}代"
            f"{row.absent.name}的班。",
        )
        return redirect("substitute_list")
    return render(request, "congress/substitute_add.html", {"form": form})


def _saved(form, user):
    """The hand-over, where the form is right; two who hand over at one place do it one after the
    other.
    """
    with transaction.atomic():
        list(Place.objects.visible_to(OPERATOR).select_for_update().filter(pk=user.place_id))
        return form.save() if form.is_valid() else None


@require_POST
def substitute_end(request, pk):
    """End a hand-over before its last day; twice is once."""
    row = find(_rows(request.user), pk=pk)
    if not may_end(request.user, row):
        raise Http404
    if row.ended_at is None and row.ends >= timezone.localdate():
        row.ended_at, row.ended_by_id = timezone.now(), request.user.pk
        with suppress(StaleRecord):  # ended by the other one a moment ago
            row.save()
        messages.success(request, f"{row.substitute.name}代{row.absent.name}的班结束了。")
    return redirect("home")
