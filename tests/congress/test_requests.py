"""What holds for every request: sign-in, idle time, lock-out, headers, caches, logs."""

import logging
import time

import pytest
from axes.models import AccessAttempt
from django.conf import settings as configured
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import path, reverse

from congress import audit, middleware

PASSWORD = "Shui-Dian2026"
pytestmark = pytest.mark.django_db


def plain(request):
    return HttpResponse(f"for {request.user.name}, noted as {audit.actor().name}")


urlpatterns = [path("plain/", plain, name="plain")]


@pytest.fixture
def pages(settings):
    """The product's addresses and one page of no room."""
    from congress import urls

    settings.ROOT_URLCONF = type(
        "Addresses", (), {"urlpatterns": [*urlpatterns, *urls.urlpatterns]}
    )


def signed_in(user):
    client = Client()
    client.force_login(user, configured.AUTHENTICATION_BACKENDS[-1])
    client.get("/plain/")
    return client


def turn_back(client, key, seconds):
    """Let the session be older than it is."""
    session = client.session
    session[key] = time.time() - seconds
    session.save()


def test_a_stranger_is_sent_to_sign_in_and_comes_back_afterwards(pages, client):
    answer = client.get("/plain/?x=1")
    assert (answer.status_code, answer.url) == (302, reverse("sign_in") + "?next=/plain/%3Fx%3D1")


def test_a_part_for_htmx_sends_the_whole_page_to_sign_in(pages, client):
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/plain/?x=1&y=2"}
    answer = client.get("/plain/", headers=headers)
    assert answer["HX-Redirect"] == reverse("sign_in") + "?next=/plain/%3Fx%3D1%26y%3D2"


def test_what_a_request_does_is_noted_under_its_user(pages, clerk):
    assert signed_in(clerk).get("/plain/").content.decode() == (
        f"for {clerk.name}, noted as {clerk.name}"
    )
    assert audit.actor() is None


@pytest.mark.parametrize(
    ("who", "key", "minutes", "code"),
    [
        ("clerk", "used", 29, 200),
        ("clerk", "used", 31, 302),
        ("sysadmin", "used", 14, 200),
        ("sysadmin", "used", 16, 302),
        ("clerk", "began", 12 * 60 - 1, 200),
        ("clerk", "began", 12 * 60 + 1, 302),
    ],
)
def test_a_session_ends_after_idle_minutes_and_after_twelve_hours(
    pages, request, who, key, minutes, code
):
    client = signed_in(request.getfixturevalue(who))
    turn_back(client, key, minutes * 60)
    assert client.get("/plain/").status_code == code


def test_an_ended_session_is_gone_from_the_server(pages, clerk):
    client = signed_in(clerk)
    turn_back(client, "used", 31 * 60)
    key = client.session.session_key
    client.get("/plain/")
    assert list(Session.objects.filter(session_key=key)) == []


def test_the_session_cookie_goes_with_the_browser(pages, clerk):
    cookie = signed_in(clerk).cookies["sessionid"]
    assert (cookie["max-age"], cookie["httponly"], cookie["samesite"]) == ("", True, "Lax")


def test_who_must_change_the_password_reaches_nothing_else(pages, clerk):
    client = signed_in(clerk)
    type(clerk)._base_manager.filter(pk=clerk.pk).update(must_change_password=True)
    answer = client.get("/plain/")
    assert (answer.status_code, answer.url) == (302, reverse("change_password"))
    assert client.get(answer.url).status_code == 200


def test_signed_in_pages_stay_in_no_cache(pages, clerk):
    answer = signed_in(clerk).get("/plain/")
    assert answer["Cache-Control"] == "no-store"
    assert "HX-Request" in answer["Vary"].split(", ")


@pytest.mark.parametrize("address", ["/plain/", "/nowhere/", "/static/htmx.min.js"])
def test_every_answer_carries_the_strict_headers(pages, client, address):
    answer = client.get(address)
    list(answer)  # a streamed file is read to its end
    policy = dict(part.split(" ", 1) for part in answer["Content-Security-Policy"].split("; "))
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
        "object-src": "'none'",
    }
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in answer


def test_a_nul_in_the_address_a_cookie_or_the_typed_text_is_refused_in_words(pages, clerk):
    client = signed_in(clerk)
    answers = [
        client.get("/search/", {"q": "路\0灯"}),
        client.get("/plain/", {"q\0": "路灯"}),
        client.get("/figures/a%00b/"),
        client.post(reverse("entry-draft"), {"token": "\0", "title": "路灯"}),
        Client().get("/plain/", headers={"Cookie": 'sessionid="abcdefgh\\000"'}),
    ]
    assert [answer.status_code for answer in answers] == [400] * 5
    assert all("读不出来，没有保存" in answer.content.decode() for answer in answers)
    assert client.get("/plain/", {"q": "路灯"}).status_code == 200


@pytest.fixture
def with_password(clerk):
    clerk.set_password(PASSWORD)
    clerk.save()
    return clerk


def try_sign_in(password, user, address="10.1.2.3"):
    form = {"username": user.username, "password": password}
    return Client(REMOTE_ADDR=address).post(reverse("sign_in"), form).status_code


def test_five_failures_lock_the_account_for_that_block_of_addresses_only(with_password):
    assert [try_sign_in("wrong", with_password) for _ in range(5)] == [200, 200, 200, 200, 429]
    assert try_sign_in(PASSWORD, with_password) == 429
    assert try_sign_in(PASSWORD, with_password, "10.1.2.99") == 429
    assert try_sign_in(PASSWORD, with_password, "10.1.3.3") == 302


def test_the_lock_opens_after_fifteen_minutes(with_password):
    for _ in range(5):
        try_sign_in("wrong", with_password)
    attempt = AccessAttempt.objects.get()
    attempt.attempt_time -= configured.AXES_COOLOFF_TIME
    attempt.save()
    assert try_sign_in(PASSWORD, with_password) == 302


@pytest.mark.parametrize(
    ("trusted", "forwarded", "address", "block"),
    [
        (False, "1.2.3.4", "10.0.0.9", "10.0.0.0"),
        (True, "6.6.6.6, 1.2.3.4", "1.2.3.4", "1.2.3.0"),
        (True, "nonsense", "10.0.0.9", "10.0.0.0"),
        (True, "2001:db8:1:2:3::4", "2001:db8:1:2:3::4", "2001:db8:1:2::"),
    ],
)
def test_a_forwarded_address_counts_only_behind_our_own_proxy(
    settings, trusted, forwarded, address, block
):
    settings.TRUST_PROXY = trusted
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.9", HTTP_X_FORWARDED_FOR=forwarded)
    assert middleware.client_address(request) == address
    assert middleware.address_block(request) == block


def test_each_request_leaves_a_line_without_its_query(pages, clerk, caplog):
    client = signed_in(clerk)
    caplog.clear()
    with caplog.at_level(logging.INFO, "congress.requests"):
        client.get("/plain/", {"q": "张三"})
    (line,) = [
        record.getMessage() for record in caplog.records if record.name == "congress.requests"
    ]
    assert line.rsplit(" ", 2)[0] == f"127.0.0.1 user={clerk.pk} GET /plain/ 200"
