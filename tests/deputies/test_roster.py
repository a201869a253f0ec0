"""A clerk keeps the roster: people, their mandates, their groupings."""

import pytest

from congress.place_tree import ensure_place
from deputies.models import Mandate, Person, PersonFact
from tests.deputies.desk import counts, enter, exported, found, parsed, read_back, refused, rows

pytestmark = pytest.mark.django_db

TERM = {"层级": "乡镇", "届次": "第七届", "开始日期": "2021-10-08"}
WANG = rows(
    "姓名 备注 性别 出生年月 民族 政治面貌 学历 职业构成 工作单位及职务 联系电话 所在村居 "
    "联络站 入群 联系户数 代表小组 专业小组",
    "王芳 上芦村 女 1978.05 汉族 中共党员 大专 农民 村书记 13800000000 上芦村 "
    "一站 是 5 第一小组 农业小组",
)[0]
LI = {"姓名": "李建国", "联系户数": 0}
STATION = [{"名称": "一站"}, {"名称": "二站"}]


def test_a_roster_row_becomes_a_person_with_facts_that_have_no_dates(township, clerk):
    load = enter(township, clerk, 代表名册=[WANG, LI], 联络站=STATION)
    wang = Person.objects.visible_to(clerk).get(name="王芳")
    assert (str(wang), wang.initials, wang.phone, wang.village.name) == (
        "王芳（上芦村）",
        "wf",
        "13800000000",
        "上芦村",
    )
    facts = wang.facts.order_by("kind").values_list(
        "kind", "value", "number", "station__name", "starts"
    )
    assert sorted(facts, key=str) == [
        ("专业小组", "农业小组", None, None, None),
        ("代表小组", "第一小组", None, None, None),
        ("政治面貌", "中共党员", None, None, None),
        ("群", "", None, None, None),
        ("联系户", "", 5, None, None),
        ("联络站", "", None, "一站", None),
    ]
    assert wang.entered_by == clerk
    assert read_back(load, "代表名册") == parsed(load, "代表名册")
    assert found(load) == [("代表名册", 2, "所在村居")]


def test_the_same_roster_again_changes_nothing(township):
    sheets = {"代表名册": [WANG, LI], "联络站": STATION}
    enter(township, **sheets)
    assert counts(enter(township, **sheets), "代表名册") == (0, 0, 2)


def test_a_changed_roster_row_changes_the_fact_without_dates(township):
    enter(township, 代表名册=[WANG], 联络站=STATION)
    changed = {
        "姓名": "王芳",
        "备注": "上芦村",
        "代表小组": "第二小组",
        "联络站": "二站",
        "入群": "否",
        "联系户数": "清空",
    }
    load = enter(township, 代表名册=[changed])
    assert counts(load, "代表名册") == (0, 1, 0)
    facts = PersonFact._base_manager.values_list("kind", "value", "station__name")
    assert sorted(facts, key=str) == [
        ("专业小组", "农业小组", None),
        ("代表小组", "第二小组", None),
        ("政治面貌", "中共党员", None),
        ("联络站", "", "二站"),
    ]
    assert load.traces[0].before == {
        "group": "第一小组", "station": "一站", "chat_group": "是", "linked": 5,
    }  # fmt: skip
    assert Person._base_manager.get().version == 2


def test_a_name_with_its_note_in_one_cell_is_the_same_person(township):
    enter(township, 代表名册=[{"姓名": "王芳", "备注": "上芦村"}])
    again = enter(township, 代表名册=[{"姓名": "王芳(上芦村)"}])
    assert counts(again, "代表名册") == (0, 0, 1)


def test_an_unknown_station_in_the_roster_is_an_error(township):
    assert refused(township, 代表名册=[{"姓名": "王芳", "联络站": "三站"}]) == [
        ("代表名册", 2, "联络站", "没有找到联络站“三站”，请先登记或核对写法")
    ]


def test_two_of_one_name_of_whom_one_has_no_note_are_a_finding(township):
    load = enter(township, 代表名册=[{"姓名": "王芳"}, {"姓名": "王芳", "备注": "上芦村"}])
    assert found(load) == [("代表名册", 2, "备注")]


def test_a_stranger_sees_nobody_and_changes_nobody(township, other_township, clerk, stranger):
    enter(township, clerk, 代表名册=[WANG], 联络站=STATION)
    assert list(Person.objects.visible_to(stranger)) == []
    load = enter(
        other_township, stranger, 代表名册=[{"姓名": "王芳", "备注": "上芦村", "性别": "男"}]
    )
    assert counts(load, "代表名册") == (1, 0, 0)
    assert Person.objects.visible_to(clerk).get().sex == "女"


# Mandates

TOWN = {"姓名": "王芳", "层级": "镇代表", "届次": "第七届", "当选日期": "2021-09-20"}
SEAT = TOWN | {
    "选区": "第3选区", "代表团": "上芦团", "代表证号": "07", "产生方式": "换届选举",
    "起任日期": "2021-10-08", "暂停日期": "2023-01-01", "恢复日期": "2023-03-01",
    "终止日期": "2024-05-01", "终止原因": "辞职",
}  # fmt: skip


def test_a_mandate_finds_its_person_and_its_term(township, clerk):
    county = TOWN | {"层级": "县级", "届次": "第十八届"}
    load = enter(township, clerk, 届次=[TERM], 代表名册=[{"姓名": "王芳"}], 代表职务=[SEAT, county])
    seats = Mandate.objects.visible_to(clerk).order_by("pk")
    assert [
        (str(m.person), m.level, m.term.name, m.term.place.code, str(m.starts)) for m in seats
    ] == [
        ("王芳", "乡镇", "第七届", "360733100", "2021-10-08"),
        ("王芳", "县", "第十八届", "360733", "2021-09-20"),
    ]
    assert seats[1].term.starts is None
    assert found(load) == [("代表职务", 3, "届次")]
    assert read_back(load, "代表职务") == parsed(load, "代表职务")
    assert counts(enter(township, clerk, 代表职务=[SEAT, county]), "代表职务") == (0, 0, 2)
    moved = enter(township, clerk, 代表职务=[SEAT | {"终止原因": "迁出"}])
    assert counts(moved, "代表职务") == (0, 1, 0)
    assert [(m.end_reason, m.version) for m in seats.all()] == [("迁出", 2), ("", 1)]


def test_what_cannot_be_of_a_mandate_is_refused_with_its_place_in_the_file(township):
    rows = [
        TOWN | {"姓名": "张三"},
        TOWN | {"终止日期": "2021-09-19"},
        TOWN | {"当选日期": "2021-09-21", "终止原因": "辞职"},
        TOWN | {"当选日期": "2021-09-22", "恢复日期": "2022-01-01"},
        TOWN | {"当选日期": "9月"},
        TOWN | {"当选日期": "2021-09-23", "层级": "村"},
    ]
    errors = refused(township, 届次=[TERM], 代表名册=[{"姓名": "王芳"}], 代表职务=rows)
    assert [(sheet, row, column) for sheet, row, column, _ in errors] == [
        ("代表职务", 6, "当选日期"),
        ("代表职务", 7, "层级"),
        ("代表职务", 2, "姓名"),
        ("代表职务", 3, "终止日期"),
        ("代表职务", 4, "终止日期"),
        ("代表职务", 5, "暂停日期"),
    ]
    assert errors[2][3] == "代表名册里没有“张三”，请核对姓名，或先在代表名册里加上"


def test_a_bare_name_that_fits_two_is_an_error(township):
    people = [
        {"姓名": "王芳", "备注": "上芦村"},
        {"姓名": "王芳", "备注": "河背村"},
        {"姓名": "李建国", "备注": "上芦村"},
    ]
    rows = [
        TOWN,
        TOWN | {"姓名": "王芳（河背村）"},
        TOWN | {"姓名": "李建国"},
        TOWN | {"姓名": "王芳（下芦村）"},
    ]
    errors = refused(township, 届次=[TERM], 代表名册=people, 代表职务=rows)
    assert errors == [
        ("代表职务", 2, "姓名", "“王芳”有2位，请写明是哪一位：王芳（上芦村）、王芳（河背村）"),
        (
            "代表职务",
            5,
            "姓名",
            "代表名册里没有“王芳（下芦村）”，同名的有：王芳（上芦村）、王芳（河背村）",
        ),
    ]
    load = enter(township, 届次=[TERM], 代表名册=people, 代表职务=rows[1:3])
    assert [values["name"] for values in parsed(load, "代表职务")] == [
        "王芳（河背村）",
        "李建国（上芦村）",
    ]


def test_an_empty_start_is_the_day_of_election_and_an_end_without_reason_is_found(township):
    load = enter(
        township,
        届次=[TERM],
        代表名册=[LI],
        代表职务=[TOWN | {"姓名": "李建国", "终止日期": "2024-05-01"}],
    )
    assert str(Mandate._base_manager.get().starts) == "2021-09-20"
    assert found(load) == [("代表职务", 2, "终止原因")]
    cleared = TOWN | {"姓名": "李建国", "起任日期": "清空"}
    assert counts(enter(township, 代表职务=[cleared]), "代表职务") == (0, 0, 1)


def test_in_a_county_level_city_its_deputies_are_of_the_county_level(db):
    ruijin = ensure_place("360781100", "象湖镇")
    enter(ruijin, 代表名册=[LI], 代表职务=[TOWN | {"姓名": "李建国", "层级": "市代表"}])
    assert Mandate._base_manager.get().level == "县"


# Groupings

DATED = {
    "姓名": "李建国",
    "类别": "联络站",
    "名称": "一站",
    "开始日期": "2022-03-01",
    "结束日期": "2024-03-01",
}


def test_a_grouping_is_a_fact_with_dates(township):
    rows = [DATED, {"姓名": "李建国", "类别": "联系户", "数量": "8", "开始日期": "2023-01-01"}]
    load = enter(township, 代表名册=[LI], 联络站=STATION, 代表编组=rows)
    facts = PersonFact._base_manager.exclude(starts=None).order_by("pk")
    assert [
        (f.kind, f.station and f.station.name, f.number, str(f.starts), str(f.ends)) for f in facts
    ] == [
        ("联络站", "一站", None, "2022-03-01", "2024-03-01"),
        ("联系户", None, 8, "2023-01-01", "None"),
    ]
    assert read_back(load, "代表编组") == parsed(load, "代表编组")
    assert counts(enter(township, 代表编组=rows), "代表编组") == (0, 0, 2)
    assert counts(enter(township, 代表编组=[DATED | {"结束日期": "2024-06-01"}]), "代表编组") == (
        0,
        1,
        0,
    )


def test_what_cannot_be_of_a_grouping_is_refused(township):
    rows = [
        DATED | {"名称": "三站"},
        DATED | {"名称": ""},
        DATED | {"结束日期": "2022-02-28"},
        DATED | {"类别": "政治面貌"},
    ]
    errors = refused(township, 代表名册=[LI], 联络站=STATION, 代表编组=rows)
    assert [(row, column) for _, row, column, _ in errors] == [
        (5, "类别"),
        (2, "名称"),
        (3, "名称"),
        (4, "结束日期"),
    ]


def test_an_export_gives_each_fact_once_and_comes_back_the_same(township, other_township):
    group = {"姓名": "王芳（上芦村）", "类别": "代表小组", "名称": "第一小组"}
    second = group | {"名称": "第三小组"}
    team = group | {"类别": "志愿服务队", "名称": "红马甲"}
    enter(township, 届次=[TERM], 代表名册=[WANG, LI], 联络站=STATION,
          代表职务=[SEAT | {"姓名": "王芳（上芦村）"}],
          代表编组=[group, second, team, DATED])  # fmt: skip
    sheets = exported(township)
    assert [(row["姓名"], row["类别"], row["名称"]) for row in sheets["代表编组"]] == [
        ("王芳（上芦村）", "代表小组", "第三小组"),
        ("王芳（上芦村）", "志愿服务队", "红马甲"),
        ("李建国", "联络站", "一站"),
    ]
    load = enter(township, **sheets)
    assert [len(rows) for rows in load.unchanged.values()] == [
        len(rows) for rows in sheets.values()
    ]
    enter(other_township, **sheets)
    assert exported(other_township) == sheets
