"""The first day of the term in force: what 换届以来 begins with."""

from datetime import date

import pytest

from congress.scoping import OPERATOR
from deputies.terms import term_start
from tests.deputies.desk import enter

pytestmark = pytest.mark.django_db

PEOPLE = [{"姓名": "王芳"}, {"姓名": "李建国"}]
SEAT = {
    "姓名": "王芳",
    "层级": "乡镇",
    "届次": "第七届",
    "当选日期": "2021-09-20",
    "产生方式": "换届选举",
}


def started(place, day, **options):
    begun = term_start(OPERATOR, place, date.fromisoformat(day), **options)
    return begun and begun.isoformat()


def test_a_term_begins_with_the_first_day_of_its_first_meeting(township, other_township):
    enter(township, 届次=[
        {"层级": "乡镇", "届次": "第六届", "开始日期": "2016-10-10"},
        {"层级": "乡镇", "届次": "第七届", "开始日期": "2021-10-08"},
        {"层级": "县", "届次": "第十八届", "开始日期": "2021-11-01"},
    ])  # fmt: skip
    days = {"2016-10-09": None, "2021-10-07": "2016-10-10", "2021-10-08": "2021-10-08"}
    assert {day: started(township, day) for day in days} == days
    assert started(other_township, "2022-01-01") is None
    assert started(other_township, "2022-01-01", level="县") == "2021-11-01"


def test_a_term_without_a_first_day_begins_with_its_earliest_general_election(township):
    early = SEAT | {"姓名": "李建国", "当选日期": "2021-09-18"}
    by_election = SEAT | {"姓名": "李建国", "当选日期": "2021-09-01", "产生方式": "补选"}
    enter(township, 代表名册=PEOPLE, 代表职务=[SEAT, early, by_election])
    assert started(township, "2021-09-17") is None
    assert started(township, "2021-09-18") == "2021-09-18"


def test_one_sees_the_terms_of_the_own_place_and_of_those_above(township, clerk, stranger):
    enter(township, clerk, 届次=[{"层级": "乡镇", "届次": "第七届", "开始日期": "2021-10-08"}])
    assert term_start(clerk, township, date(2024, 1, 1)) == date(2021, 10, 8)
    assert term_start(stranger, township, date(2024, 1, 1)) is None
