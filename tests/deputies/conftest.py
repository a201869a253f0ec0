"""文武坝镇 (360733100) and 筠门岭镇 (360733101) of 会昌县, with the clerk of each and the county's."""

import pytest

from congress.models import User
from congress.place_tree import ensure_place
from congress.roles import Role


@pytest.fixture
def township(db):
    return ensure_place("360733100", "文武坝镇")


@pytest.fixture
def other_township(db):
    return ensure_place("360733101", "筠门岭镇")


@pytest.fixture
def county(township):
    return ensure_place("360733")


def account(name, role, place):
    return User.objects.create_user(name, name=name, role=role, place=place)


@pytest.fixture
def clerk(township):
    return account("clerk", Role.CLERK, township)


@pytest.fixture
def stranger(other_township):
    return account("stranger", Role.CLERK, other_township)


@pytest.fixture
def county_user(county):
    return account("county", Role.COUNTY, county)
