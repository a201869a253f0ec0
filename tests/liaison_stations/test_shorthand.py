"""What two sheets say of one station's people and rules is one record, on every import."""

from datetime import date

from liaison_stations.models import Rule, StationPost
from liaison_stations.tables import StationTable
from liaison_stations.tables_staff import RuleTable, StaffTable
from tests.liaison_stations.books import MAIN, brought_in, counts, stored


def posts(clerk):
    found = StationPost.objects.visible_to(clerk).order_by("pk")
    return [(each.name, each.starts, each.ends) for each in found]


def rules(clerk):
    return [
        (each.name, each.adopted_on) for each in Rule.objects.visible_to(clerk).order_by("name")
    ]


def test_an_undated_head_in_both_sheets_is_one_post(township, clerk):
    book = {
        "stations": [{"名称": MAIN, "类型": "站", "站长": "刘春生"}],
        "station_staff": [
            {"联络站": MAIN, "职务": "站长", "姓名": "刘春生"},
            {"联络站": MAIN, "职务": "站长", "姓名": "赖国平"},
        ],
    }
    brought_in(township, clerk, **book)
    assert posts(clerk) == [("刘春生", None, None), ("赖国平", None, None)]
    assert stored(StationTable, township, clerk)[0]["heads"] == ["刘春生", "赖国平"]
    again = brought_in(township, clerk, **book)
    assert counts(again) == ({}, {}, {"联络站": 1, "联络站人员": 2})
    assert posts(clerk) == [("刘春生", None, None), ("赖国平", None, None)]


def test_a_new_head_in_one_sheet_and_the_end_of_the_old_in_the_other_are_both_kept(township, clerk):
    brought_in(township, clerk, stations=[{"名称": MAIN, "类型": "站", "站长": "刘春生"}])
    book = {
        "stations": [{"名称": MAIN, "类型": "站", "站长": "赖国平"}],
        "station_staff": [
            {"联络站": MAIN, "职务": "站长", "姓名": "刘春生", "结束日期": "2024-03-01"}
        ],
    }
    brought_in(township, clerk, **book)
    assert posts(clerk) == [("刘春生", None, date(2024, 3, 1)), ("赖国平", None, None)]
    again = brought_in(township, clerk, **book)
    assert counts(again) == ({}, {}, {"联络站": 1, "联络站人员": 1})


def test_the_sheet_of_rules_gives_its_date_to_a_rule_that_the_station_names(township, clerk):
    book = {
        "stations": [{"名称": MAIN, "类型": "站", "制度": "接待登记制度；意见反馈制度"}],
        "rules": [
            {"名称": "接待登记制度", "制定者": MAIN, "通过日期": "2022-01-20"},
            {"名称": "值班制度", "制定者": MAIN},
        ],
    }
    brought_in(township, clerk, **book)
    kept = [("值班制度", None), ("意见反馈制度", None), ("接待登记制度", date(2022, 1, 20))]
    assert rules(clerk) == kept
    again = brought_in(township, clerk, **book)
    assert counts(again) == ({}, {}, {"联络站": 1, "制度": 2})
    assert rules(clerk) == kept


def test_a_rule_left_out_of_the_column_and_dated_in_its_own_sheet_is_kept(township, clerk):
    brought_in(township, clerk, stations=[{"名称": MAIN, "类型": "站", "制度": "甲制度；乙制度"}])
    book = {
        "stations": [{"名称": MAIN, "类型": "站", "制度": "甲制度"}],
        "rules": [{"名称": "乙制度", "制定者": MAIN, "通过日期": "2022-01-20"}],
    }
    brought_in(township, clerk, **book)
    assert rules(clerk) == [("乙制度", date(2022, 1, 20)), ("甲制度", None)]
    assert counts(brought_in(township, clerk, **book)) == ({}, {}, {"联络站": 1, "制度": 1})


def test_an_exported_ledger_says_each_thing_once(township, clerk):
    brought_in(
        township,
        clerk,
        stations=[{"名称": MAIN, "类型": "站", "站长": "刘春生", "制度": "甲制度；乙制度"}],
        station_staff=[{"联络站": MAIN, "职务": "驻站人员", "姓名": "胡建华"}],
        rules=[
            {"名称": "乙制度", "制定者": MAIN, "通过日期": "2022-01-20"},
            {"名称": "丙制度", "制定者": "人大"},
        ],
    )
    assert stored(StationTable, township, clerk)[0]["rules"] == ["甲制度"]
    staff = StaffTable().exported(StaffTable().records(clerk, township))
    assert [values["name"] for _, values in staff] == ["胡建华"]
    written = RuleTable().exported(RuleTable().records(clerk, township))
    assert [values["name"] for _, values in written] == ["乙制度", "丙制度"]
