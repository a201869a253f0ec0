"""Units in lives that are not simple: several leads, one that is out, one merged into another."""

from datetime import date

import pytest
from django.utils import timezone

from congress.unit_life import merge
from suggestions.desk import waiting
from suggestions.models import Case
from suggestions.words import State
from suggestions.workflow import advance, current_state, steps_open_to
from tests.suggestions.lives import PATHS, without_layer

pytestmark = pytest.mark.django_db


def standing(case):
    return case.standings.get(ends=None)


def open_to(user, case):
    return {rule.name for rule in steps_open_to(user, case)}


def test_a_signing_entered_without_a_name_is_that_of_the_one_lead(life, clerk, unit_clerk, unit):
    without_layer(life.case.place)
    case = life.play(PATHS["待交办"])
    life.take("转办", "clerk", unit=unit, data={"leads": [unit.pk]})
    life.take("签收", "clerk")
    assert "签收" not in open_to(unit_clerk, case)


def test_of_several_leads_the_least_class_and_the_first_promise_hold(
    township, life, unit, road_office
):
    without_layer(township)
    case = life.play(PATHS["待交办"])
    life.take("交办", "chair", unit=unit, data={"leads": [unit.pk, road_office.pk]})
    life.take("签收", "unit_clerk")
    life.take("答复", "clerk", unit=unit, result="B", due=date(2024, 12, 31))
    life.take("答复", "clerk", unit=road_office, result="A")
    now = standing(case)
    assert (now.state, now.result_class, now.promised_on) == ("待评价", "B", date(2024, 12, 31))


def test_with_the_layer_each_lead_has_its_own_first_reply(
    life, unit, road_office, unit_clerk, helper_clerk
):
    case = life.play(PATHS["待分办"])
    leads = [unit.pk, road_office.pk]
    life.take("分办", "government", unit=unit, data={"leads": leads})
    life.take("签收", "unit_clerk")
    life.take("面商", "unit_clerk", data={"form": "座谈", "who": "池代表"})
    for person in ("unit_clerk", "helper_clerk"):
        life.take("拟稿", person, result="A")
        life.take("退稿", "government", note="补日期")
        assert current_state(case) == State.HANDLING
        life.take("拟稿", person, result="A")
        life.take("核稿", "government")
        life.take("签发", "government", data={"number": f"文{person}", "signer": "刘镇长"})
        life.take("答复", person, result="A")
    assert current_state(case) == State.REPLIED


def test_one_of_several_leads_returns_and_the_others_go_on(township, life, unit, road_office):
    without_layer(township)
    case = life.play(PATHS["待交办"])
    life.take("交办", "chair", unit=unit, data={"leads": [unit.pk, road_office.pk]})
    life.take("签收", "unit_clerk")
    returned = life.person("helper_clerk")
    advance(case, "退回", user=returned, on=life.day, note="不属本单位")
    assert current_state(case) == State.HANDLING
    assert [row.unit for row in case.units.filter(ends=None)] == [unit]
    assert list(Case.objects.visible_to(returned)) == []


def test_a_unit_that_is_out_sees_the_case_no_more(life, unit_clerk, road_office):
    case = life.play(PATHS["办理中"])
    life.take("改办", "clerk", unit=road_office, data={"leads": [road_office.pk]})
    assert list(Case.objects.visible_to(unit_clerk)) == []
    assert current_state(case) == State.ASSIGNED


def test_a_unit_goes_on_with_the_cases_of_one_that_was_merged_into_it(
    township, life, unit, road_office, helper_clerk
):
    without_layer(township)
    case = life.play(PATHS["待交办"])
    life.take("交办", "chair", unit=unit)
    life.take("签收", "unit_clerk")
    merge(unit, road_office, date(2024, 3, 20), life.person("clerk"), timezone.now())
    [group] = waiting(helper_clerk, date(2024, 3, 21))
    assert (group.kind.title, group.items[0].step) == ("办理中", "面商")
    life.take("面商", "helper_clerk", data={"form": "电话", "who": "池代表"})
    reply = life.take("答复", "helper_clerk", result="A")
    assert (current_state(case), reply.unit) == (State.REPLIED, unit)
