"""Accounts and slips for many deputies, and for units, at once."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from congress import accounts
from congress.models import PersonalLink, Term, Unit, User
from congress.scoping import OPERATOR
from deputies.models import Mandate, Person

PAGE, UNITS = reverse("deputy_accounts"), reverse("unit_slips")


def person(place, name, ended=None):
    """A deputy of the township's congress since 2021; `ended`: no more."""
    made = Person(place=place, name=name)
    made.save()
    term = Term.objects.visible_to(OPERATOR).filter(place=place).first()
    if term is None:
        term = Term(place=place, level="乡镇", name="第十九届", starts="2021-09-01")
        term.save()
    Mandate(
        place=place, person=made, level="乡镇", term=term, elected_on="2021-08-01",
        starts="2021-09-01", ends=ended,
    ).save()  # fmt: skip
    return made


@pytest.fixture
def desk(client, clerk, sign_in):
    return sign_in(client, clerk)


@pytest.fixture
def people(township):
    return [person(township, name) for name in ("王芳", "李大山", "王芳二")]


def named(rows):
    return {row["name"] for row in rows}


def test_deputies_in_office_are_offered_and_former_ones_are_not(
    desk, people, township, other_township
):
    person(township, "退下的", ended="2024-01-01")
    person(other_township, "别处的")
    rows = desk.get(PAGE).context["rows"]
    assert named(rows) == {"王芳", "李大山", "王芳二"}


def test_accounts_are_made_with_the_slips_and_the_slips_work(desk, people):
    answer = desk.post(PAGE, {"pk": [each.pk for each in people[:2]]})
    slips = answer.context["slips"]
    assert [(slip["person"].name, slip["person"].username) for slip in slips] == [
        ("王芳", "wangfang"), ("李大山", "lidashan"),
    ]  # fmt: skip
    path = slips[1]["link"].removeprefix("http://testserver")
    phone = Client()
    phone.post(path, {"pin": "830472", "again": "830472"})
    people[1].refresh_from_db()
    assert phone.get(reverse("own_devices")).context["user"] == people[1].user
    states = {
        row["name"]: (row["phones"], bool(row["waiting"])) for row in desk.get(PAGE).context["rows"]
    }
    assert states == {"李大山": (1, False), "王芳": (0, True), "王芳二": (0, False)}


def ticked(desk, page, which):
    rows = desk.get(page, {"tick": which}).context["rows"]
    return {row["name"] for row in rows if row["ticked"]}


def test_nobody_is_ticked_beforehand_and_one_click_ticks_who_has_neither_phone_nor_slip(
    desk, people
):
    [bound, waiting] = desk.post(PAGE, {"pk": [each.pk for each in people[:2]]}).context["slips"]
    path = bound["link"].removeprefix("http://testserver")
    Client().post(path, {"pin": "830472", "again": "830472"})
    names = [bound["person"].name, waiting["person"].name]
    told = [ticked(desk, PAGE, which) for which in ("", "new", "all", "x")]
    assert told == [set(), {"王芳二"}, {*names, "王芳二"}, set()]


def test_all_are_those_who_can_get_a_slip(desk, people, unit):
    desk.post(PAGE, {"pk": people[0].pk})
    people[0].refresh_from_db()
    accounts.close_account(people[0].user, timezone.now() + timedelta(seconds=1))
    assert ticked(desk, PAGE, "all") == {"李大山", "王芳二"}
    assert [ticked(desk, UNITS, which) for which in ("", "new")] == [set(), {"镇水务站"}]


def test_printing_twice_makes_no_second_account_and_voids_the_first_slip(desk, people):
    first = desk.post(PAGE, {"pk": people[0].pk}).context["slips"][0]
    desk.post(PAGE, {"pk": people[0].pk})
    assert User.objects.visible_to(OPERATOR).filter(name="王芳").count() == 1
    assert PersonalLink.objects.visible_to(OPERATOR).filter(revoked_at=None).count() == 1
    assert Client().get(first["link"].removeprefix("http://testserver")).status_code == 404


def test_a_closed_account_gets_no_slip(desk, people):
    desk.post(PAGE, {"pk": people[0].pk})
    people[0].refresh_from_db()
    accounts.close_account(people[0].user, timezone.now() + timedelta(seconds=1))
    assert desk.post(PAGE, {"pk": people[0].pk}).url == PAGE


def test_nobody_ticked_or_a_stranger_in_the_form_prints_nothing(desk, people, other_township):
    foreign = person(other_township, "别处的")
    for sent in ({}, {"pk": foreign.pk}, {"pk": "x"}, {"pk": "9" * 30}):
        assert desk.post(PAGE, sent).url == PAGE
    assert PersonalLink.objects.visible_to(OPERATOR).count() == 0


def test_an_account_that_never_had_a_password_is_in_use_and_not_waiting_for_one(desk, people):
    desk.post(PAGE, {"pk": people[0].pk})
    states = {
        row["user"].name: row["state"] for row in desk.get(reverse("user_list")).context["rows"]
    }
    assert states == {"钟干事": "在用", "王芳": "在用"}
    waiting = desk.get(reverse("user_list"), {"state": "待设密码"})
    assert list(waiting.context["rows"]) == []


def test_units_get_an_account_named_after_them_once(desk, unit, unit_clerk, township):
    other = Unit(place=township, name="镇城建办")
    other.save()
    for _ in range(2):
        slips = desk.post(UNITS, {"pk": [unit.pk, other.pk]}).context["slips"]
    assert {(slip["person"].name, slip["person"].unit) for slip in slips} == {
        ("文经办", unit), ("镇城建办经办人", other),
    }  # fmt: skip
    assert User.objects.visible_to(OPERATOR).filter(role="unit").count() == 2


def test_the_pages_take_the_same_queries_for_one_and_for_three(desk, township):
    counts = []
    for names in (["甲一"], ["乙二", "丙三"]):
        for name in names:
            desk.post(PAGE, {"pk": person(township, name).pk})
            Unit(place=township, name=name).save()
        with CaptureQueriesContext(connection) as queries:
            desk.get(PAGE)
            desk.get(UNITS)
        counts.append(len(queries))
    assert counts[0] == counts[1]
