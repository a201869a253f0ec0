"""The guide of an empty system, and the sample users."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from congress import first_passwords, first_run
from congress.models import Place, Term, Unit, User, Word
from congress.roles import Role
from congress.sample_users import RULES, ensure_sample_users
from congress.scoping import OPERATOR

BEGIN, DONE = reverse("guide_begin"), reverse("guide_done")
TYPED = {
    "place": {"code": "360733", "name": "", "townships": "360733100 文武坝镇\n360733101 筠门岭镇"},
    "term": {"county_name": "", "county_starts": "", "township_name": "第十七届",
             "township_starts": "2021-08-10"},
    "units": {"county_units": "县水利局", "township_units": "水务站\n农业办"},
    "users": {"admin_name": "刘管理", "admin_username": "", "staff_name": "钟秀兰",
              "staff_username": "zhong", "staff_place": "360733100"},
}  # fmt: skip
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path):
    settings.DATA = tmp_path
    return tmp_path


def printed():
    out = StringIO()
    call_command("first_run", stdout=out)
    return out.getvalue()


def token():
    return printed().partition("?t=")[2].strip()


def step(client, name, **more):
    return client.post(reverse("guide_step", args=[name]), TYPED[name] | more)


@pytest.fixture
def guide(client):
    """A browser in which the guide was begun with the link."""
    client.post(BEGIN, {"t": token()})
    return client


def people():
    return list(User.objects.visible_to(OPERATOR).order_by("pk"))


def all_steps(client):
    return [step(client, name) for name in TYPED]


def test_the_link_opens_the_guide_once(client):
    link = token()
    assert [client.get(BEGIN, {"t": link}).status_code for _ in range(2)] == [200, 200]
    assert client.post(BEGIN, {"t": link}).url == reverse("guide_step", args=["place"])
    other = Client()
    assert other.get(BEGIN, {"t": link}).status_code == 404
    assert other.post(BEGIN, {"t": link}).status_code == 404
    assert other.get(reverse("guide_step", args=["place"])).status_code == 404


def test_a_newer_link_makes_the_older_one_void(client):
    old, new = token(), token()
    assert [client.get(BEGIN, {"t": link}).status_code for link in (old, new)] == [404, 200]


def test_the_link_and_the_guide_die_after_72_hours():
    now = timezone.now()
    link = first_run.new_token(now)
    late = now + timedelta(hours=72)
    assert (first_run.opens(link, now), first_run.opens(link, late)) == (True, False)
    claim = first_run.begin(link, now)
    assert (first_run.holds(claim, now), first_run.holds(claim, late)) == (True, False)


def test_only_the_owner_of_the_data_folder_reads_the_file_and_it_holds_no_link(data_folder):
    link = token()
    file = data_folder / "first_run.json"
    assert (file.stat().st_mode & 0o777, link in file.read_text()) == (0o600, False)


def test_the_four_steps_make_everything_at_once(guide):
    *before, last = all_steps(guide)
    assert [answer.url for answer in before] == [
        reverse("guide_step", args=[name]) for name in ("term", "units", "users")
    ]
    assert last.url == DONE
    codes = Place.objects.visible_to(OPERATOR).values_list("code", flat=True)
    assert list(codes) == ["36", "3607", "360733", "360733100", "360733101"]
    terms = Term.objects.visible_to(OPERATOR)
    assert [(term.place.name, term.level, term.name) for term in terms] == [
        ("文武坝镇", "乡镇", "第十七届"),
        ("筠门岭镇", "乡镇", "第十七届"),
    ]
    assert Unit.objects.visible_to(OPERATOR).count() == 5
    assert Word.objects.visible_to(OPERATOR).count() == 10
    assert [(user.username, user.role, user.place.name) for user in people()] == [
        ("liuguanli", "sysadmin", "会昌县"),
        ("zhong", "clerk", "文武坝镇"),
    ]


def test_nothing_is_made_before_the_last_step(guide):
    for name in ("place", "term", "units"):
        step(guide, name)
    assert Place.objects.visible_to(OPERATOR).count() == 0


def test_the_end_shows_the_links_and_going_back_and_sending_again_changes_nothing(guide):
    all_steps(guide)
    assert step(guide, "users").url == DONE
    slips = guide.get(DONE).context["slips"]
    assert [slip["person"] for slip in slips] == people()
    assert guide.get(DONE).context["slips"] == slips
    assert Client().get(DONE).status_code == 404


def test_no_step_is_skipped(guide):
    assert guide.get(reverse("guide_step", args=["users"])).url == reverse(
        "guide_step", args=["place"]
    )


def test_what_was_typed_is_still_there_on_the_way_back(guide):
    step(guide, "place")
    form = guide.get(reverse("guide_step", args=["place"])).context["form"]
    assert form["townships"].value() == TYPED["place"]["townships"]


@pytest.mark.parametrize(
    ("words", "errors"),
    [
        ({"code": "36073"}, {"code": ["“36073”不是县的代码：县的代码是6位数字。"]}),
        ({"code": "999999", "townships": "999999100 甲镇"},
         {"name": ["代码 999999 在附带的名录里查不到，请填名称。"]}),
        ({"townships": "文武坝镇"},
         {"townships": ["“文武坝镇”看不明白，要写成“360733100 文武坝镇”这样。"]}),
        ({"townships": "360734100 甲镇"}, {"townships": ["“甲镇”的代码不是 360733 开头的。"]}),
        ({"townships": "360733100 甲\n360733100 乙"}, {"townships": ["有两个乡镇的代码一样。"]}),
    ],
)  # fmt: skip
def test_what_cannot_be_is_explained(guide, words, errors):
    assert step(guide, "place", **words).context["form"].errors == errors


def test_the_two_people_need_two_user_names(guide):
    for name in ("place", "term", "units"):
        step(guide, name)
    answer = step(guide, "users", admin_username="Zhong")
    assert list(answer.context["form"].errors) == ["staff_username"]


def test_with_a_user_the_guide_is_dead(guide, clerk):
    assert step(guide, "place").status_code == 404
    assert guide.get(BEGIN, {"t": "x"}).context["set_up"] is True


def test_while_nobody_has_a_password_the_start_shows_the_administrators_link(guide):
    all_steps(guide)
    admin = people()[0]
    assert f"?t={first_passwords.token(admin)}" in printed()
    first_passwords.choose(admin, "Three-Rivers-2024", timezone.now())
    assert printed() == "乡镇人大工作管理系统  http://localhost:8000\n"


def test_the_sample_users_are_those_whose_place_and_unit_exist(township, county):
    users, _ = ensure_sample_users(timezone.now())
    assert [user.username for user in users] == [
        "admin", "county", "clerk", "chair", "officer", "deputy", "office",
    ]  # fmt: skip


def test_one_sample_user_for_each_role_and_one_for_the_other_township(unit, other_township):
    users, password = ensure_sample_users(timezone.now())
    assert {user.role for user in users} == set(Role)
    assert [user.place.name for user in users if user.role == "clerk"] == ["文武坝镇", "筠门岭镇"]
    assert all(user.check_password(password) for user in users)


def test_a_second_start_prints_the_same_password_and_makes_nobody_anew(unit, data_folder):
    first = ensure_sample_users(timezone.now())
    assert ensure_sample_users(timezone.now()) == first
    file = data_folder / "sample_password"
    assert (file.read_text(), file.stat().st_mode & 0o777) == (first[1], 0o600)


def test_the_sample_password_fits_both_profiles(unit):
    users, password = ensure_sample_users(timezone.now())
    assert [rule().validate(password, user) for rule in RULES for user in users] == [None] * (
        len(RULES) * len(users)
    )


def test_the_start_of_the_sample_prints_names_roles_and_password(unit, settings):
    settings.SAMPLE_DATA = True
    lines = printed().splitlines()
    assert lines[1].startswith("示例数据，人和事都是编的。下面的用户，密码都是 ")
    assert [line.split()[0] for line in lines[2:]] == [
        "admin", "county", "clerk", "chair", "officer", "deputy", "unit", "office",
    ]  # fmt: skip
