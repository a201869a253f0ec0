"""Working days and months as deadlines count them."""

from datetime import date, timedelta

import pytest

from congress.calendar import (
    HolidayRow,
    Holidays,
    add_months,
    add_workdays,
    is_workday,
    workdays_between,
)

BUNDLED = Holidays.bundled()


def test_the_make_up_working_days_of_2026_are_those_of_the_notice():
    made_up = [
        row.day for row in BUNDLED.rows.values() if row.kind == "workday" and row.day.year == 2026
    ]
    assert sorted(made_up) == [
        date(2026, 1, 4),
        date(2026, 2, 14),
        date(2026, 2, 28),
        date(2026, 5, 9),
        date(2026, 9, 20),
        date(2026, 10, 10),
    ]


def test_2024_had_251_working_days():
    assert workdays_between(date(2023, 12, 31), date(2024, 12, 31), BUNDLED) == 251


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2024, 10, 1), False),
        (date(2024, 9, 29), True),  # a Sunday made up for National Day
        (date(2024, 9, 28), False),
        (date(2024, 9, 27), True),
    ],
)
def test_a_notice_goes_before_the_weekday(day, works):
    assert is_workday(day, BUNDLED) == works


def test_five_working_days_step_over_the_holidays():
    assert add_workdays(date(2024, 9, 30), 5, BUNDLED) == date(2024, 10, 12)
    assert add_workdays(date(2024, 10, 12), -5, BUNDLED) == date(2024, 9, 30)
    assert add_workdays(date(2024, 10, 1), 0, BUNDLED) == date(2024, 10, 1)


def test_counting_is_the_inverse_of_adding():
    start = date(2024, 9, 27)
    for n in range(1, 60):
        assert workdays_between(start, add_workdays(start, n, BUNDLED), BUNDLED) == n
    assert workdays_between(date(2024, 10, 12), date(2024, 9, 30), BUNDLED) == -5


def test_a_year_not_announced_falls_back_to_weekdays_and_says_so():
    new_year = date(2027, 1, 1)
    assert BUNDLED.is_workday(new_year)
    assert [BUNDLED.announced(year) for year in (2019, 2020, 2026, 2027)] == [
        False,
        True,
        True,
        False,
    ]
    assert BUNDLED.note(date(2026, 12, 1), new_year) == "2027年放假安排尚未公布，按普通工作日推算"
    assert BUNDLED.note(date(2026, 1, 1), date(2026, 12, 31)) == ""


def test_a_county_adds_the_notice_of_a_new_year():
    day = date(2027, 1, 1)
    told = Holidays.bundled([HolidayRow(day, "holiday", "元旦", 2027)])
    assert (told.is_workday(day), told.announced(2027), told.name_of(day)) == (False, True, "元旦")
    assert told.version != BUNDLED.version


def test_a_local_day_off_is_not_the_notice_of_the_year():
    local = Holidays.bundled([HolidayRow(date(2027, 4, 9), "holiday", "三月三")])
    assert (local.is_workday(date(2027, 4, 9)), local.announced(2027)) == (False, False)


def test_a_later_row_takes_a_day_back():
    day = date(2026, 10, 7)
    assert Holidays.bundled([HolidayRow(day, "workday", "防汛值班")]).is_workday(day)


@pytest.mark.parametrize(
    ("day", "months", "due"),
    [
        (date(2023, 11, 30), 3, date(2024, 2, 29)),
        (date(2024, 11, 30), 3, date(2025, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 10, 15), 3, date(2025, 1, 15)),
        (date(2024, 9, 15), 3, date(2024, 12, 15)),
        (date(2024, 3, 31), -1, date(2024, 2, 29)),
        (date(2024, 3, 31), 0, date(2024, 3, 31)),
    ],
)
def test_months_end_on_the_last_day_where_the_month_is_shorter(day, months, due):
    assert add_months(day, months) == due


def test_months_never_skip_a_month():
    for n in range(400):
        day = date(2023, 1, 1) + timedelta(days=n)
        later = add_months(day, 6)
        assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == 6
