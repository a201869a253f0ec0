"""Pages of what went wrong: in plain words, with the number under which the log tells of it."""

import logging
import re
from io import BytesIO

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.urls import path

from congress import urls
from congress.logs import SafeLines
from congress.views.errors import waited_too_long

pytestmark = pytest.mark.django_db


def broken(request):
    raise ZeroDivisionError


def locked(request):
    raise OperationalError("database is locked")


def unreachable(request):
    raise OperationalError("connection refused")


def slow(request):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 20")
        cursor.execute("SELECT pg_sleep(5)")


@pytest.fixture
def asked(settings, caplog):
    """`asked(address)`: (status, text of the page, the lines of the log) as a stranger."""
    views = {"broken": broken, "locked": locked, "unreachable": unreachable, "slow": slow}
    for view in views.values():
        view.login_required = False
    mine = [path(f"{name}/", view) for name, view in views.items()]
    handlers = {name: getattr(urls, name) for name in ("handler400", "handler500")}
    settings.ROOT_URLCONF = type(
        "Addresses", (), {"urlpatterns": [*mine, *urls.urlpatterns], **handlers}
    )
    client = Client(raise_request_exception=False)

    def ask(address, typed=None):
        caplog.clear()
        with caplog.at_level(logging.INFO):
            answer = client.get(address) if typed is None else client.post(address, typed)
        return answer.status_code, answer.content.decode(), map(SafeLines().format, caplog.records)

    return ask


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/broken/", 500, "这一页出了错，是系统的问题"),
        ("/unreachable/", 500, "这一页出了错，是系统的问题"),
        ("/locked/", 503, "系统正忙，这一页没有打开"),
        ("/reply/nowhere/", 404, "没有找到这一页"),
        ("/?q=%00", 400, "读不出来，没有保存"),
    ],
)
def test_a_page_of_an_error_shows_the_number_of_its_lines_in_the_log(asked, address, status, words):
    code, text, lines = asked(address)
    [number] = re.findall(r'class="error-number">(\d{8})<', text)
    told = [line for line in lines if number in line]
    assert (code, words in text, len(told)) == (status, True, 2)  # the fault, and the request


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has no time limit")
def test_what_the_database_let_wait_too_long_may_be_sent_again(asked):
    code, text, _ = asked("/slow/")
    assert (code, "系统正忙" in text) == (503, True)


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        (
            {"csrfmiddlewaretoken": "x", "title": "<关于路灯>", "unit": ["3", "5"]},
            [
                ("csrfmiddlewaretoken", "x"),
                ("title", "&lt;关于路灯&gt;"),
                ("unit", "3"),
                ("unit", "5"),
            ],
        ),
        ({"title": "路灯", "files": BytesIO(b"%PDF")}, []),  # would go without its file
        ({"old_password": "Shui-Dian2026"}, []),
        ({"reason": "约面商", "secret": "Shui-Dian2026"}, []),
        ({}, []),
    ],
)
def test_what_was_typed_while_others_saved_is_sent_again_by_a_button(asked, typed, fields):
    _, text, _ = asked("/locked/", typed)
    assert "系统正忙，这一次没有存上" in text
    kept = re.findall(r'<input type="hidden" name="(.*?)" value="(.*?)">', text)
    assert (kept, "再交一次" in text) == (fields, bool(fields))


@pytest.mark.parametrize(
    ("code", "waited"), [("55P03", True), ("57014", True), ("40P01", True), ("08006", False)]
)
def test_the_code_of_the_database_says_whether_others_were_busy(code, waited):
    fault, cause = OperationalError("x"), Exception("x")
    cause.pgcode = code
    fault.__cause__ = cause
    assert waited_too_long(fault) is waited
