"""The cookie by which a browser is known as a bound phone."""

from django.conf import settings


def cookie_name():
    """Named as the session's: bound to the host where the connection is secure."""
    return "__Host-device" if settings.SESSION_COOKIE_SECURE else "device"


def held_token(request):
    """The token that this browser holds of a bound phone, or an empty text."""
    return request.COOKIES.get(cookie_name(), "")


def leave_token(response, token, life):
    """Let the browser keep the token of the phone that was bound just now."""
    secure = settings.SESSION_COOKIE_SECURE
    options = {"secure": secure, "httponly": True, "samesite": "Lax", "path": "/"}
    response.set_cookie(cookie_name(), token, max_age=life, **options)
