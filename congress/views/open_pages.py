"""Pages open without sign-in because an unguessable link or a bound phone leads to them."""

from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils import timezone

from congress import rate_limit
from congress.middleware import client_address


def is_over(request, what="", most=None):
    """Count a request; whether its address asks too often. `what`: a costly kind of request that is
    counted apart, not more than `most` times a minute.
    """
    return rate_limit.is_over(f"{client_address(request)} {what}".strip(), timezone.now(), most)


def too_many(request):
    """The page that says so."""
    return render(request, "congress/too_many.html", status=429)


def open_page(view):
    """Opens a view to everybody, not more than 300 times a minute from one address; its address,
    which may hold a token, is told to no other page. (`no-referrer` would make browsers send
    `Origin: null`, and Django refuse the form.)
    """

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if is_over(request):
            response = too_many(request)
        else:
            response = view(request, *args, **kwargs)
        response["Referrer-Policy"] = "strict-origin"
        return response

    return login_not_required(guarded)
