"""Units in lives that are not simple: several leads, one that is out, one merged into another."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from congress.unit_life import merge
from suggestions.desk import waiting
from suggestions.models import Case
from suggestions.step_notices import fits
from suggestions.telling import table
from suggestions.words import State
from suggestions.workflow import StepRefused, advance, current_state, steps_open_to
from tests.suggestions.lives import BAD, PATHS, without_layer

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


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


def test_a_lead_that_replied_neither_returns_nor_drafts_while_another_owes(
    life, unit, road_office, unit_clerk, helper_clerk
):
    case = life.play(PATHS["待分办"])
    life.take("分办", "government", unit=unit, data={"leads": [unit.pk, road_office.pk]})
    life.take("签收", "unit_clerk")
    life.take("面商", "unit_clerk", data={"form": "座谈", "who": "池代表"})
    asked = {"退回", "申请改办", "拟稿"}
    assert [asked & open_to(user, case) for user in (unit_clerk, helper_clerk)] == [asked, asked]
    life.take("答复", "clerk", unit=unit, result="A")
    assert [asked & open_to(user, case) for user in (unit_clerk, helper_clerk)] == [set(), asked]
    with pytest.raises(StepRefused, match="本单位已经答复"):
        advance(case, "退回", user=unit_clerk, on=life.day, note="不归水务站管")
    life.take("答复", "clerk", unit=road_office, result="A")
    life.take("评价", "deputy_user", **BAD)
    assert asked & open_to(unit_clerk, case) == {"申请改办", "拟稿"}


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


def led_by_two(life, unit, road_office):
    """Handled by the water station and the road office, both of which lead."""
    without_layer(life.case.place)
    life.play(PATHS["待交办"])
    life.take("交办", "chair", unit=unit, data={"leads": [unit.pk, road_office.pk]})
    life.take("签收", "unit_clerk")
    return life.case


def given_to_two(life, unit, road_office):
    """Handled by the water station and the road office, of which the first has replied."""
    case = led_by_two(life, unit, road_office)
    life.take("答复", "clerk", unit=unit, result="A")
    assert (current_state(case), standing(case).replied_on) == (State.HANDLING, life.day - DAY)
    return case


def test_the_office_says_that_nobody_takes_what_the_last_other_lead_returned(
    client, sign_in, life, clerk, unit, road_office, unit_clerk
):
    case = given_to_two(life, unit, road_office)
    life.take("退回", "helper_clerk", note="不归村镇建设办管")
    [group] = waiting(clerk, life.day)
    assert (current_state(case), group.kind.key) == (State.HANDLING, "one-returned")
    page = reverse("case-step", kwargs={"pk": case.pk, "step": "分办"})
    form = sign_in(client, clerk).get(page).context["form"]
    assert (form["unit"].value(), form["leads"].value()) == (unit.pk, [])
    sent = {"on": life.day, "version": case.version, "unit": unit.pk}
    assert client.post(page, sent).status_code == 302
    step, now = case.steps.get(name="分办"), standing(case)
    assert (now.state, now.result_class, now.starts) == (State.REPLIED, "A", step.on)
    assert now.evaluate_by.isoformat() == step.data["evaluate_by"]
    tellings = [telling for telling in table()["steps"]["分办"] if fits(telling, step)]
    assert [telling["to"] for telling in tellings] == [["deputies"]]
    assert "答复" not in open_to(unit_clerk, case)
    assert "评价" in open_to(life.person("deputy_user"), case)


def test_another_unit_takes_what_a_lead_returned_beside_who_replied(
    life, unit, road_office, other_unit_clerk
):
    case = given_to_two(life, unit, road_office)
    other = other_unit_clerk.unit
    life.take("退回", "helper_clerk", note="不归村镇建设办管")
    life.take("分办", "clerk", unit=unit, data={"leads": [unit.pk, other.pk]})
    life.take("签收", "other_unit_clerk")
    life.take("答复", "clerk", unit=other, result="B", due=date(2024, 12, 31))
    assert (current_state(case), standing(case).result_class) == (State.REPLIED, "B")


def test_a_case_waits_on_when_of_three_leads_one_returns_it_and_one_owes(
    life, unit, road_office, other_unit_clerk, helper_clerk
):
    without_layer(life.case.place)
    case = life.play(PATHS["待交办"])
    leads = [unit.pk, road_office.pk, other_unit_clerk.unit.pk]
    life.take("交办", "chair", unit=unit, data={"leads": leads})
    life.take("签收", "unit_clerk")
    life.take("答复", "clerk", unit=unit, result="A")
    life.take("退回", "helper_clerk", note="不归村镇建设办管")
    assert current_state(case) == State.HANDLING
    life.take("答复", "clerk", unit=other_unit_clerk.unit, result="B", due=date(2024, 12, 31))
    assert (current_state(case), standing(case).result_class) == (State.REPLIED, "B")


def test_a_case_is_answered_when_the_lead_that_owes_is_taken_off_it(
    life, unit, road_office, unit_clerk
):
    case = given_to_two(life, unit, road_office)
    life.take("改办", "clerk", unit=unit, data={"leads": [unit.pk]})
    now = standing(case)
    assert (now.state, now.result_class, now.evaluate_by > now.starts) == ("待评价", "A", True)
    assert "签收" not in open_to(unit_clerk, case)


def test_a_lead_put_on_a_case_beside_who_replied_signs_and_replies(
    life, unit, road_office, other_unit_clerk
):
    case = given_to_two(life, unit, road_office)
    other = other_unit_clerk.unit
    life.take("改办", "clerk", unit=unit, data={"leads": [unit.pk, other.pk]})
    assert current_state(case) == State.ASSIGNED
    life.take("签收", "other_unit_clerk")
    life.take("答复", "clerk", unit=other, result="A")
    assert current_state(case) == State.REPLIED


def test_who_replied_is_not_asked_again_either_where_the_deadline_begins_anew(
    life, unit, road_office
):
    case = given_to_two(life, unit, road_office)
    life.take("改办", "clerk", unit=unit, data={"leads": [unit.pk], "restart": True})
    assert current_state(case) == State.REPLIED


def test_a_case_is_answered_when_the_governments_office_leaves_who_replied(life, unit, road_office):
    case = life.play(PATHS["待分办"])
    life.take("分办", "government", unit=unit, data={"leads": [unit.pk, road_office.pk]})
    life.take("签收", "unit_clerk")
    life.take("答复", "clerk", unit=unit, result="A")
    before = standing(case).evaluate_by
    life.take("分办", "government", unit=unit, data={"leads": [unit.pk]})
    assert (standing(case).state, standing(case).evaluate_by > before) == (State.REPLIED, True)


def offered(client, case, step):
    form = client.get(reverse("case-step", kwargs={"pk": case.pk, "step": step})).context["form"]
    return [str(unit) for unit in form.fields["unit"].queryset] if "unit" in form.fields else None


def test_only_units_on_the_case_are_offered_but_for_a_hand_over(
    client, sign_in, life, clerk, county_user, unit, road_office, other_unit_clerk
):
    case = led_by_two(life, unit, road_office)
    for person in (clerk, county_user):
        sign_in(client, person)
        assert offered(client, case, "催办") == ["村镇建设办", "镇水务站"]
    sign_in(client, clerk)
    told = [offered(client, case, step) for step in ("签收", "答复")]
    assert told == [["村镇建设办", "镇水务站"]] * 2
    assert offered(client, case, "改办") == ["村镇建设办", "镇林业站", "镇水务站"]


def test_the_office_presses_no_unit_where_none_is_on_the_case(client, sign_in, life, clerk, unit):
    case = life.play(PATHS["待分办"])
    assert offered(sign_in(client, clerk), case, "催办") is None


def test_an_opinion_is_a_co_units_and_a_reply_a_leads(
    client, sign_in, life, clerk, unit, road_office
):
    case = life.play(PATHS["办理中"])
    assert offered(sign_in(client, clerk), case, "协办意见") == ["村镇建设办"]
    with pytest.raises(StepRefused, match="现在不是这一件的主办单位"):
        life.take("答复", "clerk", unit=road_office, result="A")
    with pytest.raises(StepRefused, match="现在不是这一件的协办单位"):
        life.take("协办意见", "clerk", unit=unit, note="同意")


@pytest.mark.parametrize(
    ("step", "fields"), [("催办", {}), ("签收", {}), ("答复", {"result": "A"})]
)
def test_no_step_is_entered_for_a_unit_that_is_not_on_the_case(
    step, fields, life, clerk, unit, road_office, other_unit_clerk
):
    case = led_by_two(life, unit, road_office)
    with pytest.raises(StepRefused, match="现在不是这一件的"):
        life.take(step, "clerk", unit=other_unit_clerk.unit, **fields)
    now = standing(case)
    assert (now.state, now.replied_on, now.result_class) == ("办理中", None, "")
    assert not case.steps.filter(unit=other_unit_clerk.unit).exists()


def test_a_promise_is_not_settled_by_a_unit_that_is_not_on_the_case(
    life, clerk, unit, road_office, other_unit_clerk
):
    case = led_by_two(life, unit, road_office)
    for lead in (unit, road_office):
        life.take("答复", "clerk", unit=lead, result="B", due=date(2024, 12, 31))
    with pytest.raises(StepRefused, match="现在不是这一件的主办单位"):
        life.take("承诺落实", "clerk", unit=other_unit_clerk.unit)
    assert (standing(case).promised_on, standing(case).kept_on) == (date(2024, 12, 31), None)
