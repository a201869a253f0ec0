"""Whom the steps of a case are told to, once each; of an import and of old papers nobody is."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congress.models import Notice, Setting, User
from deputies.models import Person
from suggestions.day_notices import tell_days, tell_requests
from suggestions.models import Case, NoticeCursor, Proposer, Standing, Step
from suggestions.step_notices import tell_steps
from suggestions.steps import RULES
from suggestions.telling import table
from tests.suggestions.ledger import bring
from tests.suggestions.lives import BAD, GOOD, PATHS, REPLY, Life

SHANGHAI = ZoneInfo("Asia/Shanghai")
PEOPLE = ("clerk", "chair", "government", "unit_clerk", "helper_clerk", "deputy_user", "stranger")


def noon(day):
    return datetime(day.year, day.month, day.day, 12, tzinfo=SHANGHAI)


@pytest.fixture
def people(request, road_office):
    return {name: request.getfixturevalue(name) for name in PEOPLE}


@pytest.fixture
def told(people):
    """`told(step)`: {person: title} of the notices that a run after that step makes."""

    def after(step):
        Step._base_manager.filter(pk=step.pk).update(entered_at=noon(step.on))
        Step._base_manager.exclude(pk=step.pk).update(historical=True)
        tell_steps(noon(step.on) + timedelta(minutes=1))
        made = Notice._base_manager.filter(key=f"step:{step.pk}")
        names = {user.pk: name for name, user in people.items()}
        return {names[notice.user_id]: notice.title for notice in made}

    return after


# Where the case stands, the step, by whom, with what; who is told.
TABLE = [
    ("草稿", "提出", "deputy_user", {"data": {"origin": "代表"}}, {"clerk"}),
    ("已登记", "退回补正", "clerk", {"note": "写明地点"}, {"deputy_user"}),
    ("已登记", "不予受理", "chair", {"note": "没有实际内容"}, {"deputy_user"}),
    ("已登记", "受理", "chair", {}, set()),
    ("待交办", "交办", "chair", {}, {"government", "deputy_user"}),
    ("待分办", "分办", "government", {"units": True}, {"unit_clerk", "helper_clerk"}),
    ("待签收", "签收", "unit_clerk", {}, set()),
    ("待签收", "退回", "unit_clerk", {"note": "不归我站管"}, {"clerk", "government"}),
    ("办理中", "申请改办", "unit_clerk", {"note": "不归我站管"}, {"clerk", "government"}),
    ("办理中", "协办意见", "helper_clerk", {"note": "同意"}, {"unit_clerk"}),
    (
        "办理中", "申请延期", "unit_clerk", {"due": date(2024, 8, 1), "note": "等汛期过"},
        {"clerk", "chair", "government"},
    ),
    (
        "办理中", "延期", "chair", {"due": date(2024, 8, 1)},
        {"unit_clerk", "helper_clerk", "government", "deputy_user"},
    ),
    ("待核稿", "退稿", "government", {"note": "写具体"}, {"unit_clerk"}),
    ("待发出", "答复", "unit_clerk", REPLY, {"deputy_user", "clerk"}),
    ("待评价", "评价", "deputy_user", GOOD, {"clerk", "unit_clerk"}),
    ("待评价", "评价", "deputy_user", BAD, {"clerk", "chair"}),
    ("待办结", "办结", "chair", {}, {"deputy_user", "unit_clerk"}),
    ("办理中", "催办", "clerk", {}, {"unit_clerk"}),
    ("办理中", "督办", "chair", {"data": {"leader": "邹主席"}}, {"unit_clerk", "government"}),
    ("待签收", "撤回", "deputy_user", {"note": "办好了"},
     {"unit_clerk", "helper_clerk", "government", "clerk"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("state", "name", "who", "fields", "expected"), TABLE, ids=[f"{r[0]}-{r[1]}" for r in TABLE]
)
def test_those_concerned_are_told_of_a_step(life, told, state, name, who, fields, expected):
    life.play(PATHS[state])
    assert set(told(life.take(name, who, **fields))) == expected


def test_a_title_says_number_and_what_happened_and_no_content(life, told):
    life.play(PATHS["待分办"])
    titles = set(told(life.take("分办", "government", units=True)).values())
    assert titles == {f"{life.case.number}：已分到本单位，请签收"}
    assert set(Notice._base_manager.values_list("text", flat=True)) == {"硬化上芦村机耕道"}


def test_pressing_and_dissatisfaction_are_urgent_for_the_unit_alone(life, told, people):
    life.play(PATHS["待评价"])
    life.take("评价", "deputy_user", **BAD)
    told(life.case.steps.get(name="重新办理"))
    urgent = Notice._base_manager.filter(urgent=True).values_list("user__username", flat=True)
    assert set(urgent) == {"wen", "liao"}


def test_a_second_run_tells_nobody_again(life, told):
    life.play(PATHS["待分办"])
    step = life.take("分办", "government", units=True)
    told(step)
    Notice._base_manager.update(read_at=noon(step.on))
    for minutes in (2, 5, 60):
        tell_steps(noon(step.on) + timedelta(minutes=minutes))
    assert Notice._base_manager.filter(read_at=None).count() == 0
    NoticeCursor.objects.update(step=0)
    assert Notice._base_manager.count() == 2


def test_a_step_whose_transaction_ended_late_is_not_missed(life, people):
    """Keys are given before a transaction ends: a younger step may be seen before an older one."""
    life.play(PATHS["待签收"])
    Step._base_manager.update(historical=True)
    first = life.take("催办", "clerk")
    second = life.take("催办", "chair")
    now = noon(second.on)
    Step._base_manager.filter(pk=second.pk).update(entered_at=now)
    Step._base_manager.filter(pk=first.pk).update(entered_at=now, historical=True)
    tell_steps(now + timedelta(seconds=10))  # the older one is not there yet
    Step._base_manager.filter(pk=first.pk).update(historical=False)
    tell_steps(now + timedelta(minutes=1))
    keys = Notice._base_manager.filter(user=people["unit_clerk"]).values_list("key", flat=True)
    assert sorted(keys) == [f"step:{first.pk}", f"step:{second.pk}"]


def test_an_import_of_a_ledger_tells_nobody(township, clerk, unit_clerk):
    bring(township, [{"way": "交办", "handed_on": "2024-03-12", "lead": "镇水务站"}])
    tell_steps(Step._base_manager.latest("pk").entered_at)
    assert Notice._base_manager.count() == 0
    cursor = NoticeCursor.objects.get(name="steps")
    assert cursor.step < Step._base_manager.earliest("pk").pk  # the young are read once more
    tell_steps(Step._base_manager.latest("pk").entered_at + timedelta(minutes=3))
    cursor.refresh_from_db()
    assert cursor.step == Step._base_manager.latest("pk").pk


def test_each_whose_case_was_merged_is_told_of_the_own_case(township, life, told, people, request):
    other = User.objects.create_user("lan", name="兰代表", role="deputy", place=township)
    person = Person(place=township, name="兰代表", user=other)
    person.save()
    life.play(PATHS["待发出"])
    merged = Life(township, request.getfixturevalue, "未编号-9")
    merged.play(PATHS["已登记"])
    Proposer._base_manager.filter(case=merged.case).update(person=person)
    merged.day = life.day
    merged.take("并案", "clerk", data={"into": life.case.pk})
    step = life.take("答复", "unit_clerk", on=merged.day, **REPLY)
    people["lan"] = other
    assert told(step)["lan"] == f"{merged.case.number}：已书面答复，请查看并评价"
    assert Notice._base_manager.get(user=other).path == f"/my/suggestions/{merged.case.pk}/"


def test_the_sentences_speak_of_steps_and_audiences_that_exist():
    audiences = {"clerk", "chair", "government", "units", "leads", "unit", "lead", "deputies"}
    tellings = [telling for rows in table()["steps"].values() for telling in rows]
    assert set(table()["steps"]) <= set(RULES)
    assert {word for telling in tellings for word in telling["to"]} <= audiences
    assert {telling["kind"] for telling in tellings} <= set(Notice.Kind.values)


def test_telling_takes_as_many_queries_for_three_cases_as_for_one(life, people, request):
    def queries(*lives):
        for each in lives:
            each.take("催办", "clerk")
        Step._base_manager.filter(name="催办").update(entered_at=noon(life.day))
        with CaptureQueriesContext(connection) as seen:
            tell_steps(noon(life.day) + timedelta(hours=1))
        return len(seen)

    more = [Life(life.case.place, request.getfixturevalue, f"未编号-{n}") for n in (7, 8)]
    for each in (life, *more):
        each.play(PATHS["办理中"])
    Step._base_manager.update(historical=True)
    tell_steps(noon(life.day))  # makes the cursor
    one = queries(life)
    assert queries(life, *more) == one
    assert one <= 13


# ---- days that come nearer -----------------------------------------------------------------------


@pytest.fixture
def standing(life, people):
    """The standing of a case in hand, its deadline on 20 June 2024."""
    life.play(PATHS["办理中"])
    rows = Standing._base_manager.filter(case=life.case, ends=None)
    rows.update(deadline=date(2024, 6, 20))
    return rows


def told_of_days(day, user):
    tell_days(noon(day))
    rows = Notice._base_manager.filter(user=user).exclude(key__startswith="step:")
    return list(rows.order_by("pk").values_list("title", flat=True))


def test_a_light_is_told_once_when_it_changes(standing, people, life):
    unit, clerk, number = people["unit_clerk"], people["clerk"], life.case.number
    for day in (date(2024, 5, 20), date(2024, 5, 21), date(2024, 5, 22), date(2024, 6, 10)):
        told_of_days(day, unit)
    assert told_of_days(date(2024, 6, 21), unit) == [
        f"{number}：2024-06-20前答复，剩 30 天",
        f"{number}：2024-06-20前答复，剩 10 天",
        f"{number}：答复期限2024-06-20已过",
    ]
    assert len(told_of_days(date(2024, 6, 22), clerk)) == 2  # no yellow ones


def test_a_new_deadline_has_lights_of_its_own(standing, people):
    unit = people["unit_clerk"]
    assert len(told_of_days(date(2024, 6, 15), unit)) == 1
    standing.update(deadline=date(2024, 6, 25))
    assert len(told_of_days(date(2024, 6, 16), unit)) == 2


def test_the_county_sets_when_a_light_changes(standing, people, township):
    row = {"place": township, "valid_from": date(2020, 1, 1)}
    Setting(key="suggestions.yellow_days", value=5, **row).save()
    Setting(key="suggestions.orange_days", value=2, **row).save()
    assert told_of_days(date(2024, 6, 10), people["unit_clerk"]) == []
    assert len(told_of_days(date(2024, 6, 15), people["unit_clerk"])) == 1


def test_an_old_ledger_that_is_long_overdue_does_not_flood(standing, people):
    assert told_of_days(date(2024, 9, 1), people["clerk"]) == []


def test_a_deputy_is_reminded_to_evaluate(life, people):
    life.play(PATHS["待评价"])
    Standing._base_manager.filter(ends=None).update(evaluate_by=date(2024, 6, 20))
    deputy = people["deputy_user"]
    assert told_of_days(date(2024, 6, 16), deputy) == []
    assert told_of_days(date(2024, 6, 17), deputy) == [
        f"{life.case.number}：请在2024-06-20前评价答复"
    ]


def test_promises_are_told_before_they_fall_due_and_when_they_were_not_kept(life, people):
    life.play(PATHS["待办结"])
    Standing._base_manager.filter(ends=None).update(promised_on=date(2024, 12, 31))
    clerk, number = people["clerk"], life.case.number
    assert told_of_days(date(2024, 11, 30), clerk) == []
    told_of_days(date(2024, 12, 1), clerk)
    assert told_of_days(date(2025, 1, 1), clerk) == [
        f"{number}：答复里承诺的事2024-12-31到期，剩 30 天",
        f"{number}：答复里承诺的事2024-12-31到期，还没有落实记录",
    ]
    Standing._base_manager.filter(ends=None).update(kept_on=date(2025, 1, 2))
    assert len(told_of_days(date(2025, 1, 3), clerk)) == 2


def test_the_days_take_as_many_queries_for_three_cases_as_for_one(standing, people, request):
    def queries(day):
        with CaptureQueriesContext(connection) as seen:
            tell_days(noon(day))
        return len(seen)

    tell_days(noon(date(2024, 5, 1)))
    one = queries(date(2024, 6, 1))
    for number in (7, 8):
        Life(people["clerk"].place, request.getfixturevalue, f"未编号-{number}").play(
            PATHS["办理中"]
        )
    Standing._base_manager.filter(ends=None).update(deadline=date(2024, 6, 20))
    assert queries(date(2024, 6, 2)) == one
    assert one <= 13


def test_a_deputy_is_told_who_asks_for_a_co_signature_and_the_clerk_of_lost_replies(
    life, people, township
):
    from suggestions.co_signing import ask
    from suggestions.not_received import say_not_received

    other = User.objects.create_user("lan", name="兰代表", role="deputy", place=township)
    person = Person(place=township, name="兰代表", user=other)
    person.save()
    life.play(PATHS["已登记"])
    now, case = noon(life.day), Case._base_manager.get()
    ask(case, [person], user=people["deputy_user"], now=now)
    say_not_received(case, people["deputy_user"].person, user=people["deputy_user"], now=now)
    for _again in (1, 2):
        tell_requests(now + timedelta(minutes=1))
    titles = {
        user: list(Notice._base_manager.filter(user=user).values_list("title", flat=True))
        for user in (other, people["clerk"])
    }
    assert titles == {
        other: ["有代表请您附议一件建议"],
        people["clerk"]: [f"{case.number}：代表说没有收到答复，请补送"],
    }
