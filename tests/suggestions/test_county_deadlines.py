"""A county may set its own periods for replies: on the page as in a ledger."""

from datetime import date

import pytest

from congress.models import Setting
from suggestions.corrections import correct_date
from suggestions.models import Case
from suggestions.reckoning_again import reckon_again, reckon_where_changed
from suggestions.workflow import advance
from tests.suggestions.ledger import HANDED, bring
from tests.suggestions.lives import PATHS, without_layer

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


def test_a_changed_setting_reckons_again_what_a_ledger_handed_over(county, township):
    typed = HANDED | {"number": "2", "deadline": "2024-06-30"}
    bring(township, [HANDED, typed])
    today = date(2024, 4, 1)
    assert reckon_where_changed(today) == 0
    key = "suggestions.citizen_reply_months"
    Setting(place=county, key=key, value=1, valid_from=date(2024, 1, 1)).save()
    assert reckon_where_changed(today) == 1
    now = Case._base_manager.filter(standings__ends=None).order_by("number")
    assert list(now.values_list("standings__deadline", flat=True)) == [
        date(2024, 4, 12),
        date(2024, 6, 30),
    ]
    [again] = Case._base_manager.get(number="1").steps.filter(name="期限重算")
    assert again.data["why"] == (
        "答复期限2024-06-12改为2024-04-12（交办2024-03-12 + 1个月 = 2024-04-12）"
    )


def test_what_was_returned_and_handed_over_anew_is_reckoned_again_too(county, township, life, unit):
    without_layer(township)
    case = life.play(PATHS["待交办"])
    life.take("交办", "chair", unit=unit)
    life.take("退回", "unit_clerk", note="不归本单位管")
    life.take("交办", "chair", unit=unit)
    assert case.standings.get(ends=None).deadline == date(2024, 6, 7)
    key = "suggestions.reply_months"
    Setting(place=county, key=key, value=2, valid_from=date(2024, 1, 1)).save()
    reckon_where_changed(date(2024, 3, 20))
    assert case.standings.get(ends=None).deadline == date(2024, 5, 7)


def test_a_deadline_reckoned_on_the_day_of_a_corrected_step_comes_last(
    county, township, life, clerk
):
    without_layer(township)
    case = life.play(PATHS["待交办"])
    today = life.day
    life.take("转办", "clerk", on=today, unit=life.person("unit"))
    correct_date(case, case.steps.get(name="受理"), user=clerk, on=today, reason="笔误")
    key = "suggestions.reply_months"
    Setting(place=county, key=key, value=2, valid_from=date(2024, 1, 1)).save()
    assert [reckon_again(township, today) for _ in (1, 2)] == [1, 0]
    assert case.standings.get(ends=None).deadline == date(2024, 5, 7)


def test_what_was_handed_over_while_a_setting_was_changed_and_changed_back_is_reckoned_again(
    county, township, life
):
    without_layer(township)
    life.like()  # something runs before
    reckon_where_changed(date(2024, 3, 6))
    case = life.play(PATHS["待交办"])
    row = Setting(
        place=county, key="suggestions.reply_months", value=2, valid_from=date(2024, 1, 1)
    )
    row.save()
    life.take("转办", "clerk", unit=life.person("unit"))
    assert case.standings.get(ends=None).deadline == date(2024, 5, 7)
    row.value = 3
    row.save()
    assert reckon_where_changed(life.day) == 1
    assert case.standings.get(ends=None).deadline == date(2024, 6, 7)
