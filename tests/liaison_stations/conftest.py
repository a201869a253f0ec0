"""The township of the station tests, its neighbour, and their clerks."""

import pytest

from congress.models import User
from congress.place_tree import ensure_place
from congress.roles import Role
from tests.liaison_stations.books import MANDATES, ROSTER, brought_in


@pytest.fixture
def county(db):
    return ensure_place("360733", "会昌县")


@pytest.fixture
def township(county):
    return ensure_place("360733100", "文武坝镇")


@pytest.fixture
def other_township(county):
    return ensure_place("360733101", "筠门岭镇")


@pytest.fixture
def clerk(township):
    return User.objects.create_user("clerk", name="曾小燕", role=Role.CLERK, place=township)


@pytest.fixture
def stranger(other_township):
    return User.objects.create_user(
        "stranger", name="赖国平", role=Role.CLERK, place=other_township
    )


@pytest.fixture
def county_user(county):
    return User.objects.create_user("county", name="钟秀兰", role=Role.COUNTY, place=county)


@pytest.fixture
def people(township, clerk):
    """Two named 王芳, of whom one is a deputy, and the deputy 李国强."""
    brought_in(township, clerk, deputies=ROSTER, mandates=MANDATES)
