"""Which cases figures count: collected, accepted, by whom, when and where."""

from datetime import date

import pytest

from congress.models import Setting
from congress.period import Period
from congress.scoping import OPERATOR
from suggestions.models import Case
from tests.reports.books import deputy_case, enter, enter_cases, figures, known_on, township, value
from tests.suggestions.case_figures import ACCEPTED, COLLECTED, DEPUTIES, HANDED, event, values


@pytest.fixture
def town(db):
    return township()


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


def test_what_an_old_record_says_of_later_days_brings_no_void_case_back(town):
    handed = event("1", "2024-04-20", "交办", 单位="镇水务站")
    enter_cases(town, {}, {}, events=[event("1", "2024-04-10", "作废", 说明="重复录入"), handed])
    assert values(town, COLLECTED, "suggestions.assigned") == [1, 0]


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
