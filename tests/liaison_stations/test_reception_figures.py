"""Figures of receptions, counted by hand on the days where they change."""

from datetime import date

import pytest

from congress.models import Station, Word
from liaison_stations.attendance import holds_throughout
from suggestions.models import Case, Standing
from tests.liaison_stations.asking import asked
from tests.liaison_stations.books import MAIN, ROOM, brought_in

STATIONS = [{"名称": MAIN, "类型": "站"}, {"名称": ROOM, "类型": "室"}]
# name, level, first day in office, first day out of office
MANDATES = [
    ("王芳", "乡镇", "2021-10-20", ""),
    ("王芳", "县", "2021-10-20", "2024-03-15"),
    ("李国强", "乡镇", "2021-10-20", ""),
    ("刘春生", "乡镇", "2021-10-20", "2024-12-31"),
    ("胡建华", "乡镇", "2021-10-20", ""),
]
# name, station, first day, first day out
GROUPINGS = [
    ("王芳", MAIN, "2023-01-01", "2024-07-01"),
    ("王芳", ROOM, "2024-07-01", ""),
    ("李国强", ROOM, "", ""),
    ("刘春生", MAIN, "", ""),
    ("胡建华", MAIN, "2024-01-02", ""),
]
# station, day, start, deputies, citizens, opinions
RECEPTIONS = [
    (MAIN, "2023-05-10", "8:30", "王芳；李国强", 9, 5),
    (MAIN, "2023-12-31", "8:30", "王芳", 1, 0),
    (MAIN, "2024-01-01", "8:30", "王芳；李国强", 10, 2),
    (MAIN, "2024-01-01", "14:30", "王芳", 4, 0),
    (ROOM, "2024-03-14", "8:30", "王芳；刘春生", 3, 0),
    (ROOM, "2024-03-15", "8:30", "王芳", 2, 1),
    (MAIN, "2024-12-31", "", "李国强；胡建华", 6, 0),
    (MAIN, "2025-01-01", "", "李国强", 7, 7),
]


def sheet(rows, *headers, **fixed):
    return [dict(zip(headers, row, strict=True)) | fixed for row in rows]


@pytest.fixture
def ask(township, clerk):
    """All figures of the township between two days, as asked by its clerk."""
    names = dict.fromkeys(name for name, *_ in MANDATES)
    brought_in(
        township,
        clerk,
        stations=STATIONS,
        deputies=[{"姓名": name} for name in names],
        mandates=sheet(MANDATES, "姓名", "层级", "当选日期", "终止日期", 届次="第七届"),
        groupings=sheet(GROUPINGS, "姓名", "名称", "开始日期", "结束日期", 类别="联络站"),
        receptions=sheet(
            RECEPTIONS, "联络站", "日期", "开始时间", "接待代表", "接待群众人数", "收集意见条数"
        ),
    )
    return lambda start, end, as_of=None, **filters: asked(
        clerk, township, start, end, as_of, **filters
    )


def value(results, name):
    return results[f"receptions.{name}"].value


def test_sessions_and_citizens_count_by_month_and_station(ask):
    results = ask("2024-01-01", "2024-12-31")
    held = results["receptions.held"]
    assert (held.value, value(results, "citizens")) == (5, 25)
    assert held.breakdowns == {
        "month": {"2024-01": 2, "2024-03": 2, "2024-12": 1},
        "station": {ROOM: 2, MAIN: 3},
    }
    assert value(ask("2024-01-01", "2024-12-31", as_of="2024-12-30"), "held") == 4
    assert value(ask("2024-01-01", "2024-12-31", kind=("室",)), "held") == 2


def test_attendances_are_counted_with_the_persons_beside(ask):
    deputies = ask("2024-01-01", "2024-12-31")["receptions.deputies"]
    assert (deputies.value, deputies.beside) == (8, {"persons": 4})
    here = ask("2024-01-01", "2024-12-31", station=(ROOM,))["receptions.deputies"]
    assert (here.value, here.beside) == (3, {"persons": 2})


def test_the_level_is_that_of_the_mandate_held_on_the_day_of_the_session(ask):
    def attended(*levels):
        found = ask("2024-01-01", "2024-12-31", level=levels)["receptions.deputies"]
        return found.value, found.beside["persons"]

    assert attended("县") == (3, 1)  # not on 15 March, the first day out of the county congress
    assert attended("乡镇") == (8, 4)
    assert attended("县", "乡镇") == (8, 4)
    assert "receptions.held" not in ask("2024-01-01", "2024-12-31", level=("县",))
    assert ask("2024-01-01", "2024-12-31", level=("村",)) == {}


def test_the_fewest_sessions_are_those_of_a_whole_month(ask):
    def fewest(start, end, **more):
        return value(ask(start, end, **more), "fewest_in_a_month")

    assert fewest("2024-01-01", "2024-01-31") == 2
    assert fewest("2024-01-01", "2024-03-31") == 0  # nothing in February
    assert fewest("2023-12-31", "2024-01-31") == 2  # a day of December is no month
    assert fewest("2024-01-02", "2024-01-31") == 0
    assert fewest("2024-01-01", "2024-12-31", as_of="2024-01-31") == 2
    assert fewest("2024-03-01", "2024-03-31", station=(ROOM,)) == 2


def test_the_fewest_attendances_are_of_deputies_in_a_station_the_whole_year(ask):
    def fewest(start, end, **filters):
        return value(ask(start, end, **filters), "fewest_per_deputy")

    # 2024: 王芳 4 in two stations, 李国强 2; 刘春生 left on 31 December, 胡建华 came on 2 January
    assert fewest("2024-01-01", "2024-12-31") == 2
    # 2023: 王芳 2, 李国强 1, 刘春生 0
    assert fewest("2023-01-01", "2024-12-31") == 0
    assert fewest("2023-01-01", "2023-12-31", station=(ROOM,)) == 0
    assert fewest("2023-01-01", "2023-12-31", level=("县",)) == 2
    # 王芳 left the county congress in March
    assert fewest("2024-01-01", "2024-12-31", level=("县",)) == 0
    # no whole year in it: the period itself
    assert fewest("2024-03-01", "2024-11-30", kind=("室",)) == 0
    assert fewest("2024-12-31", "2024-12-31") == 0
    assert fewest("2020-01-01", "2020-12-31") == 0


def test_deputies_below_the_quota_are_counted_by_whole_years(ask):
    def below(start, end, **filters):
        return value(ask(start, end, **filters), "deputies_below_quota")

    assert below("2024-01-01", "2024-12-31") == 0
    assert below("2023-01-01", "2023-12-31") == 2  # 李国强 1, 刘春生 0
    assert below("2023-01-01", "2024-12-31") == 1  # 刘春生 was not there throughout
    assert below("2023-01-01", "2024-11-30") == 2  # 2024 is not whole
    assert below("2024-01-01", "2024-06-30") == 0


def test_days_that_follow_each_other_without_a_gap_are_throughout():
    first, last = date(2024, 1, 1), date(2024, 12, 31)
    half = date(2024, 7, 1)
    assert holds_throughout({(None, None)}, first, last) is True
    assert holds_throughout({(half, None), (first, half)}, first, last) is True
    assert holds_throughout({(first, half), (date(2024, 7, 2), None)}, first, last) is False
    assert holds_throughout({(first, last)}, first, last) is False
    assert holds_throughout({(first, date(2025, 1, 1))}, first, last) is True
    assert holds_throughout(set(), first, last) is False


@pytest.fixture
def opinion(township, county, clerk):
    """Makes a case as it stands from its raised date on."""
    word = Word(place=county, kind="建议类别", text="基础设施")
    word.save()

    def make(number, day, station=MAIN, occasion="接待选民", state="已登记", **standing):
        case = Case(
            place=township,
            number=number,
            title="关于清理水沟的意见",
            raised_on=day,
            station=Station.objects.get_visible(clerk, name=station),
        )
        case.save()
        standing = {"origin": "群众", "category": word} | standing
        Standing(case=case, starts=day, occasion=occasion, state=state, **standing).save()
        return case

    return make


def test_opinions_are_those_of_the_sessions_and_the_cases_of_that_station_and_day(ask, opinion):
    opinion("1", "2024-01-01", result_class="A")
    opinion("2", "2024-12-31", result_class="B")
    opinion("3", "2024-01-01", station=ROOM)  # no session there that day
    opinion("4", "2024-01-02")  # nor on that day
    opinion("5", "2024-01-01", occasion="走访")
    opinion("6", "2024-01-01", state="已作废")
    opinion("7", "2024-01-01", state="草稿")
    opinion("8", "2024-01-01", withdrawn_on="2024-01-01", state="已撤回")
    opinion("9", "2024-03-15", station=ROOM, category=None)
    found = ask("2024-01-01", "2024-12-31")["receptions.opinions"]

    assert found.value == 3 + 3  # two and one of the sessions, three cases
    assert found.breakdowns == {
        "category": {"基础设施": 2, "未填": 1},
        "outcome": {"A": 1, "B": 1},
    }
    before = ask("2024-01-01", "2024-12-31", as_of="2024-12-30")
    assert value(before, "opinions") == 5
    here = ask("2024-01-01", "2024-12-31", station=(ROOM,))
    assert value(here, "opinions") == 2
    roads = ask("2024-01-01", "2024-12-31", category=("基础设施",))
    assert {key: result.value for key, result in roads.items()} == {"receptions.opinions": 2}
    solved = ask("2024-01-01", "2024-12-31", outcome=("A",))
    assert value(solved, "opinions") == 1


def test_a_stranger_counts_nothing(ask, opinion, stranger, township):
    opinion("1", "2024-01-01")
    hidden = asked(stranger, township, "2024-01-01", "2024-12-31")
    names = ("held", "deputies", "citizens", "opinions", "deputies_below_quota")
    assert [value(hidden, name) for name in names] == [0, 0, 0, 0, 0]
