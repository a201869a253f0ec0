"""Figures of meetings, elections and reports, against numbers counted by hand."""

import pytest

from tests.deputies.desk import enter, figures, rows

pytestmark = pytest.mark.django_db

YEAR = ("2024-01-01", "2024-12-31")
TERMS = rows("层级 届次 开始日期", "乡镇 第七届 2021-10-08", "县 第十八届 2021-11-01")
SEATS = rows(
    "姓名 层级 届次 当选日期 终止日期 终止原因",
    "王芳 乡镇 第七届 2021-09-20 - -",
    "王芳 县 第十八届 2021-10-20 - -",
    "李建国 乡镇 第七届 2021-09-20 2024-05-01 辞职",
)
MEETINGS = rows(
    "会议名称 届次 类型 开始日期 应到人数 实到人数 听取和审议 选举职务 表决事项",
    "第七届人大第三次会议 第七届 - 2024-01-01 60 57 政府工作报告；主席团报告 "
    "人大主席:1；副镇长:2；监察员:1 预算决议",
    "第七届人大第四次会议 第七届 - 2024-12-31 60 - 环保报告 - -",
    "第七届人大第五次会议 第七届 - 2025-01-01 60 60 - - -",
    "主席团会议 第七届 主席团会议 2024-06-01 9 5 执法检查报告 - -",
)


def test_meetings_of_the_period_and_what_stood_on_their_agendas(township):
    enter(township, 届次=TERMS, 人大会议=MEETINGS)
    result = figures(township, *YEAR)
    held = result["meetings.held"]
    assert (held.value, held.items) == (2, [
        {"name": "第七届人大第三次会议", "date": "2024-01-01"},
        {"name": "第七届人大第四次会议", "date": "2024-12-31"},
    ])  # fmt: skip
    heard = result["meetings.reports_heard"]
    assert (heard.value, [item["title"] for item in heard.items]) == (
        3,
        ["政府工作报告", "主席团报告", "环保报告"],
    )
    assert (result["meetings.resolutions"].value, result["meetings.resolutions"].items) == (1, [
        {"title": "预算决议", "meeting": "第七届人大第三次会议", "date": "2024-01-01"}
    ])  # fmt: skip
    elected = result["elections.elected"]
    assert (elected.value, elected.breakdowns["body"]) == (4, {"人大": 1, "政府": 2, "其他": 1})
    rate = result["meetings.attendance_rate"]
    assert (rate.value, rate.numerator, rate.denominator) == (95.0, 57, 60)
    assert list(rate.breakdowns["meeting"]) == ["第七届人大第三次会议"]
    assert result["presidium.meetings"].value == 1
    assert figures(township, *YEAR, as_of="2024-12-30")["meetings.held"].value == 1


def test_nothing_met_is_nought_and_no_rate(township):
    result = figures(township, *YEAR)
    nought = (
        *("meetings.held", "meetings.reports_heard", "elections.elected", "party.reports"),
        "duty.reviewed_by_voters",
    )
    assert [result[key].value for key in nought] == [0, 0, 0, 0, 0]
    rates = ("meetings.attendance_rate", "duty.voter_satisfaction_rate")
    assert [result[key].value for key in rates] == [None, None]


def test_duty_reports_and_the_votes_of_their_reviews(township):
    reports = rows(
        "姓名 日期 评议结果",
        "王芳 2024-01-01 满意:30；基本满意:4；不满意:1",
        "李建国 2024-04-30 满意:5",
        "王芳 2024-12-31 -",
        "王芳 2025-01-01 满意:9",
    )
    people = [{"姓名": "王芳"}, {"姓名": "李建国"}]
    enter(township, 届次=TERMS, 代表名册=people, 代表职务=SEATS, 代表述职=reports)
    result = figures(township, *YEAR)
    assert result["duty.reports_to_voters"].value == 3
    reviewed = result["duty.reviewed_by_voters"]
    assert (reviewed.value, reviewed.breakdowns["result"]) == (
        2,
        {"满意": 35, "基本满意": 4, "不满意": 1},
    )
    rate = result["duty.voter_satisfaction_rate"]
    assert (rate.value, rate.numerator, rate.denominator) == (97.5, 39, 40)
    assert figures(township, *YEAR, level="县")["duty.reports_to_voters"].value == 2


def test_reports_to_the_party_committee_leave_out_those_to_the_county(township):
    row = {"日期": "2024-03-01", "事项": "关于换届的请示", "对象": "党委"}
    enter(township, 请示报告=[row, row | {"对象": "县人大"}, row | {"日期": "2025-01-01"}])
    result = figures(township, *YEAR)["party.reports"]
    assert (result.value, result.items) == (1, [{"title": "关于换届的请示", "date": "2024-03-01"}])
