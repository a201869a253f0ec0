"""Settings with effective dates, and the page that leads to all that is kept here."""

import tomllib
from functools import cache
from pathlib import Path

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from congress.county_settings import kinds, row_in_force, rows_in_force
from congress.doors import KEEPER_ROLES, roles
from congress.forms.settings import SettingFilter, SettingForm
from congress.models import Setting
from congress.pages import list_page

INDEX = Path(__file__).parent.parent / "data" / "settings_pages.toml"


OTHERS = "其他"


@cache
def index():
    """What the file says: `pages` (label, explanation, address name, roles), `groups`."""
    return tomllib.loads(INDEX.read_text(encoding="utf-8"))


def grouped():
    """(heading, kind) of each setting, in the order of the headings."""
    headings = {key: group["label"] for group in index()["groups"] for key in group["keys"]}
    known = [(headings[key], kinds()[key]) for key in headings if key in kinds()]
    return known + [(OTHERS, kind) for key, kind in kinds().items() if key not in headings]


@roles(*KEEPER_ROLES)
def settings_page(request):
    """Everything that is set up rather than recorded, by what the role may do."""
    rows = [row for row in index()["pages"] if request.user.role in row["roles"]]
    if request.user.lent:
        rows = [row for row in rows if row.get("lent", True)]
    pages = [row | {"url": reverse(row["url_name"])} for row in rows]
    return render(request, "congress/settings.html", {"pages": pages})


@roles(*KEEPER_ROLES)
def setting_list(request):
    """Each setting with the value in force today at the own place."""
    place, today = request.user.place, timezone.localdate()
    in_force = rows_in_force(place, today)
    rows = [
        {"group": group, "kind": kind, "row": row, "value": row.value if row else kind.default}
        for group, kind in grouped()
        for row in [in_force[kind.key]]
    ]
    return list_page(request, "congress/setting_list.html", SettingFilter(request.GET), rows)


@roles(*KEEPER_ROLES)
def setting(request, key):
    """One setting: value in force, history, a new value from a day on."""
    kind, place, today = kinds().get(key), request.user.place, timezone.localdate()
    if kind is None:
        raise Http404
    form = SettingForm(request.POST or None, kind=kind, place=place, initial={"valid_from": today})
    if request.method == "POST" and form.is_valid():
        row = form.save(request.user)
        messages.success(request, f"{kind.label}：从 {row.valid_from:%Y-%m-%d} 起是“{row.value}”。")
        return redirect("setting", key)
    history = Setting.objects.visible_to(request.user).filter(key=key, place__code__in=codes(place))
    context = {
        "kind": kind,
        "form": form,
        "row": row_in_force(key, place, today),
        "today": today,
        "history": history.select_related("place", "entered_by"),
    }
    return render(request, "congress/setting.html", context)


def codes(place):
    """The codes of the places whose values may hold at a place."""
    return [place.code[:length] for length in (2, 4, 6, 9, 12) if length <= len(place.code)]
