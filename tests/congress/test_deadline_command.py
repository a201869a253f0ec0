"""`manage.py deadline`: what a deadline comes to, for a person or for a program."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from congress.models import HolidayDay

OUT_OF_RANGE = "日期“2101-01-01”的年份不对，要在1900到2100年之间"


def told(*words):
    out, err = StringIO(), StringIO()
    call_command("deadline", *words, stdout=out, stderr=err)
    assert err.getvalue() == ""
    return out.getvalue()


def test_months_as_json_and_nothing_else():
    assert json.loads(told("--from", "2024-11-30", "--months", "3", "--json")) == {
        "due": "2025-02-28",
        "why": "2024-11-30 + 3个月 = 2025-02-28（2月没有30日，算到月末）",
    }


def test_working_days_as_json_with_the_holidays_that_were_skipped():
    assert json.loads(told("--from", "2024-09-30", "--workdays", "5", "--json")) == {
        "due": "2024-10-12",
        "why": "2024-09-30 + 5个工作日 = 2024-10-12（跳过国庆节10月1日至7日，10月12日调休上班）",
    }


def test_a_year_not_announced_is_said_to_be_reckoned_on_plain_weekdays():
    assert json.loads(told("--from", "2031-09-30", "--workdays", "1", "--json")) == {
        "due": "2031-10-01",
        "why": "2031-09-30 + 1个工作日 = 2031-10-01；2031年放假安排尚未公布，按普通工作日推算",
    }


def test_without_json_it_is_a_sentence():
    assert told("--from", "2024年6月18日", "--months", "3") == (
        "到2024年9月18日（星期三）。2024-06-18 + 3个月 = 2024-09-18\n"
    )


def test_the_last_day_moves_where_that_is_asked():
    answer = told("--from", "2024-06-21", "--months", "3", "--shift", "--json")
    assert json.loads(answer)["due"] == "2024-09-23"


def test_a_place_is_reckoned_by_what_its_county_entered(township, county):
    HolidayDay(place=county, day=date(2026, 4, 20), name="三月三").save()
    words = ("--from", "2026-04-17", "--workdays", "1", "--json")
    assert json.loads(told(*words))["due"] == "2026-04-20"
    assert json.loads(told(*words, "--place", township.code))["due"] == "2026-04-21"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("--months 3", "还缺 --from，用法见 --help"),
        ("--from 2024-01-01", "--months 和 --workdays 要写一个，只能写一个"),
        (
            "--from 2024-01-01 --months 3 --workdays 5",
            "--months 和 --workdays 要写一个，只能写一个",
        ),
        (
            "--from 2024-02-30 --months 3",
            "日期“2024-02-30”不是有效日期，请写成2024-03-05这样",
        ),
        ("--from 2024-01-01 --months x", "--months 要写 0 到 1200 的整数，不能写“x”"),
        ("--from 2024-01-01 --months", "--months 要写 0 到 1200 的整数，不能写“”"),
        ("--from 2024-01-01 --workdays=-5", "--workdays 要写 0 到 1200 的整数，不能写“-5”"),
        ("--from 2024-01-01 --workdays 1.5", "--workdays 要写 0 到 1200 的整数，不能写“1.5”"),
        ("--from 2024-01-01 --workdays 9999", "--workdays 要写 0 到 1200 的整数，不能写“9999”"),
        ("--from 2101-01-01 --months 3", OUT_OF_RANGE),
        ("--from 2024-01-01 --months 3 --place 99", "没有代码为“99”的地方"),
    ],
)
def test_what_cannot_be_read_is_told_in_chinese(words, message):
    with pytest.raises(CommandError) as refused:
        told(*words.split())
    assert (str(refused.value), refused.value.returncode) == (message, 1)
