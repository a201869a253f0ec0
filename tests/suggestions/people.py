"""More people of a case: a co-unit, the holder of a co-signature, holders of one-time links."""

import pytest

from congress.models import Unit, User
from congress.roles import Role
from congress.scoping import Guest
from tests.conftest import PASSWORD
from tests.suggestions.lives import Life


@pytest.fixture
def road_office(township):
    unit = Unit(place=township, name="村镇建设办")
    unit.save()
    return unit


@pytest.fixture
def helper_clerk(road_office):
    return User.objects.create_user(
        "dai", PASSWORD, name="戴经办", role="unit", place=road_office.place, unit=road_office
    )


@pytest.fixture
def other_unit_clerk(township):
    unit = Unit(place=township, name="镇林业站")
    unit.save()
    return User.objects.create_user(
        "lin", PASSWORD, name="林经办", role="unit", place=township, unit=unit
    )


@pytest.fixture
def life(township, request, road_office, unit, unit_clerk):
    """A case of `deputy_user` on which steps are played."""
    return Life(township, request.getfixturevalue)


@pytest.fixture
def judge(life, deputy_user):
    """Holds the one-time link for the evaluation of the case of `life`."""
    return Guest(
        Role.DEPUTY, life.case.place, "池代表（一次性链接）", life.case.pk,
        person_id=deputy_user.person.pk,
    )  # fmt: skip


@pytest.fixture
def handler(life, unit):
    """Holds the one-time link of the unit for the case of `life`."""
    return Guest(Role.UNIT, life.case.place, f"{unit}（一次性链接）", life.case.pk, unit_id=unit.pk)
