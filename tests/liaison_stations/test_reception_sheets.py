"""The sheets 接待记录 and 知晓调查 go into the records, come out the same, and are found again."""

from datetime import date, time

from django.db import connection
from django.test.utils import CaptureQueriesContext

from liaison_stations.models import AwarenessSurvey, Reception, StationAsset
from liaison_stations.tables import StationTable
from liaison_stations.tables_receptions import AwarenessTable, ReceptionTable
from liaison_stations.tables_staff import RuleTable, StaffTable
from tests.liaison_stations.books import (
    MAIN,
    RECEPTIONS,
    ROOM,
    STATIONS,
    brought_in,
    counts,
    planned,
    reparsed,
    said,
    stored,
)


def test_receptions_go_in_with_their_deputies_and_are_found_again(township, clerk, people):
    brought_in(township, clerk, stations=STATIONS[:1], receptions=RECEPTIONS)
    assert stored(ReceptionTable, township, clerk) == [
        {
            "station": MAIN,
            "on": date(2024, 3, 15),
            "starts_at": time(8, 30),
            "ends_at": time(11, 30),
            "where": "接待室",
            "deputies": ["王芳（上芦村）", "李国强"],
            "citizens": 12,
            "opinions": 3,
            "recorder": "曾小燕",
        },
        {
            "station": MAIN,
            "on": date(2024, 3, 15),
            "deputies": ["李国强"],
            "citizens": 0,
            "opinions": 0,
        },
    ]
    assert reparsed(ReceptionTable, township, clerk) == stored(ReceptionTable, township, clerk)
    again = brought_in(township, clerk, receptions=RECEPTIONS)
    assert counts(again) == ({}, {}, {"接待记录": 2})
    changed = {**RECEPTIONS[0], "接待代表": "李国强", "接待群众人数": 15}
    load = brought_in(township, clerk, receptions=[changed])
    assert counts(load) == ({}, {"接待记录": 1}, {})
    session = Reception.objects.get_visible(clerk, starts_at=time(8, 30))
    assert ([str(each) for each in session.deputies.all()], session.citizens) == (["李国强"], 15)


def test_a_reception_that_cannot_be_is_an_error(township, clerk, people):
    rows = [
        {
            "联络站": MAIN,
            "日期": "2024-03-15",
            "开始时间": "11:30",
            "结束时间": "8:30",
            "接待代表": "李国强",
        },
        {"联络站": "无名站", "日期": "2024-03-15", "接待代表": "李国强"},
        {"联络站": MAIN, "日期": "2024-03-16", "接待代表": "王芳"},
        {"联络站": MAIN, "日期": "2024-03-17", "接待代表": "张三"},
        {"联络站": MAIN, "日期": "2024-03-17", "接待代表": "李国强"},
    ]
    load = planned(township, clerk, stations=STATIONS[:1], receptions=rows)
    assert [(each.row, each.column) for each in load.errors] == [
        (3, "联络站"),
        (4, "接待代表"),
        (5, "接待代表"),
        (2, "结束时间"),
        (6, "联络站"),
    ]


def test_a_reception_before_the_opening_or_with_a_deputy_out_of_office_is_a_finding(
    township, clerk, people
):
    rows = [
        {"联络站": MAIN, "日期": "2021-06-17", "接待代表": "李国强"},
        {"联络站": MAIN, "日期": "2021-10-20", "接待代表": "李国强；王芳（黄雷村）"},
        {"联络站": ROOM, "日期": "2024-01-01", "接待代表": "李国强"},
        {"联络站": ROOM, "日期": "2023-12-31", "接待代表": "李国强"},
    ]
    load = brought_in(township, clerk, stations=STATIONS, receptions=rows)
    assert said(load.findings)[3:] == [
        ("接待记录", 2, "接待代表", "李国强在2021-06-17不在任"),
        ("接待记录", 2, "日期", "接待早于联络站建成日期2021-06-18"),
        ("接待记录", 3, "接待代表", "王芳（黄雷村）在2021-10-20不在任"),
        ("接待记录", 4, "日期", "联络站已于2024-01-01停用"),
    ]


def test_surveys_go_in_and_more_who_know_than_were_asked_is_an_error(township, clerk):
    rows = [{"日期": "2024-06-20", "村居": "上芦村", "询问人数": 50, "知晓人数": 41}]
    load = brought_in(township, clerk, awareness=rows)
    assert [each.message for each in load.findings] == ["村居“上芦村”是新的，已按暂编代码加入"]
    survey = {"on": date(2024, 6, 20), "village": "上芦村", "asked": 50, "knew": 41}
    assert stored(AwarenessTable, township, clerk) == [survey]
    assert reparsed(AwarenessTable, township, clerk) == [survey]
    assert counts(brought_in(township, clerk, awareness=rows)) == ({}, {}, {"知晓调查": 1})
    rows[0]["知晓人数"] = 51
    load = planned(township, clerk, awareness=rows)
    assert said(load.errors) == [("知晓调查", 2, "知晓人数", "知晓人数多于询问人数50")]
    rows[0]["知晓人数"] = 50
    assert counts(brought_in(township, clerk, awareness=rows)) == ({}, {"知晓调查": 1}, {})
    assert AwarenessSurvey.objects.get_visible(clerk).knew == 50


def test_a_stranger_reads_none_of_it(township, clerk, stranger, people):
    brought_in(township, clerk, stations=STATIONS, receptions=RECEPTIONS)
    for table in (StationTable, StaffTable, RuleTable, ReceptionTable):
        assert len(stored(table, township, clerk)) > 0
        assert stored(table, township, stranger) == []
    assert StationAsset.objects.visible_to(stranger).count() == 0


def queries_for(township, clerk, number, first):
    """Queries to write, and to read, `number` stations and receptions more."""
    names = [f"{first + n}号站" for n in range(number)]
    stations = [{**STATIONS[0], "名称": name} for name in names]
    receptions = [{**RECEPTIONS[0], "联络站": name} for name in names]
    load = planned(township, clerk, stations=stations, receptions=receptions)
    assert load.errors == []
    found = []
    for act in (
        load.commit,
        lambda: [stored(t, township, clerk) for t in (StationTable, ReceptionTable)],
    ):
        with CaptureQueriesContext(connection) as queries:
            act()
        found.append(len(queries))
    return found


def test_the_number_of_queries_does_not_grow_with_the_rows(township, clerk, people):
    brought_in(township, clerk, stations=STATIONS[:1])
    one = queries_for(township, clerk, 1, first=1)
    assert queries_for(township, clerk, 3, first=10) == one
