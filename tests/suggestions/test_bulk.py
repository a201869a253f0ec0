"""One step for many cases at once: asked for, done once, told case by case."""

from datetime import date

import pytest
from django.utils import timezone

from congress.jobs import run_due
from congress.models import Job
from suggestions import bulk
from suggestions.models import Case
from suggestions.workflow import advance, current_state
from tests.suggestions.lives import without_layer
from tests.suggestions.many_lives import Many

pytestmark = pytest.mark.django_db


@pytest.fixture
def cases(township, request, life):
    """`cases(state, number)`: so many cases in a state."""
    return Many(township, request.getfixturevalue)


@pytest.fixture
def ask(client, sign_in):
    """`ask(user, step, cases, **more)`: the answer to the ticked cases."""

    def asked(user, step, rows, **more):
        sign_in(client, user)
        return client.post("/bulk/", {"step": step, "case": [case.pk for case in rows], **more})

    return asked


@pytest.fixture
def answer(client):
    """`answer(page, **typed)`: the question of a page answered; the page of what became of it."""

    def answered(page, **typed):
        context = page.context
        words = {"step": context["step"].name, "token": context["token"],
                 "versions": context["versions"], "on": f"{timezone.localdate()}"}  # fmt: skip
        return client.post("/bulk/", words | typed, follow=True)

    return answered


def told(page):
    result = page.context["told"]
    return (
        [row["title"] for row in result["done"]],
        [(row["number"], row["reason"]) for row in result["refused"]],
    )


def states(rows):
    return [current_state(case) for case in rows]


def test_submitted_cases_are_registered_with_a_number_each(cases, clerk, ask, answer):
    rows = cases("已提交", 3)
    page = ask(clerk, "登记", rows)
    assert page.context["question"] == "登记 3 件？"
    assert len(told(answer(page))[0]) == 3
    numbers = Case._base_manager.filter(pk__in=[case.pk for case in rows]).order_by("number")
    assert states(rows) == ["已登记"] * 3
    assert len({case.number for case in numbers} - {case.number for case in rows}) == 3


def test_one_unit_gets_all_the_ticked_after_a_question_that_names_the_day(
    township, cases, chair, unit, road_office, ask, answer
):
    without_layer(township)
    rows = cases("待交办", 2)
    page = ask(chair, "交办", rows)
    assert page.context["typed"] is None
    asked = answer(page, unit=unit.pk, helpers=[road_office.pk], on="2024-04-01", due="2024-06-28")
    assert asked.context["question"] == "向镇水务站交办 2 件？"
    assert asked.context["consequence"] == "答复期限到2024年6月28日。承办单位会收到通知。"
    assert states(rows) == ["待交办"] * 2
    typed = dict(asked.context["typed"]) | {"helpers": [road_office.pk]}
    assert len(told(answer(asked, **typed, sure="yes"))[0]) == 2
    assert states(rows) == ["待签收"] * 2
    units = rows[0].units.filter(ends=None).values_list("unit__name", "role")
    assert set(units) == {("镇水务站", "主办"), ("村镇建设办", "协办")}


def test_with_the_governments_layer_no_unit_is_needed(cases, chair, ask, answer):
    rows = cases("待交办", 2)
    asked = answer(ask(chair, "交办", rows), on="2024-04-01")
    assert asked.context["question"] == "向政府办交办 2 件？"
    assert asked.context["consequence"].startswith("答复期限到2024年7月1日。")
    answer(asked, **dict(asked.context["typed"]), sure="yes")
    assert states(rows) == ["待分办"] * 2


def test_the_government_hands_several_out(cases, government, unit, ask, answer):
    rows = cases("待分办", 2)
    asked = answer(ask(government, "分办", rows), unit=unit.pk)
    assert asked.context["question"] == "向镇水务站分办 2 件？"
    answer(asked, **dict(asked.context["typed"]), sure="yes")
    assert states(rows) == ["待签收"] * 2


def test_the_question_can_be_taken_back_to_the_form(cases, chair, ask, answer):
    asked = answer(ask(chair, "交办", cases("待交办", 1)), note="请尽快")
    form = answer(asked, **dict(asked.context["typed"]), again="yes")
    assert (form.context["typed"], form.context["form"]["note"].value()) == (None, "请尽快")


@pytest.mark.parametrize(
    ("state", "step", "person", "after"),
    [
        ("已登记", "受理", "chair", "待交办"),
        ("待签收", "签收", "unit_clerk", "办理中"),
        ("待签收", "签收", "clerk", "办理中"),
        ("办理中", "催办", "clerk", "办理中"),
        ("办理中", "催办", "county_user", "办理中"),
        ("办理中", "催办", "government", "办理中"),
        ("待办结", "办结", "chair", "已办结"),
    ],
)
def test_the_other_steps_are_taken_after_one_question(
    request, cases, ask, answer, state, step, person, after
):
    user, rows = request.getfixturevalue(person), cases(state, 2)
    page = answer(ask(user, step, rows))
    assert len(told(page)[0]) == 2
    assert states(rows) == [after] * 2
    assert [case.steps.filter(name=step, entered_by=user).count() for case in rows] == [1, 1]


def test_a_double_click_does_it_once(cases, clerk, ask, answer):
    rows = cases("办理中", 2)
    page = ask(clerk, "催办", rows)
    first, second = answer(page), answer(page)
    assert (told(first), first.redirect_chain) == (told(second), second.redirect_chain)
    assert [case.steps.filter(name="催办").count() for case in rows] == [1, 1]
    assert Job._base_manager.count() == 1


def test_what_cannot_be_done_is_told_with_its_reason_and_holds_up_nothing(
    cases, clerk, chair, ask, answer
):
    good, moved, late = [*cases("办理中", 2), *cases("已办结", 1)]
    page = ask(clerk, "催办", [good, moved, late])
    assert [row.case for row in page.context["out"]] == [late]
    advance(moved, "督办", user=chair, on=date(2024, 5, 1), data={"leader": "刘镇长"})
    page = answer(page, on="2024-05-02")
    assert told(page) == ([good.title], [(moved.number, bulk.MEANWHILE)])


def test_a_day_before_the_last_step_is_refused_case_by_case(cases, clerk, ask, answer):
    rows = cases("办理中", 1)
    [(_, reason)] = told(answer(ask(clerk, "催办", rows), on="2024-01-01"))[1]
    assert reason == "日期2024-01-01早于上一步“签收”的日期2024-03-09"


def test_where_none_can_the_page_says_so(cases, clerk, ask):
    page = ask(clerk, "交办", cases("办理中", 1), back="/promises/")
    assert page.url == "/promises/"
    assert ask(clerk, "交办", []).url == "/"
    assert ask(clerk, "交办", [], back="https://evil.example/").url == "/"


@pytest.mark.parametrize(
    ("person", "step"),
    [
        ("stranger", "催办"), ("unit_clerk", "催办"), ("deputy_user", "催办"), ("officer", "催办"),
        ("government", "交办"), ("county_user", "办结"), ("clerk", "批示"), ("clerk", "没有"),
        ("other_unit_clerk", "签收"), ("sysadmin", "催办"),
    ],
)  # fmt: skip
def test_a_forged_request_finds_nothing(request, cases, ask, person, step):
    rows = cases("待签收", 1)
    assert ask(request.getfixturevalue(person), step, rows).status_code == 404


@pytest.mark.parametrize("more", [{"case": "x"}, {"versions": "1"}, {"versions": "1-x"}])
def test_keys_that_are_none_find_nothing(client, sign_in, clerk, more):
    assert sign_in(client, clerk).post("/bulk/", {"step": "催办", **more}).status_code == 404


def test_a_whole_group_of_the_desk(cases, clerk, ask, answer):
    rows = cases("已提交", 3)
    page = ask(clerk, "登记", [], group="register")
    assert len(page.context["rows"]) == 3
    answer(page)
    assert states(rows) == ["已登记"] * 3
    assert ask(clerk, "登记", [], group="nothing").status_code == 404


def test_many_are_done_by_the_worker(monkeypatch, cases, clerk, ask, answer):
    monkeypatch.setattr("suggestions.views.bulk.AT_ONCE", 2)
    rows = cases("办理中", 3)
    page = answer(ask(clerk, "催办", rows))
    assert (page.context["job"].state, page.context["told"]) == ("queued", {})
    assert run_due() == 1
    assert [case.steps.filter(name="催办").count() for case in rows] == [1, 1, 1]
    client = page.client
    again = client.get(page.redirect_chain[-1][0], headers={"HX-Request": "true"})
    assert again.headers["HX-Refresh"] == "true"


def test_a_job_that_broke_off_tells_what_it_had_done(cases, clerk):
    rows = cases("办理中", 2)
    payload = {"step": "催办", "on": f"{timezone.localdate()}", "fields": {},
               "cases": [[case.pk, case.version] for case in rows]}  # fmt: skip
    job = Job(made_by=clerk, place=clerk.place, attempts=1)
    job.progress = lambda *told: None
    assert len(bulk.run(job, **payload)["done"]) == 2
    assert len(bulk.run(job, **payload)["refused"]) == 2
    job.attempts = 2
    assert len(bulk.run(job, **payload)["done"]) == 2


def test_the_result_is_for_who_asked(client, sign_in, cases, clerk, chair, ask, answer):
    address = answer(ask(clerk, "催办", cases("办理中", 1))).redirect_chain[-1][0]
    assert sign_in(client, chair).get(address).status_code == 404


def test_deadlines_are_told_by_day():
    found = {date(2027, 2, 23): 28, date(2027, 3, 1): 3}
    assert bulk.deadline_words(found) == (
        "答复期限：到2027年2月23日的 28 件，到2027年3月1日的 3 件。"
    )
    assert bulk.deadline_words({date(2027, 2, 23): 31}) == "答复期限到2027年2月23日。"
    assert bulk.deadline_words({}) == ""


def test_the_forms_that_can_be_printed_are_offered(cases, clerk, ask):
    page = ask(clerk, "打印", cases("待签收", 2))
    offered = {form.key: count for form, count in page.context["forms"]}
    assert offered["handover"] == 2
    assert "reply" not in offered


@pytest.mark.parametrize(("state", "step"), [("办理中", "催办"), ("待交办", "交办")])
def test_the_question_costs_the_same_for_one_and_for_three(
    cases, clerk, ask, state, step, django_assert_max_num_queries
):
    rows, counts = cases(state, 3), []
    for some in (rows[:1], rows[:1], rows):
        with django_assert_max_num_queries(36) as asked:  # signing in costs ten
            ask(clerk, step, some)
        counts.append(len(asked))
    assert counts[1] == counts[2]
