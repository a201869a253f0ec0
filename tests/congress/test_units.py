"""Undertaking units: other names, closing, merging, two people at one form."""

import pytest
from django.test import Client
from django.urls import reverse

from congress.models import Unit, UnitAlias
from congress.roles import Role
from congress.scoping import OPERATOR
from suggestions.models import Case, CaseUnit

LIST = reverse("unit_list")


@pytest.fixture
def desk(client, clerk, sign_in):
    return sign_in(client, clerk)


@pytest.fixture
def water(township):
    """The same office as `unit`, entered a second time, with a name of its own."""
    water = Unit(place=township, name="水务所")
    water.save()
    UnitAlias(place=township, unit=water, name="水保站").save()
    return water


def edit(client, unit, name, names="", version=None):
    words = {"name": name, "names": names, "version": version or unit.version}
    return client.post(reverse("unit_edit", args=[unit.pk]), words)


def names_of(unit):
    rows = UnitAlias.objects.visible_to(OPERATOR).filter(unit=unit).order_by("name")
    return [alias.name for alias in rows]


def rows(client, **query):
    return [row["unit"].name for row in client.get(LIST, query).context["rows"]]


def test_the_list_holds_the_own_units_and_the_county_s_to_read(desk, unit, county, other_township):
    Unit(place=county, name="县水利局").save()
    Unit(place=other_township, name="筠门岭水务站").save()
    found = desk.get(LIST).context["rows"]
    assert [(row["unit"].name, row["mine"]) for row in found] == [
        ("县水利局", False),
        ("镇水务站", True),
    ]


def test_a_unit_is_found_by_its_other_names_and_once(desk, unit, water):
    assert rows(desk, q="水") == ["水务所", "镇水务站"]
    assert rows(desk, q="水保") == ["水务所"]
    assert rows(desk, state="closed") == []


def test_a_new_unit_with_other_names(desk, township):
    words = {"name": "农业农村办", "names": "农办\n\n 农业办 \n农办", "place": township.pk}
    assert desk.post(reverse("unit_add"), words).url == LIST
    unit = Unit.objects.visible_to(OPERATOR).get()
    assert (unit.name, names_of(unit)) == ("农业农村办", ["农业办", "农办"])


def test_sending_the_form_twice_makes_one_unit(desk, township):
    words = {"name": "农业农村办", "names": "", "place": township.pk}
    desk.post(reverse("unit_add"), words)
    answer = desk.post(reverse("unit_add"), words)
    assert answer.context["form"].errors == {
        "name": ["“农业农村办”已经是“农业农村办”的名称或别名。"]
    }


def test_a_name_belongs_to_one_unit_of_a_place(desk, unit, water):
    answer = edit(desk, unit, "镇水务站", "水保站\n水务所")
    assert answer.context["form"].errors == {
        "names": ["“水保站”已经是“水务所”的名称或别名。", "“水务所”已经是“水务所”的名称或别名。"]
    }


def test_a_former_name_stays_one_by_which_ledgers_find_the_unit(desk, unit):
    edit(desk, unit, "镇水利站", "水务站")
    assert names_of(unit) == ["水务站", "镇水务站"]
    unit.refresh_from_db()
    edit(desk, unit, "镇水务站", "水务站")
    assert names_of(unit) == ["水务站", "镇水利站"]


def test_who_saves_second_sees_both_texts_and_may_then_save(desk, unit, chair, sign_in):
    edit(sign_in(Client(), chair), unit, "镇水利站")
    answer = edit(desk, unit, "镇水务所")
    form = answer.context["form"]
    assert form.other["by"] == "邹主席"
    assert form.other["rows"] == [
        {"label": "名称", "theirs": "镇水利站", "mine": "镇水务所"},
        {"label": "别名", "theirs": "镇水务站", "mine": ""},
    ]
    assert (form["name"].value(), form["version"].value()) == ("镇水务所", 2)
    unit.refresh_from_db()
    assert unit.name == "镇水利站"
    edit(desk, unit, "镇水务所", version=2)
    unit.refresh_from_db()
    assert unit.name == "镇水务所"


def test_the_same_change_sent_twice_is_saved_once(desk, unit):
    answers = [edit(desk, unit, "镇水利站", "镇水务站", version=1) for _ in range(2)]
    assert [answer.url for answer in answers] == [LIST, LIST]
    unit.refresh_from_db()
    assert (unit.name, unit.version) == ("镇水利站", 2)


def test_closing_can_be_undone(desk, unit):
    for _ in range(2):
        desk.post(reverse("unit_close", args=[unit.pk]))
    unit.refresh_from_db()
    assert (unit.closed_on is None, unit.version) == (False, 2)
    desk.post(reverse("unit_reopen", args=[unit.pk]))
    unit.refresh_from_db()
    assert unit.closed_on is None


def merge(client, unit, target):
    return client.post(reverse("unit_merge", args=[unit.pk]), {"target": target.pk})


def test_before_merging_the_page_says_what_moves_and_changes_nothing(
    desk, township, unit, water, unit_clerk
):
    case = Case(place=township, number="001", title="关于修水渠的建议")
    case.save()
    CaseUnit(case=case, unit=unit, role="主办", starts="2024-01-01").save()
    page = desk.get(reverse("unit_merge", args=[unit.pk]), {"target": water.pk})
    moves = page.context["moves"]
    assert moves == {
        "names": ["镇水务站"],
        "accounts": [unit_clerk],
        "merged_before": [],
        "staying": [{"label": "承办分工", "number": 1}],
    }
    unit.refresh_from_db()
    assert unit.merged_into is None


def test_merging_moves_names_and_people_and_leaves_the_cases(
    desk, township, unit, water, unit_clerk
):
    case = Case(place=township, number="001", title="关于修水渠的建议")
    case.save()
    CaseUnit(case=case, unit=water, role="主办", starts="2024-01-01").save()
    merge(desk, water, unit)
    water.refresh_from_db()
    assert (water.merged_into, water.closed_on is None) == (unit, False)
    assert names_of(unit) == ["水保站", "水务所"]
    assert case.units.get().unit == water
    assert list(Case.objects.visible_to(unit_clerk)) == [case]


def test_who_was_merged_before_follows(desk, township, unit, water):
    roads = Unit(place=township, name="公路站")
    roads.save()
    merge(desk, water, unit)
    merge(desk, unit, roads)
    water.refresh_from_db()
    assert water.merged_into == roads
    assert names_of(roads) == ["水保站", "水务所", "镇水务站"]


def test_a_merged_unit_is_neither_merged_again_nor_opened(desk, unit, water):
    merge(desk, water, unit)
    assert merge(desk, water, unit).status_code == 404
    assert desk.post(reverse("unit_reopen", args=[water.pk])).status_code == 404


def test_a_unit_goes_into_no_other_place_and_not_into_itself(desk, unit, county, other_township):
    elsewhere = Unit(place=other_township, name="筠门岭水务站")
    elsewhere.save()
    for target in (unit, elsewhere):
        assert list(merge(desk, unit, target).context["form"].errors) == ["target"]


ADDRESSES = ["unit_edit", "unit_close", "unit_reopen", "unit_merge"]


def test_units_of_others_do_not_exist(desk, unit, county, stranger, sign_in):
    above = Unit(place=county, name="县水利局")
    above.save()
    for name in ADDRESSES:
        assert desk.post(reverse(name, args=[above.pk])).status_code == 404
    sign_in(desk, stranger)
    assert [desk.post(reverse(name, args=[unit.pk])).status_code for name in ADDRESSES] == [404] * 4


@pytest.mark.parametrize("role", [Role.OFFICER, Role.UNIT, Role.DEPUTY])
def test_these_roles_find_no_such_page(client, unit, unit_clerk, sign_in, role):
    unit_clerk.role = role
    unit_clerk.save()
    sign_in(client, unit_clerk)
    assert [client.get(reverse(name)).status_code for name in ("unit_list", "settings")] == [
        404
    ] * 2
