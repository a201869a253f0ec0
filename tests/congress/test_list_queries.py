"""No list asks the database more often for three rows than for one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congress.models import Place, Term, Unit, UnitAlias, User, Word

LISTS = ["user_list", "unit_list", "place_list", "term_list", "word_list", "setting_list", "audit"]


def enter(county, township, number):
    """One more of everything that a list shows."""
    unit = Unit(place=township, name=f"单位{number}")
    unit.save()
    UnitAlias(place=township, unit=unit, name=f"别名{number}").save()
    User.objects.create_user(f"u{number}", name="文", role="unit", place=township, unit=unit)
    Place.objects.create(
        code=f"36073310090{number}", name="村", level="村居", provisional=True, successor=township
    )
    Term(place=township, level="乡镇", name=f"第{number}届").save()
    Word(place=county, kind="建议类别", text=f"词{number}").save()


@pytest.mark.parametrize("name", LISTS)
def test_a_list_takes_as_many_queries_for_three_rows_as_for_one(
    client, county_user, sign_in, county, township, name
):
    sign_in(client, county_user)

    def queries():
        with CaptureQueriesContext(connection) as seen:
            client.get(reverse(name))
        return len(seen)

    enter(county, township, 1)
    queries()  # the session is noted as used once
    one = queries()
    for number in (2, 3):
        enter(county, township, number)
    assert queries() == one
    assert one <= 12
