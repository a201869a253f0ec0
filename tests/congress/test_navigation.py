"""The side navigation: what each role finds there, and which item is marked."""

import tomllib
from types import SimpleNamespace

import pytest
from django.http import HttpResponse
from django.urls import path

from congress.navigation import FILE, navigation, navigation_for
from congress.roles import Role


def page(request, sheet=""):
    return HttpResponse()


urlpatterns = [
    path("", page, name="home"),
    path("records/<slug:sheet>/", page, name="record-list"),
    path("figures/", page, name="figures"),
    path("settings/", page, name="settings"),
]

pytestmark = pytest.mark.urls(__name__)


def current(role, at):
    groups = navigation_for(role, at)
    return [item["url"] for group in groups for item in group if item["current"]]


def test_pages_that_do_not_exist_are_left_out():
    labels = {item["label"] for group in navigation_for("clerk", "/") for item in group}
    assert {"统计数字", "设置"} <= labels
    assert labels & {"工作总结", "导入导出"} == set()


def test_home_is_marked_on_itself_only():
    assert current("clerk", "/") == ["/"]
    assert current("clerk", "/nowhere/") == []


def test_a_page_below_an_item_marks_the_item():
    assert current("chair", "/figures/satisfaction/") == ["/figures/"]


def test_every_role_has_an_entry():
    rules = tomllib.loads(FILE.read_text(encoding="utf-8"))
    assert set(rules["roles"]) == set(Role.values)
    assert {name for names in rules["roles"].values() for name in names} == set(rules["groups"])


def test_the_system_administrator_sees_no_business_page():
    assert [[item["url"] for item in group] for group in navigation_for("sysadmin", "/")] == [
        ["/settings/"]
    ]


@pytest.mark.parametrize(
    ("level", "name", "office"),
    [("乡镇", "文武坝镇", "文武坝镇人大"), ("县", "会昌县", "会昌县人大常委会")],
)
def test_the_header_names_the_office(rf, level, name, office):
    request = rf.get("/")
    request.user = SimpleNamespace(
        is_authenticated=True,
        role="clerk",
        place_id=1,
        place=SimpleNamespace(name=name, level=level),
    )
    assert navigation(request)["place_name"] == office


def test_a_stranger_gets_an_empty_frame(rf):
    request = rf.get("/")
    request.user = SimpleNamespace(is_authenticated=False)
    assert navigation(request, sample_data=False) == {
        "navigation": [],
        "place_name": "",
        "sample_data": False,
    }
