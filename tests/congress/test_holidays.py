"""Holidays: what the county enters over the days that come with the program."""

from datetime import date

import pytest
from django.urls import reverse

from congress.holidays_in_force import holidays_of
from congress.models import HolidayDay
from congress.scoping import OPERATOR

TEXT = "一、元旦：1月1日（周五）至3日（周日）放假，共3天。"
TEXT += "二、春节：2月6日至12日放假，共7天。2月14日上班。"


@pytest.fixture
def desk(client, county_user, sign_in):
    return sign_in(client, county_user)


def enter(place, day, kind="放假", name="三月三", year=None):
    record = HolidayDay(place=place, day=day, kind=kind, name=name, source_year=year)
    record.save()
    return record


def entered():
    rows = HolidayDay.objects.visible_to(OPERATOR)
    return [(str(row.day), row.kind, row.name, row.source_year) for row in rows]


def rows(*given):
    """What the browser sends for rows of (name, first, last, made up)."""
    sent = {"rows-TOTAL_FORMS": "8", "rows-INITIAL_FORMS": "0"}
    for number, row in enumerate(given):
        words = zip(("name", "first", "last", "made_up"), row, strict=True)
        sent |= {f"rows-{number}-{name}": text for name, text in words}
    return sent


def post(client, name, data=None, *args, **query):
    return client.post(reverse(name, args=args, query=query or None), data or {})


def errors(answer):
    form = answer.context["form"]
    return [*form.non_form_errors(), *(text for row in form.errors for text in row.values())]


def test_the_county_s_days_hold_in_its_townships_and_the_nearest_first(
    county, township, other_township, django_assert_num_queries
):
    enter(county, date(2026, 4, 20))
    enter(township, date(2026, 4, 20), "调休上班")
    with django_assert_num_queries(1):
        here = holidays_of(township)
    assert here.is_workday(date(2026, 4, 20))
    assert not holidays_of(other_township).is_workday(date(2026, 4, 20))


def test_days_of_another_county_do_not_hold_here(township, county):
    far = type(county).objects.create(code="360734", name="寻乌县", level="县")
    enter(far, date(2026, 4, 20))
    assert holidays_of(township).is_workday(date(2026, 4, 20))


def test_the_notice_that_a_county_enters_replaces_the_one_that_came_along(county):
    enter(county, date(2026, 1, 1), name="元旦", year=2026)
    holidays = holidays_of(county)
    assert (holidays.announced(2026), holidays.is_workday(date(2026, 1, 2))) == (True, True)
    assert not holidays.is_workday(date(2025, 10, 1))


def test_a_local_day_leaves_the_notice_as_it_is(county):
    enter(county, date(2026, 4, 20))
    assert not holidays_of(county).is_workday(date(2026, 10, 1))


def test_the_years_stand_with_their_state(desk, county):
    enter(county, date(2026, 4, 20))
    lines = {row["year"]: row for row in desk.get(reverse("holiday_list")).context["rows"]}
    assert (lines[2026]["announced"], lines[2026]["off"], lines[2026]["made_up"]) == (True, 33, 6)
    assert (lines[2026]["local"], lines[2026]["entered"]) == (1, None)
    assert min(lines) == 2020


def test_a_year_without_notice_says_that_weekdays_are_taken(desk):
    page = desk.get(reverse("holiday_year", args=[2031])).content.decode()
    assert page.count("放假通知未公布，按普通工作日推算") == 1


def test_pasted_text_is_shown_as_rows_and_nothing_is_saved(desk):
    answer = post(desk, "holiday_notice", {"text": TEXT}, 2027)
    found = [row.initial for row in answer.context["form"] if row.initial]
    assert [(row["name"], str(row["first"]), row["made_up"]) for row in found] == [
        ("元旦", "2027-01-01", ""),
        ("春节", "2027-02-06", "2027-02-14"),
    ]
    assert (answer.context["problems"], answer.context["read"], entered()) == ([], 2, [])


def test_rows_are_saved_as_the_days_of_the_year_s_notice(desk, county_user, township):
    sent = rows(
        ("元旦", "2026-12-31", "2027-01-02", "2027-01-03"),
        ("", "", "", ""),
        ("清明节", "2027-04-05", "2027-04-05", "4月10日、2027/4/11"),
    )
    answer = post(desk, "holiday_notice", sent, 2027)
    assert answer.url == reverse("holiday_year", args=[2027])
    assert entered() == [
        ("2026-12-31", "放假", "元旦", 2027),
        ("2027-01-01", "放假", "元旦", 2027),
        ("2027-01-02", "放假", "元旦", 2027),
        ("2027-01-03", "调休上班", "元旦", 2027),
        ("2027-04-05", "放假", "清明节", 2027),
        ("2027-04-10", "调休上班", "清明节", 2027),
        ("2027-04-11", "调休上班", "清明节", 2027),
    ]
    assert holidays_of(township).announced(2027)
    assert HolidayDay.objects.visible_to(county_user).first().entered_by == county_user


def test_the_same_notice_again_changes_nothing(desk):
    sent = rows(("元旦", "2027-01-01", "2027-01-03", ""))
    for _ in range(2):
        post(desk, "holiday_notice", sent, 2027)
    versions = HolidayDay.objects.visible_to(OPERATOR).values_list("version", flat=True)
    assert list(versions) == [1, 1, 1]


def test_a_notice_entered_anew_takes_out_what_it_no_longer_names(desk, county):
    enter(county, date(2027, 4, 20))
    post(desk, "holiday_notice", rows(("元旦", "2027-01-01", "2027-01-03", "")), 2027)
    again = desk.get(reverse("holiday_notice", args=[2027])).context["form"]
    assert [row.initial["name"] for row in again if row.initial] == ["元旦"]
    post(desk, "holiday_notice", rows(("元旦", "2027-01-01", "2027-01-02", "")), 2027)
    assert [day for day, *_ in entered()] == ["2027-01-01", "2027-01-02", "2027-04-20"]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (("元旦", "2027-01-03", "2027-01-01", ""), "最后一天要在第一天 2027-01-03 以后。"),
        (("元旦", "2027-01-01", "2027-03-01", ""), "从 2027-01-01 起超过 31 天，请核对。"),
        (("元旦", "2026-01-01", "2026-01-03", ""), "这里录的是2027年的通知，请核对年份。"),
        (("元旦", "", "2027-01-03", ""), "没有填。"),
        (("", "2027-01-01", "2027-01-03", ""), "没有填。"),
        (("元旦", "2027-01-01", "2027-01-03", "1月40日"), None),
        (
            ("元旦", "2027-01-01", "2027-01-03", "2027-01-05"),
            "2027-01-05是星期二，本来就上班，请核对。",
        ),
        (("元旦", "2027-01-01", "2027-01-03", "2027-01-02"), "2027-01-02在“元旦”和“元旦”里都有。"),
    ],
)
def test_a_row_that_cannot_be_is_refused_in_words(desk, row, message):
    answer = post(desk, "holiday_notice", rows(row), 2027)
    [found] = errors(answer)
    told = found if isinstance(found, str) else found[0]
    assert told == (message or told)
    assert entered() == []


def test_a_notice_without_rows_is_refused(desk):
    answer = post(desk, "holiday_notice", rows(), 2027)
    assert errors(answer) == ["一行也没有填，至少要有一个假期。"]


def test_a_notice_is_taken_back_and_local_days_stay(desk, county):
    post(desk, "holiday_notice", rows(("元旦", "2027-01-01", "2027-01-03", "")), 2027)
    enter(county, date(2027, 4, 20))
    post(desk, "holiday_clear", None, 2027)
    assert entered() == [("2027-04-20", "放假", "三月三", None)]


def test_a_day_is_added_changed_and_taken_out(desk, township):
    day = {"day": "2026-10-07", "kind": "调休上班", "name": "防汛值班"}
    assert post(desk, "holiday_add", day).url == reverse("holiday_year", args=[2026])
    assert holidays_of(township).is_workday(date(2026, 10, 7))
    record = HolidayDay.objects.visible_to(OPERATOR).get()
    changed = day | {"kind": "放假", "name": "国庆节", "version": record.version}
    post(desk, "holiday_edit", changed, record.pk)
    assert entered() == [("2026-10-07", "放假", "国庆节", None)]
    post(desk, "holiday_remove", None, record.pk)
    assert entered() == []
    assert not holidays_of(township).is_workday(date(2026, 10, 7))


def test_a_day_stands_once(desk, county):
    enter(county, date(2027, 4, 20))
    answer = post(desk, "holiday_add", {"day": "2027-04-20", "kind": "放假", "name": "庙会"})
    assert answer.context["form"].errors == {
        "day": ["4月20日已经录了“三月三”放假，请在列表里改它。"]
    }


def test_a_day_that_came_along_is_offered_with_its_name(desk):
    page = desk.get(reverse("holiday_add", query={"day": "2026-10-07", "name": "国庆节"}))
    assert page.context["form"]["day"].value() == "2026-10-07"


def test_the_question_before_taking_a_day_out_has_no_fields(desk, county):
    page = desk.get(reverse("holiday_edit", args=[enter(county, date(2027, 4, 20)).pk]))
    assert page.content.decode().count('name="day"') == 1


def test_who_saves_second_is_shown_what_the_first_saved(desk, county):
    record = enter(county, date(2027, 4, 20))
    record.name = "庙会"
    record.save()
    sent = {"day": "2027-04-20", "kind": "放假", "name": "赶圩", "version": 1}
    answer = post(desk, "holiday_edit", sent, record.pk)
    assert answer.context["form"].other["rows"] == [
        {"label": "名称", "theirs": "庙会", "mine": "赶圩"}
    ]


def test_a_township_reads_and_has_no_button(client, clerk, sign_in, county):
    record = enter(county, date(2026, 4, 20))
    page = sign_in(client, clerk).get(reverse("holiday_year", args=[2026]))
    assert page.context["keeper"] is False
    assert page.content.decode().count("btn-primary") == 0
    assert client.get(reverse("holiday_edit", args=[record.pk])).status_code == 404


def test_a_year_that_no_calendar_has_is_404(desk):
    assert desk.get(reverse("holiday_year", args=[1999])).status_code == 404


def test_the_list_asks_as_often_for_three_days_as_for_one(desk, county, django_assert_num_queries):
    def asked(number):
        desk.get(reverse("holiday_list"))
        with django_assert_num_queries(number, exact=False) as seen:
            desk.get(reverse("holiday_list"))
            desk.get(reverse("holiday_year", args=[2027]))
        return len(seen)

    enter(county, date(2027, 4, 20))
    one = asked(20)
    for day in (21, 22):
        enter(county, date(2027, 4, day))
    assert asked(20) == one
