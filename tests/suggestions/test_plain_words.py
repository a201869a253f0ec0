"""Where a case stands, in plain words: every state has its dots and its sentence."""

from datetime import date

import pytest

from suggestions.models import Standing, Step
from suggestions.plain_words import Plain, plain, step_words, unit_words
from suggestions.steps import TABLE
from suggestions.words import State

TODAY = date(2026, 11, 23)
UNITS = ["村镇建设办"]
DUE = {"way": "交办", "handed_on": date(2026, 9, 2), "deadline": date(2026, 12, 2)}
REPLIED = DUE | {"replied_on": date(2026, 11, 16)}
PROMISED = REPLIED | {"promised_on": date(2027, 3, 31)}

# state → (facts of the standing, dots done, sentence to who raised it)
SAYINGS = {
    "草稿": ({}, 0, "还没有提交，只有您自己看得到。"),
    "已提交": ({}, 1, "人大已经收到，等待登记编号。"),
    "已登记": ({}, 1, "人大已经登记，正在审查。"),
    "待补正": ({}, 0, "人大请您补充内容，改好后再提交一次。"),
    "不予受理": ({}, 1, "人大没有受理，理由写在经过里。"),
    "待交办": ({}, 1, "人大已经受理，正在交给承办单位。"),
    "已并案": (
        DUE | {"handled_state": "办理中"}, 2,
        "与另一件同样的建议合并办理。村镇建设办正在办理，12月2日前书面答复您。",
    ),
    "待分办": (DUE, 2, "已经交给政府，正在分给承办单位，12月2日前书面答复您。"),
    "待签收": (DUE, 2, "已经交给村镇建设办，12月2日前书面答复您。"),
    "办理中": (DUE, 2, "村镇建设办正在办理，12月2日前书面答复您。"),
    "待核稿": (DUE, 3, "村镇建设办写好了答复稿，政府正在核对，12月2日前书面答复您。"),
    "待签发": (DUE, 3, "答复稿已经核对，等政府领导签发，12月2日前书面答复您。"),
    "待发出": (DUE, 3, "答复已经签发，村镇建设办正在送给您，12月2日前书面答复您。"),
    "待评价": (
        REPLIED | {"evaluate_by": date(2026, 12, 7)}, 4,
        "村镇建设办已书面答复，请您在12月7日前评价。",
    ),
    "重新办理": (
        DUE | {"evaluation": "不满意"}, 2,
        "对上次的答复您不满意，村镇建设办正在重新办理，12月2日前书面答复您。",
    ),
    "待办结": (
        PROMISED | {"evaluation": "满意"}, 5,
        "您评价“满意”，等主席团办结。村镇建设办承诺2027年3月31日前办好。",
    ),
    "已办结": (
        PROMISED | {"kept_on": date(2026, 11, 20)}, 5,
        "办理已经结束。承诺的事已于11月20日落实。",
    ),
    "已撤回": ({"withdrawn_on": date(2026, 10, 8)}, 1, "您已于10月8日撤回。"),
    "已作废": ({}, 1, "这一件已作废，编号保留。"),
}  # fmt: skip
STOPPED = {"不予受理", "已撤回", "已作废"}


def stand(state, **facts):
    return Standing(state=state, starts=TODAY, **facts)


def test_there_is_a_sentence_for_every_state():
    assert set(SAYINGS) == set(State.values)


@pytest.mark.parametrize("state", SAYINGS)
def test_each_state_says_what_happens_now(state):
    facts, done, sentence = SAYINGS[state]
    assert plain(stand(state, **facts), UNITS, TODAY) == Plain(done, sentence, state in STOPPED)


@pytest.mark.parametrize("to", ["own", "co", "others"])
@pytest.mark.parametrize("state", State.values)
def test_no_state_says_a_word_that_is_not_filled_in(state, to):
    bare = plain(stand(state), [], TODAY, to).sentence
    assert bare.endswith("。")
    assert not set("{}") & set(bare)
    if to == "others":
        assert "您" not in bare


def test_a_case_without_a_step_is_a_draft():
    assert plain(None, [], TODAY) == plain(stand("草稿"), [], TODAY)


def test_a_deadline_of_today_and_one_that_has_passed_are_said_as_they_are():
    due = DUE | {"deadline": TODAY}
    said = plain(stand("办理中", **due), UNITS, TODAY).sentence
    assert said == "村镇建设办正在办理，今天是书面答复您的最后一天。"
    late = plain(stand("办理中", **DUE), UNITS, date(2026, 12, 5)).sentence
    assert late == "村镇建设办正在办理，原定12月2日前书面答复您，已经过了3天。"


def test_what_the_unit_asked_for_is_told():
    asked = stand("办理中", **DUE, extension_asked_on=date(2026, 11, 20))
    assert plain(asked, UNITS, TODAY).sentence == (
        "村镇建设办正在办理，12月2日前书面答复您。村镇建设办申请延长办理时间，等主席团决定。"
    )


def test_a_promise_whose_day_has_passed_is_not_called_kept():
    said = plain(stand("已办结", **PROMISED), UNITS, date(2027, 4, 1)).sentence
    assert said == "办理已经结束。村镇建设办承诺3月31日前办好，日子已过，还没有落实的记录。"


def test_who_seconded_is_not_asked_to_evaluate():
    said = plain(stand("待评价", **REPLIED), UNITS, TODAY, "co").sentence
    assert said == "村镇建设办已书面答复，等领衔代表评价。"


def test_a_case_reopened_by_the_office_blames_nobody():
    said = plain(stand("重新办理", **DUE, evaluation="满意"), UNITS, TODAY).sentence
    assert said == "村镇建设办正在继续办理，12月2日前书面答复您。"


def test_an_answer_without_a_stated_judgement_waits_for_it():
    assert plain(stand("待办结", **REPLIED), UNITS, TODAY).done == 4


def test_who_abstains_from_the_second_round_is_not_said_to_be_dissatisfied_again():
    judged = REPLIED | {"evaluation": "不满意"}
    told = [
        plain(stand("待办结", **judged, dissatisfied=times), UNITS, TODAY).sentence
        for times in (1, 2)
    ]
    assert told == ["已经答复，您对结果没有表态。", "您再次评价“不满意”，交主席团研究。"]


def test_units_are_named_up_to_two():
    assert unit_words(["甲站", "乙办"]) == "甲站、乙办"
    assert unit_words(["甲站", "乙办", "丙所"]) == "甲站等3个单位"
    assert unit_words([], "转交上级") == "上级有关部门"


def test_the_dots_say_where_it_is():
    dots = plain(stand("办理中", **DUE), UNITS, TODAY).dots
    assert dots == [
        ("提出", "done"), ("交办", "done"), ("办理", "now"), ("答复", "wait"), ("评价", "wait"),
    ]  # fmt: skip
    kinds = [kind for _, kind in plain(stand("不予受理"), [], TODAY).dots]
    assert kinds == ["done", "wait", "wait", "wait", "wait"]


def test_the_offices_own_steps_are_not_told_and_every_told_step_exists():
    assert step_words(Step(name="退稿", note="写得太短"), TODAY) is None
    told = {rule.name for rule in TABLE if step_words(Step(name=rule.name), TODAY)}
    assert told & {"拟稿", "核稿", "批示", "协办意见", "更正日期"} == set()
    assert {"提出", "交办", "答复", "评价", "办结"} <= told


def test_a_note_is_told_where_it_is_meant_for_the_deputy():
    repair = Step(name="退回补正", note="请写明地点")
    assert step_words(repair, TODAY) == ("人大请补充内容", "请写明地点")
    assert step_words(Step(name="交办", note="内部说明"), TODAY) == (
        "主席团交给承办单位办理", "",
    )  # fmt: skip
