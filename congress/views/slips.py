"""Slips that bind a phone: for one account, for the units of a place, all on paper."""

import segno
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from congress import accounts, devices, phone_accounts
from congress.doors import STAFFING_ROLES, find, own, own_rights_only, roles
from congress.models import Unit
from congress.roles import Role


@roles(*STAFFING_ROLES)
@require_POST
def user_slip(request, pk):
    """A slip for one account, shown this once; an earlier one is void."""
    user = find(_phone_users(request).filter(is_active=True), pk=pk)
    return print_slips(request, [user])


@roles(*STAFFING_ROLES)
@require_POST
def user_devices_end(request, pk):
    """All phones of an account are bound no more, an open slip is void."""
    user = find(_phone_users(request), pk=pk)
    number = devices.end_all(user, timezone.now(), f"{request.user.name}收回")
    messages.success(request, f"{user.name}绑定的 {number} 部手机都解除了，没用的纸条也作废了。")
    return redirect("user_edit", user.pk)


@roles(*STAFFING_ROLES)
@own_rights_only
@require_http_methods(["GET", "HEAD", "POST"])
def unit_slips(request):
    """The units of the place: whose clerk can sign in on a phone; by POST slips for the ticked."""
    now = timezone.now()
    units = own(Unit, request.user).filter(closed_on=None, merged_into=None)
    if request.method == "POST":
        ticked = units.filter(pk__in=phone_accounts.numbers(request.POST.getlist("pk")))
        users = [phone_accounts.of_unit(unit) for unit in ticked.select_related("place")]
        return print_slips(request, [user for user in users if user.is_active])
    rows = phone_accounts.unit_rows(units.select_related("place"), request.user, now)
    context = phone_accounts.choice(rows, request.GET.get("tick"))
    return render(request, "congress/unit_slips.html", context)


def _phone_users(request):
    rows = accounts.kept_by(request.user).filter(role__in=devices.ROLES)
    return rows.select_related("place", "unit")


def print_slips(request, users):
    """The page with a new slip for each user, to be printed: it can be shown only now."""
    now = timezone.now()
    if not users:
        messages.warning(request, "还没有勾选要印纸条的人。")
        return redirect(request.path)
    slips = [slip_for(request, user, now) for user in users]
    last = slips[0]["expires"]
    return render(request, "congress/device_slips.html", {"slips": slips, "last": last})


def slip_for(request, user, now):
    """What stands on a slip: a new link for `user`, also as a QR code."""
    link, token = devices.make_link(user, request.user, now)
    address = request.build_absolute_uri(reverse("bind_device", args=[token]))
    whose = Role(user.role).label if user.unit is None else user.unit.name
    return {
        "person": user,
        "whose": f"{user.place.name} {whose}",
        "link": address,
        "picture": segno.make(address, error="m").svg_data_uri(border=0),
        "expires": link.expires,
    }
