"""The table of steps: who may do what in which state, and that nothing else moves a case."""

import csv
from datetime import date
from pathlib import Path

import pytest

from congress.records import StaleRecord
from congress.roles import Role
from suggestions.models import Case, Proposer
from suggestions.steps import RULES, TABLE, state_after
from suggestions.words import Satisfaction, State
from suggestions.workflow import StepRefused, advance, arrange, current_state, steps_open_to
from tests.suggestions.ledger import HANDED, REPLIED, bring
from tests.suggestions.lives import PATHS

pytestmark = pytest.mark.django_db
DAY = date(2024, 6, 3)


def open_steps():
    """[(state, person, names)]: the table of (state × person), with the government's own layer."""
    with Path(__file__).with_name("steps_open.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            state = row.pop("state")
            yield from ((state, person, names.split()) for person, names in row.items())


OPEN_STEPS = list(open_steps())


def test_the_table_knows_each_state():
    assert {state for state, _, _ in OPEN_STEPS} == set(State.values) == set(PATHS)


@pytest.mark.parametrize("state", State.values)
def test_each_person_has_exactly_these_steps_in_each_state(state, life, request):
    case = life.play(PATHS[state])
    assert current_state(case) == state
    expected = {person: names for where, person, names in OPEN_STEPS if where == state}
    assert expected == {
        person: [rule.name for rule in steps_open_to(request.getfixturevalue(person), case)]
        for person in expected
    }


@pytest.mark.parametrize("state", State.values)
def test_a_step_that_is_not_open_is_refused_and_leaves_nothing(state, life, request):
    case = life.play(PATHS[state])
    before = list(case.steps.values_list("pk", flat=True))
    for where, person, names in OPEN_STEPS:
        user = request.getfixturevalue(person)
        if where != state or not Case.objects.visible_to(user).filter(pk=case.pk).exists():
            continue
        for rule in TABLE:
            if rule.name not in names:
                with pytest.raises(StepRefused):
                    advance(case, rule.name, user=user, on=life.day)
    assert list(case.steps.values_list("pk", flat=True)) == before


def test_a_deputy_never_closes_a_case():
    assert Role.DEPUTY not in RULES["办结"].roles


def test_every_state_can_be_reached():
    class Fake:
        def __init__(self, name, result=""):
            self.name, self.result, self.data = name, result, {}

    class Layered(Fake):
        def __init__(self, name, result=""):
            super().__init__(name, result)
            self.data = {"layer": True}

    reached = {State.DRAFT}
    while True:
        words = ("", *Satisfaction.values)
        steps = [kind(r.name, word) for kind in (Fake, Layered) for r in TABLE for word in words]
        more = {
            state_after(state, step)
            for state in reached
            for step in steps
            if state in RULES[step.name].frm
        }
        if more <= reached:
            break
        reached |= more
    assert reached == set(State)


def one_case(township, **columns):
    bring(township, [columns])
    return Case._base_manager.get(place=township)


def test_a_step_moves_the_case_and_keeps_who_and_when(township, clerk):
    case = one_case(township, **HANDED)
    step = advance(case, "签收", user=clerk, on=date(2024, 3, 13))
    case.refresh_from_db()
    assert (step.entered_by, step.on) == (clerk, date(2024, 3, 13))
    assert current_state(case) == State.HANDLING
    assert case.version == 2


def test_a_step_from_a_wrong_state_is_refused_and_leaves_nothing(township, clerk):
    case = one_case(township, **HANDED)
    before = case.steps.count()
    with pytest.raises(StepRefused, match="不能“办结”"):
        advance(case, "办结", user=clerk, on=DAY)
    assert (case.steps.count(), current_state(case)) == (before, State.ASSIGNED)


def test_a_step_before_the_last_one_is_refused(township, clerk):
    case = one_case(township, **HANDED)
    with pytest.raises(StepRefused, match="早于上一步"):
        advance(case, "签收", user=clerk, on=date(2024, 3, 1))


def test_a_stranger_finds_no_case_to_step(township, stranger):
    case = one_case(township, **HANDED)
    assert steps_open_to(stranger, case) == []
    with pytest.raises(Case.DoesNotExist):
        advance(case, "签收", user=stranger, on=DAY)


def test_two_editors_the_second_is_told(township, clerk, chair):
    case = one_case(township, **HANDED)
    advance(case, "签收", user=clerk, on=date(2024, 3, 13), version=1)
    with pytest.raises(StaleRecord):
        advance(case, "催办", user=chair, on=date(2024, 3, 14), version=1)


def test_a_county_case_is_read_and_not_stepped(township, clerk):
    case = one_case(township, raised_at="县", **HANDED)
    assert steps_open_to(clerk, case) == []


def test_a_dissatisfied_result_starts_the_second_round(township, clerk):
    case = one_case(township, **REPLIED)
    advance(case, "评价", user=clerk, on=DAY, result="不满意", note="路没有修")
    assert current_state(case) == State.REHANDLING
    assert case.standings.get(ends=None).rehandled is True


def test_a_deputy_evaluates_the_own_case_only(township, clerk, deputy_user):
    case = one_case(township, **REPLIED)
    assert steps_open_to(deputy_user, case) == []
    Proposer._base_manager.filter(case=case).update(person=deputy_user.person)
    assert {rule.name for rule in steps_open_to(deputy_user, case)} == {"评价"}


def test_a_ledger_that_skips_steps_gets_them_on_the_date_of_the_next(township):
    case = one_case(township, **REPLIED)
    told = [
        (step.name, str(step.on), step.data.get("implied", False))
        for step in case.steps.order_by("on", "order")
    ]
    assert told == [
        ("提出", "2024-03-05", False),
        ("登记", "2024-03-12", True),
        ("受理", "2024-03-12", True),
        ("交办", "2024-03-12", False),
        ("签收", "2024-05-20", True),
        ("答复", "2024-05-20", False),
    ]


def test_a_sequence_that_the_table_forbids_is_kept_as_historical_with_a_finding(township):
    load = bring(township, [HANDED | {"closed_on": "2024-06-01"}])
    case = Case._base_manager.get(place=township)
    assert case.steps.get(name="办结").historical is True
    assert [problem.message for problem in load.findings if "补录" in problem.message] == [
        "“办结”（2024-06-01）时这一件是“待签收”，按补录登记"
    ]


def test_arrange_puts_an_extension_of_the_same_day_before_the_reply(township):
    bring(
        township,
        [REPLIED],
        [{"number": "1", "on": "2024-05-20", "step": "延期", "due": "2024-07-01"}],
    )
    case = Case._base_manager.get(place=township)
    names = [step.name for step in case.steps.filter(on=date(2024, 5, 20)).order_by("order")]
    assert names == ["延期", "签收", "答复"]
    assert case.standings.get(ends=None).deadline_then == date(2024, 7, 1)
    assert arrange([]) == ([], [])
