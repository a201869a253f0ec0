"""The pages of what went wrong, each with the number under which the log file tells of it."""

from django.db import OperationalError
from django.http import HttpResponse, HttpResponseBadRequest, HttpResponseServerError
from django.template import loader

BUSY_SECONDS = 5  # after which it is worth trying again
# PostgreSQL: lock not available, query cancelled (too slow), deadlock; SQLite has words only.
WAITED = {"55P03", "57014", "40P01"}

# Fields that hold a password or open something, beside those with password in their name.
SECRETS = frozenset({"pin", "again", "secret", "sign", "address"})


def bad_request(request, exception):
    """400: what was sent cannot be read; without the database, like the next."""
    return HttpResponseBadRequest(_page("400.html", request))


def server_error(request):
    """500: a fault of the system. Asks no database and no session: they may be what broke."""
    return HttpResponseServerError(_page("500.html", request))


class BusyDatabase:
    """Answers 503 where the database made a request wait too long, mostly for what somebody else
    was saving: nothing of it was kept, and it may be sent again.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not waited_too_long(exception):
            return None
        saving = request.method not in ("GET", "HEAD")
        page = _page("503.html", request, saving=saving, sent=_sent(request))
        answer = HttpResponse(page, status=503)
        answer["Retry-After"] = BUSY_SECONDS
        return answer


def waited_too_long(exception):
    """Whether a database error only says that others were busy."""
    if not isinstance(exception, OperationalError):
        return False
    code = getattr(exception.__cause__, "pgcode", None)
    return code in WAITED or "database is locked" in str(exception)


def _sent(request):
    """What was typed, for a button that sends it once more; nothing where that would leave out a
    file or write a password into a page.
    """
    if request.FILES or any("password" in name or name in SECRETS for name in request.POST):
        return []
    return [(name, text) for name, texts in request.POST.lists() for text in texts]


def _page(name, request, **more):
    number = getattr(request, "request_id", "")
    return loader.get_template(name).render({"request_id": number, **more})
