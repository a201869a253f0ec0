"""The State Council's notice, read from its text."""

from datetime import date

import pytest

from congress.calendar import HOLIDAY, bundled_rows
from congress.holiday_notice import NoticeRow, read_notice, rows_of
from congress.models import HolidayDay

# The items of 国办发明电〔2025〕7号, as published.
NOTICE_2026 = """各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
　　经国务院批准，现将2026年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
　　一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
　　二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
　　三、清明节：4月4日（周六）至6日（周一）放假，共3天。
　　四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
　　五、端午节：6月19日（周五）至21日（周日）放假，共3天。
　　六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
　　七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
　　节假日期间，各地区、各部门要妥善安排好值班和安全、保卫等工作。
"""  # noqa: E501


def row(name, first, last, *made_up):
    return NoticeRow(name, date(*first), date(*last), tuple(date(*day) for day in made_up))


def test_a_whole_notice_comes_to_the_days_that_the_program_brings():
    rows, problems = read_notice(NOTICE_2026, 2026)
    kinds = {True: HolidayDay.Kind.OFF, False: HolidayDay.Kind.MADE_UP}
    bundled = {
        each.day: kinds[each.kind == HOLIDAY] for each in bundled_rows() if each.source_year == 2026
    }
    assert problems == []
    assert {day: kind for each in rows for day, kind in each.days()} == bundled
    assert rows == rows_of([each for each in bundled_rows() if each.source_year == 2026])


@pytest.mark.parametrize(
    ("text", "year", "rows"),
    [
        (
            "一、元旦：1月1日放假，与周末连休。", 2024,
            [row("元旦", (2024, 1, 1), (2024, 1, 1))],
        ),
        (
            "一、元旦：1月1日（周三）放假1天，不调休。", 2025,
            [row("元旦", (2025, 1, 1), (2025, 1, 1))],
        ),
        (
            "元旦：2022年12月31日至2023年1月2日放假调休，共3天。", 2023,
            [row("元旦", (2022, 12, 31), (2023, 1, 2))],
        ),
        (
            "元旦：12月31日至1月2日放假，12月28日上班", 2028,
            [row("元旦", (2027, 12, 31), (2028, 1, 2), (2027, 12, 28))],
        ),
        (
            "二、春节：2月10日至17日放假调休，共8天。2月4日（星期日）、2月18日（星期日）上班。"
            "鼓励各单位结合带薪年休假等制度落实，安排职工在除夕（2月9日）休息。", 2024,
            [row("春节", (2024, 2, 10), (2024, 2, 17), (2024, 2, 4), (2024, 2, 18))],
        ),
        (
            "六、国庆节、中秋节：10月1日至8日放假调休，共8天。9月27日（星期日）上班。", 2020,
            [row("国庆节、中秋节", (2020, 10, 1), (2020, 10, 8), (2020, 9, 27))],
        ),
        (
            "四、劳动节: 5月1日—5日放假\n五、端午节: 6月22日-24日放假", 2023,
            [
                row("劳动节", (2023, 5, 1), (2023, 5, 5)),
                row("端午节", (2023, 6, 22), (2023, 6, 24)),
            ],
        ),
    ],
)  # fmt: skip
def test_the_ways_in_which_notices_are_written(text, year, rows):
    assert read_notice(text, year) == (rows, [])


def test_a_notice_of_another_year_is_told():
    assert read_notice(NOTICE_2026, 2027)[1][0] == "通知里写的是2026年，这里录的是2027年，请核对。"


def test_weekdays_of_another_year_are_told():
    assert read_notice("元旦：1月1日（周四）放假", 2027)[1] == [
        "元旦：2027-01-01是星期五，通知写的是周四，请核对是哪一年的通知。"
    ]


def test_days_that_do_not_add_up_are_told():
    assert read_notice("国庆节：10月1日至7日放假，共8天。", 2027)[1] == [
        "国庆节：通知写着共8天，读出来是7天，请核对。"
    ]


def test_days_that_are_not_are_told():
    assert read_notice("国庆节：10月1日至40日放假。", 2027) == (
        [],
        [
            "国庆节：10月40日这一天不存在，请核对。",
            "没有读出假期。每个假期要写成“元旦：1月1日至3日放假”这样；也可以直接填下面的表。",
        ],
    )
    assert read_notice("国庆节：10月7日至1日放假。", 2027)[1][0] == (
        "国庆节：2027-10-01早于2027-10-07，请核对。"
    )
