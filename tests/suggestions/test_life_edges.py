"""Where lives go wrong: steps entered late, returned, merged, of several leads, sent back twice."""

from datetime import date

import pytest

from suggestions.corrections import correct_date
from suggestions.deadlines import reckoning
from suggestions.words import State
from suggestions.workflow import StepRefused, advance, current_state, steps_open_to
from tests.suggestions.lives import BAD, ON_THE_SPOT, PATHS, REPLY, SIGNING, Life, without_layer

pytestmark = pytest.mark.django_db


def standing(case):
    return case.standings.get(ends=None)


def open_to(user, case):
    return {rule.name for rule in steps_open_to(user, case)}


def reckoned_words(case):
    steps = case.steps.filter(superseded_at=None).order_by("on", "order")
    told = reckoning(steps, standing(case), date(2024, 4, 1))
    return told.kind, told.words


def another(life, number="未编号-7"):
    return Life(life.case.place, life.person, number)


def test_a_date_moved_to_the_day_before_keeps_the_order_of_the_steps(life, clerk):
    case = life.play(PATHS["待交办"])  # raised 4, registered 5, accepted 6 March
    life.take("交办", "chair")
    correct_date(case, case.steps.get(name="受理"), user=clerk, on=date(2024, 3, 7), reason="笔误")
    assert current_state(case) == State.DISTRIBUTING
    handed = case.steps.get(name="交办", superseded_at=None)
    correct_date(case, handed, user=clerk, on=date(2024, 3, 7), reason="笔误")
    assert current_state(case) == State.DISTRIBUTING
    held = case.steps.filter(superseded_at=None).order_by("on", "order")
    assert [step.name for step in held] == ["提出", "登记", "受理", "交办"]


def test_a_corrected_hand_over_moves_the_six_months_reckoned_from_it(life, clerk):
    case = life.play(PATHS["待交办"])
    life.take("交办", "chair", on=date(2024, 3, 20))
    life.take("定为疑难", "chair", note="涉及三个村", on=date(2024, 3, 21))
    assert standing(case).deadline == date(2024, 9, 20)
    handed = case.steps.get(name="交办")
    correct_date(case, handed, user=clerk, on=date(2024, 3, 8), reason="笔误")
    assert standing(case).deadline == date(2024, 9, 8)


def test_a_pressing_does_not_keep_an_earlier_paper_out(life, clerk):
    case = life.play(PATHS["办理中"])
    life.take("催办", "clerk", on=date(2024, 6, 1))
    life.take("面商", "clerk", on=date(2024, 5, 20), data={"form": "电话", "who": "池代表"})
    assert standing(case).contacted_on == date(2024, 5, 20)
    with pytest.raises(StepRefused, match="早于上一步"):
        advance(case, "退回", user=clerk, on=date(2024, 3, 1), note="不属本单位")


def test_the_office_types_an_old_request_the_unit_asks_today(life, clerk, unit_clerk):
    case = life.play(PATHS["办理中"])
    late = date(2024, 6, 20)
    assert "申请延期" in {rule.name for rule in steps_open_to(clerk, case)}
    assert "申请延期" not in {rule.name for rule in steps_open_to(unit_clerk, case, late)}
    life.take("申请延期", "clerk", on=date(2024, 6, 5), due=date(2024, 8, 1), note="汛期")
    life.take("延期", "clerk", on=date(2024, 6, 12), due=date(2024, 8, 1))
    assert standing(case).deadline == date(2024, 8, 1)


def test_an_extension_that_nobody_asked_for_in_time_is_none(life, clerk):
    case = life.play(PATHS["办理中"])
    with pytest.raises(StepRefused, match="期限之前没有申请"):
        advance(case, "延期", user=clerk, on=date(2024, 7, 20), due=date(2024, 8, 1))


def test_another_unit_gets_no_longer_deadline(life, government, road_office):
    case = life.play(PATHS["待签收"])
    with pytest.raises(StepRefused, match="改办不延长期限"):
        advance(
            case, "改办", user=government, on=life.day, unit=road_office, due=date(2030, 1, 1),
            data={"leads": [road_office.pk]},
        )  # fmt: skip


def test_nothing_is_merged_into_a_case_that_is_gone_or_follows_this_one(life, clerk):
    case, other = life.play(PATHS["待交办"]), another(life)
    other.play(PATHS["待交办"])
    life.take("并案", "clerk", data={"into": other.case.pk})
    with pytest.raises(StepRefused, match="已并案.*不能并入"):
        advance(other.case, "并案", user=clerk, on=other.day, data={"into": case.pk})
    with pytest.raises(StepRefused, match="请先对它们“取消并案”"):
        advance(other.case, "作废", user=clerk, on=other.day, note="重复")
    before = standing(case)
    life.take("取消并案", "clerk", note="不是一回事")
    assert (current_state(case), standing(case).merged_into) == (State.ACCEPTED, None)
    then = case.standings.get(starts=before.starts)
    assert then.merged_into == other.case  # what it was in those days stays so
    advance(other.case, "作废", user=clerk, on=life.day, note="重复")


def test_what_was_sent_back_is_answered_before_it_is_closed(life, chair):
    case = life.play(PATHS["重新办理"])
    with pytest.raises(StepRefused):
        advance(case, "办结", user=chair, on=life.day)
    life.take("再次答复", "clerk", result="A")
    with pytest.raises(StepRefused, match="代表还没有评价"):
        advance(case, "办结", user=chair, on=life.day)
    life.take("办结", "chair", on=date(2024, 5, 6))  # the deputy had fifteen working days
    assert current_state(case) == State.CLOSED


def test_an_answer_on_the_spot_found_wanting_is_handed_over(life, chair):
    case = life.play(ON_THE_SPOT)
    assert current_state(case) == State.REHANDLING
    assert "交办" in open_to(chair, case)
    life.take("交办", "chair")
    assert current_state(case) == State.DISTRIBUTING


@pytest.mark.parametrize("layer", [True, False])
def test_what_was_answered_on_the_spot_and_handed_over_has_its_first_reply(life, unit_clerk, layer):
    case = life.play(ON_THE_SPOT)
    if layer:
        life.take("交办", "chair")
        life.take("分办", "government", units=True)
    else:
        without_layer(case.place)
        life.take("交办", "chair", units=True)
    life.take("签收", "unit_clerk")
    life.take("面商", "unit_clerk", data={"form": "登门", "who": "池代表"})
    if layer:
        life.take("拟稿", "unit_clerk", **REPLY)
        life.take("核稿", "government")
        life.take("签发", "government", data=SIGNING)
    life.take("答复", "unit_clerk", **REPLY)
    assert current_state(case) == State.REPLIED


def test_nobody_is_pressed_before_the_hand_over_nor_after_a_return(township, life, chair, unit):
    without_layer(township)
    case = life.play(PATHS["待交办"])
    pressing = {"催办", "督办"}
    found = [pressing & open_to(chair, case)]
    with pytest.raises(StepRefused, match="还没有交办"):
        advance(case, "催办", user=chair, on=life.day)
    life.take("交办", "chair", unit=unit)
    found.append(pressing & open_to(chair, case))
    life.take("退回", "unit_clerk", note="不归水务站管")
    assert [*found, pressing & open_to(chair, case)] == [set(), pressing, set()]


def test_what_came_back_to_the_presidium_may_go_up_and_the_deadline_runs_on(township, life, chair):
    without_layer(township)
    case = life.play(PATHS["待交办"])
    life.take("交办", "chair", units=True)
    due = standing(case).deadline
    life.take("退回", "unit_clerk", note="属县里")
    assert {"交办", "转办", "转交上级", "改办"} <= open_to(chair, case)
    life.take("转交上级", "chair")
    now = standing(case)
    assert (now.way, now.deadline, now.handed_on) == ("转交上级", due, date(2024, 3, 7))


def test_a_unit_does_not_put_off_its_own_promise(township, life, unit_clerk):
    without_layer(township)
    case = life.play(PATHS["待交办"])
    life.take("交办", "chair", units=True)
    life.take("签收", "unit_clerk")
    life.take("答复", "clerk", unit=life.person("unit"), result="B", due=date(2024, 12, 31))
    with pytest.raises(StepRefused, match="要改承诺，请报乡镇人大"):
        advance(case, "再次答复", user=unit_clerk, on=life.day, result="C", due=date(2031, 1, 1))
    assert standing(case).promised_on == date(2024, 12, 31)


def test_a_merged_deputy_who_is_dissatisfied_reopens_what_was_closed(life, deputy_user):
    case, other = life.play(PATHS["待交办"]), another(life)
    other.play(PATHS["待交办"])
    life.take("并案", "clerk", data={"into": other.case.pk})
    other.day = life.day
    other.play(PATHS["已办结"][3:])
    advance(case, "评价", user=deputy_user, on=date(2024, 3, 25), **BAD)
    assert current_state(other.case) == State.REHANDLING
    told = f"并入的{case.number}的代表对办理结果不满意"
    assert other.case.steps.get(name="重开").note == told


def test_a_document_number_is_given_once(life, government):
    case, other = life.play(PATHS["待签发"]), another(life)
    other.play(PATHS["待签发"])
    data = {"number": "文府函〔2024〕8号", "signer": "刘镇长"}
    advance(case, "签发", user=government, on=life.day, data=dict(data))
    with pytest.raises(StepRefused, match="刚刚用在"):
        advance(other.case, "签发", user=government, on=other.day, data=dict(data))
    advance(other.case, "签发", user=government, on=other.day, data=data | {"joint": True})
    assert other.case.steps.get(name="签发").data["number"] == "文府函〔2024〕8号"


def test_what_a_body_outside_gave_back_goes_through_the_governments_layer(life, unit, unit_clerk):
    case = life.play(PATHS["待交办"])
    life.take("转办", "chair", unit=unit)
    life.take("退回", "unit_clerk", note="不归本单位管")
    life.take("交办", "chair")
    assert current_state(case) == State.DISTRIBUTING
    life.take("分办", "government", unit=unit)
    life.take("签收", "unit_clerk")
    life.take("面商", "unit_clerk", data={"form": "电话", "who": "池代表"})
    assert {"拟稿", "答复"} & open_to(unit_clerk, case) == {"拟稿"}


def test_where_the_layer_is_switched_off_the_governments_office_steps_no_case(
    township, life, unit, government
):
    without_layer(township)
    case = life.play(PATHS["待交办"])
    life.take("交办", "chair", unit=unit)
    assert open_to(government, case) == set()
    with pytest.raises(StepRefused, match="没有设政府办这一层"):
        advance(case, "改办", user=government, on=life.day, unit=unit)


def test_a_deadline_begun_anew_is_reckoned_from_its_own_day(township, life, unit):
    without_layer(township)
    case = life.play(PATHS["待交办"])
    life.take("交办", "chair", unit=unit)
    life.take("退回", "unit_clerk", note="不归本单位管")
    life.take("交办", "chair", unit=unit, data={"restart": True}, on=date(2024, 3, 20))
    assert reckoned_words(case) == ("答复期限", "交办2024-03-20 + 3个月 = 2024-06-20")


def test_an_answer_on_the_spot_that_is_handed_over_has_the_deadline_of_the_law(life):
    case = life.play(ON_THE_SPOT)
    life.take("交办", "chair")
    assert reckoned_words(case) == ("答复期限", "交办2024-03-09 + 3个月 = 2024-06-09")


def test_six_months_are_for_deputies_suggestions_alone(township, life, unit):
    without_layer(township)
    life.take("提出", "deputy_user", data={"origin": "群众", "occasion": "接待选民"})
    life.play((("登记", "clerk", {}), ("受理", "chair", {})))
    life.take("交办", "chair", unit=unit, data={"complex": True})
    now = standing(life.case)
    assert (now.complex, now.deadline) == (False, date(2024, 6, 7))


def test_a_draft_without_a_title_is_not_handed_in(life, deputy_user):
    life.case.title = ""
    life.case.save()
    with pytest.raises(StepRefused, match="还没有写标题"):
        advance(life.case, "提出", user=deputy_user, on=life.day, **{"data": {}})
    life.case.title = "关于修路的建议"
    life.case.save()
    life.take("提出", "deputy_user")
    assert current_state(life.case) == State.SUBMITTED


def test_a_deadline_is_not_before_the_day_of_the_step(life, clerk, unit):
    without_layer(life.case.place)
    case = life.play(PATHS["待交办"])  # accepted 6 March
    early = {"on": date(2024, 3, 7), "due": date(2024, 3, 6)}
    with pytest.raises(StepRefused, match="2024-03-06早于这一步的日期2024-03-07"):
        life.take("转办", "clerk", unit=unit, **early)
    life.take("转办", "clerk", unit=unit, on=date(2024, 3, 7), due=date(2024, 3, 7))
    assert standing(case).deadline == date(2024, 3, 7)


def test_no_day_is_promised_or_put_off_to_beyond_the_year_2100(life, clerk, unit):
    without_layer(life.case.place)
    citizens = {"data": {"origin": "群众", "occasion": "走访"}}
    life.play((("提出", "deputy_user", citizens), *PATHS["待交办"][1:]))
    life.take("转办", "clerk", unit=unit)
    life.take("签收", "clerk")
    for step, result in (("延期", ""), ("答复", "B")):
        with pytest.raises(StepRefused, match="晚于2100年"):
            life.take(step, "clerk", result=result, due=date(2101, 1, 1))
    life.take("延期", "clerk", due=date(2100, 12, 31))
    assert standing(life.case).deadline == date(2100, 12, 31)


def test_a_promise_that_was_broken_may_be_told_again_with_its_day(life, unit_clerk):
    without_layer(life.case.place)
    life.play(PATHS["待交办"])
    life.take("交办", "chair", units=True)
    life.take("签收", "unit_clerk")
    life.take("面商", "unit_clerk", data={"form": "登门", "who": "池代表"})
    life.take("答复", "unit_clerk", result="B", due=date(2024, 5, 31))
    life.take("再次答复", "unit_clerk", on=date(2024, 6, 3), result="B", due=date(2024, 5, 31))
    assert standing(life.case).promised_on == date(2024, 5, 31)
