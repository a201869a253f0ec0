"""Keeping records by hand: whose they are, what is offered, what stands in the way."""

import re

import pytest
from django.urls import reverse

from congress.models import Place, PlaceFact, Term, Unit, Word
from deputies.models import PersonFact
from reports.ledger import BY_SLUG
from suggestions.models import Case
from tests.reports.books import enter, enter_cases
from tests.reports.whole_ledger import whole_ledger
from tests.suggestions.ledger import bring

pytestmark = pytest.mark.django_db
LINKS = re.compile(r'tbl-title[^>]*><a href="/records/[a-z-]+/(\d+)/"')
FIVE = "甲；乙；丙；丁；戊"


@pytest.fixture
def desk(client, clerk, sign_in):
    return sign_in(client, clerk)


def at(name, sheet, **more):
    return reverse(name, kwargs={"sheet": sheet, **more})


@pytest.mark.parametrize("provisional", [False, True])
def test_a_village_is_corrected(desk, village, provisional):
    Place._base_manager.filter(pk=village.pk).update(provisional=provisional)
    sent = {"name": "上芦新村", "households": "310"} | (
        {} if provisional else {"code": village.code}
    )
    answer = desk.post(at("record-edit", "villages", pk=village.pk), sent, follow=True)
    assert [text for name, text in answer.context["facts"]][0] == "上芦新村"
    village.refresh_from_db()
    assert (village.name, village.code) == ("上芦新村", "360733100201")
    assert PlaceFact._base_manager.get(place=village, kind="户数").value == 310


@pytest.mark.parametrize(
    ("sheet", "row"),
    [
        ("villages", {"name": "上芦村"}),
        ("groupings", {"name": "王芳", "kind": "代表小组", "value": "第一小组"}),
        ("station-staff", {"station": "镇联络站", "post": "驻站人员", "name": "谢驻站"}),
    ],
)
def test_what_is_there_already_is_not_entered_twice(desk, township, village, sheet, row):
    bring(
        township,
        deputies=[{"name": "王芳"}],
        stations=[{"name": "镇联络站", "kind": "站"}],
        **{sheet.replace("-", "_"): [row] if sheet != "villages" else []},
    )
    answer = desk.post(at("record-new", sheet), row)
    assert "已经有同样的一条" in answer.content.decode()
    assert Place._base_manager.filter(level="村居").count() == 1
    assert PersonFact._base_manager.count() == (1 if sheet == "groupings" else 0)


def test_the_countys_term_is_read_and_not_changed_by_a_township(desk, county):
    term = Term(place=county, level="县", name="第十八届", starts="2021-12-20")
    term.save()
    text = desk.get(at("record", "terms", pk=term.pk)).content.decode()
    assert ("第十八届" in text, at("record-edit", "terms", pk=term.pk) in text) == (True, False)
    sent = {"level": "县", "name": "第十九届", "version": term.version}
    assert desk.post(at("record-edit", "terms", pk=term.pk), sent).status_code == 404
    term.refresh_from_db()
    assert term.name == "第十八届"


def test_a_mistyped_field_does_not_hide_that_another_saved_meanwhile(desk, township):
    bring(township, deputies=[{"name": "王芳"}])
    record = desk.get(at("record-list", "deputies")).context["page_obj"][0]
    address = at("record-edit", "deputies", pk=record.pk)
    desk.post(address, {"name": "王芳", "education": "大专", "version": 1})
    wrong = desk.post(address, {"name": "王芳", "born": "六月", "version": 1})
    assert wrong.context["version"] == 1
    again = desk.post(address, {"name": "王芳", "education": "本科", "version": 1})
    assert "改过这一条" in again.content.decode()
    assert again.context["form"]["education"].help_text == "现在存的是：大专"
    record.refresh_from_db()
    assert record.version == 2


def test_names_that_can_be_meant_are_offered(desk, township, other_township, village, unit):
    Word(place=township, kind=Word.Kind.CATEGORY, text="水利").save()
    Unit(place=township, name="旧单位", closed_on="2020-01-01").save()
    bring(township, deputies=[{"name": "王芳"}], stations=[{"name": "镇联络站", "kind": "站"}])
    bring(other_township, stations=[{"name": "别镇联络站", "kind": "站"}])
    assert offers(desk, "cases") == {
        "category": ["水利"], "meeting": [], "station": ["镇联络站"], "activity": [],
    }  # fmt: skip
    assert offers(desk, "awareness") == {"village": ["上芦村"]}
    assert offers(desk, "mandates") == {"person": ["王芳"], "term": []}
    assert offers(desk, "projects") == {"unit": ["镇水务站"]}


def offers(client, sheet):
    return client.get(at("record-new", sheet)).context["offers"]


def test_every_list_stands_in_the_order_that_was_asked_for(desk, township):
    enter(township, **whole_ledger(3))
    for slug in BY_SLUG:
        for order in ({}, {"sort": "day"}):
            answer = desk.get(at("record-list", slug), order)
            shown = LINKS.findall(answer.content.decode())
            assert [int(pk) for pk in shown] == [each.pk for each in answer.context["page_obj"]]
            assert len(shown) > 1, slug


def test_many_proposers_take_one_line_of_the_list(desk, township):
    enter_cases(township, {"提出人": FIVE})
    assert "甲、乙、丙 等 5 人" in desk.get(at("record-list", "cases")).content.decode()


def test_county_staff_see_whose_a_record_is_and_narrow_to_a_township(
    client, county_user, sign_in, township, other_township, django_assert_max_num_queries
):
    enter_cases(township, {"标题": "修路"})
    enter_cases(other_township, {"标题": "修渠"})
    sign_in(client, county_user)
    client.get(at("record-list", "cases"))
    with django_assert_max_num_queries(12):
        text = client.get(at("record-list", "cases")).content.decode()
    assert [text.count(f'data-label="乡镇">{name}') for name in ("文武坝镇", "筠门岭镇")] == [1, 1]
    narrowed = client.get(at("record-list", "cases"), {"place": other_township.code})
    assert [case.title for case in narrowed.context["page_obj"]] == ["修渠"]
    elsewhere = client.get(at("record-list", "cases"), {"place": "360734100"})
    assert list(elsewhere.context["page_obj"]) == []


def test_a_township_is_not_asked_which_township(desk, township):
    enter_cases(township, {})
    answer = desk.get(at("record-list", "cases"))
    assert list(answer.context["form"].fields) == ["q", "kind", "raised_at", "state", "from", "to"]
    assert '<th scope="col">乡镇</th>' not in answer.content.decode()


def test_a_page_is_headed_by_the_record_and_not_by_its_kind_in_code(desk, township):
    enter(township, 制度=[{"名称": "接待制度", "制定者": "主席团", "通过日期": "2023-01-01"}])
    record = desk.get(at("record-list", "rules")).context["page_obj"][0]
    for name in ("record", "record-edit"):
        text = desk.get(at(name, "rules", pk=record.pk)).content.decode()
        assert ("接待制度" in text, "object (" in text) == (True, False)


def test_a_case_that_was_typed_shows_on_its_page_what_was_odd(desk, township):
    sent = {"number": "1", "title": "修路", "category": "水利", "origin": "群众",
            "proposers": "廖阿婆", "raised_on": "2024-04-01", "occasion": "走访"}  # fmt: skip
    answer = desk.post(at("record-new", "cases"), sent, follow=True)
    assert answer.redirect_chain[-1][0] == reverse(
        "case", kwargs={"pk": Case._base_manager.get().pk}
    )
    said = [str(message) for message in answer.context["messages"]]
    assert said == ["已保存", "类别：“水利”不在建议类别词表里，已加入词表"]
