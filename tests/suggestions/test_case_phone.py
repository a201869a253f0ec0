"""A citizen's phone: who sees it in full, after what, and what stays of it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from congress import devices, renewal
from congress.device_cookie import cookie_name
from congress.models import AuditEntry
from congress.scoping import OPERATOR
from tests.conftest import PASSWORD
from tests.suggestions.lives import PATHS

pytestmark = pytest.mark.django_db
PHONE, WHY = "13807971234", {"reason": "约面商时间"}


@pytest.fixture
def case(life):
    case = life.play(PATHS["待签收"])
    case.phone = PHONE
    case.save()
    return case


@pytest.fixture
def address(case):
    return reverse("case-phone", kwargs={"pk": case.pk})


def enter(user):
    """A browser in which the user signed in just now."""
    client = Client()
    client.post(reverse("sign_in"), {"username": user.username, "password": PASSWORD})
    return client


def wait(client, minutes):
    """As if so many minutes had passed since the password was given."""
    session = client.session
    session[renewal.KEY] -= timedelta(minutes=minutes).total_seconds()
    session.save()


def shows(page):
    return PHONE in page.content.decode()


def test_a_phone_is_shown_for_a_reason_that_is_noted(address, unit_clerk):
    client = enter(unit_clerk)
    assert not shows(client.post(address, {"reason": ""}))
    assert shows(client.post(address, WHY))
    entry = AuditEntry.objects.visible_to(OPERATOR).get(action="show")
    assert (entry.by, entry.change["detail"]) == (unit_clerk, {"phone": "约面商时间"})


def test_it_is_shown_to_the_unit_while_it_handles_the_case(
    address, life, unit_clerk, other_unit_clerk
):
    one, other = enter(unit_clerk), enter(other_unit_clerk)
    assert [client.get(address).status_code for client in (one, other)] == [200, 404]
    unit = other_unit_clerk.unit
    life.take("改办", "clerk", unit=unit, data={"leads": [unit.pk]})
    assert [client.get(address).status_code for client in (one, other)] == [404, 200]


def test_after_a_quarter_of_an_hour_the_password_is_asked_for_once_more(address, clerk):
    client = enter(clerk)
    wait(client, 14)
    assert shows(client.post(address, WHY))
    wait(client, 2)
    for wrong in ({}, {"secret": "nothing"}):
        assert not shows(client.post(address, WHY | wrong))
    assert shows(client.post(address, WHY | {"secret": PASSWORD}))
    assert shows(client.post(address, WHY))
    assert AuditEntry.objects.visible_to(OPERATOR).filter(action="show").count() == 3


def test_wrong_passwords_count_as_at_sign_in(address, clerk):
    client = enter(clerk)
    wait(client, 16)
    wrong = WHY | {"secret": "nothing"}
    assert [client.post(address, wrong).status_code for _ in range(5)] == [200] * 4 + [429]
    assert not shows(client.post(address, WHY | {"secret": PASSWORD}))


def test_on_a_bound_phone_the_digits_are_asked_for(address, unit_clerk, clerk):
    now = timezone.now()
    _, slip = devices.make_link(unit_clerk, clerk, now)
    _, held = devices.bind(slip, "830472", "", now)
    client = Client()
    client.cookies[cookie_name()] = held
    client.post(reverse("pin"), {"pin": "830472"})
    assert shows(client.post(address, WHY))
    wait(client, 16)
    assert not shows(client.post(address, WHY | {"secret": PASSWORD}))
    assert shows(client.post(address, WHY | {"secret": "830472"}))
