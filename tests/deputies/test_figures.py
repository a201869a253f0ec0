"""Figures of deputies, leaders and meetings, against numbers counted by hand."""

import pytest

from deputies.models import PersonFact
from tests.deputies.desk import enter, figures, on, rows

pytestmark = pytest.mark.django_db

YEAR = ("2024-01-01", "2024-12-31")
TERMS = [
    {"层级": "乡镇", "届次": "第六届", "开始日期": "2016-10-10", "结束日期": "2021-10-08"},
    {"层级": "乡镇", "届次": "第七届", "开始日期": "2021-10-08"},
    {"层级": "县", "届次": "第十八届", "开始日期": "2021-11-01"},
]
PEOPLE = rows(
    "姓名 性别 出生年月 政治面貌 学历 职业构成 联络站 入群 联系户数 代表小组 专业小组",
    "王芳 女 1989-01 中共党员 大专 农民 一站 是 5 第一小组 农业小组",
    "李建国 男 1988-12 群众 大专 农民 一站 是 0 第一小组 -",
    "赵强 男 1963-12 - - 干部 - - 3 第二小组 -",
)
SEAT = {
    "姓名": "王芳",
    "层级": "乡镇",
    "届次": "第七届",
    "当选日期": "2021-09-20",
    "起任日期": "2021-10-08",
    "产生方式": "换届选举",
}
COUNTY_SEAT = {
    "姓名": "王芳",
    "层级": "县",
    "届次": "第十八届",
    "当选日期": "2021-10-20",
    "产生方式": "换届选举",
}
SEATS = [
    SEAT,
    COUNTY_SEAT,
    SEAT | {"姓名": "李建国", "终止日期": "2024-05-01", "终止原因": "辞职"},
    SEAT | {"姓名": "赵强", "届次": "第六届", "当选日期": "2016-09-20", "起任日期": "2016-10-10",
            "终止日期": "2021-10-08", "终止原因": "任期届满"},
    SEAT | {"姓名": "赵强", "当选日期": "2024-03-01", "起任日期": "", "产生方式": "补选"},
]  # fmt: skip
STATIONS = [{"名称": "一站"}, {"名称": "二站"}]


@pytest.fixture
def deputies(township):
    enter(township, 届次=TERMS, 代表名册=PEOPLE, 代表职务=SEATS, 联络站=STATIONS)


def serving(place, day, **filters):
    return on(place, day, **filters)["deputies.serving"].value


def test_serving_runs_from_the_start_to_the_day_before_the_end(township, deputies):
    days = {"2021-09-20": 1, "2021-10-07": 1, "2021-10-08": 2, "2024-02-29": 2, "2024-03-01": 3,
            "2024-04-30": 3, "2024-05-01": 2}  # fmt: skip
    assert {day: serving(township, day) for day in days} == days


def test_two_mandates_are_one_person_under_two_levels(township, deputies):
    result = on(township, "2024-04-30")["deputies.serving"]
    assert (result.value, result.breakdowns["level"]) == (3, {"乡镇": 3, "县": 1})
    assert serving(township, "2024-04-30", level="县") == 1
    assert serving(township, "2024-04-30", level="省") == 0


def test_serving_deputies_by_what_they_are(township, deputies):
    assert on(township, "2024-12-31")["deputies.serving"].breakdowns == {
        "level": {"乡镇": 2, "县": 1},
        "sex": {"女": 1, "男": 1},
        "party": {"中共党员": 1},
        "education": {"大专": 1},
        "age_band": {"35岁及以下": 1, "61岁以上": 1},
        "occupation": {"农民": 1, "干部": 1},
        "group": {"农业小组": 1, "第一小组": 1, "第二小组": 1},
    }


def test_a_birthday_moves_a_deputy_into_the_next_age_band(township, deputies):
    bands = {day: on(township, day)["deputies.serving"].breakdowns["age_band"] for day in
             ("2024-11-30", "2024-12-01", "2025-01-01")}  # fmt: skip
    assert bands == {
        "2024-11-30": {"35岁及以下": 1, "56-60岁": 1},
        "2024-12-01": {"35岁及以下": 1, "61岁以上": 1},
        "2025-01-01": {"36-45岁": 1, "61岁以上": 1},
    }


def test_the_party_of_a_deputy_is_the_one_of_that_day(township, deputies):
    fact = PersonFact._base_manager.get(kind="政治面貌", value="中共党员")
    PersonFact(
        place=township, person=fact.person, kind="政治面貌", value="民盟盟员", starts="2024-06-01"
    ).save()
    before, after = (
        on(township, day)["deputies.serving"].breakdowns["party"]
        for day in ("2024-05-31", "2024-06-01")
    )
    assert (before, after) == ({"中共党员": 1}, {"民盟盟员": 1})


def test_elected_counts_persons_by_the_day_and_the_way_of_election(township, deputies):
    term = figures(township, "2021-09-01", "2024-12-31")
    assert term["deputies.elected.township"].value == 3
    assert term["deputies.elected.township"].breakdowns["way"] == {"换届选举": 2, "补选": 1}
    assert term["deputies.elected.county"].value == 1
    general = figures(township, "2021-09-20", "2024-12-31", way="换届选举")
    assert general["deputies.elected.township"].value == 2
    assert "deputies.serving" not in general
    assert figures(township, "2021-09-21", "2024-02-29")["deputies.elected.township"].value == 0


def test_left_leaves_out_who_served_the_term_to_its_end(township, deputies):
    left = figures(township, "2021-10-08", "2024-05-01")["deputies.left"]
    assert (left.value, left.breakdowns["reason"]) == (1, {"辞职": 1})
    assert figures(township, "2021-10-08", "2024-04-30")["deputies.left"].value == 0


def test_stations_groups_and_households_of_serving_deputies(township, deputies):
    result = on(township, "2024-04-30")
    stations = result["deputies.in_station"]
    assert (stations.value, stations.breakdowns) == (
        2,
        {"level": {"乡镇": 2, "县": 1}, "station": {"一站": 2}},
    )
    assert result["deputies.in_chat_group"].value == 2
    linking = result["deputies.linking_households"]
    assert (linking.value, linking.beside) == (2, {"households": 8})
    assert result["deputies.in_group"].value == 3
    groups = result["groups.total"]
    assert (groups.value, groups.breakdowns["kind"]) == (3, {"代表小组": 2, "专业小组": 1})
    one = on(township, "2024-04-30", station="一站")
    assert (one["deputies.in_station"].value, one["deputies.serving"].value) == (2, 2)
    assert on(township, "2024-04-30", kind="专业小组")["groups.total"].value == 1
    assert "groups.total" not in on(township, "2024-04-30", kind="视察")


def test_a_group_ends_with_its_last_serving_member_and_a_dated_fact_with_its_end(
    township, deputies
):
    groupings = rows(
        "姓名 类别 名称 开始日期 结束日期",
        "赵强 联络站 二站 2024-06-01 2024-09-01",
        "赵强 代表小组 第三小组 - 2024-07-01",
    )
    enter(township, 代表编组=groupings)
    in_station = {day: on(township, day)["deputies.in_station"].breakdowns["station"] for day in
                  ("2024-05-31", "2024-06-01", "2024-08-31", "2024-09-01")}  # fmt: skip
    assert in_station == {
        "2024-05-31": {"一站": 1},
        "2024-06-01": {"一站": 1, "二站": 1},
        "2024-08-31": {"一站": 1, "二站": 1},
        "2024-09-01": {"一站": 1},
    }
    groups = [
        on(township, day)["groups.total"].value
        for day in ("2024-02-29", "2024-06-30", "2024-07-01")
    ]
    assert groups == [2, 4, 3]


# Terms and leaders

LEADERS = rows(
    "届次 机构 职务 姓名 出生年月 任职日期 离任日期",
    "第六届 人大 主席 老陈 1965-01 2016-10-10 2021-10-08",
    "第六届 政府 镇长 老刘 1970-11 2016-10-10 2021-10-08",
    "第七届 人大 主席 小周 1980-06 2021-10-08 -",
    "第七届 政府 镇长 小吴 1985-01 2021-10-08 -",
    "第七届 政府 副镇长 小郑 1984-06 2021-10-08 2024-06-01",
)


def test_the_mean_age_of_leaders_beside_that_of_the_term_before(township):
    enter(township, 届次=TERMS, 班子成员=LEADERS)
    ages = on(township, "2024-05-31")["leaders.average_age"]
    # 43, 39, 39; on 2021-10-07: 56 and 50
    assert (ages.value, ages.beside, ages.rows) == (40.3, {"previous": 53}, 3)
    assert ages.breakdowns["body"] == {"人大": 43, "政府": 39}
    # 44 and 39: the deputy head is out on the day of leaving
    assert on(township, "2024-06-01")["leaders.average_age"].value == 41.5
    assert on(township, "2024-06-01", body="政府")["leaders.average_age"].value == 39


def test_no_leader_has_no_mean_age(township):
    ages = on(township, "2024-05-31")["leaders.average_age"]
    assert (ages.value, ages.beside, ages.breakdowns) == (None, {"previous": None}, {"body": {}})


def test_term_began_is_the_term_in_force(township):
    enter(township, 届次=TERMS)
    began = {
        day: on(township, day)["term.began"].items
        for day in ("2016-10-09", "2021-10-07", "2021-10-08")
    }
    assert began == {
        "2016-10-09": [],
        "2021-10-07": [{"year": 2016, "first_day": "2016-10-10", "name": "第六届"}],
        "2021-10-08": [{"year": 2021, "first_day": "2021-10-08", "name": "第七届"}],
    }
    assert (
        on(township, "2022-01-01", level="县")["term.began"].items[0]["first_day"] == "2021-11-01"
    )
    assert on(township, "2022-01-01")["term.began"].value is None


# Who asks


def test_a_stranger_counts_nothing_and_the_county_all_its_townships(
    township, other_township, deputies, stranger, county_user, county
):
    enter(other_township, 届次=TERMS, 代表名册=PEOPLE[:1], 代表职务=SEATS[:1], 联络站=STATIONS)
    assert serving(township, "2024-04-30", user=stranger) == 0
    assert serving(county, "2024-04-30", user=county_user) == 4
    assert on(county, "2024-04-30", user=county_user)["groups.total"].value == 5


def test_all_figures_of_a_year_take_eleven_queries(
    township, deputies, django_assert_max_num_queries
):
    enter(township, 班子成员=LEADERS)
    with django_assert_max_num_queries(11):
        figures(township, *YEAR)
