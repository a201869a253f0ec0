"""What happens around every request: who asks, for how long, and what stays out of caches and in
the logs.
"""

import ipaddress
import logging
import secrets
import time

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest
from django.http import HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.deprecation import MiddlewareMixin
from django_htmx.http import HttpResponseClientRedirect

from congress import audit, devices, passwords
from congress.logs import without_tokens

requests = logging.getLogger("congress.requests")


def client_address(request):
    """The address of the asking machine; behind our own proxy (TRUST_PROXY) the one that the proxy
    saw.
    """
    direct = request.META.get("REMOTE_ADDR", "")
    if not settings.TRUST_PROXY:
        return direct
    seen = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")[-1].strip()
    try:
        return str(ipaddress.ip_address(seen))
    except ValueError:
        return direct


def address_block(request):
    """The block (/24, IPv6: /64) of the asking machine: sign-in failures are counted by account and
    block.
    """
    try:
        address = ipaddress.ip_address(client_address(request))
    except ValueError:
        return None
    prefix = 24 if address.version == 4 else 64
    return str(ipaddress.ip_network((address, prefix), strict=False).network_address)


def send_to(request, url):
    """A redirect of the whole page, also where htmx asked for a part of it."""
    return HttpResponseClientRedirect(url) if request.htmx else HttpResponseRedirect(url)


def request_log(get_response):
    """One line a request in the log file: from where, who, what, answer, milliseconds, and its
    number, which a page of an error shows to be read out by phone. Never the query: it may hold
    names; nor the token of a one-time link.
    """

    def middleware(request):
        start = time.monotonic()
        request.request_id = f"{secrets.randbelow(10**8):08d}"
        response = get_response(request)
        user = getattr(
            request, "_cached_user", None
        )  # as far as it was looked up: no query of our own
        requests.info(
            "%s user=%s %s %s %s %d ms",
            client_address(request),
            getattr(user, "pk", None) or "-",
            request.method,
            without_tokens(request.get_full_path().partition("?")[0]),
            response.status_code,
            (time.monotonic() - start) * 1000,
            extra={"request": request},
        )
        return response

    return middleware


class NoNul(MiddlewareMixin):
    """Answers 400 to a NUL in the address, the cookies or what was typed: PostgreSQL takes none,
    not even to search for. Behind the CSRF check, which copes with a body that cannot be read.
    """

    def process_request(self, request):
        _refuse_nul([request.path, *request.COOKIES.values()])
        _refuse_nul(_texts(request.GET))

    def process_view(self, request, view, args, kwargs):
        _refuse_nul(_texts(request.POST))


def _texts(data):
    return [text for name, values in data.lists() for text in (name, *values)]


def _refuse_nul(texts):
    if any("\0" in text for text in texts):
        raise BadRequest("NUL")


def over(session, role, now):
    """Whether a session has ended: idle too long for the role, or older than the longest session.
    `now`: seconds.

    Notes the use of a session that has not, at most once a minute.
    """
    began = session.setdefault("began", now)
    used = session.get("used", now)
    idle = settings.SESSION_IDLE.get(role, settings.SESSION_IDLE[None])
    if now - used > idle or now - began > settings.SESSION_COOKIE_AGE:
        return True
    if now - used > 60 or "used" not in session:
        session["used"] = now
    return False


def device_ended(session):
    """Whether the bound phone on which a session was opened is bound no more."""
    device = session.get("device")
    return device is not None and not devices.is_bound(device, timezone.now())


def session_limits(get_response):
    """Signs out who was idle too long, or whose phone is bound no more; the sign-in page then says
    why."""

    def middleware(request):
        user = request.user
        if user.is_authenticated and over(request.session, user.role, time.time()):
            logout(request)
            messages.info(request, "您已较长时间没有操作，为安全起见请重新登录。")
        elif user.is_authenticated and device_ended(request.session):
            logout(request)
            messages.info(request, "这部手机的绑定已经解除。还要用，请镇人大再给一张绑定纸条。")
        return get_response(request)

    return middleware


class SignInRequired(LoginRequiredMiddleware):
    """Every page asks for sign-in unless its view says @login_not_required."""

    def handle_no_permission(self, request, view_func):
        response = super().handle_no_permission(request, view_func)
        if not request.htmx:
            return response
        here = request.htmx.current_url_abs_path or "/"
        sign_in = redirect_to_login(here, resolve_url(self.get_login_url(view_func)))
        return HttpResponseClientRedirect(sign_in.url)


class PasswordAge(MiddlewareMixin):
    """Who must change the password can do nothing else before: checked on the server, for every
    view. Who came in on a bound phone used none.
    """

    def process_view(self, request, view, args, kwargs):
        needs_none = not getattr(view, "login_required", True) or "device" in request.session
        if needs_none or request.resolver_match.view_name in {
            settings.PASSWORD_CHANGE_URL,
            "sign_out",
        }:
            return None
        if request.user.is_authenticated and passwords.must_change(request.user, timezone.now()):
            return send_to(request, resolve_url(settings.PASSWORD_CHANGE_URL))
        return None


def private_pages(get_response):
    """No page stays in a cache: neither what a signed-in user sees nor the one-time links of who is
    not one yet. A part for htmx is never taken for its whole page.
    """

    def middleware(request):
        response = get_response(request)
        patch_vary_headers(response, ["HX-Request"])
        response["Cache-Control"] = "no-store"
        return response

    return middleware


def acting_user(get_response):
    """Whatever a request saves is noted in the audit trail as done by its user."""

    def middleware(request):
        with audit.acting(request.user):
            return get_response(request)

    return middleware
