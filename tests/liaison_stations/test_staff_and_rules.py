"""The sheets 联络站人员 and 制度 go into the records, come out the same, and are found again."""

from datetime import date

from liaison_stations.models import Rule, StationPost
from liaison_stations.tables_staff import RuleTable, StaffTable
from tests.liaison_stations.books import (
    MAIN,
    STATIONS,
    brought_in,
    counts,
    planned,
    reparsed,
    said,
    stored,
)


def test_station_staff_go_in_with_their_dates_and_are_found_again(township, clerk):
    rows = [
        {
            "联络站": MAIN,
            "职务": "站长",
            "姓名": "刘春生",
            "开始日期": "2021-06-18",
            "结束日期": "2024-03-01",
        },
        {"联络站": MAIN, "职务": "驻站人员", "姓名": "胡 建华"},
    ]
    brought_in(township, clerk, stations=[{"名称": MAIN, "类型": "站"}], station_staff=rows)
    assert stored(StaffTable, township, clerk) == [
        {
            "station": MAIN,
            "post": "站长",
            "name": "刘春生",
            "starts": date(2021, 6, 18),
            "ends": date(2024, 3, 1),
        },
        {"station": MAIN, "post": "驻站人员", "name": "胡建华"},
    ]
    assert reparsed(StaffTable, township, clerk) == stored(StaffTable, township, clerk)
    again = brought_in(township, clerk, station_staff=rows)
    assert counts(again) == ({}, {}, {"联络站人员": 2})
    rows[0]["结束日期"] = "2024-05-01"
    assert counts(brought_in(township, clerk, station_staff=rows[:1])) == (
        {},
        {"联络站人员": 1},
        {},
    )
    assert StationPost.objects.get_visible(clerk, name="刘春生").ends == date(2024, 5, 1)


def test_staff_of_an_unknown_station_or_with_days_the_wrong_way_round_are_errors(township, clerk):
    rows = [
        {"联络站": "无名站", "职务": "站长", "姓名": "刘春生"},
        {
            "联络站": MAIN,
            "职务": "站长",
            "姓名": "刘春生",
            "开始日期": "2024-03-02",
            "结束日期": "2024-03-01",
        },
    ]
    load = planned(township, clerk, stations=STATIONS[:1], station_staff=rows)
    assert [(each.sheet, each.row, each.column) for each in load.errors] == [
        ("联络站人员", 2, "联络站"),
        ("联络站人员", 3, "结束日期"),
    ]


def test_rules_go_in_with_their_makers_and_an_unknown_maker_is_an_error(township, clerk):
    rows = [
        {
            "名称": "主席团议事规则",
            "制定者": "主席团",
            "通过日期": "2022-01-20",
            "废止日期": "2024-01-01",
        },
        {"名称": "站务公开制度", "制定者": MAIN, "通过日期": "2022-03-01"},
    ]
    brought_in(township, clerk, stations=[{"名称": MAIN, "类型": "站"}], rules=rows)
    assert stored(RuleTable, township, clerk) == [
        {
            "name": "主席团议事规则",
            "maker": "主席团",
            "adopted_on": date(2022, 1, 20),
            "abolished_on": date(2024, 1, 1),
        },
        {"name": "站务公开制度", "maker": MAIN, "adopted_on": date(2022, 3, 1)},
    ]
    assert reparsed(RuleTable, township, clerk) == stored(RuleTable, township, clerk)
    assert Rule.objects.get_visible(clerk, maker=MAIN).station.name == MAIN
    assert counts(brought_in(township, clerk, rules=rows)) == ({}, {}, {"制度": 2})
    rows[1]["废止日期"] = "2024-06-01"
    assert counts(brought_in(township, clerk, rules=rows)) == ({}, {"制度": 1}, {"制度": 1})
    wrong = planned(township, clerk, rules=[{"名称": "制度", "制定者": "党委"}])
    assert said(wrong.errors) == [
        ("制度", 2, "制定者", "没有叫“党委”的联络站，制定者要写成 人大、主席团 或联络站的名称")
    ]
