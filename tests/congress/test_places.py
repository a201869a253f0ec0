"""Places: added by code, renamed, given their code, ended; and the command."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from congress.models import AuditEntry, Place
from congress.scoping import OPERATOR

LIST = reverse("place_list")


@pytest.fixture
def county_desk(client, county_user, sign_in):
    return sign_in(client, county_user)


@pytest.fixture
def qinjian(township):
    """A township whose code an import had to invent, with a village under it."""
    Place.objects.create(code="360733901201", name="勤建村", level="村居")
    return Place.objects.create(code="360733901", name="勤建乡", level="乡镇", provisional=True)


def stored(place):
    place.refresh_from_db()
    return place


def codes(client, **query):
    return [row["place"].code for row in client.get(LIST, query).context["rows"]]


def test_the_tree_under_the_own_place_in_order(county_desk, township, other_township, village):
    assert codes(county_desk) == ["360733", "360733100", "360733100201", "360733101"]
    assert codes(county_desk, q="上芦") == ["360733100201"]
    assert codes(county_desk, level="乡镇") == ["360733100", "360733101"]


def test_a_place_is_added_by_its_code_with_the_parents_between(county_desk, county):
    words = {"code": "360733102201", "name": "水西村", "valid_from": "2020-01-01"}
    assert county_desk.post(reverse("place_add"), words).url == LIST
    made = Place.objects.visible_to(OPERATOR).get(code="360733102201")
    assert (made.name, made.level, str(made.valid_from)) == ("水西村", "村居", "2020-01-01")
    assert Place.objects.visible_to(OPERATOR).get(code="360733102").name == "360733102"


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("36073310", "“36073310”不是区划代码：乡镇是9位数字，村居是12位。"),
        ("360734100", "只能加会昌县下面的地方，代码要以 360733 开头。"),
        ("360733100", "代码 360733100 已经有了，是“文武坝镇”。"),
    ],
)
def test_a_code_that_cannot_be_is_explained(county_desk, township, code, message):
    answer = county_desk.post(reverse("place_add"), {"code": code, "name": "x"})
    assert answer.context["form"].errors == {"code": [message]}


def rename(client, place, **more):
    words = {"name": "新名", "valid_from": "", "valid_to": "", "successor": "", **more}
    return client.post(reverse("place_edit", args=[place.pk]), words)


def test_renaming_is_written_down(county_desk, township, county_user):
    rename(county_desk, township)
    assert stored(township).name == "新名"
    entry = AuditEntry.objects.visible_to(county_user).get(model="congress.Place")
    assert (entry.by, entry.change) == (county_user, {"name": ["文武坝镇", "新名"]})


def test_a_place_ends_and_another_takes_over(county_desk, township, other_township, clerk):
    rename(county_desk, township, valid_to="2025-01-01", successor=other_township.pk)
    place = stored(township)
    assert (str(place.valid_to), place.successor) == ("2025-01-01", other_township)
    assert county_desk.get(reverse("place_edit", args=[place.pk])).context["people"] == 1


def test_an_end_before_the_beginning_is_refused(county_desk, township, other_township):
    answer = rename(county_desk, township, valid_from="2025-01-01", valid_to="2024-01-01")
    assert answer.context["form"].errors == {"valid_to": ["撤销日期要晚于启用日期 2025-01-01。"]}
    answer = rename(county_desk, township, successor=other_township.pk)
    assert answer.context["form"].errors == {"valid_to": ["写了并入哪里，还要写从哪一天起。"]}


def give(client, place, code):
    return client.post(reverse("place_code", args=[place.pk]), {"code": code})


def test_a_provisional_place_gets_its_code_and_takes_its_villages_along(county_desk, qinjian):
    assert give(county_desk, qinjian, "360733205").url == LIST
    place = stored(qinjian)
    assert (place.code, place.provisional) == ("360733205", False)
    assert codes(county_desk, q="勤建村") == ["360733205201"]


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("360733100", "代码 360733100 下已经有“文武坝镇”。"),
        ("3607331", "乡镇的代码是9位数字，“3607331”是7位。"),
        ("360734205", "代码要以上级的代码 360733 开头。"),
    ],
)
def test_a_code_that_clashes_is_refused_and_stays_typed(
    county_desk, township, qinjian, code, message
):
    answer = give(county_desk, qinjian, code)
    form = answer.context["code_form"]
    assert (form["code"].value(), form.errors) == (code, {"code": [message]})
    assert stored(qinjian).code == "360733901"


def test_an_official_code_is_not_changed(county_desk, township):
    assert give(county_desk, township, "360733205").status_code == 404


def test_a_clerk_changes_villages_and_not_the_township(client, clerk, sign_in, township, village):
    sign_in(client, clerk)
    codes = [
        client.get(reverse("place_edit", args=[place.pk])).status_code
        for place in (village, township)
    ]
    assert codes == [200, 404]


def test_places_of_others_do_not_exist(client, stranger, sign_in, township, village):
    sign_in(client, stranger)
    for place in (township, village):
        assert rename(client, place).status_code == 404
        assert give(client, place, "360733205").status_code == 404


def test_the_command_makes_a_place_with_its_parents(db):
    out = StringIO()
    call_command("add_place", "360733100", "文武坝镇", stdout=out)
    assert out.getvalue().splitlines() == [
        "新建  省  36  江西省",
        "新建  市  3607  赣州市",
        "新建  县  360733  会昌县",
        "新建  乡镇  360733100  文武坝镇",
    ]
    again, told = StringIO(), StringIO()
    call_command("add_place", "360733100", "别名镇", stdout=again, stderr=told)
    assert again.getvalue().splitlines()[-1] == "已有  乡镇  360733100  文武坝镇"
    assert told.getvalue() == "360733100 已有的名称是“文武坝镇”，没有改成“别名镇”。\n"


def test_the_command_says_in_chinese_what_a_code_is(db):
    with pytest.raises(CommandError, match="“36073”不是行政区划代码"):
        call_command("add_place", "36073")
    assert Place.objects.visible_to(OPERATOR).count() == 0
