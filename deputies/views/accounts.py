"""Phones of the deputies: accounts for many at once, and their slips on paper."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from congress.doors import own_rights_only, roles
from congress.phone_accounts import choice, numbers
from congress.roles import Role
from congress.views.slips import print_slips
from deputies.accounts import account_of, account_rows, in_office_now


@roles(Role.CLERK)
@require_http_methods(["GET", "HEAD", "POST"])
@own_rights_only
def deputy_accounts(request):
    """The deputies of the township: who can sign in on a phone; by POST accounts and slips for the
    ticked."""
    now, today = timezone.now(), timezone.localdate()
    people = in_office_now(request.user, today)
    if request.method == "POST":
        ticked = people.filter(pk__in=numbers(request.POST.getlist("pk")))
        users = [account_of(person, request.user) for person in ticked]
        return print_slips(request, [user for user in users if user])
    rows = account_rows(people, request.user, now)
    return render(request, "deputies/accounts.html", choice(rows, request.GET.get("tick")))
