"""What a password must be, in both profiles."""

import datetime

import pytest
from django.contrib.auth.hashers import identify_hasher, make_password
from django.contrib.auth.password_validation import get_password_validators, validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone

from congress import settings as product
from congress.models import PasswordHistory
from congress.passwords import must_change

GOOD_IN_DENGBAO = "Shui-Dian2026"
GOOD_IN_ASVS = "清晨 walks along the river"


def profile(name):
    names = product.PASSWORD_VALIDATORS[name]
    return get_password_validators([{"NAME": f"congress.passwords.{rule}"} for rule in names])


def refusals(password, name, user=None):
    """The names of the rules that refuse a password."""
    broken = []
    for rule in profile(name):
        try:
            validate_password(password, user, [rule])
        except ValidationError as error:
            broken.append(error.error_list[0].code)
    return broken


class Person:
    pk = None
    username = "wangxiaoming"


@pytest.mark.parametrize(
    ("password", "broken"),
    [
        (GOOD_IN_DENGBAO, []),
        ("Shui-Dian26", ["TwelveLong"]),
        ("shuidian20262026", ["ThreeClasses"]),
        ("水电站建好了以后大家都说好2026", ["ThreeClasses"]),
        ("水电站建好了以后大家都说好Ab2026", []),
        ("My-XiaoMing-2026", ["NotTheUserName"]),
        ("short", ["TwelveLong", "ThreeClasses"]),
    ],
)
def test_dengbao_asks_for_length_three_classes_and_no_part_of_the_user_name(password, broken):
    assert refusals(password, "dengbao", Person()) == broken


@pytest.mark.parametrize(
    ("password", "broken"),
    [
        (GOOD_IN_ASVS, []),
        ("山里的水电站建好了大家都说好啊", []),
        ("walks along it", ["FifteenLong"]),
        ("password20262026", ["NotKnown"]),
        ("congresscongress2026", ["NotKnown"]),
        ("人大代表人大代表2026!!!", ["NotKnown"]),
        ("202620262026202620", ["NotKnown"]),
        ("wangxiaoming2026!!", ["NotKnown"]),
        ("a" * 64 + " 字", []),
    ],
)
def test_asvs_asks_for_length_and_no_known_password_but_for_no_classes(password, broken):
    assert refusals(password, "asvs", Person()) == broken


@pytest.mark.django_db
def test_the_last_five_passwords_do_not_come_back_but_the_sixth_may(clerk):
    for number in range(6):
        clerk.set_password(f"{GOOD_IN_DENGBAO}-{number}")
        clerk.save()
    found = [refusals(f"{GOOD_IN_DENGBAO}-{number}", "dengbao", clerk) for number in range(6)]
    assert found == [[], *[["NotUsedBefore"]] * 5]
    assert PasswordHistory.objects.filter(user=clerk).count() == 5


@pytest.mark.django_db
def test_a_password_of_somebody_else_is_no_obstacle(clerk, chair):
    clerk.set_password(GOOD_IN_DENGBAO)
    clerk.save()
    assert refusals(GOOD_IN_DENGBAO, "dengbao", chair) == []


@pytest.mark.django_db
def test_a_password_grows_old_after_180_days_in_dengbao_and_never_in_asvs(clerk, settings):
    then = clerk.password_changed_at
    days = [then + datetime.timedelta(days=180), then + datetime.timedelta(days=180, seconds=1)]
    settings.PASSWORD_DAYS = 180
    assert [must_change(clerk, day) for day in days] == [False, True]
    settings.PASSWORD_DAYS = None
    assert [must_change(clerk, day) for day in days] == [False, False]


@pytest.mark.django_db
def test_who_was_told_to_change_the_password_must_do_it_in_either_profile(clerk, settings):
    clerk.must_change_password = True
    settings.PASSWORD_DAYS = None
    assert must_change(clerk, timezone.now()) is True


def test_new_passwords_are_kept_by_argon2(settings):
    settings.PASSWORD_HASHERS = product.PASSWORD_HASHERS
    assert identify_hasher(make_password(GOOD_IN_ASVS)).algorithm == "argon2"
