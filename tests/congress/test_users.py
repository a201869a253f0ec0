"""Accounts: made by an administrator, opened by the person with a one-time link."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from congress import accounts, first_passwords
from congress.models import AuditEntry, User
from congress.roles import Role
from congress.scoping import OPERATOR
from tests.conftest import PASSWORD

NEW = "Four-Mountains-2025"
LIST = reverse("user_list")


def made(name):
    return User.objects.visible_to(OPERATOR).get(name=name)


def typed(place, role="officer", **more):
    return {"name": "王芳", "username": "", "role": role, "place": place.pk, **more}


@pytest.fixture
def desk(client, clerk, sign_in):
    return sign_in(client, clerk)


@pytest.fixture
def wang(desk, township):
    """Just made by the clerk; the link is not yet used."""
    desk.post(reverse("user_add"), typed(township))
    return made("王芳")


def link_of(user):
    return reverse("first_password"), first_passwords.token(user)


def set_password(user, token=None, password=NEW):
    address, own = link_of(user)
    words = {"t": token or own, "new_password1": password, "new_password2": password}
    return Client().post(address, words)


def works(user, password):
    words = {"username": user.username, "password": password}
    return Client().post(reverse("sign_in"), words).status_code == 302


def test_a_new_account_has_no_password_but_a_link(desk, wang):
    assert (wang.username, wang.has_usable_password()) == ("wangfang", False)
    page = desk.get(reverse("user_link", args=[wang.pk]))
    [slip] = page.context["slips"]
    assert slip["link"] == f"http://testserver/first-password/?t={first_passwords.token(wang)}"
    assert slip["expires"] == wang.password_changed_at + timedelta(hours=72)


def test_the_person_sets_the_password_by_the_link_once(wang):
    address, token = link_of(wang)
    assert Client().get(address, {"t": token}).context["person"] == wang
    assert set_password(wang).url == reverse("sign_in")
    assert works(wang, NEW)
    assert Client().get(address, {"t": token}).status_code == 404
    assert set_password(wang, token, "Five-Bridges-2027").status_code == 404
    assert works(wang, NEW)


def test_looking_at_the_link_does_not_use_it_up(wang):
    address, token = link_of(wang)
    assert [Client().get(address, {"t": token}).status_code for _ in range(3)] == [200] * 3


def test_a_link_dies_after_72_hours(desk, wang):
    wang.password_changed_at = timezone.now() - timedelta(hours=72)
    wang.save()
    address, token = link_of(wang)
    assert Client().get(address, {"t": token}).status_code == 404
    assert desk.get(reverse("user_link", args=[wang.pk])).context["slips"] == []


@pytest.mark.parametrize("token", ["", "x", "1", "1-", "99999999999999999999-a", "²-a", "1-é"])
def test_a_mistyped_link_is_dead(wang, token):
    assert Client().get(reverse("first_password"), {"t": token}).status_code == 404


def test_a_new_link_makes_the_old_link_and_the_password_void(desk, wang):
    old = first_passwords.token(wang)
    set_password(wang)
    desk.post(reverse("user_new_link", args=[wang.pk]))
    wang.refresh_from_db()
    assert not works(wang, NEW)
    assert set_password(wang, old).status_code == 404
    assert set_password(wang, password="Five-Bridges-2027").status_code == 302


def test_switching_off_ends_sessions_at_once_and_for_good(desk, officer, sign_in):
    session = sign_in(Client(), officer)
    page = reverse("change_password")
    assert session.get(page).status_code == 200
    desk.post(reverse("user_close", args=[officer.pk]))
    assert session.get(page).url == f"{reverse('sign_in')}?next={page}"
    assert not works(officer, PASSWORD)
    desk.post(reverse("user_reopen", args=[officer.pk]))
    assert session.get(page).status_code == 302
    officer.refresh_from_db()
    assert first_passwords.is_open(officer, timezone.now())


def test_a_taken_right_is_gone_at_the_next_click(client, clerk, sign_in):
    sign_in(client, clerk)
    assert client.get(LIST).status_code == 200
    User.objects.visible_to(OPERATOR).filter(pk=clerk.pk).update(role=Role.OFFICER)
    assert client.get(LIST).status_code == 404


def test_nobody_gives_a_role_above_the_own_one(clerk, county_user, sysadmin, chair, officer):
    assert accounts.grants(clerk) == ["officer", "government", "unit", "deputy"]
    townships_people = ["clerk", "chair", "officer", "government", "unit", "deputy"]
    assert accounts.grants(county_user) == townships_people
    assert accounts.grants(sysadmin) == list(Role)
    assert [accounts.grants(chair), accounts.grants(officer)] == [[], []]


@pytest.mark.parametrize("role", ["clerk", "chair", "county", "sysadmin"])
def test_a_forged_role_is_refused(desk, township, role):
    answer = desk.post(reverse("user_add"), typed(township, role))
    assert list(answer.context["form"].errors) == ["role"]


def test_a_place_outside_the_own_is_refused(desk, other_township, county):
    for place in (other_township, county):
        answer = desk.post(reverse("user_add"), typed(place))
        assert list(answer.context["form"].errors) == ["place"]


def test_accounts_that_one_may_not_change_do_not_exist(desk, chair, clerk, stranger, sysadmin):
    for user in (chair, clerk, stranger, sysadmin):
        codes = [desk.get(reverse("user_edit", args=[user.pk])).status_code]
        for name in ("user_close", "user_reopen", "user_new_link"):
            codes.append(desk.post(reverse(name, args=[user.pk])).status_code)
        assert (user.name, codes) == (user.name, [404] * 4)


def test_the_county_keeps_the_townships_and_not_itself(
    client, county_user, sign_in, clerk, sysadmin
):
    sign_in(client, county_user)
    codes = [
        client.get(reverse("user_edit", args=[user.pk])).status_code
        for user in (clerk, sysadmin, county_user)
    ]
    assert codes == [200, 404, 404]


def test_a_unit_clerk_needs_a_unit_of_the_place(desk, township, unit):
    answer = desk.post(reverse("user_add"), typed(township, "unit"))
    assert answer.context["form"].errors == {"unit": ["承办单位经办人要选一个文武坝镇的单位。"]}
    desk.post(reverse("user_add"), typed(township, "unit", unit=unit.pk))
    assert made("王芳").unit == unit


def test_a_user_name_that_is_taken_is_told(desk, township, officer):
    answer = desk.post(reverse("user_add"), typed(township, username="LAI"))
    assert answer.context["form"].errors == {"username": ["用户名“LAI”已经有人用了，请换一个。"]}


def test_namesakes_get_a_number(wang):
    assert accounts.free_username("王芳") == "wangfang2"


def test_sending_the_form_twice_makes_no_second_account_of_one_user_name(desk, township):
    for _ in range(2):
        desk.post(reverse("user_add"), typed(township, username="wangf"))
    assert User.objects.visible_to(OPERATOR).filter(name="王芳").count() == 1


def test_the_list_shows_the_own_place_and_finds_by_words_role_and_state(
    desk, wang, chair, officer, stranger
):
    def names(**query):
        return {row["user"].name for row in desk.get(LIST, query).context["rows"]}

    assert names() == {"钟干事", "王芳", "邹主席", "赖站长"}
    assert names(q="wang") == {"王芳"}
    assert names(role="chair") == {"邹主席"}
    assert names(state="待设密码") == {"王芳"}
    assert names(role="none") == set()


def test_the_audit_trail_tells_what_was_done_and_never_holds_a_password(desk, clerk, wang):
    desk.post(reverse("user_close", args=[wang.pk]))
    entries = AuditEntry.objects.visible_to(clerk).filter(model="congress.User")
    assert [(entry.by, entry.action) for entry in entries] == [(clerk, "update"), (clerk, "create")]
    assert [list(entry.change) for entry in entries] == [["detail"], ["detail"]]
    assert wang.password not in str([entry.change for entry in entries])
