"""What clerks write into cells, and that export gives back what import understood."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress.sheets import days, numbers, values
from congress.sheets.values import CellError, Pair

MARCH_5 = date(2024, 3, 5)


@pytest.mark.parametrize(
    "raw",
    [
        MARCH_5, datetime(2024, 3, 5, 9, 30), "2024-03-05", "2024/3/5", "2024.3.5",
        "2024年3月5日", "20240305", 20240305, 20240305.0, "２０２４年３月５日",
        "２０２４－０３－０５", 45356, 45356.5, "45356", " 2024 年 3 月 5 日 ",
        "2024-03-05 00:00:00", "2024-03-05T08:30", "2024年3月5号",
    ],
)  # fmt: skip
def test_a_day_is_understood_in_every_form_of_the_ledger(raw):
    assert days.parse_day(raw) == MARCH_5


@pytest.mark.parametrize(
    "raw",
    [
        "七月底", "2024年3月", "2024", 2024, 2024.3, "2024-13-01", "2024-02-30", "20240230",
        "24-3-5", "1024-03-05", "2024-3/5", True, "３月５日", float("inf"), float("nan"),
        -5, 10**30, time(8),
    ],
)  # fmt: skip
def test_what_is_no_day_is_refused(raw):
    with pytest.raises(CellError):
        days.parse_day(raw)


def test_a_refusal_says_what_was_found_and_what_is_right():
    with pytest.raises(CellError) as refusal:
        days.parse_day("七月底")
    assert refusal.value.message == "“七月底”不是日期，要写成 2026-07-31 这样"
    with pytest.raises(CellError) as refusal:
        days.parse_day("2023-02-29")
    assert refusal.value.message == (
        "“2023-02-29”这一天不存在，请核对年月日，要写成 2026-07-31 这样"
    )


@pytest.mark.parametrize(
    "raw",
    [
        "1975年6月", "1975.06", "1975-06", "1975.6", 1975.06, 197506, "197506", "１９７５年６月",
        date(1975, 6, 1), "1975-06-12", 27546, "1975/6",
    ],
)  # fmt: skip
def test_a_month_is_kept_as_its_first_day(raw):
    assert days.parse_month(raw) == date(1975, 6, 1)


def test_a_month_whose_last_nought_excel_took_is_not_guessed():
    with pytest.raises(CellError) as refusal:
        days.parse_month(1975.1)
    assert refusal.value.message == "“1975.1”看不出是 1 月还是 10 月，要写成 1975-01 或 1975-10"
    assert days.parse_month("1975.10") == date(1975, 10, 1)


@pytest.mark.parametrize("raw", ["1975", 1975, "1975-13", "1975.0", "六月", True, "3024年1月"])
def test_what_is_no_month_is_refused(raw):
    with pytest.raises(CellError):
        days.parse_month(raw)


@pytest.mark.parametrize(
    "raw",
    [
        "8:30", "08:30:00", "８：３０", "8时30分", "上午8:30", time(8, 30), timedelta(hours=8.5),
        8.5 / 24, datetime(2024, 3, 5, 8, 30), 45356 + 8.5 / 24,
    ],
)  # fmt: skip
def test_a_time_is_understood_in_every_form(raw):
    assert days.parse_time(raw) == time(8, 30)


@pytest.mark.parametrize("raw", ["25:00", "8:61", 8.3, 8, "早上", "", -0.5, True])
def test_what_is_no_time_is_refused(raw):
    with pytest.raises(CellError):
        days.parse_time(raw)


def test_the_afternoon_counts_on_from_noon():
    assert days.parse_time("下午2:30") == time(14, 30)
    assert days.parse_time("中午12:05") == time(12, 5)


@pytest.mark.parametrize("raw", ["是", "有", "✓", "√", "Y", "y", "Ｙ", "1", 1, 1.0, True, "１"])
def test_yes_is_yes_in_every_form(raw):
    assert values.parse_yes_no(raw) is True


@pytest.mark.parametrize("raw", ["否", "无", "×", "✗", "N", "ｎ", "0", 0, 0.0, False, "", None])
def test_no_and_nothing_are_no(raw):
    assert values.parse_yes_no(raw) is False


@pytest.mark.parametrize("raw", ["也许", 2, "是的吧"])
def test_neither_yes_nor_no_is_refused(raw):
    with pytest.raises(CellError):
        values.parse_yes_no(raw)


@pytest.mark.parametrize("raw", [1200, 1200.0, "1,200", "1，200", "１２００", "1200.0", " 1200 "])
def test_a_whole_number_is_understood_in_every_form(raw):
    assert numbers.parse_number(raw) == 1200


@pytest.mark.parametrize(
    "raw", ["1,20", "三十", "30人", 3.5, "-1", -1, True, "1e3", 2**31, 1e300, float("nan"), "0x10"]
)
def test_what_is_no_whole_number_is_refused(raw):
    with pytest.raises(CellError):
        numbers.parse_number(raw)


def test_a_negative_number_is_taken_only_where_allowed():
    assert numbers.parse_number("-3", minimum=-10) == -3
    with pytest.raises(CellError) as refusal:
        numbers.parse_number(-3)
    assert refusal.value.message == "“-3”太小，这里不能是负数"


def test_an_amount_keeps_its_decimals_and_no_binary_dust():
    assert numbers.parse_decimal(0.1 + 0.2) == Decimal("0.3")
    assert numbers.parse_decimal("1,234.50") == Decimal("1234.5")
    with pytest.raises(CellError) as refusal:
        numbers.parse_decimal("0.123")
    assert refusal.value.message == "“0.123”的小数太长，最多 2 位小数，如 12.5"


def test_a_code_that_excel_made_a_number_is_a_code_again():
    assert numbers.parse_code(360733101201.0) == "360733101201"
    assert numbers.parse_code("３６０７３３１０１２０１") == "360733101201"
    with pytest.raises(CellError):
        numbers.parse_code("360733101")


def test_a_year_may_bear_its_word():
    raws = [2024, 2024.0, "2024年", "２０２４年度"]
    assert [numbers.parse_year(raw) for raw in raws] == [2024] * 4
    with pytest.raises(CellError):
        numbers.parse_year("24年")


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("甲；乙", ["甲", "乙"]),
        ("甲;乙", ["甲", "乙"]),
        ("甲、乙；丙，丁", ["甲、乙", "丙，丁"]),
        ("甲、乙，丙,丁", ["甲", "乙", "丙", "丁"]),
        ("甲、乙\n丙", ["甲、乙", "丙"]),
        ("甲、乙；", ["甲、乙"]),
        ("；；甲； ；", ["甲"]),
        ("", []),
        (None, []),
        (3.0, ["3"]),
    ],
)
def test_several_values_are_split_by_the_strongest_sign_only(raw, expected):
    assert values.parse_several(raw) == expected


def test_a_lone_value_with_a_comma_is_ended_so_that_it_stays_one():
    assert values.several_text(["党委书记、人大主席"]) == "党委书记、人大主席；"
    assert values.several_text(["甲、乙", "丙"]) == "甲、乙；丙"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (" 王 芳 ", "王芳"),
        ("王\u3000芳", "王芳"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("阿依古丽・买买提", "阿依古丽·买买提"),
        ("阿依古丽 ‧ 买买提", "阿依古丽·买买提"),
        ("阿依古丽．买买提", "阿依古丽·买买提"),
        ("𠮷田", "𠮷田"),
        ("王芳(上芦村)", "王芳（上芦村）"),
        ("王芳 （ 上芦村 ）", "王芳（上芦村）"),
        ("王芳（）", "王芳"),
        ("\u200b王芳\ufeff", "王芳"),
        ("﨑", "﨑"),
        ("代表００１", "代表001"),
        ("=王芳", "=王芳"),
    ],
)
def test_a_name_is_made_one(raw, expected):
    assert values.parse_name(raw) == expected


def test_a_name_and_its_note_are_told_apart():
    assert values.split_name("王芳（上芦村）") == ("王芳", "上芦村")
    assert values.split_name("张三（副县长（挂职））") == ("张三", "副县长（挂职）")
    assert values.split_name("王芳") == ("王芳", "")


def test_names_keep_their_order_and_stand_once():
    assert values.parse_names("王芳、李四、王 芳") == ["王芳", "李四"]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("插秧机:3台", [Pair("插秧机", Decimal(3), "台")]),
        ("插秧机：３台；解决饮水安全村:4个", [("插秧机", 3, "台"), ("解决饮水安全村", 4, "个")]),
        ("垃圾：1,200吨；路：１．５公里", [("垃圾", 1200, "吨"), ("路", Decimal("1.5"), "公里")]),
        ("满意:30；基本满意:4", [("满意", 30, ""), ("基本满意", 4, "")]),
        ("会议:一:3次", [("会议:一", 3, "次")]),
        ("", []),
    ],
)
def test_counted_things_are_name_number_unit(raw, expected):
    assert values.parse_pairs(raw) == expected


@pytest.mark.parametrize(
    "raw", ["修路", ":3台", "插秧机:台", "插秧机:-3台", "a:1.2.3", "a:" + "9" * 40]
)
def test_a_thing_without_name_or_number_is_refused(raw):
    with pytest.raises(CellError):
        values.parse_pairs(raw)


def test_the_marks_of_the_ledger_are_recognised():
    assert values.is_clear(" 清空 ") is True
    assert values.is_clear("清空了") is False
    assert values.is_empty(" \u3000\u200b") is True
    assert values.is_empty(0) is False
    assert values.is_example(["【示例】上芦村", 3]) is True
    assert values.is_example(["上芦村", None]) is False


@pytest.mark.parametrize("raw", ["=1+1", "+86", "-", "@here", "\t=cmd|' /C calc'!A0"])
def test_a_text_that_looks_like_a_formula_is_text(raw):
    assert values.parse_text(raw) == raw.strip()


def test_a_number_in_a_text_column_reads_as_the_clerk_sees_it():
    raws = [3.0, 13812345678.0, 0.0000001, Decimal("1.50"), MARCH_5, True]
    expected = ["3", "13812345678", "0.0000001", "1.5", "2024-03-05", "是"]
    assert [values.parse_text(raw) for raw in raws] == expected


WORDS = st.text(min_size=1, max_size=40).map(values.parse_text).filter(bool)
PART = WORDS.map(lambda text: values.parse_text(text.translate(dict.fromkeys(map(ord, "；;\n")))))
NAMES = WORDS.map(lambda text: values.parse_name(text)).filter(bool)
THING = PART.filter(bool)
NUMBER = st.decimals(0, 999_999, places=3, allow_nan=False)


@given(st.text())
def test_any_text_is_clean_after_one_pass(text):
    once = values.parse_text(text)
    assert values.parse_text(once) == once


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_day_comes_back(day):
    assert days.parse_day(day) == day
    assert days.parse_day(day.isoformat()) == day
    assert days.parse_month(days.month_text(day.replace(day=1))) == day.replace(day=1)


@given(st.times().map(lambda moment: moment.replace(microsecond=0)))
def test_every_time_comes_back(moment):
    assert days.parse_time(days.time_text(moment)) == moment


@given(st.lists(PART.filter(bool)))
def test_several_words_come_back(words):
    assert values.parse_several(values.several_text(words)) == words


@given(NAMES)
def test_every_name_comes_back(name):
    assert values.parse_name(name) == name


@given(st.lists(st.builds(Pair, THING, NUMBER, st.sampled_from(["", "台", "m²", "公里"]))))
def test_counted_things_come_back(pairs):
    assert values.parse_pairs(values.pairs_text(pairs)) == pairs


@given(st.booleans(), NUMBER)
def test_yes_no_and_amounts_come_back(truth, amount):
    assert values.parse_yes_no(values.yes_no_text(truth)) is truth
    assert numbers.parse_decimal(numbers.decimal_text(amount), places=3) == amount
