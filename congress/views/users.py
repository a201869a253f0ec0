"""Accounts. The administrator gives out a link; the person sets the password."""

import segno
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from congress import accounts, devices, first_passwords
from congress.doors import STAFFING_ROLES, find, own_rights_only, roles
from congress.first_passwords import is_open
from congress.forms.users import UserFilter, UserForm, state_of
from congress.models import Device, PersonalLink, User
from congress.pages import list_page


@roles(*STAFFING_ROLES)
@own_rights_only
def user_list(request):
    """Everybody who signs in at or under the own place."""
    rows = User.objects.visible_to(request.user).select_related("place", "unit")

    def draw(user):
        kept = user.role in accounts.grants(request.user) and user.pk != request.user.pk
        return {"user": user, "state": state_of(user), "kept": kept}

    return list_page(request, "congress/users.html", UserFilter(request.GET), rows, draw=draw)


@roles(*STAFFING_ROLES)
@own_rights_only
def user_add(request):
    """A new account; then the page with its link."""
    new = User(place=request.user.place)
    form = UserForm(request.POST or None, instance=new, actor=request.user)
    if request.method == "POST" and form.is_valid():
        accounts.open_account(form.instance, timezone.now())
        return redirect("user_link", form.instance.pk)
    return render(request, "congress/user_add.html", {"form": form})


@roles(*STAFFING_ROLES)
def user_edit(request, pk):
    """One account: its facts, and what can be done with it."""
    user = find(accounts.kept_by(request.user).select_related("place", "unit"), pk=pk)
    form = UserForm(request.POST or None, instance=user, actor=request.user)
    if request.method == "POST" and form.is_valid():
        accounts.change_account(form.instance, form.before, timezone.now())
        messages.success(request, f"{user.name}的账号改好了。")
        return redirect("user_list")
    person = find(User.objects.visible_to(request.user).select_related("place", "unit"), pk=pk)
    context = {"form": form, "person": person, "state": state_of(person)}
    return render(request, "congress/user.html", context | phones_of(person, request.user))


def phones_of(person, viewer):
    """The bound phones of an account and its open slip; None for a role that has none."""
    if person.role not in devices.ROLES:
        return {"phones": None, "waiting": None}
    now = timezone.now()
    mine = Device.objects.visible_to(viewer).filter(user=person)
    slips = PersonalLink.objects.visible_to(viewer).filter(user=person, expires__gt=now)
    return {
        "phones": list(devices.live_devices(mine, now)),
        "waiting": slips.filter(used_at=None, revoked_at=None).first(),
    }


@roles(*STAFFING_ROLES)
def user_link(request, pk):
    """The link that a person sets the own password by, to hand over or print; as long as it is
    good."""
    user = find(accounts.kept_by(request.user).select_related("place", "unit"), pk=pk)
    slips = slips_for(request, [user], timezone.now())
    return render(request, "congress/user_link.html", {"person": user, "slips": slips})


@roles(*STAFFING_ROLES)
@require_POST
def user_new_link(request, pk):
    """A new link: the old password and the old link are void."""
    user = find(accounts.kept_by(request.user), pk=pk, is_active=True)
    accounts.new_link(user, timezone.now())
    return redirect("user_link", user.pk)


@roles(*STAFFING_ROLES)
@require_POST
def user_close(request, pk):
    """The account cannot be used any more; who is signed in with it is out at the next click."""
    user = find(accounts.kept_by(request.user), pk=pk)
    if user.is_active:
        accounts.close_account(user, timezone.now())
    messages.success(request, f"{user.name}的账号已停用，正开着的页面也不能再用。")
    return redirect("user_list")


@roles(*STAFFING_ROLES)
@require_POST
def user_reopen(request, pk):
    """The account can be used again: by a new link."""
    user = find(accounts.kept_by(request.user), pk=pk)
    if not user.is_active:
        accounts.reopen_account(user, timezone.now())
    return redirect("user_link", user.pk)


def slips_for(request, users, now):
    """What stands on the slips of those users whose link is good."""
    address = request.build_absolute_uri("/").rstrip("/")
    links = [(user, first_passwords.link(user, address)) for user in users if is_open(user, now)]
    return [
        {
            "person": user,
            "link": link,
            "picture": segno.make(link, error="m").svg_data_uri(border=0),
            "expires": first_passwords.expires(user),
        }
        for user, link in links
    ]
