"""Figures of stations, counted by hand on the days where they change."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congress.figures import rows_behind
from congress.models import PlaceFact, Word
from liaison_stations.figures import FIGURES
from tests.liaison_stations.asking import asked, context
from tests.liaison_stations.books import MAIN, ROOM, brought_in

PAVILION = "圩镇议事亭"
STATIONS = [
    {
        "名称": MAIN,
        "类型": "站",
        "建成日期": "2021-06-18",
        "提升日期": "2023-04-28",
        "站长": "刘春生",
        "副站长": "钟秀兰；赖国平",
        "覆盖村居": "上芦村；黄雷村",
        "制度": "接待登记制度",
        "清单达标": "有场所；有队伍；有制度",
        "活动日": "农历初七、二十四",
    },
    {
        "名称": ROOM,
        "类型": "室",
        "建成日期": "2024-01-01",
        "站长": "刘春生",
        "联络员": "曾小燕",
        "覆盖村居": "上芦村；黄冠村",
        "制度": "接待登记制度",
        "清单达标": "有场所",
    },
    {"名称": PAVILION, "类型": "议事亭", "停用日期": "2024-07-01", "站长": "胡建华"},
]
STAFF = [
    {
        "联络站": MAIN,
        "职务": "联络员",
        "姓名": "李国强",
        "开始日期": "2024-03-01",
        "结束日期": "2024-06-01",
    },
    {"联络站": MAIN, "职务": "驻站人员", "姓名": "王芳"},
]
RULES = [
    {"名称": "议事规则", "制定者": "主席团", "通过日期": "2024-01-01", "废止日期": "2024-06-30"},
    {"名称": "联系群众制度", "制定者": "人大", "通过日期": "2024-02-01"},
]
VILLAGES = [
    {"名称": "上芦村", "代码": "360733100201", "户籍人口": 1000},
    {"名称": "黄雷村", "代码": "360733100202", "户籍人口": 500},
    {"名称": "黄冠村", "代码": "360733100203", "户籍人口": 300},
    {"名称": "远村", "代码": "360733100204", "户籍人口": 900},
]
SURVEYS = [
    {"日期": "2024-01-01", "村居": "上芦村", "询问人数": 40, "知晓人数": 30},
    {"日期": "2024-12-31", "村居": "黄雷村", "询问人数": 20, "知晓人数": 15},
    {"日期": "2025-01-01", "村居": "黄雷村", "询问人数": 99, "知晓人数": 0},
]


@pytest.fixture
def year(township, clerk):
    """All figures of a township from one day to another in 2024, as asked by its clerk."""
    book = {"villages": VILLAGES, "stations": STATIONS, "station_staff": STAFF}
    brought_in(township, clerk, **book, rules=RULES, awareness=SURVEYS)
    return lambda as_of, **filters: asked(clerk, township, "2024-01-01", as_of, **filters)


def values(results, *names):
    return [results[f"stations.{name}"].value for name in names]


def test_stations_count_from_the_day_of_opening_to_the_day_before_closing(year, township, clerk):
    def on(day):
        return asked(clerk, township, "2021-01-01", day)["stations.total"].breakdowns["kind"]

    assert on("2021-06-17") == {"议事亭": 1}
    assert on("2021-06-18") == {"站": 1, "议事亭": 1}
    assert on("2023-12-31") == {"站": 1, "议事亭": 1}
    assert on("2024-01-01") == {"站": 1, "室": 1, "议事亭": 1}
    assert on("2024-06-30") == {"站": 1, "室": 1, "议事亭": 1}
    assert on("2024-07-01") == {"站": 1, "室": 1}


def test_a_station_built_and_upgraded_in_the_period_counts_once(year, township, clerk):
    def within(start, end):
        built = asked(clerk, township, start, end)["stations.built_or_upgraded"]
        return built.value, built.breakdowns["kind"]

    assert within("2021-01-01", "2024-12-31") == (2, {"站": 1, "室": 1})
    assert within("2023-04-28", "2023-04-28") == (1, {"站": 1})
    assert within("2023-04-29", "2023-12-31") == (0, {})
    assert within("2024-01-01", "2024-12-31") == (1, {"室": 1})


def test_people_in_a_post_count_once_by_name_while_they_hold_it(year):
    spring, summer = year("2024-05-31"), year("2024-07-01")
    posts = ("heads", "deputy_heads", "liaison_officers")
    assert values(spring, *posts) == [2, 2, 2]
    assert values(summer, *posts) == [1, 2, 1]
    assert values(year("2024-06-01"), *posts) == [2, 2, 1]
    assert values(year("2024-02-29"), *posts) == [2, 2, 1]
    assert spring["stations.heads"].breakdowns == {"station": {MAIN: 1, ROOM: 1, PAVILION: 1}}
    assert values(year("2024-05-31", station=(ROOM,)), *posts) == [1, 0, 1]


def test_a_village_that_two_stations_serve_counts_once(year, clerk):
    assert values(year("2024-12-31"), "villages", "population") == [3, 1800]
    assert values(year("2024-12-31", station=(MAIN,)), "villages", "population") == [2, 1500]
    assert values(year("2024-12-31", kind=("室",)), "villages", "population") == [2, 1300]


def test_the_population_is_that_in_force_on_the_day(year, township, clerk):
    always = PlaceFact.objects.visible_to(clerk).get(place__name="上芦村")
    later = PlaceFact(place=always.place, kind="户籍人口", value=1100, starts="2024-06-01")
    later.save()
    assert values(year("2024-05-31"), "population") == [1800]
    assert values(year("2024-06-01"), "population") == [1900]


def test_rules_of_one_name_count_once_until_they_are_abolished(year):
    def titles(day, **filters):
        found = year(day, **filters)["stations.rules"]
        assert found.value == len(found.items)
        return sorted(item["title"] for item in found.items)

    assert titles("2024-01-31") == ["接待登记制度", "议事规则"]
    assert titles("2024-06-29") == ["接待登记制度", "联系群众制度", "议事规则"]
    assert titles("2024-06-30") == ["接待登记制度", "联系群众制度"]
    assert titles("2024-06-30", station=(MAIN,)) == ["接待登记制度"]


def test_the_checklist_counts_items_met_of_the_countys_list(year, county, county_user):
    met = year("2024-12-31")["stations.checklist"]
    assert (met.value, met.breakdowns, met.beside) == (
        4,
        {"station": {ROOM: 1, MAIN: 3}},
        {"items": 6},
    )
    for text in ("有场所", "有网络"):
        Word(place=county, kind="联络站清单", text=text).save()
    met = year("2024-12-31", station=(MAIN,))["stations.checklist"]
    assert (met.value, met.beside) == (1, {"items": 2})


def test_awareness_divides_those_who_knew_by_those_asked(year):
    rate = year("2024-12-31")["stations.awareness"]
    assert (rate.value, rate.numerator, rate.denominator) == (75.0, 45, 60)
    assert rate.breakdowns["village"]["黄雷村"] == {
        "value": 75.0,
        "numerator": 15,
        "denominator": 20,
    }


def test_facts_of_a_station_are_items_and_no_number(year):
    results = year("2024-12-31")
    assert results["stations.upgraded_on"].value is None
    assert results["stations.upgraded_on"].items == [
        {"station": MAIN, "date": "2023-04-28", "opened": "2021-06-18"},
        {"station": ROOM, "date": None, "opened": "2024-01-01"},
    ]
    assert results["stations.activity_days"].items == [
        {"station": MAIN, "title": "农历初七、二十四"}
    ]


def test_the_rows_behind_a_figure_are_those_that_it_counts(year, clerk, township):
    results = year("2024-05-31")
    ctx = context(clerk, township, "2024-01-01", "2024-05-31")
    with_rows = [figure for figure in FIGURES if figure.parts]
    behind = {
        figure.key: sum(rows.count() for rows, _ in rows_behind(figure, ctx))
        for figure in with_rows
    }
    assert behind == {figure.key: results[figure.key].rows for figure in with_rows}
    assert behind["stations.heads"] == 3
    assert behind["stations.villages"] == 4


def test_no_survey_has_no_rate(year, clerk, township):
    assert asked(clerk, township, "2023-01-01", "2023-12-31")["stations.awareness"].value is None


def test_a_filter_without_meaning_leaves_the_figures_out(year):
    assert year("2024-12-31", kind=("视察",)) == {}
    assert "stations.awareness" not in year("2024-12-31", kind=("站",))


def test_a_county_adds_its_townships_and_a_stranger_sees_nothing(
    year, county, county_user, other_township, stranger, township
):
    brought_in(other_township, stranger, stations=STATIONS[:1])
    whole = asked(county_user, county, "2024-01-01", "2024-12-31")
    assert values(whole, "total", "heads", "villages", "rules", "checklist") == [3, 2, 5, 3, 7]
    hidden = asked(stranger, township, "2024-01-01", "2024-12-31")
    assert values(hidden, "total", "heads", "villages", "rules", "checklist") == [0, 0, 0, 0, 0]


def test_all_figures_of_a_year_take_few_queries(year):
    with CaptureQueriesContext(connection) as queries:
        results = year("2024-12-31")
    assert set(results) == {figure.key for figure in FIGURES}
    assert len(queries) == 8
