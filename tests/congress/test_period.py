"""Spans of days: presets, whole months, the year before, what a page or command may say."""

from datetime import date

import pytest

from congress.period import Period, PeriodError

TODAY = date(2024, 8, 15)
TERM_START = date(2021, 11, 6)


@pytest.mark.parametrize(
    ("name", "start", "end", "label"),
    [
        ("今年以来", date(2024, 1, 1), TODAY, "今年以来"),
        ("去年", date(2023, 1, 1), date(2023, 12, 31), "去年"),
        ("换届以来", TERM_START, TODAY, "换届以来"),
        ("近一年", date(2023, 8, 16), TODAY, "近一年"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "2024年2月"),
        ("2024年2月", date(2024, 2, 1), date(2024, 2, 29), "2024年2月"),
        ("2024Q1", date(2024, 1, 1), date(2024, 3, 31), "2024年第一季度"),
        ("2024q4", date(2024, 10, 1), date(2024, 12, 31), "2024年第四季度"),
        ("2024H1", date(2024, 1, 1), date(2024, 6, 30), "2024年上半年"),
        ("2024H2", date(2024, 7, 1), date(2024, 12, 31), "2024年下半年"),
        ("2024", date(2024, 1, 1), date(2024, 12, 31), "2024年"),
        ("2024年", date(2024, 1, 1), date(2024, 12, 31), "2024年"),
    ],
)
def test_a_name_stands_for_a_span_known_on_its_last_day(name, start, end, label):
    assert Period.preset(name, TODAY, TERM_START) == Period(start, end, end, label)


@pytest.mark.parametrize(
    "name", ["", "明年", "2024-13", "2024-00", "2024Q5", "2024H3", "0000", "24", "２０２４年底"]
)
def test_an_unknown_name_is_refused(name):
    with pytest.raises(PeriodError, match="看不明白"):
        Period.preset(name, TODAY)


def test_a_term_whose_start_nobody_entered_says_so():
    with pytest.raises(PeriodError, match="还没有登记本届的开始日期"):
        Period.preset("换届以来", TODAY, None)


def test_a_period_does_not_end_before_it_begins():
    with pytest.raises(PeriodError, match="结束日期2023年12月31日早于开始日期2024年1月1日"):
        Period(date(2024, 1, 1), date(2023, 12, 31))


def test_whole_months_leave_out_those_begun_or_cut():
    assert Period(date(2023, 11, 2), date(2024, 2, 28)).months() == ["2023-12", "2024-01"]
    assert Period(date(2023, 12, 1), date(2024, 2, 29)).months() == [
        "2023-12",
        "2024-01",
        "2024-02",
    ]
    assert Period(date(2024, 3, 2), date(2024, 3, 31)).months() == []


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (date(2024, 1, 1), date(2024, 12, 31), "2024年1月1日至12月31日"),
        (date(2024, 3, 1), date(2024, 3, 31), "2024年3月1日至31日"),
        (date(2023, 12, 1), date(2024, 3, 1), "2023年12月1日至2024年3月1日"),
        (date(2024, 3, 1), date(2024, 3, 1), "2024年3月1日"),
    ],
)
def test_a_period_in_words(start, end, words):
    assert Period(start, end).text() == Period(start, end).label == words


@pytest.mark.parametrize(
    ("start", "end", "before"),
    [
        (date(2024, 1, 1), TODAY, (date(2023, 1, 1), date(2023, 8, 15))),
        (date(2025, 2, 1), date(2025, 2, 28), (date(2024, 2, 1), date(2024, 2, 29))),
        (date(2024, 2, 29), date(2024, 2, 29), (date(2023, 2, 28), date(2023, 2, 28))),
    ],
)
def test_the_same_days_a_year_before(start, end, before):
    last_year = Period(start, end).same_last_year()
    assert (last_year.start, last_year.end, last_year.as_of) == (*before, before[1])


def test_an_as_of_day_of_its_own_moves_back_too():
    period = Period(date(2024, 1, 1), date(2024, 6, 30), date(2024, 9, 30))
    assert period.same_last_year().as_of == date(2023, 9, 30)


def query(**params):
    return Period.from_query(params, today=TODAY, term_start=TERM_START)


def test_an_empty_query_means_this_year():
    assert query() == Period(date(2024, 1, 1), TODAY, TODAY, "今年以来")


def test_two_days_make_a_period_of_their_own():
    asked = query(period="自定义", **{"from": "2024年3月5日", "to": "2024/4/6"})
    assert asked == Period(date(2024, 3, 5), date(2024, 4, 6))


def test_one_day_alone_is_completed():
    assert query(**{"from": "2024-03-05"}) == Period(date(2024, 3, 5), TODAY)
    assert query(to="2023-03-05") == Period(date(2023, 1, 1), date(2023, 3, 5))


def test_the_as_of_day_may_differ_from_the_last():
    assert query(period="2024H1", as_of="2024-08-01").as_of == date(2024, 8, 1)


@pytest.mark.parametrize(
    ("params", "reason"),
    [
        ({"from": "2024-02-30"}, "开始日期“2024-02-30”不是有效日期"),
        ({"to": "昨天"}, "结束日期“昨天”不是有效日期"),
        ({"as_of": "2023-12-31"}, "截至日期2023年12月31日早于开始日期2024年1月1日"),
        (
            {"from": "2024-05-01", "to": "2024-04-01"},
            "结束日期2024年4月1日早于开始日期2024年5月1日",
        ),
        ({"period": "<b>"}, "时段“<b>”看不明白"),
        ({"period": "2101"}, "时段“2101”看不明白"),
        ({"from": "0001-01-01"}, "开始日期“0001-01-01”的年份不对，要在1900到2100年之间"),
        ({"to": "9999-12-31"}, "结束日期“9999-12-31”的年份不对，要在1900到2100年之间"),
        ({"as_of": "2101-01-01"}, "截至日期“2101-01-01”的年份不对，要在1900到2100年之间"),
    ],
)
def test_a_bad_query_is_answered_in_chinese(params, reason):
    with pytest.raises(PeriodError, match=reason):
        query(**params)
