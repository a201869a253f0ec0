"""Handing out and taking back links of a case."""

import segno
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from congress.doors import find, roles
from congress.models import Unit
from congress.phone_accounts import numbers
from congress.roles import Role
from suggestions.links import LinkRefused, make, name_of, on_page, revoke
from suggestions.models import Case, CaseLink, LinkPurpose

MAKING = (Role.CLERK, Role.CHAIR, Role.GOVERNMENT)


@roles(*MAKING)
@require_http_methods(["GET", "HEAD", "POST"])
def case_links(request, pk):
    """The links of a case; by POST a new one, shown this once, to be printed."""
    case = find(Case.objects.visible_to(request.user).select_related("place"), pk=pk)
    now = timezone.now()
    if request.method == "POST":
        try:
            return slip_page(request, case, now)
        except LinkRefused as refusal:
            messages.error(request, str(refusal))
            return redirect("case-links", pk)
    context = {"case": case, "case_links": on_page(request.user, case, now)}
    return render(request, "suggestions/links/list.html", context)


def slip_page(request, case, now):
    """Make the link that was asked for: the page with its QR code. LinkRefused: it cannot be."""
    purpose = request.POST.get("purpose")
    if purpose not in LinkPurpose.values:
        raise LinkRefused("没有这一种链接，请从下面的按钮发。")
    unit = None
    if purpose == LinkPurpose.HANDLE:
        chosen = numbers([request.POST.get("unit", "")])
        unit = Unit.objects.visible_to(request.user).filter(pk__in=chosen).first()
    link, path = make(case, purpose, request.user, now, unit)
    address = request.build_absolute_uri(path)
    context = {
        "case": case,
        "link": link,
        "name": name_of(link),
        "address": address,
        "picture": segno.make(address, error="m").svg_data_uri(border=0),
    }
    return render(request, "suggestions/links/slip.html", context)


@roles(*MAKING)
@require_POST
def revoke_link(request, pk):
    """Take a link back; what was done by it stays."""
    link = find(CaseLink.objects.visible_to(request.user).select_related("case", "unit"), pk=pk)
    try:
        done = revoke(link, request.user, timezone.now())
    except LinkRefused as refusal:
        raise Http404 from refusal
    if done:
        messages.success(request, f"{name_of(link)}收回了，打开只会看到“已收回”。")
    return redirect("case-links", link.case_id)
