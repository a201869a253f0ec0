"""Patterns of numbers: what they must hold, and how they are set."""

from datetime import date

import pytest
from django.urls import reverse

from congress.county_settings import kinds, value_of
from congress.models import Setting
from congress.patterns import number_in, problems, series_of, write_number
from congress.scoping import OPERATOR
from congress.views.settings import grouped

BETWEEN = "suggestions.number_between"
KNOWN = ("号", "年", "简称")


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("闭〔{年}〕{号:3}号", []),
        ("{号}", []),
        ("闭〔{年}〕号", ["没有{号}，每件的编号就一样了。"]),
        ("{号}之{号}", ["{号}只能写一次。"]),
        ("{届}第{号}号", ["不认识{届}，能用的是{号}{年}{简称}。"]),
        ("{年:4}第{号}号", ["{年:4}写错了：只有号可以定位数，从1到6，像{号:3}这样。"]),
        ("第{号:x}号", ["{号:x}写错了：只有号可以定位数，从1到6，像{号:3}这样。"]),
        ("第{号:9}号", ["{号:9}写错了：只有号可以定位数，从1到6，像{号:3}这样。"]),
        ("第{号}号}", ["“{”和“}”要成对，中间写一个名称，像{号}这样。"]),
    ],
)
def test_what_is_wrong_with_a_pattern_is_told(pattern, found):
    assert problems(pattern, KNOWN) == found


def test_a_series_is_written_and_read_again():
    series = series_of("闭〔{年}〕{号:3}号", {"年": 2024})
    assert series == ("闭〔2024〕{号}号", 3)
    assert [write_number(*series, n) for n in (5, 1000)] == ["闭〔2024〕005号", "闭〔2024〕1000号"]
    texts = ["闭〔2024〕005号", "闭〔2024〕5号", "闭〔2023〕005号", "闭〔2024〕五号"]
    assert [number_in(series[0], text) for text in texts] == [5, 5, None, None]


def test_the_defaults_are_sound_and_every_setting_stands_under_a_heading():
    patterns = [kind for kind in kinds().values() if kind.pattern]
    assert [problems(kind.default, kind.pattern) for kind in patterns] == [[]] * 4
    assert {heading for heading, kind in grouped() if kind in patterns} == {"编号和文号"}
    assert {kind for _heading, kind in grouped()} == set(kinds().values())
    assert len(grouped()) == len(kinds())


@pytest.fixture
def desk(client, county_user, sign_in):
    return sign_in(client, county_user)


def test_a_pattern_is_set_from_a_day_on(desk, township):
    sent = {"value": " 会{简称}〔{年}〕{号:2}号 ", "valid_from": "2025-01-01"}
    desk.post(reverse("setting", args=[BETWEEN]), sent)
    assert value_of(BETWEEN, township, date(2025, 1, 1)) == "会{简称}〔{年}〕{号:2}号"
    assert value_of(BETWEEN, township, date(2024, 12, 31)) == "闭〔{年}〕{号:3}号"


def test_a_pattern_that_cannot_be_is_refused_in_words(desk):
    sent = {"value": "闭〔{年度}〕号", "valid_from": "2025-01-01"}
    answer = desk.post(reverse("setting", args=[BETWEEN]), sent)
    assert answer.context["form"].errors == {
        "value": [
            "不认识{年度}，能用的是{号}{年}{乡镇}{简称}。",
            "没有{号}，每件的编号就一样了。",
        ]
    }
    assert Setting.objects.visible_to(OPERATOR).count() == 0
