"""A clerk hands the desk over for some days: whose rights hold when, and what is written down."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from congress import accounts, notices
from congress.forms.substitutes import SubstituteForm
from congress.models import AuditEntry, Job, Notice, Substitute, Unit, User
from congress.roles import Role
from congress.scoping import OPERATOR
from congress.substitution import stand_in
from suggestions.workflow import steps_open_to
from tests.suggestions.lives import PATHS

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 8, 3)
FRIDAY = MONDAY + timedelta(days=4)


def hand_over(absent, other, starts=MONDAY, ends=FRIDAY):
    row = Substitute(
        place=absent.place, absent=absent, substitute=other, starts=starts, ends=ends,
        entered_by=absent,
    )  # fmt: skip
    row.save()
    return row


def today_and_tomorrow(absent, other):
    today = timezone.localdate()
    return hand_over(absent, other, today, today + timedelta(days=1))


def rights(user, day):
    """(role, place, for whom) of a fresh reading of the account on a day."""
    found = User._base_manager.select_related("place").get(pk=user.pk)
    stand_in(found, day)
    absent = found.standing_in.absent.name if found.standing_in else None
    return found.role, found.place.name, absent


def test_an_officer_has_the_clerks_rights_on_these_days_and_no_others(clerk, officer):
    hand_over(clerk, officer)
    days = [MONDAY - timedelta(days=1), MONDAY, FRIDAY, FRIDAY + timedelta(days=1)]
    assert [rights(officer, day) for day in days] == [
        ("officer", "文武坝镇", None),
        ("clerk", "文武坝镇", "钟干事"),
        ("clerk", "文武坝镇", "钟干事"),
        ("officer", "文武坝镇", None),
    ]


def test_the_chair_keeps_the_own_role(clerk, chair):
    hand_over(clerk, chair)
    assert rights(chair, MONDAY) == ("chair", "文武坝镇", "钟干事")


def test_somebody_of_the_county_works_at_that_township_alone(clerk, county_user):
    hand_over(clerk, county_user)
    assert rights(county_user, MONDAY) == ("clerk", "文武坝镇", "钟干事")
    assert rights(county_user, FRIDAY + timedelta(days=1)) == ("county", "会昌县", None)


@pytest.mark.parametrize("person", ["sysadmin", "unit_clerk", "deputy_user", "government"])
def test_others_never_stand_in_whatever_stands_in_the_table(request, clerk, person):
    user = request.getfixturevalue(person)
    hand_over(clerk, user)
    assert rights(user, MONDAY) == (user.role, user.place.name, None)


def test_nobody_of_another_township_stands_in(clerk, stranger):
    hand_over(clerk, stranger)
    assert rights(stranger, MONDAY) == ("clerk", "筠门岭镇", None)


def test_the_rights_are_the_clerks_never_an_administrators(sysadmin, officer):
    row = hand_over(sysadmin, officer)
    Substitute._base_manager.filter(pk=row.pk).update(place=officer.place)
    assert rights(officer, MONDAY) == ("officer", "文武坝镇", None)


def test_what_was_taken_back_holds_no_more(clerk, officer):
    row = hand_over(clerk, officer)
    row.ended_at = timezone.now()
    row.save()
    assert rights(officer, MONDAY) == ("officer", "文武坝镇", None)


def test_an_account_that_is_closed_hands_nothing_over(clerk, officer, chair, sysadmin):
    hand_over(clerk, officer)
    User._base_manager.filter(pk=clerk.pk).update(is_active=False)
    assert rights(officer, MONDAY) == ("officer", "文武坝镇", None)


@pytest.mark.parametrize("who", ["clerk", "officer"])
def test_closing_an_account_ends_its_hand_overs(request, clerk, officer, chair, who):
    row, other = today_and_tomorrow(clerk, officer), hand_over(chair, clerk, MONDAY, MONDAY)
    Substitute._base_manager.filter(pk=other.pk).update(starts="2020-01-01", ends="2020-01-02")
    accounts.close_account(request.getfixturevalue(who), timezone.now())
    accounts.reopen_account(request.getfixturevalue(who), timezone.now())
    for each in (row, other):
        each.refresh_from_db()
    assert (row.ended_at is None, other.ended_at) == (False, None)
    assert rights(officer, timezone.localdate())[0] == "officer"


def test_a_lent_role_is_never_stored(client, sign_in, clerk, officer, county_user):
    for user in (officer, county_user):
        row = hand_over(clerk, user)
        own = user.role, user.place_id
        stand_in(user, MONDAY)
        user.name += "（新）"
        user.save()
        assert (user.role, user.place_id) == ("clerk", clerk.place_id)
        stored = User._base_manager.get(pk=user.pk)
        assert (stored.role, stored.place_id, stored.name) == (*own, user.name)
        Substitute._base_manager.filter(pk=row.pk).delete()


def test_the_substitute_sees_and_moves_the_cases_in_the_own_name(life, clerk, officer):
    case = life.play(PATHS["已提交"])
    assert [rule.name for rule in steps_open_to(officer, case)] == []
    hand_over(clerk, officer)
    stand_in(officer, MONDAY)
    assert {"登记", "作废"} <= {rule.name for rule in steps_open_to(officer, case)}
    life.person = lambda name: officer
    step = life.take("登记", "officer")
    assert (step.entered_by, step.name) == (officer, "登记")


def test_the_trail_names_both(client, sign_in, township, clerk, officer):
    today_and_tomorrow(clerk, officer)
    words = {"name": "镇林业站", "names": "", "place": township.pk}
    sign_in(client, officer).post("/settings/units/new/", words)
    unit = Unit._base_manager.get(name="镇林业站")
    entry = AuditEntry.objects.visible_to(OPERATOR).get(model="congress.Unit", record_pk=unit.pk)
    assert (entry.by, entry.change["standing_in"]) == (officer, "代钟干事")
    assert "代钟干事" in sign_in(client, clerk).get("/settings/audit/").content.decode()


def test_pages_open_and_close_with_the_days(client, sign_in, clerk, officer):
    sign_in(client, officer)
    assert client.get("/settings/").status_code == 404
    row = today_and_tomorrow(clerk, officer)
    answer = client.get("/")
    assert (answer.status_code, "您在代<b>钟干事</b>的班" in answer.content.decode()) == (200, True)
    client.post(f"/settings/substitutes/{row.pk}/end/")
    assert client.get("/settings/").status_code == 404


def test_lent_rights_make_no_account_and_are_not_handed_on(client, sign_in, clerk, officer):
    today_and_tomorrow(clerk, officer)
    sign_in(client, officer)
    closed = ["/settings/users/", "/settings/users/new/", "/settings/unit-slips/",
              "/settings/substitutes/new/"]  # fmt: skip
    assert client.get("/settings/substitutes/").status_code == 200
    assert [client.get(page).status_code for page in closed] == [404] * 4
    labels = [page["label"] for page in client.get("/settings/").context["pages"]]
    assert {"用户", "代表用手机登录", "单位用手机登录"} & set(labels) == set()


def test_the_substitute_is_told_what_the_clerk_is_told(clerk, chair, officer, stranger):
    now = timezone.now()
    today_and_tomorrow(clerk, officer)

    def told(user):
        return Notice(user=user, place=user.place, kind="待办", title="1：请登记", path="/",
                      key="step:1", made_at=now)  # fmt: skip

    for _ in range(2):
        notices.tell(told(user) for user in (clerk, chair, stranger))
    rows = Notice.objects.visible_to(OPERATOR).order_by("pk").values_list("user__name", flat=True)
    assert sorted(rows) == sorted(["钟干事", "邹主席", "肖干事", "赖站长"])


def test_a_job_of_the_substitute_has_the_rights_of_the_day(clerk, officer, monkeypatch):
    from congress import jobs

    today_and_tomorrow(clerk, officer)
    job = jobs.enqueue("x", {}, user=officer, place=officer.place, title="x", key="x")
    claimed = jobs.claim(job.pk)
    assert (claimed.made_by.role, Job._base_manager.get(pk=job.pk).made_by.role) == (
        Role.CLERK, Role.OFFICER,
    )  # fmt: skip


def form_of(user, day=MONDAY, **values):
    data = {"starts": f"{MONDAY}", "ends": f"{FRIDAY}"}
    data |= {name: value.pk if hasattr(value, "pk") else value for name, value in values.items()}
    return SubstituteForm(data, user=user, today=day)


def test_a_clerk_asks_people_of_the_own_place(clerk, chair, officer, stranger, county_user):
    form = form_of(clerk, substitute=officer)
    assert set(form.fields["substitute"].queryset) == {chair, officer}
    assert "absent" not in form.fields
    assert form.is_valid()
    row = form.save()
    assert (row.absent, row.substitute, row.place) == (clerk, officer, clerk.place)


def test_the_county_hands_over_for_a_clerk_who_is_ill(county_user, clerk, stranger, chair):
    assert form_of(county_user, absent=clerk, substitute=chair).is_valid()
    assert form_of(county_user, absent=clerk, substitute=county_user).is_valid()
    assert list(form_of(county_user, absent=clerk, substitute=stranger).errors) == ["substitute"]
    assert list(form_of(county_user, absent=clerk, substitute=clerk).errors) == ["substitute"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"starts": "2026-08-02"}, "starts"),
        ({"ends": "2026-08-02"}, "ends"),
        ({"ends": "2026-10-02"}, "ends"),
    ],
)
def test_days_that_cannot_be(clerk, officer, values, field):
    assert list(form_of(clerk, substitute=officer, **values).errors) == [field]


def test_one_substitute_at_a_time_and_nobody_who_is_away(clerk, officer, chair, county_user):
    hand_over(clerk, officer, FRIDAY, FRIDAY + timedelta(days=3))
    assert list(form_of(clerk, substitute=chair).errors) == ["__all__"]
    before = form_of(clerk, substitute=chair, ends=f"{FRIDAY - timedelta(days=1)}")
    assert before.is_valid()


def test_the_form_makes_the_hand_over_and_the_list_takes_it_back(client, sign_in, clerk, officer):
    today = timezone.localdate()
    words = {"substitute": officer.pk, "starts": f"{today}", "ends": f"{today}"}
    answer = sign_in(client, clerk).post("/settings/substitutes/new/", words)
    assert answer.url == "/settings/substitutes/"
    row = Substitute._base_manager.get()
    [told] = client.get("/settings/substitutes/").context["rows"]
    assert (told["state"], told["may_end"]) == ("代班中", True)
    for _ in range(2):
        assert client.post(f"/settings/substitutes/{row.pk}/end/").url == "/"
    [told] = client.get("/settings/substitutes/").context["rows"]
    row.refresh_from_db()
    assert (told["state"], row.ended_by, row.version) == ("已收回", clerk, 2)


@pytest.mark.parametrize(
    ("person", "code"),
    [("clerk", 302), ("officer", 302), ("county_user", 302), ("chair", 404), ("stranger", 404)],
)
def test_who_may_end_a_hand_over(client, request, sign_in, clerk, officer, person, code):
    row = today_and_tomorrow(clerk, officer)
    sign_in(client, request.getfixturevalue(person))
    assert client.post(f"/settings/substitutes/{row.pk}/end/").status_code == code


def test_the_list_costs_the_same_for_one_and_for_three(
    client, sign_in, clerk, officer, django_assert_num_queries
):
    sign_in(client, clerk)
    client.get("/settings/substitutes/")
    for number in range(3):
        hand_over(clerk, officer, FRIDAY + timedelta(days=number), FRIDAY + timedelta(days=9))
        with django_assert_num_queries(4):
            client.get("/settings/substitutes/")
