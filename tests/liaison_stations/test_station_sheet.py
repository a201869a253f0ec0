"""The sheet 联络站 goes into the records, comes out the same, and is found again."""

from datetime import date

from congress.models import Place, Station, Word
from liaison_stations.models import StationPost
from liaison_stations.tables import StationTable
from tests.liaison_stations.books import (
    MAIN,
    ROOM,
    STATIONS,
    brought_in,
    counts,
    planned,
    reparsed,
    said,
    stored,
)


def test_a_station_goes_in_with_all_it_has_and_comes_out_the_same(township, clerk):
    load = brought_in(township, clerk, stations=STATIONS)

    assert stored(StationTable, township, clerk) == [
        {
            "name": MAIN,
            "kind": "站",
            "village": "文武坝社区",
            "address": "圩镇农贸市场旁",
            "built_on": date(2021, 6, 18),
            "upgraded_on": date(2023, 4, 28),
            "heads": ["刘春生"],
            "deputy_heads": ["钟秀兰", "赖国平"],
            "liaisons": ["曾小燕"],
            "covers": ["上芦村", "黄雷村"],
            "rules": ["接待登记制度", "意见反馈制度"],
            "equipment": ["电脑", "资料柜"],
            "checklist": ["有场所", "有队伍"],
            "activity_days": "农历初七、二十四",
        },
        {"name": ROOM, "kind": "室", "closed_on": date(2024, 1, 1)},
    ]
    assert reparsed(StationTable, township, clerk) == stored(StationTable, township, clerk)
    assert [problem.message for problem in load.findings] == [
        "村居“文武坝社区”是新的，已按暂编代码加入",
        "村居“上芦村”是新的，已按暂编代码加入",
        "村居“黄雷村”是新的，已按暂编代码加入",
    ]
    assert list(Place.objects.visible_to(clerk).filter(level="村居", provisional=False)) == []
    station = Station.objects.get_visible(clerk, name=MAIN)
    assert (station.place, station.entered_by, station.version) == (township, clerk, 1)


def test_stations_brought_in_again_change_nothing(township, clerk):
    brought_in(township, clerk, stations=STATIONS)
    load = brought_in(township, clerk, stations=STATIONS)
    assert counts(load) == ({}, {}, {"联络站": 2})
    assert load.findings == []


def test_a_changed_station_is_found_and_only_what_changed_is_replaced(township, clerk):
    brought_in(township, clerk, stations=STATIONS)
    head = StationPost.objects.get_visible(clerk, post="站长")
    changed = {
        "名称": MAIN,
        "类型": "站",
        "副站长": "钟秀兰",
        "覆盖村居": "清空",
        "活动日": "每月15日",
    }
    load = brought_in(township, clerk, stations=[changed])

    assert counts(load) == ({}, {"联络站": 1}, {})
    now = stored(StationTable, township, clerk)[0]
    assert (now["deputy_heads"], now["activity_days"]) == (["钟秀兰"], "每月15日")
    assert "covers" not in now
    assert now["address"] == "圩镇农贸市场旁"
    assert StationPost.objects.get_visible(clerk, post="站长").pk == head.pk
    assert Station.objects.get_visible(clerk, name=MAIN).version == 2
    trace = load.traces[-1]
    assert (trace.action, trace.before) == (
        "update",
        {
            "deputy_heads": "钟秀兰；赖国平",
            "covers": "上芦村；黄雷村",
            "activity_days": "农历初七、二十四",
        },
    )


def test_what_cannot_be_of_a_station_is_an_error_and_what_is_odd_a_finding(township, clerk):
    rows = [
        {"名称": "甲站", "类型": "站", "建成日期": "2023-05-02", "停用日期": "2023-05-01"},
        {"名称": "乙站", "类型": "馆"},
        {
            "名称": "丙站",
            "类型": "站",
            "建成日期": "2023-05-02",
            "提升日期": "2023-05-01",
            "活动日": "逢圩",
        },
    ]
    load = planned(township, clerk, stations=rows)
    assert said(load.errors) == [
        ("联络站", 3, "类型", "“馆”不在可选的词里，要写成 站、室 或 议事亭"),
        ("联络站", 2, "停用日期", "停用日期早于建成日期2023-05-02"),
    ]
    assert [(each.row, each.column) for each in load.findings] == [(4, "提升日期"), (4, "活动日")]


def test_an_item_beyond_the_six_makes_the_county_a_list_that_begins_with_the_six(
    township, clerk, county_user
):
    row = {"名称": MAIN, "类型": "站", "清单达标": "有场所；有网络"}
    load = brought_in(township, clerk, stations=[row])
    assert [each.message for each in load.findings] == ["“有网络”不在联络站清单词表里，已加入词表"]
    words = Word.objects.visible_to(county_user).filter(kind="联络站清单")
    assert [word.text for word in words] == [
        "有场所",
        "有队伍",
        "有制度",
        "有活动",
        "有经费",
        "有实效",
        "有网络",
    ]
    assert {word.place.code for word in words} == {"360733"}
    again = brought_in(township, clerk, stations=[row])
    assert (again.findings, counts(again)) == ([], ({}, {}, {"联络站": 1}))
