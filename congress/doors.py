"""Who may open a page, and which rows are one's own to change."""

from functools import wraps

from django.http import Http404
from django.shortcuts import get_object_or_404

from congress.roles import OFFICE_ROLES, Role

# Who keeps units, terms, words and settings of the own place.
KEEPER_ROLES = OFFICE_ROLES | {Role.SYSADMIN}
# Who makes accounts (congress.accounts says which) and places.
STAFFING_ROLES = KEEPER_ROLES - {Role.CHAIR}


def roles(*allowed):
    """Opens a view to these roles only; for all others the page does not exist (404)."""

    def decorate(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if request.user.role not in allowed:
                raise Http404
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def own_rights_only(view):
    """Closes a view to who acts with lent rights (404): a substitute makes no accounts."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if request.user.lent:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def own(model, user):
    """The rows of a model that lie at or under the user's place: what is read from above is not
    among them."""
    return model.objects.visible_to(user).in_place(user.place)


def find(rows, **lookup):
    """The one row that matches; 404 where it does not exist or is hidden."""
    return get_object_or_404(rows, **lookup)
