"""A county may set its own periods for replies: on the page as in a ledger."""

from datetime import date

import pytest

from congress.models import Setting
from suggestions.models import Case
from suggestions.workflow import advance
from tests.suggestions.ledger import bring

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "origin, due",
    [("群众", date(2024, 4, 5)), ("代表", date(2024, 6, 5))],
    ids=["citizen", "deputy"],
)
def test_a_live_hand_over_runs_by_the_setting(clerk, county, township, unit, origin, due):
    key = "suggestions.citizen_reply_months"
    Setting(place=county, key=key, value=1, valid_from=date(2024, 1, 1)).save()
    bring(township, [{"origin": origin, "proposers": "王芳"}], deputies=[{"name": "王芳"}])
    case = Case._base_manager.get()
    for step in ("登记", "受理"):
        advance(case, step, user=clerk, on=date(2024, 3, 5))
    data = {"leads": [unit.pk], "helpers": []}
    advance(case, "交办", user=clerk, on=date(2024, 3, 5), unit=unit, data=data)
    assert case.standings.get(ends=None).deadline == due
