"""The people of the tests, and where they work: one township that everything happens in, another
whose clerk must see nothing of it, and the county above both.
"""

import pytest

from congress.models import Place, Unit, User
from deputies.models import Person

pytest_plugins = ["tests.infrastructure", "tests.suggestions.people"]

PASSWORD = "Three-Rivers-2024"


@pytest.fixture
def county(db):
    Place.objects.create(code="36", name="江西省", level="省")
    Place.objects.create(code="3607", name="赣州市", level="市")
    return Place.objects.create(code="360733", name="会昌县", level="县")


@pytest.fixture
def township(county):
    return Place.objects.create(code="360733100", name="文武坝镇", level="乡镇")


@pytest.fixture
def other_township(county):
    return Place.objects.create(code="360733101", name="筠门岭镇", level="乡镇")


@pytest.fixture
def village(township):
    return Place.objects.create(code="360733100201", name="上芦村", level="村居")


@pytest.fixture
def unit(township):
    unit = Unit(place=township, name="镇水务站")
    unit.save()
    return unit


@pytest.fixture
def clerk(township):
    return User.objects.create_user("zhong", PASSWORD, name="钟干事", role="clerk", place=township)


@pytest.fixture
def chair(township):
    return User.objects.create_user("zou", PASSWORD, name="邹主席", role="chair", place=township)


@pytest.fixture
def officer(township):
    return User.objects.create_user("lai", PASSWORD, name="赖站长", role="officer", place=township)


@pytest.fixture
def government(township):
    return User.objects.create_user(
        "liao", PASSWORD, name="廖文书", role="government", place=township
    )


@pytest.fixture
def unit_clerk(unit):
    return User.objects.create_user(
        "wen", PASSWORD, name="文经办", role="unit", place=unit.place, unit=unit
    )


@pytest.fixture
def deputy_user(township):
    user = User.objects.create_user("chi", PASSWORD, name="池代表", role="deputy", place=township)
    Person(place=township, name="池代表", user=user).save()
    return user


@pytest.fixture
def county_user(county):
    return User.objects.create_user("zeng", PASSWORD, name="曾主任", role="county", place=county)


@pytest.fixture
def sysadmin(county):
    return User.objects.create_user("liu", PASSWORD, name="刘管理", role="sysadmin", place=county)


@pytest.fixture
def stranger(other_township):
    return User.objects.create_user(
        "xiao", PASSWORD, name="肖干事", role="clerk", place=other_township
    )


@pytest.fixture
def sign_in():
    """`sign_in(client, user)`: the client asks as that user from then on; hands back the client."""

    def sign_in(client, user):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in
