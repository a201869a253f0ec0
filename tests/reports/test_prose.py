"""Numbers, months, meetings and titles as they are read aloud."""

from decimal import Decimal

import pytest

from reports import prose


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (7, "7"),
        (98.5, "98.5"),
        (100.0, "100"),
        (Decimal("66.70"), "66.7"),
        (1200, "1200"),
        (None, "—"),
    ],
)
def test_an_exact_number_has_no_trailing_zeros_and_nothing_is_a_dash(value, text):
    assert prose.exact(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (9, "9"),
        (10, "10"),
        (57, "50余"),
        (100, "100"),
        (103, "100余"),
        (198, "190余"),
        (1234, "1200余"),
        (23456, "2.3万余"),
    ],
)
def test_a_number_is_rounded_with_yu_only_from_above(value, text):
    assert prose.beyond(value) == text


def test_duo_rounds_as_yu_does():
    assert prose.beyond(312, "多") == "310多"


@pytest.mark.parametrize(
    ("value", "text"),
    [(198, "近200"), (200, "200"), (103, "100余"), (1980, "近2000"), (29600, "近3万"), (None, "—")],
)
def test_a_number_is_called_nearly_only_from_just_below(value, text):
    assert prose.nearly(value) == text


@pytest.mark.parametrize(
    ("value", "text"), [(23456, "2.3万"), (23500, "2.4万"), (8000, "0.8万"), (None, "—")]
)
def test_population_is_given_in_ten_thousands_with_one_decimal(value, text):
    assert prose.ten_thousands(value) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "零"),
        (3, "三"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (21, "二十一"),
        (105, "一百零五"),
        (110, "一百一十"),
    ],
)
def test_whole_numbers_in_chinese_numerals(number, text):
    assert prose.chinese_number(number) == text


@pytest.mark.parametrize(
    ("labels", "text"),
    [
        (["2024-05", "2024-03", "2024-09"], "3月、5月和9月"),
        (["2024-03", "2024-04", "2024-05"], "3至5月"),
        (["2024-03-08", "2024-04-01"], "3月和4月"),
        (["2024-01", "2024-03", "2024-04", "2024-05", "2024-09"], "1月、3至5月和9月"),
        (["2023-11", "2024-03", "2024-05"], "2023年11月、2024年3月和5月"),
        ([], ""),
    ],
)
def test_months_read_as_prose(labels, text):
    assert prose.months(labels) == text


@pytest.mark.parametrize(
    ("names", "text"),
    [
        (
            ["第七届人大第二次会议", "第七届人大第一次会议", "第七届人大第三次会议"],
            "第七届人大第一、二、三次会议",
        ),
        (["第七届人大第一次会议"], "第七届人大第一次会议"),
        (
            ["第六届人大第十二次会议", "第七届人大第1次会议"],
            "第六届人大第十二次会议和第七届人大第一次会议",
        ),
        (["换届筹备会"], "换届筹备会"),
    ],
)
def test_meetings_of_one_congress_are_merged(names, text):
    assert prose.meetings(names) == text


def test_titles_stand_once_and_are_cut_with_their_number():
    assert prose.titles(["甲", "乙", "甲"]) == "甲和乙"
    assert prose.titles(["甲", "乙", "丙"], limit=2) == "甲、乙等3项"


def test_a_list_whose_members_hold_an_and_ends_with_another_word():
    assert prose.join(["预算执行和调整", "决算"]) == "预算执行和调整以及决算"


def test_quoted_names_take_no_pause_mark_and_single_marks_inside():
    assert prose.quoted(["甲", "新时代“乙”", "“丙”"]) == "“甲”“新时代‘乙’”“丙”"


@pytest.mark.parametrize(
    ("name", "kind"), [("下洲镇", "镇"), ("小密乡", "乡"), ("东关街道", "街道"), ("会昌县", "县")]
)
def test_a_place_calls_itself_by_the_end_of_its_name(name, kind):
    assert prose.place_kind(name) == kind
