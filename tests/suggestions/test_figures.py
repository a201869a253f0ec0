"""Figures of cases, counted by hand against the definitions."""

from datetime import date

import pytest

from congress.models import Setting
from congress.period import Period
from congress.scoping import OPERATOR
from suggestions.models import Case
from tests.reports.books import (
    MANDATES,
    ROSTER,
    YEAR,
    deputy_case,
    enter,
    enter_cases,
    figures,
    known_on,
    township,
    value,
)

pytestmark = pytest.mark.django_db
HANDED = {"处理方式": "交办", "处理日期": "2024-03-10", "主办单位": "镇水务站"}
REPLIED = HANDED | {"首次答复日期": "2024-05-01", "办理结果": "A"}
CLOSED = REPLIED | {"办结日期": "2024-06-01"}
DEPUTIES = {"代表名册": ROSTER, "代表职务": MANDATES}
COLLECTED, ACCEPTED = "suggestions.collected", "suggestions.accepted"


@pytest.fixture
def town(db):
    return township()


def event(number, day, name, **more):
    return {"编号": number, "日期": day, "事项": name, **more}


def values(place, *keys, period=YEAR, **filters):
    found = figures(place, period, keys=keys, **filters)
    return [found[key].value for key in keys]


def test_first_and_last_day_of_the_period_count(town):
    days = ("2023-12-31", "2024-01-01", "2024-12-31", "2025-01-01")
    enter_cases(town, *({"提出日期": day} for day in days))
    assert value(town, COLLECTED) == 2


def test_a_case_raised_after_the_as_of_date_does_not_count_yet(town):
    enter_cases(town, {"提出日期": "2024-05-01"}, {"提出日期": "2024-05-02"})
    assert value(town, COLLECTED, known_on("2024-05-01")) == 1


def test_a_withdrawn_case_counts_until_the_day_of_withdrawal(town):
    enter_cases(town, {"撤回日期": "2024-04-10"}, {})
    assert value(town, COLLECTED, known_on("2024-04-09")) == 2
    assert value(town, COLLECTED, known_on("2024-04-10")) == 1


def test_what_was_declared_void_is_no_case(town):
    enter_cases(town, {}, {}, events=[event("1", "2024-04-10", "作废", 说明="重复录入")])
    assert value(town, COLLECTED, known_on("2024-04-09")) == 2
    assert value(town, COLLECTED) == 1


def test_a_declined_case_is_collected_and_not_accepted(town):
    enter_cases(town, {"处理方式": "不予受理", "处理日期": "2024-03-20"}, {})
    keys = (COLLECTED, "suggestions.declined", ACCEPTED)
    assert values(town, *keys) == [2, 1, 1]
    assert values(town, *keys, period=known_on("2024-03-19")) == [2, 0, 2]


def test_what_county_deputies_raised_at_the_county_congress_is_not_the_townships(town):
    enter_cases(town, deputy_case(提出层级="县"), deputy_case(), **DEPUTIES)
    assert value(town, COLLECTED) == 1


def test_a_motion_on_the_agenda_is_a_motion_and_no_suggestion(town):
    motion = deputy_case(类型="议案", 提出场合="人代会")
    enter_cases(
        town,
        motion | {"议案处理": "列入议程"},
        motion | {"议案处理": "转为建议"},
        motion,
        deputy_case(类型="议案", 提出场合="走访"),
        **DEPUTIES,
    )
    assert values(town, COLLECTED, "motions.raised") == [3, 3]
    found = figures(town, keys=["motions.raised"])["motions.raised"]
    assert found.breakdowns == {"outcome": {"列入议程": 1, "转为建议": 1}}


def test_deputies_and_citizens_make_up_what_was_collected(town):
    enter_cases(town, deputy_case(), deputy_case(), {}, **DEPUTIES)
    keys = (COLLECTED, f"{COLLECTED}.deputy", f"{COLLECTED}.citizen", "opinions.collected")
    assert values(town, *keys) == [3, 2, 1, 1]


def test_a_deputy_with_two_mandates_counts_under_both_levels(town):
    enter_cases(town, deputy_case("王芳；李建国"), deputy_case("李建国"), {}, **DEPUTIES)
    found = figures(town, keys=[f"{COLLECTED}.deputy"])[f"{COLLECTED}.deputy"]
    assert found.value == 2
    assert found.breakdowns == {"level": {"县": 1, "乡镇": 2}}
    assert values(town, COLLECTED, f"{COLLECTED}.deputy", level="县") == [1, 1]
    assert value(town, COLLECTED, level=("县", "乡镇")) == 2


def test_the_level_is_that_of_the_day_of_raising(town):
    enter_cases(
        town,
        deputy_case("李建国", 提出日期="2024-06-29"),
        deputy_case("李建国", 提出日期="2024-06-30"),
        **DEPUTIES,
    )
    assert value(town, COLLECTED, level="乡镇") == 1


def test_meetings_and_the_time_between_them(town):
    enter(
        town,
        人大会议=[{"会议名称": "第七届人大第四次会议", "届次": "第七届", "开始日期": "2024-02-28"}],
    )
    enter_cases(
        town,
        {"提出场合": "人代会", "会议": "第七届人大第四次会议"},
        {"提出场合": "网络"},
        {"提出场合": "走访"},
    )
    keys = (f"{COLLECTED}.session", f"{COLLECTED}.intersession")
    found = figures(town, keys=keys)
    assert [found[key].value for key in keys] == [1, 2]
    assert found[keys[0]].breakdowns == {"meeting": {"第七届人大第四次会议": 1}}
    assert found[keys[1]].breakdowns == {"occasion": {"网络": 1, "走访": 1}}


def test_the_ways_of_handling_add_up_to_what_was_accepted(town):
    enter_cases(
        town,
        HANDED,
        HANDED,
        {"处理方式": "转办", "处理日期": "2024-03-10", "主办单位": "镇供电所"},
        {"处理方式": "转交上级", "处理日期": "2024-03-10", "主办单位": "县交通运输局"},
        {"处理方式": "当场答复", "处理日期": "2024-03-01"},
        {},
        {"处理方式": "不予受理", "处理日期": "2024-03-10"},
    )
    ways = ("assigned", "transferred", "escalated", "answered_on_the_spot", "undisposed")
    keys = [ACCEPTED, *(f"suggestions.{way}" for way in ways)]
    assert values(town, *keys) == [6, 2, 1, 1, 1, 1]
    assert values(town, *keys, period=known_on("2024-03-09")) == [7, 0, 0, 0, 1, 6]
    assert values(town, ACCEPTED, way="转办") == [1]


def test_a_unit_counts_where_it_leads_that_day(town):
    enter_cases(
        town,
        HANDED | {"协办单位": "镇农业农村办"},
        HANDED,
        events=[event("2", "2024-04-01", "改办", 单位="镇城建办")],
    )
    found = figures(town, keys=["suggestions.assigned"])["suggestions.assigned"]
    assert found.breakdowns == {"unit": {"镇城建办": 1, "镇水务站": 1}}
    before = figures(town, known_on("2024-03-31"), keys=["suggestions.assigned"])
    assert before["suggestions.assigned"].breakdowns == {"unit": {"镇水务站": 2}}
    assert value(town, "suggestions.assigned", unit="镇水务站") == 1
    assert value(town, "suggestions.assigned", unit="镇农业农村办") == 0


def test_replies_by_the_class_of_the_latest(town):
    enter_cases(
        town,
        REPLIED,
        REPLIED | {"办理结果": "C", "承诺日期": "2024-09-01"},
        HANDED,
        events=[event("2", "2024-07-01", "再次答复", 结果="A")],
    )
    keys = ("suggestions.replied", "suggestions.solved", "suggestions.commitments")
    assert values(town, *keys) == [2, 2, 0]
    assert values(town, *keys, period=known_on("2024-06-30")) == [2, 1, 1]
    assert values(town, *keys, period=known_on("2024-04-30")) == [0, 0, 0]
    before = figures(town, known_on("2024-06-30"), keys=keys)
    assert before["suggestions.replied"].breakdowns == {"result_class": {"A": 1, "C": 1}}


def test_a_reopened_case_is_open_until_it_is_closed_again(town):
    enter_cases(
        town,
        CLOSED,
        CLOSED,
        events=[
            event("2", "2024-07-01", "重开", 说明="水管又坏了"),
            event("2", "2024-08-01", "再次答复", 结果="A"),
            event("2", "2024-09-01", "办结"),
        ],
    )
    keys = (ACCEPTED, "suggestions.closed", "suggestions.in_progress", "suggestions.closing_rate")
    assert values(town, *keys, period=known_on("2024-06-30")) == [2, 2, 0, 100]
    assert values(town, *keys, period=known_on("2024-08-31")) == [2, 1, 1, 50]
    assert values(town, *keys) == [2, 2, 0, 100]


def test_closing_is_not_solving(town):
    enter_cases(town, CLOSED | {"办理结果": "D"}, CLOSED, {})
    keys = ("suggestions.closing_rate", "suggestions.solving_rate")
    found = figures(town, keys=keys)
    assert [(r.numerator, r.denominator, r.value) for r in found.values()] == [
        (2, 3, 66.67),
        (1, 3, 33.33),
    ]


def test_overdue_begins_the_day_after_the_deadline_and_ends_with_the_reply(town):
    enter_cases(town, REPLIED | {"首次答复日期": "2024-06-20"})
    days = ("2024-06-10", "2024-06-11", "2024-06-19", "2024-06-20")
    overdue = [value(town, "suggestions.overdue", known_on(day)) for day in days]
    assert overdue == [0, 1, 1, 0]


def test_an_extended_deadline_is_the_one_in_force(town):
    enter_cases(town, HANDED, events=[event("1", "2024-06-05", "延期", 日期值="2024-09-10")])
    days = ("2024-06-11", "2024-09-10", "2024-09-11")
    assert [value(town, "suggestions.overdue", known_on(day)) for day in days] == [0, 0, 1]


def test_on_time_is_judged_by_the_deadline_of_the_day_of_the_reply(town):
    late = REPLIED | {"首次答复日期": "2024-06-20"}
    enter_cases(
        town,
        REPLIED | {"首次答复日期": "2024-06-10"},
        late,
        late,
        HANDED,
        events=[event("3", "2024-06-01", "延期", 日期值="2024-06-30")],
    )
    found = figures(town, keys=["suggestions.on_time_rate"])["suggestions.on_time_rate"]
    assert (found.numerator, found.denominator, found.value) == (2, 4, 50)
    assert found.breakdowns["unit"] == {"镇水务站": {"value": 50, "numerator": 2, "denominator": 4}}


def test_the_reply_rate_is_of_cases_handed_over(town):
    enter_cases(town, REPLIED, HANDED, {}, {"处理方式": "当场答复", "处理日期": "2024-03-01"})
    found = figures(town, keys=["suggestions.reply_rate"])["suggestions.reply_rate"]
    assert (found.numerator, found.denominator, found.rows) == (1, 2, 2)


def test_a_rate_of_nothing_is_none_and_a_count_of_nothing_nought(town):
    keys = ("suggestions.reply_rate", "suggestions.days_to_reply", COLLECTED)
    assert values(town, *keys) == [None, None, 0]


def test_a_talk_before_or_on_the_day_of_the_reply_counts_as_meeting(town):
    talks = ("2024-05-01", "2024-05-02")
    enter_cases(town, *(REPLIED | {"面商日期": day} for day in talks), REPLIED, HANDED)
    found = figures(town, keys=["suggestions.meeting_rate"])["suggestions.meeting_rate"]
    assert (found.numerator, found.denominator) == (1, 3)


JUDGED = REPLIED | {"评价日期": "2024-05-20", "态度评价": "满意"}


def judged(*words):
    return [JUDGED | {"结果评价": word} for word in words]


def satisfaction(town, period=YEAR):
    found = figures(town, period, keys=["suggestions.satisfaction_rate"])
    return [(r.numerator, r.denominator) for r in found.values()]


def test_satisfaction_takes_the_latest_stated_judgement_of_the_result(town):
    enter_cases(
        town,
        *judged("满意", "基本满意", "不满意", "未表态"),
        REPLIED,
        events=[
            event("3", "2024-07-01", "再次答复", 结果="A"),
            event("3", "2024-07-10", "评价", 结果="满意"),
            event("1", "2024-08-01", "评价", 结果="未表态"),
        ],
    )
    assert satisfaction(town, known_on("2024-05-19")) == [(0, 0)]
    assert satisfaction(town, known_on("2024-06-30")) == [(2, 3)]
    assert satisfaction(town) == [(3, 3)]


def test_a_citizens_judgement_counts_for_the_citizens_case(town):
    enter_cases(town, *judged("满意"), deputy_case(**JUDGED, 结果评价="不满意"), **DEPUTIES)
    assert satisfaction(town) == [(1, 2)]
    assert value(town, "suggestions.satisfaction_rate", origin="群众") == 100


@pytest.mark.parametrize(
    ("reading", "expected"),
    [("满意和基本满意÷已评价", (2, 3)), ("满意÷已评价", (1, 3)), ("满意和基本满意÷已答复", (2, 4))],
)
def test_the_county_chooses_how_satisfaction_is_read(town, reading, expected):
    Setting(
        place=town,
        key="suggestions.satisfaction_reading",
        value=reading,
        valid_from=date(2024, 1, 1),
    ).save()
    enter_cases(town, *judged("满意", "基本满意", "不满意"), REPLIED)
    assert satisfaction(town) == [expected]


def test_days_are_the_mean_of_the_two_middle_values(town):
    dates = ("2024-03-11", "2024-03-13", "2024-03-20", "2024-05-01")
    enter_cases(town, *(REPLIED | {"首次答复日期": day} for day in dates), HANDED)
    assert values(town, "suggestions.days_to_reply", "suggestions.days_to_handover") == [6.5, 9]


def test_a_merged_case_takes_over_from_the_day_of_merging(town):
    merged = {"并入编号": "1", "处理日期": "2024-03-20"}
    enter_cases(town, CLOSED, merged)
    keys = (
        COLLECTED,
        ACCEPTED,
        "suggestions.assigned",
        "suggestions.undisposed",
        "suggestions.replied",
        "suggestions.solved",
        "suggestions.closed",
    )
    assert values(town, *keys, period=known_on("2024-03-19")) == [2, 2, 1, 1, 0, 0, 0]
    assert values(town, *keys, period=known_on("2024-03-20")) == [2, 2, 2, 0, 0, 0, 0]
    assert values(town, *keys) == [2, 2, 2, 0, 2, 2, 2]
    found = figures(town, keys=["suggestions.closed"])["suggestions.closed"]
    assert found.breakdowns["unit"] == {"镇水务站": 2}


def test_a_case_merged_into_a_merged_one_follows_to_the_end(town):
    enter_cases(
        town,
        CLOSED,
        {"并入编号": "1", "处理日期": "2024-03-20"},
        {"并入编号": "2", "处理日期": "2024-03-15"},
    )
    assert values(town, "suggestions.undisposed", "suggestions.closed") == [0, 3]


def test_what_later_happens_to_the_one_reaches_those_merged_into_it(town):
    enter_cases(town, REPLIED, {"并入编号": "1", "处理日期": "2024-03-20"})
    enter_cases(town, CLOSED)
    assert value(town, "suggestions.closed") == 2


def test_pressing_counts_by_its_own_day_on_any_case(town):
    enter_cases(
        town,
        HANDED | {"提出日期": "2023-12-20", "处理日期": "2023-12-25"},
        HANDED,
        events=[
            event("1", "2024-01-05", "催办"),
            event("1", "2024-01-05", "督办"),
            event("2", "2025-01-05", "催办"),
        ],
    )
    assert values(town, COLLECTED, "suggestions.pressed") == [1, 2]
    assert value(town, "suggestions.pressed", known_on("2024-01-04")) == 0


def test_marks_that_a_case_bears_from_a_day_on(town):
    enter_cases(
        town,
        HANDED | {"重点督办日期": "2024-04-01"},
        *judged("不满意"),
        JUDGED,
        HANDED,
        events=[event("3", "2024-06-01", "重新办理"), event("4", "2024-03-05", "退回补正")],
    )
    keys = ("suggestions.key", "suggestions.rehandled", "suggestions.returned_for_repair")
    assert values(town, *keys) == [1, 2, 1]
    assert values(town, *keys, period=known_on("2024-05-20")) == [1, 1, 1]
    assert values(town, *keys, period=known_on("2024-03-04")) == [0, 0, 0]


def test_promises_are_kept_due_or_broken_on_the_day(town):
    promise = REPLIED | {"办理结果": "B"}
    enter_cases(
        town,
        promise | {"承诺日期": "2024-09-01"},
        promise | {"承诺日期": "2024-09-01"},
        promise | {"承诺日期": "2025-03-01"},
        promise,
        REPLIED | {"承诺日期": "2024-09-01"},
        events=[event("1", "2024-08-20", "承诺落实")],
    )
    found = figures(town, keys=["suggestions.commitments"])["suggestions.commitments"]
    assert found.value == 3
    assert found.breakdowns == {"promise_state": {"已兑现": 1, "未到期": 1, "逾期未兑现": 1}}
    before = figures(town, known_on("2024-08-01"), keys=["suggestions.commitments"])
    assert before["suggestions.commitments"].breakdowns == {"promise_state": {"未到期": 3}}


def outcomes(town, period=YEAR, **filters):
    found = figures(town, period, keys=["suggestions.outcomes"], **filters)["suggestions.outcomes"]
    return found.value, found.unit, found.breakdowns["outcome"]


def test_outcomes_count_from_the_closing_and_each_is_its_own_number(town):
    enter_cases(
        town,
        CLOSED | {"成效": "插秧机:3台；受益农户:40户"},
        CLOSED | {"成效": "插秧机:2台", "类别": "产业发展"},
        REPLIED | {"成效": "插秧机:9台"},
    )
    assert outcomes(town) == (None, "(each its own)", {"插秧机": 5, "受益农户": 40})
    assert outcomes(town, outcome="插秧机") == (5, "台", {"插秧机": 5})
    assert outcomes(town, outcome="翻耕机") == (0, "(each its own)", {})
    assert outcomes(town, known_on("2024-05-31"), outcome="插秧机") == (0, "(each its own)", {})
    assert outcomes(town, outcome="插秧机", category="产业发展")[0] == 2
    assert outcomes(town, outcome="插秧机", unit="镇水务站")[0] == 5


def test_an_outcome_of_a_case_that_was_void_later_counts_as_long_as_it_was_not(town):
    enter_cases(
        town,
        CLOSED | {"成效": "插秧机:3台"},
        events=[
            event("1", "2024-07-01", "重开", 说明="错了"),
            event("1", "2024-07-02", "作废", 说明="重复录入"),
        ],
    )
    assert outcomes(town, known_on("2024-06-15"), outcome="插秧机")[0] == 3
    assert outcomes(town, outcome="插秧机")[0] == 0


def test_an_undated_case_counts_in_no_period(town):
    enter_cases(town, {})
    Case.objects.visible_to(OPERATOR).update(raised_on=None)
    ages = Period(date(1900, 1, 1), date(2100, 1, 1))
    assert value(town, COLLECTED, ages) == 0


def test_the_reply_period_is_the_countys_setting(town):
    assert value(town, "suggestions.reply_months") == 3
    Setting(place=town, key="suggestions.reply_months", value=2, valid_from=date(2024, 7, 1)).save()
    assert value(town, "suggestions.reply_months") == 2
    assert value(town, "suggestions.reply_months", known_on("2024-06-30")) == 3


def test_filters_without_meaning_leave_a_figure_out(town):
    enter_cases(town, {})
    assert COLLECTED not in figures(town, kind="站")
    assert COLLECTED not in figures(town, campaign="聚焦八大行动")
    assert "suggestions.reply_months" not in figures(town, origin="群众")
    assert value(town, COLLECTED, kind=("建议", "意见")) == 1
