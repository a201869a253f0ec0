"""Signing in and out, and changing one's password."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.conftest import PASSWORD

SIGN_IN = reverse("sign_in")
NEW = "Four-Mountains-2025"


def enter(client, user, password=PASSWORD, **more):
    return client.post(SIGN_IN, {"username": user.username, "password": password, **more})


def said(answer):
    return [str(message) for message in get_messages(answer.wsgi_request)]


def test_signing_in_leads_back_to_the_page_that_asked(client, clerk):
    units = reverse("unit_list")
    assert client.get(units).url == f"{SIGN_IN}?next={units}"
    assert enter(client, clerk, next=units).url == units
    assert client.get(units).status_code == 200


def test_signing_in_never_leads_to_another_site(client, sysadmin):
    assert enter(client, sysadmin, next="//evil.example/").url == reverse("settings")


def test_a_wrong_sign_in_says_how_many_tries_are_left_and_not_what_was_wrong(client, clerk):
    wrong = enter(client, clerk, "nothing")
    assert wrong.context["form"].non_field_errors() == [
        "用户名或密码不对。再错 4 次，要等 15 分钟才能再试。"
    ]
    unknown = client.post(SIGN_IN, {"username": "nobody", "password": "nothing"})
    assert unknown.context["form"].non_field_errors() == wrong.context["form"].non_field_errors()


def test_the_fifth_wrong_sign_in_shows_the_locked_page(client, clerk):
    codes = [enter(client, clerk, "nothing").status_code for _ in range(5)]
    assert codes == [200, 200, 200, 200, 429]
    assert "请 15 分钟后再登录" in enter(client, clerk).content.decode()


def test_signing_out_is_a_deed_not_a_link(client, clerk, sign_in):
    sign_in(client, clerk)
    assert client.get(reverse("sign_out")).status_code == 405
    answer = client.post(reverse("sign_out"))
    assert (answer.url, answer["Clear-Site-Data"]) == (SIGN_IN, '"cache", "storage"')
    assert client.get(reverse("unit_list")).status_code == 302


def change(client, old, new=NEW):
    fields = {"old_password": old, "new_password1": new, "new_password2": new}
    return client.post(reverse("change_password"), fields)


def test_a_new_password_ends_all_other_sessions_of_the_account(client, sysadmin, sign_in):
    elsewhere = sign_in(Client(), sysadmin)
    sign_in(client, sysadmin)
    answer = change(client, PASSWORD)
    assert (answer.url, said(answer)) == (
        reverse("settings"),
        ["密码已换成新的，下次登录用新密码。"],
    )
    assert client.get(reverse("settings")).status_code == 200
    assert elsewhere.get(reverse("settings")).status_code == 302
    assert enter(Client(), sysadmin, NEW).status_code == 302


def test_the_present_password_is_asked_for(client, clerk, sign_in):
    answer = change(sign_in(client, clerk), "guessed")
    assert answer.context["form"].errors["old_password"] == ["现在的密码不对，请重新输入。"]


@pytest.mark.parametrize("new", ["short", "onlysmallletters", "My-zhong-2026!", PASSWORD])
def test_a_new_password_keeps_the_rules(client, clerk, sign_in, new):
    answer = change(sign_in(client, clerk), PASSWORD, new)
    assert list(answer.context["form"].errors) == ["new_password2"]


def test_an_old_password_must_be_changed_before_anything_else(client, clerk, sign_in):
    clerk.password_changed_at = timezone.now() - timedelta(days=181)
    clerk.save()
    sign_in(client, clerk)
    assert client.get(reverse("unit_list")).url == reverse("change_password")
    assert client.get(reverse("change_password")).context["due"] is True
    change(client, PASSWORD)
    assert client.get(reverse("unit_list")).status_code == 200


def test_search_engines_are_told_to_stay_away_and_browsers_find_the_picture(client, db):
    assert client.get("/robots.txt").content == b"User-agent: *\nDisallow: /\n"
    assert client.get("/favicon.ico").url == "/static/favicon.svg"
