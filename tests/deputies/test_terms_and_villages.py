"""A clerk keeps the terms and the villages."""

import pytest

from congress.models import Place
from deputies.models import Person
from tests.deputies.desk import counts, enter, found, named, refused

pytestmark = pytest.mark.django_db

TERM = {"层级": "乡镇", "届次": "第七届", "开始日期": "2021-10-08"}


def test_terms_stand_in_the_place_of_their_level(township, clerk):
    rows = [
        TERM,
        {"层级": "县", "届次": "第十八届", "开始日期": "2021-11-01"},
        {"层级": "全国", "届次": "第十四届", "开始日期": "2023-03-05"},
    ]
    load = enter(township, clerk, 届次=rows)
    table = named(load.tables, "届次")
    assert [term.place.code for term, _ in table.read(table.records(clerk, township))] == [
        "36",
        "360733",
        "360733100",
    ]
    assert counts(enter(township, clerk, 届次=rows), "届次") == (0, 0, 3)
    assert counts(enter(township, clerk, 届次=[TERM | {"结束日期": "2026-10-10"}]), "届次") == (
        0,
        1,
        0,
    )
    assert refused(township, 届次=[TERM | {"结束日期": "2021-10-08"}]) == [
        ("届次", 2, "结束日期", "结束日期不在开始日期2021-10-08之后，请核对")
    ]


def test_a_township_does_not_change_a_term_of_its_county(township, clerk, stranger, other_township):
    term = {"层级": "县", "届次": "第十八届", "开始日期": "2021-11-01"}
    enter(township, clerk, 届次=[term])
    assert counts(enter(other_township, stranger, 届次=[term]), "届次") == (0, 0, 1)
    other = term | {"开始日期": "2021-11-02"}
    assert refused(other_township, stranger, 届次=[other]) == [
        ("届次", 2, "开始日期", "这一届由上级人大登记为2021-11-01，乡镇不能改；请核对")
    ]
    assert counts(enter(township, clerk, 届次=[other]), "届次") == (0, 1, 0)


def test_a_village_without_a_code_gets_one_for_the_time_being(township):
    rows = [
        {"名称": "上芦村", "户籍人口": "2,315", "户数": 568},
        {"名称": "河背村", "代码": "360733100202"},
    ]
    load = enter(township, 村居=rows, 代表名册=[{"姓名": "王芳", "所在村居": "上芦村"}])
    villages = Place.objects.visible_to(load.user).villages()
    assert list(villages.values_list("name", "code", "provisional")) == [
        ("河背村", "360733100202", False), ("上芦村", "360733100901", True),
    ]  # fmt: skip
    assert (found(load), counts(enter(township, 村居=rows), "村居")) == ([], (0, 0, 2))
    better = [{"名称": "上芦村", "代码": "360733100201", "户籍人口": 2400, "户数": "清空"}]
    assert counts(enter(township, 村居=better), "村居") == (0, 1, 0)
    table = named(load.tables, "村居")
    assert table.read(table.records(load.user, township).filter(name="上芦村"))[0][1] == {
        "name": "上芦村", "code": "360733100201", "population": 2400, "households": None,
    }  # fmt: skip
    assert Person._base_manager.get().village.code == "360733100201"
    enter(township, 村居=[{"名称": "上芦村", "代码": "清空"}])
    village = Person._base_manager.get().village
    assert (village.code, village.provisional) == ("360733100901", True)


def test_a_code_that_cannot_be_the_villages_is_refused(township):
    enter(township, 村居=[{"名称": "上芦村", "代码": "360733100201"}])
    rows = [
        {"名称": "上芦村", "代码": "360733100209"},
        {"名称": "河背村", "代码": "360733100201"},
        {"名称": "下坝村", "代码": "360733101201"},
    ]
    errors = refused(township, 村居=rows)
    assert [(row, column) for _, row, column, _ in errors] == [
        (4, "代码"),
        (2, "代码"),
        (3, "代码"),
    ]
    assert errors[2][3] == "代码 360733100201 已是“上芦村”的，请核对"
