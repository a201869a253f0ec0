"""Bound phones: the slip, the six digits, the end of the binding."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from congress import accounts, devices
from congress.device_names import name_of
from congress.models import AuditEntry, Device, PersonalLink, User
from congress.pins import why_not
from congress.scoping import OPERATOR
from suggestions.models import Case, Proposer
from tests.suggestions.ledger import HANDED, bring

PIN, OTHER = "830472", "830473"
OWN = reverse("own_devices")
WECHAT = "Mozilla/5.0 (Linux; Android 13; HUAWEI P60) MicroMessenger/8.0"


@pytest.fixture
def slip(deputy_user, clerk):
    """The token on a slip that the clerk printed for the deputy."""
    return devices.make_link(deputy_user, clerk, timezone.now())[1]


@pytest.fixture
def phone(slip):
    """The deputy's phone: bound, and signed in."""
    client = Client(HTTP_USER_AGENT=WECHAT)
    client.post(reverse("bind_device", args=[slip]), {"pin": PIN, "again": PIN})
    return client


@pytest.fixture
def bound(phone):
    return Device.objects.visible_to(OPERATOR).get()


def later(client):
    """The same phone after its session went with the browser."""
    client.cookies.pop("sessionid", None)
    return client


def enter(client, pin=PIN, **more):
    return client.post(reverse("pin"), {"pin": pin, **more})


def said(answer):
    return [str(message) for message in get_messages(answer.wsgi_request)]


def test_a_slip_binds_the_phone_and_signs_it_in(phone, bound, deputy_user):
    assert (bound.user, bound.name) == (deputy_user, "华为或荣耀手机的微信")
    assert bound.expires - bound.bound_at == timedelta(days=90)
    assert phone.get(OWN).status_code == 200
    cookie = phone.cookies["device"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert cookie["max-age"] == 90 * 24 * 3600


def test_over_https_the_cookie_belongs_to_the_host(slip, settings):
    settings.SESSION_COOKIE_SECURE = True
    client = Client()
    client.post(reverse("bind_device", args=[slip]), {"pin": PIN, "again": PIN}, secure=True)
    assert client.cookies["__Host-device"]["secure"] is True


def test_neither_tokens_nor_digits_are_stored(slip, phone, bound):
    link = PersonalLink.objects.visible_to(OPERATOR).get()
    held = phone.cookies["device"].value
    stored = str([list(bound.__dict__.values()), list(link.__dict__.values())])
    assert [word for word in (slip, held, PIN) if word in stored] == []


def test_looking_at_a_slip_does_not_use_it_up(slip):
    address = reverse("bind_device", args=[slip])
    assert [Client().get(address).status_code for _ in range(3)] == [200] * 3
    assert Client().get(address)["Referrer-Policy"] == "strict-origin"


def test_a_slip_binds_one_phone_only(slip, phone):
    again = Client().post(reverse("bind_device", args=[slip]), {"pin": PIN, "again": PIN})
    assert again.status_code == 404
    assert again.context["reason"] == "这张纸条已经用过了，一张只能绑定一部手机。"
    assert Device.objects.visible_to(OPERATOR).count() == 1


def test_a_new_slip_makes_the_old_one_void_and_a_slip_lives_seven_days(slip, deputy_user, clerk):
    now = timezone.now()
    _, newer = devices.make_link(deputy_user, clerk, now)
    with pytest.raises(devices.LinkDead, match="作废"):
        devices.link_of(slip, now)
    with pytest.raises(devices.LinkDead, match="过期"):
        devices.link_of(newer, now + timedelta(days=7))
    assert devices.link_of(newer, now + timedelta(days=6, hours=23)).user == deputy_user
    with pytest.raises(devices.LinkDead, match="没有这样的纸条"):
        devices.link_of(newer[:-1], now)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("12345", "要正好 6 位数字，您输了“12345”。"),
        ("000000", "6 位里只有一两种数字，别人一看就能记住，请换一个。"),
        ("123456", "“123456”是顺着数的数字，别人第一个就会试，请换一个。"),
        ("987654", "“987654”是顺着数的数字，别人第一个就会试，请换一个。"),
        ("573573", "“573573”是同一段数字重复，容易猜到，请换一个。"),
        ("147258", "“147258”用的人太多，别人会先试它，请换一个。"),
        ("850312", "“850312”像生日或年月，熟人容易猜到，请换一个。"),
        ("198503", "“198503”像生日或年月，熟人容易猜到，请换一个。"),
        (PIN, ""),
    ],
)
def test_digits_that_anybody_would_try_are_refused_with_the_reason(slip, typed, reason):
    assert why_not(typed) == reason
    sent = {"pin": typed, "again": typed}
    answer = Client().post(reverse("bind_device", args=[slip]), sent)
    assert answer.status_code == (200 if reason else 302)
    assert Device.objects.visible_to(OPERATOR).count() == (0 if reason else 1)


def test_later_the_phone_asks_for_the_digits_only(phone, sign_in):
    asked = later(phone).get(reverse("sign_in"), {"next": OWN})
    assert asked.url == f"{reverse('pin')}?next={OWN.replace('/', '%2F')}"
    assert enter(phone, next=OWN).url == OWN
    assert phone.get(OWN).status_code == 200
    assert later(phone).get(reverse("sign_in"), {"password": "1"}).status_code == 200
    assert enter(phone, next="//evil.example/").url == "/"


def test_signing_in_by_digits_changes_the_session(phone):
    later(phone).get(reverse("pin"))
    phone.cookies["sessionid"] = "planted"
    enter(phone)
    assert phone.cookies["sessionid"].value != "planted"


def test_five_wrong_tries_shut_the_phone_out_for_a_quarter_of_an_hour(phone, bound):
    later(phone)
    assert [enter(phone, OTHER).status_code for _ in range(5)] == [200, 200, 200, 200, 429]
    refused = enter(phone)
    assert refused.context["form"].errors["pin"] == ["输错次数多了，请再等15分钟。"]
    Device.objects.visible_to(OPERATOR).update(locked_until=timezone.now())
    assert enter(phone).status_code == 302
    bound.refresh_from_db()
    assert (bound.failures, bound.locked_until) == (0, None)


def test_ten_wrong_tries_end_the_binding(phone, bound):
    now, held = timezone.now(), later(phone).cookies["device"].value
    for number in range(10):
        with pytest.raises(devices.PinRefused) as refusal:
            devices.enter(bound, held, OTHER, now + number * timedelta(minutes=16))
    assert str(refusal.value) == "输错10次，这部手机的绑定已经解除。"
    assert devices.device_of(held, now + timedelta(hours=3)) is None
    with pytest.raises(devices.PinRefused, match="已经解除"):
        devices.enter(bound, held, PIN, now + timedelta(hours=3))


def test_the_digits_alone_open_nothing(phone, bound):
    with pytest.raises(devices.PinRefused, match="再错4次"):
        devices.enter(bound, "another phone", PIN, timezone.now())
    assert enter(Client()).url == "/"


def test_the_binding_ends_after_ninety_days(phone, bound):
    held = phone.cookies["device"].value
    assert devices.device_of(held, bound.bound_at + timedelta(days=89)) == bound
    assert devices.device_of(held, bound.bound_at + timedelta(days=90)) is None


def test_a_person_ends_an_own_phone_and_is_out_at_the_next_click(phone, bound):
    phone.post(reverse("own_device_end", args=[bound.pk]))
    answer = phone.get(OWN)
    assert answer.url == f"{reverse('sign_in')}?next={OWN}"
    assert said(answer)[-1] == "这部手机的绑定已经解除。还要用，请镇人大再给一张绑定纸条。"
    assert later(phone).get(reverse("sign_in")).status_code == 200


def test_nobody_ends_the_phone_of_another(phone, bound, unit_clerk, sign_in):
    other = sign_in(Client(), unit_clerk)
    assert other.post(reverse("own_device_end", args=[bound.pk])).status_code == 404
    assert devices.is_bound(bound.pk, timezone.now())


def revoke(client, user):
    return client.post(reverse("user_devices_end", args=[user.pk])).status_code


def test_who_keeps_the_account_ends_all_its_phones(
    phone, bound, deputy_user, clerk, stranger, chair, sign_in
):
    codes = [revoke(sign_in(Client(), user), deputy_user) for user in (stranger, chair)]
    assert codes == [404, 404]
    assert phone.get(OWN).status_code == 200
    assert revoke(sign_in(Client(), clerk), deputy_user) == 302
    assert phone.get(OWN).status_code == 302
    trail = AuditEntry.objects.visible_to(clerk).filter(model="congress.Device").first()
    assert (trail.by, trail.change) == (
        clerk,
        {"detail": "解除华为或荣耀手机的微信：钟干事收回"},
    )


def test_a_closed_account_has_no_phone_any_more(phone, bound, deputy_user):
    accounts.close_account(deputy_user, timezone.now())
    assert phone.get(OWN).status_code == 302
    accounts.reopen_account(deputy_user, timezone.now())
    assert later(phone).get(reverse("sign_in")).status_code == 200
    assert not devices.is_bound(bound.pk, timezone.now())


def test_a_user_who_was_switched_off_behind_our_back_cannot_enter(phone, slip, deputy_user):
    User.objects.visible_to(OPERATOR).filter(pk=deputy_user.pk).update(is_active=False)
    assert enter(later(phone)).url == "/"
    assert phone.get(OWN).status_code == 302


def test_other_rights_end_the_phones_and_another_name_does_not(phone, bound, deputy_user, unit):
    def change(**facts):
        before = accounts.facts(deputy_user)
        for key, value in facts.items():
            setattr(deputy_user, key, value)
        accounts.change_account(deputy_user, before, timezone.now())
        return devices.is_bound(bound.pk, timezone.now())

    assert change(name="池大明") is True
    assert change(role="unit", unit=unit) is False


def test_a_phone_session_is_not_asked_for_a_new_password(phone, deputy_user):
    User.objects.visible_to(OPERATOR).filter(pk=deputy_user.pk).update(must_change_password=True)
    assert phone.get(OWN).status_code == 200


def test_a_phone_session_reaches_own_cases_only(phone, deputy_user, township):
    bring(township, [HANDED, HANDED | {"number": "2"}])
    own, other = Case._base_manager.order_by("number")
    Proposer._base_manager.filter(case=own).update(person=deputy_user.person)
    pages = [reverse("my-suggestion", args=[case.pk]) for case in (own, other)]
    assert [phone.get(page).status_code for page in pages] == [200, 404]


def test_only_deputies_and_unit_clerks_get_a_slip(clerk, officer, deputy_user, unit_clerk, sign_in):
    desk = sign_in(Client(), clerk)
    people = (officer, clerk, deputy_user, unit_clerk)
    codes = [desk.post(reverse("user_slip", args=[user.pk])).status_code for user in people]
    assert codes == [404, 404, 200, 200]


def test_the_page_of_an_account_shows_its_phones(phone, clerk, deputy_user, officer, sign_in):
    desk = sign_in(Client(), clerk)
    page = desk.get(reverse("user_edit", args=[deputy_user.pk]))
    assert [device.name for device in page.context["phones"]] == ["华为或荣耀手机的微信"]
    assert desk.get(reverse("user_edit", args=[officer.pk])).context["phones"] is None


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (WECHAT, "华为或荣耀手机的微信"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) Version/17.0 Safari/604",
            "苹果手机的Safari 浏览器",
        ),
        ("Mozilla/5.0 (Linux; Android 12; V2118A) VivoBrowser/10", "vivo 手机的vivo 浏览器"),
        ("", "一部手机"),
    ],
)
def test_a_phone_is_called_in_plain_words(agent, name):
    assert name_of(agent) == name


def test_a_request_on_a_bound_phone_costs_one_query_more(phone, bound, deputy_user, sign_in):
    def asked(client):
        client.get(OWN)
        with CaptureQueriesContext(connection) as queries:
            client.get(OWN)
        return len(queries)

    assert asked(phone) - asked(sign_in(Client(), deputy_user)) == 1
