"""A suggestion's whole life, step by step: what each step brings along, and what is refused."""

from datetime import date

import pytest

from congress.models import Setting
from suggestions.corrections import correct_date
from suggestions.deadlines import reckoning
from suggestions.models import Case, Proposer
from suggestions.reckoning_again import reckon_where_changed
from suggestions.words import State
from suggestions.workflow import StepRefused, advance, current_state, steps_open_to
from tests.suggestions.ledger import HANDED, bring
from tests.suggestions.lives import BAD, GOOD, PATHS, REPLY, Life, without_layer

pytestmark = pytest.mark.django_db


def standing(case):
    return case.standings.get(ends=None)


def names(case):
    return [step.name for step in case.steps.filter(superseded_at=None)]


def test_the_government_hands_out_checks_and_signs(life, unit, road_office):
    case = life.play(PATHS["待评价"])
    assert names(case) == [
        "提出", "登记", "受理", "交办", "分办", "签收", "面商", "拟稿", "核稿", "签发", "答复",
    ]  # fmt: skip
    now = standing(case)
    assert (now.state, now.result_class, now.promised_on) == ("待评价", "B", date(2024, 12, 31))
    assert set(case.units.filter(ends=None).values_list("unit", "role")) == {
        (unit.pk, "主办"),
        (road_office.pk, "协办"),
    }


def test_until_the_government_hands_it_out_no_unit_sees_the_case(life, unit_clerk):
    case = life.play(PATHS["待分办"])
    assert list(Case.objects.visible_to(unit_clerk)) == []
    life.take("分办", "government", units=True)
    assert list(Case.objects.visible_to(unit_clerk)) == [case]


def test_a_draft_is_seen_by_who_typed_it_alone(life, clerk, deputy_user):
    case = life.play(PATHS["草稿"])
    assert list(Case.objects.visible_to(clerk)) == []
    assert list(Case.objects.visible_to(deputy_user)) == [case]
    life.take("提出", "deputy_user")
    assert list(Case.objects.visible_to(clerk)) == [case]


def test_without_the_layer_the_unit_is_handed_the_case_and_replies_itself(township, life):
    without_layer(township)
    case = life.play(PATHS["待交办"])
    life.take("交办", "chair", units=True)
    life.take("签收", "unit_clerk")
    life.take("面商", "unit_clerk", data={"form": "电话", "who": "池代表"})
    life.take("答复", "unit_clerk", **REPLY)
    assert current_state(case) == State.REPLIED


def test_a_registration_gives_a_number_and_a_void_case_keeps_it(life):
    case = life.play(PATHS["已登记"])
    number = case.number
    assert number.startswith("闭〔2024〕")
    life.take("作废", "clerk", note="重复登记")
    assert case.number == number


def test_a_unit_replies_only_after_it_talked_with_the_deputy(life, unit_clerk):
    case = life.play(PATHS["办理中"])
    with pytest.raises(StepRefused, match="代表法第五十一条"):
        advance(case, "拟稿", user=unit_clerk, on=life.day, **REPLY)


def test_the_window_for_a_return_is_five_working_days(life, unit_clerk):
    case = life.play(PATHS["待签收"])  # given out on Friday 8 March
    assert standing(case).return_by == date(2024, 3, 15)
    with pytest.raises(StepRefused, match="退回期限到2024-03-15为止"):
        advance(case, "退回", user=unit_clerk, on=date(2024, 3, 16), note="不属本单位")
    open_then = {rule.name for rule in steps_open_to(unit_clerk, case, date(2024, 3, 16))}
    assert "退回" not in open_then
    life.take("退回", "unit_clerk", on=date(2024, 3, 15), note="不属本单位")
    assert current_state(case) == State.DISTRIBUTING
    assert not case.units.filter(ends=None).exists()


@pytest.mark.parametrize(
    ("handed", "last"), [({"way": "交办"}, "2024-03-19"), ({"way": "转交上级"}, None)]
)
def test_the_hand_over_of_a_ledger_begins_the_window_for_a_return_too(
    township, unit, unit_clerk, handed, last
):
    bring(township, [HANDED | handed])  # handed over on Tuesday 12 March 2024
    case = Case._base_manager.get(place=township)
    days = [date(2024, 3, 19), date(2024, 3, 20)]
    open_then = [{rule.name for rule in steps_open_to(unit_clerk, case, day)} for day in days]
    assert ["退回" in names for names in open_then] == [True, last is None]
    if last:
        with pytest.raises(StepRefused, match=f"退回期限到{last}为止"):
            advance(case, "退回", user=unit_clerk, on=days[1], note="不归水务站管")


def test_a_further_unit_does_not_restart_the_deadline_unless_said(life, road_office):
    case = life.play(PATHS["待签收"])
    due = standing(case).deadline
    life.take("改办", "government", unit=road_office, data={"leads": [road_office.pk]})
    assert (standing(case).deadline, current_state(case)) == (due, State.ASSIGNED)
    life.take("改办", "clerk", unit=road_office, data={"leads": [road_office.pk], "restart": True})
    assert standing(case).deadline == date(2024, 6, 10)


def test_a_transfer_needs_the_consent_of_who_handed_it_over(life, unit_clerk, road_office):
    case = life.play(PATHS["办理中"])
    with pytest.raises(StepRefused):
        advance(case, "改办", user=unit_clerk, on=life.day, unit=road_office)
    life.take("申请改办", "unit_clerk", note="应由村镇建设办办理")
    assert standing(case).transfer_asked_on is not None
    life.take("不同意改办", "government", note="请牵头办理")
    assert standing(case).transfer_asked_on is None


def test_an_extension_is_asked_before_the_deadline_and_granted_once_to_six_months(life, clerk):
    case = life.play(PATHS["办理中"])  # handed over on 7 March
    assert standing(case).deadline == date(2024, 6, 7)
    life.take("申请延期", "unit_clerk", due=date(2024, 8, 1), note="要等汛期过后")
    with pytest.raises(StepRefused, match="最晚到2024-09-07"):
        advance(case, "延期", user=clerk, on=life.day, due=date(2024, 9, 8))
    life.take("延期", "clerk", due=date(2024, 9, 7))
    now = standing(case)
    assert (now.deadline, now.extension_asked_on) == (date(2024, 9, 7), None)
    with pytest.raises(StepRefused, match="只能延期一次"):
        advance(case, "延期", user=clerk, on=life.day, due=date(2024, 9, 7))
    told = reckoning(list(case.steps.order_by("on", "order")), now, life.day)
    assert told.words == "交办2024-03-07 + 3个月 = 2024-06-07；延期批准至2024-09-07"
    assert told.source == "代表法第五十一条"


def test_an_extension_asked_too_late_is_refused(life, unit_clerk):
    case = life.play(PATHS["办理中"])
    with pytest.raises(StepRefused, match="延期要在期限之前申请"):
        advance(
            case, "申请延期", user=unit_clerk, on=date(2024, 6, 8), due=date(2024, 8, 1), note="晚"
        )


def test_a_wide_and_hard_matter_has_six_months_from_the_hand_over(life):
    case = life.play(PATHS["待交办"])
    life.take("交办", "chair", data={"complex": True})
    assert (standing(case).deadline, standing(case).complex) == (date(2024, 9, 7), True)


def test_it_may_be_found_hard_later(life):
    case = life.play(PATHS["办理中"])
    life.take("定为疑难", "chair", note="涉及三个村")
    assert standing(case).deadline == date(2024, 9, 7)


def test_no_deadline_longer_than_the_law_is_typed(life, chair):
    case = life.play(PATHS["待交办"])
    with pytest.raises(StepRefused, match="晚于规定的最后一天"):
        advance(case, "交办", user=chair, on=life.day, due=date(2024, 6, 8))


def test_dissatisfied_begins_the_second_round_in_the_same_transaction(life):
    case = life.play(PATHS["重新办理"])  # judged on 15 March
    assert names(case)[-2:] == ["评价", "重新办理"]
    now = standing(case)
    assert (now.deadline, now.replied_on) == (date(2024, 4, 15), date(2024, 3, 14))
    life.take("拟稿", "unit_clerk", result="A")
    life.take("退稿", "government", note="写明完工日期")
    assert current_state(case) == State.REHANDLING
    for step in PATHS["待发出"][-3:]:
        life.take(step[0], step[1], **step[2])
    life.take("再次答复", "unit_clerk", result="A")
    assert standing(case).replied_on == date(2024, 3, 14)
    life.take("评价", "deputy_user", **GOOD)
    assert current_state(case) == State.EVALUATED


def test_dissatisfied_twice_goes_to_the_presidium(life):
    case = life.play(PATHS["重新办理"])
    life.take("再次答复", "clerk", result="A")
    life.take("评价", "deputy_user", **BAD)
    assert (current_state(case), standing(case).dissatisfied) == (State.EVALUATED, 2)


def test_a_dissatisfied_result_needs_a_reason(life, deputy_user):
    case = life.play(PATHS["待评价"])
    with pytest.raises(StepRefused, match="请写明原因"):
        advance(case, "评价", user=deputy_user, on=life.day, attitude="满意", result="不满意")
    assert current_state(case) == State.REPLIED


def test_of_several_leads_each_replies(township, life, unit, road_office, helper_clerk):
    without_layer(township)
    case = life.play(PATHS["待交办"])
    life.take("交办", "chair", unit=unit, data={"leads": [unit.pk, road_office.pk]})
    life.take("签收", "unit_clerk")
    life.take("面商", "unit_clerk", data={"form": "座谈", "who": "池代表"})
    life.take("答复", "unit_clerk", result="A")
    assert current_state(case) == State.HANDLING
    life.take("答复", "helper_clerk", result="A")
    assert current_state(case) == State.REPLIED


def test_a_merged_case_is_answered_and_judged_too(life, clerk, deputy_user):
    case = life.play(PATHS["已并案"])
    into = standing(case).merged_into
    other = Life.__new__(Life)
    other.case, other.person, other.day = into, life.person, life.day
    other.play(PATHS["待评价"][3:])
    assert standing(case).replied_on == standing(into).replied_on
    advance(case, "评价", user=deputy_user, on=other.day, **BAD)
    assert (current_state(case), current_state(into)) == (State.MERGED, State.REHANDLING)


def test_a_wrong_date_is_corrected_by_a_step_with_its_reason(life, clerk):
    case = life.play(PATHS["办理中"])
    handed = case.steps.get(name="交办")
    correct_date(case, handed, user=clerk, on=date(2024, 3, 6), reason="笔误")
    case.refresh_from_db()
    fresh = case.steps.get(name="交办", superseded_at=None)
    assert fresh.data["corrected"] == {"was": "2024-03-07", "reason": "笔误"}
    assert (standing(case).handed_on, standing(case).deadline) == (
        date(2024, 3, 6),
        date(2024, 6, 6),
    )
    assert case.steps.filter(name="交办").count() == 2


def test_a_correction_keeps_the_order_of_the_steps(life, clerk, deputy_user):
    case = life.play(PATHS["办理中"])
    handed = case.steps.get(name="交办")
    with pytest.raises(StepRefused, match="晚于后一步“分办”"):
        correct_date(case, handed, user=clerk, on=date(2024, 3, 20), reason="笔误")
    with pytest.raises(StepRefused, match="日期由乡镇人大更正"):
        correct_date(case, handed, user=deputy_user, on=date(2024, 3, 7), reason="x")


def test_a_changed_calendar_reckons_open_windows_again(life, county):
    from congress.models import HolidayDay

    case = life.play(PATHS["待签收"])
    reckon_where_changed(date(2024, 3, 11))
    assert names(case)[-1] == "分办"
    HolidayDay(place=county, day=date(2024, 3, 12), kind="放假", name="地方假日").save()
    assert reckon_where_changed(date(2024, 3, 11)) == 1
    again = case.steps.get(name="期限重算")
    assert standing(case).return_by == date(2024, 3, 18)
    assert again.data["why"] == "退回期限2024-03-15改为2024-03-18"
    assert reckon_where_changed(date(2024, 3, 11)) == 0


def test_a_changed_setting_reckons_the_reply_deadline_again(life, county):
    case = life.play(PATHS["办理中"])
    reckon_where_changed(date(2024, 3, 20))
    Setting(
        place=county, key="suggestions.reply_months", value=2, valid_from=date(2024, 1, 1)
    ).save()
    assert reckon_where_changed(date(2024, 3, 20)) == 1
    assert standing(case).deadline == date(2024, 5, 7)
    assert standing(case).starts == date(2024, 3, 20)


def test_another_deputy_who_signed_too_does_not_judge(life, township, clerk):
    from congress.models import User
    from deputies.models import Person

    case = life.play(PATHS["待评价"])
    other = User.objects.create_user("lan", name="兰代表", role="deputy", place=township)
    person = Person(place=township, name="兰代表", user=other)
    person.save()
    Proposer._base_manager.create(case=case, order=1, person=person, name="兰代表")
    assert list(Case.objects.visible_to(other)) == [case]
    assert steps_open_to(other, case) == []
