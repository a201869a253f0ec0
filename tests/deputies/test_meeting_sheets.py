"""A clerk keeps the leaders, the meetings, the reports to voters and to the party committee."""

import pytest

from deputies.models import AgendaItem, DutyReport, Leader, Meeting, PartyReport
from tests.deputies.desk import counts, enter, exported, found, named, parsed, read_back, refused

pytestmark = pytest.mark.django_db

TERM = [{"层级": "乡镇", "届次": "第七届", "开始日期": "2021-10-08"}]
CHAIR = {
    "届次": "第七届",
    "机构": "人大",
    "职务": "主席",
    "姓名": "李建国",
    "出生年月": "1975.06",
    "任职日期": "2021-10-08",
}
HEAD = CHAIR | {"机构": "政府", "职务": "镇长", "姓名": "赵 强", "离任日期": "2024-01-01"}


def test_leaders_are_free_names_in_a_term_of_the_township(township):
    load = enter(township, 届次=TERM, 班子成员=[CHAIR, HEAD])
    leaders = Leader._base_manager.order_by("pk").values_list(
        "name", "term__name", "term__level", "born"
    )
    assert [(name, term, level, str(born)) for name, term, level, born in leaders] == [
        ("李建国", "第七届", "乡镇", "1975-06-01"),
        ("赵强", "第七届", "乡镇", "1975-06-01"),
    ]
    assert read_back(load, "班子成员") == parsed(load, "班子成员")
    assert counts(enter(township, 班子成员=[CHAIR, HEAD]), "班子成员") == (0, 0, 2)
    assert counts(enter(township, 班子成员=[CHAIR | {"离任日期": "2024-05-01"}]), "班子成员") == (
        0,
        1,
        0,
    )


def test_a_leader_who_leaves_before_the_start_is_refused(township):
    rows = [CHAIR | {"离任日期": "2021-10-07"}, CHAIR | {"职务": ""}]
    assert refused(township, 届次=TERM, 班子成员=rows) == [
        ("班子成员", 3, "职务", "“职务”不能空着"),
        ("班子成员", 2, "离任日期", "离任日期早于任职日期2021-10-08，请核对"),
    ]


FIRST = {
    "会议名称": "第七届人大第一次会议", "届次": "第七届", "开始日期": "2021-10-08",
    "结束日期": "2021-10-09", "应到人数": 62, "实到人数": 60, "表决事项": "关于预算的决议",
    "听取和审议": "政府工作报告；主席团工作报告", "选举职务": "主席:1人；副镇长：２",
}  # fmt: skip
PRESIDIUM = {
    "会议名称": "主席团第一次会议",
    "届次": "第七届",
    "类型": "主席团会议",
    "开始日期": "2021-12-01",
}


def test_a_meeting_brings_its_agenda(township):
    load = enter(township, 届次=TERM, 人大会议=[FIRST, PRESIDIUM])
    meeting = Meeting._base_manager.get(name="第七届人大第一次会议")
    assert list(meeting.items.values_list("kind", "title", "number")) == [
        ("听取和审议", "政府工作报告", None),
        ("听取和审议", "主席团工作报告", None),
        ("选举职务", "主席", 1),
        ("选举职务", "副镇长", 2),
        ("表决事项", "关于预算的决议", None),
    ]
    assert meeting.kind == "人代会"
    assert read_back(load, "人大会议") == parsed(load, "人大会议")
    assert counts(enter(township, 人大会议=[FIRST, PRESIDIUM]), "人大会议") == (0, 0, 2)


def test_a_changed_agenda_replaces_what_it_names_and_leaves_the_rest(township):
    enter(township, 届次=TERM, 人大会议=[FIRST])
    changed = {name: FIRST[name] for name in ("会议名称", "届次", "开始日期")}
    load = enter(township, 人大会议=[changed | {"听取和审议": "政府工作报告", "表决事项": "清空"}])
    assert counts(load, "人大会议") == (0, 1, 0)
    assert list(AgendaItem._base_manager.order_by("pk").values_list("title", flat=True)) == [
        "主席", "副镇长", "政府工作报告",
    ]  # fmt: skip
    assert load.traces[0].before == {
        "heard": "政府工作报告；主席团工作报告",
        "voted": "关于预算的决议；"[:-1],
    }


def test_what_cannot_be_of_a_meeting_is_refused(township):
    rows = [FIRST | {"结束日期": "2021-10-07"}, PRESIDIUM | {"应到人数": 9, "实到人数": 10},
            FIRST | {"会议名称": "二次会议", "选举职务": "主席"}]  # fmt: skip
    errors = refused(township, 届次=TERM, 人大会议=rows)
    assert [(row, column) for _, row, column, _ in errors] == [
        (4, "选举职务"),
        (2, "结束日期"),
        (3, "实到人数"),
    ]


def test_an_unknown_term_is_made_without_dates_and_found_once(township):
    load = enter(township, 人大会议=[FIRST, PRESIDIUM], 班子成员=[CHAIR])
    assert found(load) == [("班子成员", 2, "届次")]
    term = Meeting._base_manager.first().term
    assert (term.name, term.level, term.place, term.starts) == ("第七届", "乡镇", township, None)
    assert exported(township)["届次"] == []
    assert [trace.model for trace in load.traces] == [
        "congress.Term", "deputies.Leader", "deputies.Meeting", "deputies.Meeting",
    ]  # fmt: skip


ROSTER = [{"姓名": "王芳"}, {"姓名": "李建国"}]
SEATS = [{"姓名": "王芳", "层级": "乡镇", "届次": "第七届", "当选日期": "2021-09-20"}]
REPORT = {
    "姓名": "王芳",
    "日期": "2024-11-20",
    "选区": "第3选区",
    "到会选民": 40,
    "评议结果": "不满意:1票；满意:30",
}


def test_a_duty_report_keeps_the_votes(township):
    other = {"姓名": "李建国", "日期": "2024-11-21", "到会选民": 3, "评议结果": "满意:4"}
    load = enter(township, 届次=TERM, 代表名册=ROSTER, 代表职务=SEATS, 代表述职=[REPORT, other])
    report = DutyReport._base_manager.get(person__name="王芳")
    assert (report.satisfied, report.fairly_satisfied, report.dissatisfied) == (30, None, 1)
    assert found(load) == [("代表述职", 3, "评议结果"), ("代表述职", 3, "日期")]
    assert read_back(load, "代表述职") == parsed(load, "代表述职")
    assert counts(enter(township, 代表述职=[REPORT, other]), "代表述职") == (0, 0, 2)
    assert counts(enter(township, 代表述职=[REPORT | {"评议结果": "满意:31"}]), "代表述职") == (
        0,
        1,
        0,
    )


def test_votes_of_other_words_are_refused(township):
    rows = [
        REPORT | {"评议结果": "好:3"},
        REPORT | {"姓名": "李建国", "评议结果": "满意:3.5"},
        REPORT | {"姓名": "张三"},
    ]
    errors = refused(township, 届次=TERM, 代表名册=ROSTER, 代表职务=SEATS, 代表述职=rows)
    assert [(row, column) for _, row, column, _ in errors] == [
        (2, "评议结果"),
        (3, "评议结果"),
        (4, "姓名"),
    ]


def test_reports_to_the_party_committee_are_known_by_day_matter_and_body(township):
    rows = [
        {"日期": "2024年3月1日", "事项": "关于换届的请示", "对象": "镇党委", "方式": "书面"},
        {"日期": "2024-03-01", "事项": "关于换届的请示", "对象": "县人大"},
    ]
    load = enter(township, 请示报告=rows)
    assert list(PartyReport._base_manager.order_by("pk").values_list("to", "way")) == [
        ("党委", "书面"),
        ("县人大", ""),
    ]
    assert read_back(load, "请示报告") == parsed(load, "请示报告")
    assert counts(enter(township, 请示报告=rows), "请示报告") == (0, 0, 2)
    assert counts(enter(township, 请示报告=[rows[1] | {"方式": "口头"}]), "请示报告") == (0, 1, 0)
    assert refused(township, 请示报告=[rows[0] | {"对象": "乡政府"}])[0][:3] == (
        "请示报告",
        2,
        "对象",
    )


def test_a_second_load_of_a_hundred_rows_asks_no_more_often_than_one_of_ten(
    township, django_assert_max_num_queries
):
    people = [{"姓名": f"代表{n}", "代表小组": f"{n % 3}组", "联系户数": n} for n in range(110)]
    seats = [SEATS[0] | {"姓名": person["姓名"]} for person in people]
    with django_assert_max_num_queries(40):
        enter(township, 届次=TERM, 代表名册=people[:10], 代表职务=seats[:10])
    with django_assert_max_num_queries(40):
        load = enter(township, 届次=TERM, 代表名册=people[10:], 代表职务=seats[10:])
    assert len(load.created[named(load.tables, "代表名册")]) == 100
