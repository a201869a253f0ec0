"""How a deadline came about, in words."""

from datetime import date

import pytest

from congress.calendar import HolidayRow, Holidays
from congress.reckoning import after_months, after_workdays

BUNDLED = Holidays.bundled()


@pytest.mark.parametrize(
    ("start", "months", "shift", "due", "words"),
    [
        ("2024-06-18", 3, False, "2024-09-18", "2024-06-18 + 3个月 = 2024-09-18"),
        (
            "2024-11-30", 3, False, "2025-02-28",
            "2024-11-30 + 3个月 = 2025-02-28（2月没有30日，算到月末）",
        ),
        ("2024-06-21", 3, False, "2024-09-21", "2024-06-21 + 3个月 = 2024-09-21"),
        (
            "2024-06-21", 3, True, "2024-09-23",
            "2024-06-21 + 3个月 = 2024-09-21，是星期六，顺延到2024-09-23",
        ),
        (
            "2024-07-01", 3, True, "2024-10-08",
            "2024-07-01 + 3个月 = 2024-10-01，是国庆节假期，顺延到2024-10-08",
        ),
        ("2024-06-29", 3, True, "2024-09-29", "2024-06-29 + 3个月 = 2024-09-29"),  # made up for
        (
            "2026-10-01", 3, True, "2027-01-01",
            "2026-10-01 + 3个月 = 2027-01-01；2027年放假安排尚未公布，按普通工作日推算",
        ),
    ],
)  # fmt: skip
def test_months_are_told_in_words(start, months, shift, due, words):
    found = after_months(date.fromisoformat(start), months, BUNDLED, shift)
    assert found == (date.fromisoformat(due), words)


@pytest.mark.parametrize(
    ("start", "days", "due", "words"),
    [
        ("2024-06-18", 3, "2024-06-21", "2024-06-18 + 3个工作日 = 2024-06-21"),
        ("2024-06-21", 1, "2024-06-24", "2024-06-21 + 1个工作日 = 2024-06-24（跳过双休日2天）"),
        (
            "2024-09-30", 5, "2024-10-12",
            "2024-09-30 + 5个工作日 = 2024-10-12（跳过国庆节10月1日至7日，10月12日调休上班）",
        ),
        (
            "2023-09-27", 6, "2023-10-11",
            "2023-09-27 + 6个工作日 = 2023-10-11"
            "（跳过中秋节9月29日、国庆节9月30日至10月6日，10月7日、10月8日调休上班）",
        ),
        (
            "2026-12-30", 2, "2027-01-01",
            "2026-12-30 + 2个工作日 = 2027-01-01；2027年放假安排尚未公布，按普通工作日推算",
        ),
        (
            "2018-05-31", 1, "2018-06-01",
            "2018-05-31 + 1个工作日 = 2018-06-01；2018年放假安排没有录入，按普通工作日推算",
        ),
        (
            "2024-10-12", -5, "2024-09-30",
            "2024-10-12 - 5个工作日 = 2024-09-30（跳过国庆节10月1日至7日）",
        ),
        ("2024-06-18", 0, "2024-06-18", "2024-06-18 + 0个工作日 = 2024-06-18"),
    ],
)  # fmt: skip
def test_working_days_are_told_with_what_was_skipped(start, days, due, words):
    found = after_workdays(date.fromisoformat(start), days, BUNDLED)
    assert found == (date.fromisoformat(due), words)


def test_a_long_span_counts_the_holidays_beyond_the_first_six():
    words = after_workdays(date(2024, 1, 15), 300, BUNDLED)[1]
    assert words == (
        "2024-01-15 + 300个工作日 = 2025-03-31（跳过春节2月10日至17日、清明节4月4日至6日、"
        "劳动节5月1日至5日、端午节6月10日、中秋节9月15日至17日、国庆节10月1日至7日等8个假期、"
        "双休日105天，2月4日、2月18日、4月7日、4月28日、5月11日、9月14日等10天调休上班）"
    )


def test_a_local_day_off_is_named():
    local = Holidays.bundled([HolidayRow(date(2026, 4, 20), "holiday", "三月三")])
    assert after_workdays(date(2026, 4, 17), 1, local) == (
        date(2026, 4, 21),
        "2026-04-17 + 1个工作日 = 2026-04-21（跳过三月三4月20日、双休日2天）",
    )
