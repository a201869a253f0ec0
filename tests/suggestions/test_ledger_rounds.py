"""The further round of a case that comes from a ledger: it has the county's deadline, as one that
began here has, not the one of the first reply, long past.
"""

from datetime import date

import pytest

from congress.models import Setting
from suggestions.models import Case, Step
from tests.suggestions.ledger import REPLIED, bring

pytestmark = pytest.mark.django_db
DISSATISFIED = REPLIED | {"evaluated_on": "2024-05-31", "evaluation": "不满意"}


def told(step, on, **more):
    return {"number": "1", "step": step, "on": on} | more


@pytest.fixture
def brought(township):
    """`brought(row, *process)`: the case and its further rounds as (name, day, deadline)."""

    def bring_in(row, *process):
        bring(township, [row], process)
        rounds = Step._base_manager.filter(name__in=["重新办理", "重开"], superseded_at=None)
        found = rounds.order_by("on", "order").values_list("name", "on", "due")
        return Case._base_manager.get(), list(found)

    return bring_in


def test_a_dissatisfied_judgement_implies_the_round_and_its_month(brought):
    case, rounds = brought(DISSATISFIED)
    assert rounds == [("重新办理", date(2024, 5, 31), date(2024, 6, 30))]
    now = case.standings.get(ends=None)
    assert (now.state, now.deadline, now.deadline_then) == (
        "重新办理", date(2024, 6, 30), date(2024, 6, 12),
    )  # fmt: skip


def test_a_round_that_the_ledger_tells_itself_is_not_told_twice(brought):
    _, rounds = brought(DISSATISFIED, told("重新办理", "2024-06-04"))
    assert rounds == [("重新办理", date(2024, 6, 4), date(2024, 7, 4))]


def test_a_deadline_that_the_ledger_gives_holds(brought):
    case, rounds = brought(DISSATISFIED, told("重新办理", "2024-06-04", due="2024-08-01"))
    assert rounds == [("重新办理", date(2024, 6, 4), date(2024, 8, 1))]
    assert case.standings.get(ends=None).deadline == date(2024, 8, 1)


def test_a_reopened_case_has_a_deadline_of_its_own(brought):
    _, rounds = brought(REPLIED | {"closed_on": "2024-06-20"}, told("重开", "2024-07-01"))
    assert rounds == [("重开", date(2024, 7, 1), date(2024, 8, 1))]


def test_the_second_time_the_presidium_decides(brought):
    second = [
        told("再次答复", "2024-06-20", result="B"),
        told("评价", "2024-06-25", result="不满意"),
    ]
    case, rounds = brought(DISSATISFIED, *second)
    assert rounds == [("重新办理", date(2024, 5, 31), date(2024, 6, 30))]
    assert case.standings.get(ends=None).state == "待办结"


def test_the_county_may_give_two_months(brought, county):
    value = {"value": 2, "valid_from": date(2020, 1, 1)}
    Setting(place=county, key="suggestions.rehandle_months", **value).save()
    assert brought(DISSATISFIED)[1] == [("重新办理", date(2024, 5, 31), date(2024, 7, 31))]


def test_the_same_ledger_again_changes_nothing(township, brought):
    rows = [told("重新办理", "2024-06-04")]
    brought(DISSATISFIED, *rows)
    counts = bring(township, [DISSATISFIED], rows).summary()
    assert counts["updated"] == {"意见建议": 0, "办理过程": 0}
    assert counts["unchanged"] == {"意见建议": 1, "办理过程": 1}
