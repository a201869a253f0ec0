"""Lunar days, and the rules by which stations are open."""

from datetime import date, datetime, timedelta

import cnlunar
import pytest

from congress.calendar import Lunar, RuleError, activity_days, lunar_of, lunar_text, parse_rule

YEAR = (date(2025, 1, 1), date(2025, 12, 31))


def test_every_day_of_six_years_agrees_with_a_second_library():
    for n in range(6 * 365):
        day = date(2022, 1, 1) + timedelta(days=n)
        other = cnlunar.Lunar(datetime(day.year, day.month, day.day, 12))
        assert lunar_of(day) == Lunar(
            other.lunarYear, other.lunarMonth, other.lunarDay, bool(other.isLunarLeapMonth)
        )


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2025, 1, 29), "正月初一"),
        (date(2025, 7, 31), "闰六月初七"),
        (date(2024, 11, 15), "十月十五"),
        (date(2024, 12, 30), "十一月三十"),
        (date(2025, 1, 28), "十二月二十九"),
        (date(2027, 2, 6), "正月初一"),
        (date(2025, 2, 7), "正月初十"),
        (date(2025, 2, 17), "正月二十"),
    ],
)
def test_lunar_days_print_in_chinese_numerals(day, words):
    assert lunar_text(day) == words


def test_the_fifteenth_of_each_month():
    assert activity_days("每月15日", *YEAR) == [date(2025, month, 15) for month in range(1, 13)]


def test_a_day_that_a_month_lacks_is_left_out():
    found = activity_days("每月31日", *YEAR)
    assert [day.month for day in found] == [1, 3, 5, 7, 8, 10, 12]


def test_each_monday():
    assert activity_days("每周一", date(2025, 3, 1), date(2025, 3, 31)) == [
        date(2025, 3, day) for day in (3, 10, 17, 24, 31)
    ]


def test_the_second_wednesday_of_a_month():
    assert activity_days("每月第二个周三", date(2025, 3, 1), date(2025, 4, 30)) == [
        date(2025, 3, 12),
        date(2025, 4, 9),
    ]


def test_two_lunar_days_come_twice_in_a_doubled_month():
    found = activity_days("农历初七、二十四", *YEAR)
    assert {lunar_text(day)[-2:] for day in found} == {"初七", "十四"}
    june = [lunar_text(day) for day in found if lunar_of(day).month == 6]
    assert june == ["六月初七", "六月二十四", "闰六月初七", "闰六月二十四"]


def test_lunar_market_days():
    found = activity_days("农历逢三、六、九", date(2025, 1, 29), date(2025, 2, 27))
    assert [lunar_of(day).day for day in found] == [3, 6, 9, 13, 16, 19, 23, 26, 29]


def test_market_days_of_the_ordinary_month():
    found = activity_days("每月逢三、六、九", date(2025, 3, 1), date(2025, 3, 31))
    assert [day.day for day in found] == [3, 6, 9, 13, 16, 19, 23, 26, 29]


@pytest.mark.parametrize(
    ("written", "same_as"),
    [
        ("农历初七、二十四逢圩日", "农历初七、二十四"),
        ("农历初7，廿四", "农历初七、二十四"),
        ("农历每月初七和24", "农历初七、二十四"),
        ("每月 5日、20日", "每月5、20日"),
        ("每月十五号", "每月15日"),
        ("每星期一、周三", "每周一、三"),
        ("每周日", "每周天"),
        ("农历逢3、6、9", "农历逢三、六、九"),
        ("每月十", "每月10日"),
    ],
)
def test_clerks_write_one_rule_in_several_ways(written, same_as):
    assert parse_rule(written) == parse_rule(same_as)


def test_two_rules_are_joined_by_a_semicolon():
    found = activity_days("每月15日；每周一", date(2025, 3, 10), date(2025, 3, 17))
    assert found == [date(2025, 3, 10), date(2025, 3, 15), date(2025, 3, 17)]


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ("", "活动日没有填写"),
        ("有空就开", "请以“每月”“每周”或“农历”开头"),
        ("逢三、六、九", "请以“每月”“每周”或“农历”开头"),
        ("每月32日", "日期应在1到31之间"),
        ("农历三十一", "日期应在1到30之间"),
        ("农历初七、某日", "日期应在1到30之间"),
        ("每月一二", "日期应在1到31之间"),
        ("每周八", "星期应为一至六或日"),
        ("每月第二个", "日期应在1到31之间"),
    ],
)
def test_a_rule_that_cannot_be_read_is_refused_in_chinese(rule, reason):
    with pytest.raises(RuleError, match=reason):
        parse_rule(rule)
