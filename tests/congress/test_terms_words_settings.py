"""Terms, word lists, and settings with effective dates."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from congress.county_settings import value_of
from congress.default_words import ensure_words
from congress.models import Setting, Term, Word
from congress.scoping import OPERATOR

REPLY = "suggestions.reply_months"


@pytest.fixture
def desk(client, clerk, sign_in):
    return sign_in(client, clerk)


@pytest.fixture
def county_desk(client, county_user, sign_in):
    return sign_in(client, county_user)


@pytest.fixture
def county_term(county):
    term = Term(place=county, level="县", name="第十八届", starts=date(2021, 9, 20))
    term.save()
    return term


def term_words(place, **more):
    words = {"place": place.pk, "level": "乡镇", "name": "第十七届", "starts": "2021-08-10"}
    return words | {"ends": ""} | more


def test_a_term_is_registered_once_however_often_it_is_sent(desk, township):
    answers = [desk.post(reverse("term_add"), term_words(township)) for _ in range(2)]
    assert answers[1].context["form"].errors == {"name": ["文武坝镇已经登记过乡镇人大第十七届。"]}
    term = Term.objects.visible_to(OPERATOR).get()
    assert (term.name, str(term.starts), term.entered_by.name) == (
        "第十七届", "2021-08-10", "钟干事",
    )  # fmt: skip


def test_a_term_ends_after_it_begins(desk, township):
    answer = desk.post(reverse("term_add"), term_words(township, ends="2021-08-10"))
    assert answer.context["form"].errors == {"ends": ["结束日期要晚于开始日期 2021-08-10。"]}


def test_the_county_s_term_is_for_the_township_to_read(desk, county_term):
    [row] = desk.get(reverse("term_list")).context["rows"]
    assert (row["term"], row["mine"]) == (county_term, False)
    assert desk.get(reverse("term_edit", args=[county_term.pk])).status_code == 404


def test_the_county_keeps_the_terms_of_its_townships(other_township, county_desk):
    term = Term(place=other_township, level="乡镇", name="第十七届")
    term.save()
    assert county_desk.get(reverse("term_edit", args=[term.pk])).status_code == 200


def test_a_stranger_sees_no_term_of_ours(client, stranger, sign_in, township):
    term = Term(place=township, level="乡镇", name="第十七届")
    term.save()
    sign_in(client, stranger)
    assert client.get(reverse("term_list")).context["rows"] == []
    assert client.post(reverse("term_edit", args=[term.pk]), {}).status_code == 404


def texts(county, kind="建议类别"):
    rows = Word.objects.visible_to(OPERATOR).filter(place=county, kind=kind, retired_on=None)
    return [word.text for word in rows]


def word_of(text):
    return Word.objects.visible_to(OPERATOR).get(text=text)


@pytest.fixture
def words(county):
    ensure_words(county)


def test_a_county_begins_with_the_lists_and_keeps_its_own(county):
    ensure_words(county)
    assert texts(county) == ["产业发展", "基础设施", "环境卫生城镇建设", "其他"]
    assert texts(county, "联络站清单") == [
        "有场所",
        "有队伍",
        "有制度",
        "有活动",
        "有经费",
        "有实效",
    ]
    word_of("其他").delete()
    ensure_words(county)
    assert texts(county) == ["产业发展", "基础设施", "环境卫生城镇建设"]


def test_words_are_added_renamed_moved_and_retired(county_desk, county, words):
    new = {"kind": "建议类别", "text": "教育", "place": county.pk}
    county_desk.post(reverse("word_add"), new)
    assert texts(county)[-1] == "教育"
    education = word_of("教育")
    county_desk.post(
        reverse("word_edit", args=[education.pk]),
        {"text": "教育卫生", "version": education.version},
    )
    for _ in range(2):
        county_desk.post(reverse("word_up", args=[education.pk]))
    assert texts(county) == ["产业发展", "基础设施", "教育卫生", "环境卫生城镇建设", "其他"]
    for _ in range(2):
        county_desk.post(reverse("word_retire", args=[education.pk]))
    assert texts(county) == ["产业发展", "基础设施", "环境卫生城镇建设", "其他"]
    county_desk.post(reverse("word_restore", args=[education.pk]))
    assert "教育卫生" in texts(county)


def test_the_first_word_stays_first(county_desk, county, words):
    county_desk.post(reverse("word_up", args=[word_of("产业发展").pk]))
    assert texts(county)[0] == "产业发展"


def test_a_township_reads_the_lists_and_changes_nothing(desk, words):
    page = desk.get(reverse("word_list"))
    assert (page.context["keeper"], len(page.context["rows"])) == (False, 10)
    pk = word_of("其他").pk
    names = ["word_edit", "word_up", "word_retire", "word_restore"]
    assert [desk.post(reverse(name, args=[pk])).status_code for name in names] == [404] * 4
    assert desk.get(reverse("word_add")).status_code == 404


def set_value(client, value, day, key=REPLY):
    return client.post(reverse("setting", args=[key]), {"value": value, "valid_from": day})


def test_a_value_holds_from_its_day_on(county_desk, county, township, other_township):
    set_value(county_desk, 2, "2025-01-01")
    assert value_of(REPLY, township, date(2024, 12, 31)) == 3
    assert value_of(REPLY, township, date(2025, 1, 1)) == 2


def test_the_own_value_stands_before_the_county_s(
    county, township, other_township, county_user, clerk
):
    for place, value in ((county, 2), (township, 1)):
        Setting(place=place, key=REPLY, value=value, valid_from=date(2025, 1, 1)).save()
    day = date(2025, 6, 1)
    assert [value_of(REPLY, place, day) for place in (township, other_township)] == [1, 2]


def test_the_list_tells_value_since_when_and_by_whom(desk, county, county_user):
    Setting(
        place=county, key=REPLY, value=2, valid_from=date(2025, 1, 1), entered_by=county_user
    ).save()
    first = desk.get(reverse("setting_list")).context["rows"][0]
    assert (first["kind"].key, first["value"], first["row"].entered_by) == (REPLY, 2, county_user)


def test_a_future_value_does_not_hold_yet(county_desk, county):
    tomorrow = timezone.localdate() + timedelta(days=1)
    set_value(county_desk, 1, tomorrow.isoformat())
    page = county_desk.get(reverse("setting", args=[REPLY]))
    assert page.context["row"] is None
    assert [row.value for row in page.context["history"]] == [1]


@pytest.mark.parametrize("value", ["0", "4", "两个月", ""])
def test_a_value_out_of_bounds_is_refused(county_desk, value):
    answer = set_value(county_desk, value, "2025-01-01")
    assert list(answer.context["form"].errors) == ["value"]


def test_a_value_outside_the_choices_is_refused(county_desk):
    key = "suggestions.satisfaction_reading"
    answer = set_value(county_desk, "满意", "2025-01-01", key)
    assert list(answer.context["form"].errors) == ["value"]


def test_sending_a_value_twice_adds_it_once(county_desk, county):
    set_value(county_desk, 2, "2025-01-01")
    answer = set_value(county_desk, 2, "2025-01-01")
    assert answer.context["form"].non_field_errors() == ["从 2025-01-01 起已经是“2”，不用再设。"]
    assert Setting.objects.visible_to(OPERATOR).count() == 1


def test_a_setting_that_there_is_not_is_404(county_desk):
    assert county_desk.get(reverse("setting", args=["x.y"])).status_code == 404
