"""The table of steps: who may do what in which state, and that nothing else moves a case."""

from datetime import date

import pytest

from congress.records import StaleRecord
from congress.roles import Role
from suggestions.models import Case, Proposer
from suggestions.steps import RULES, TABLE, state_after
from suggestions.words import Satisfaction, State
from suggestions.workflow import StepRefused, advance, arrange, current_state, steps_open_to
from tests.suggestions.ledger import HANDED, REPLIED, bring

pytestmark = pytest.mark.django_db
DAY = date(2024, 6, 3)


def words(text):
    return set(text.split())


OFFICE = {
    State.DRAFT: words("提出 作废 更正"),
    State.SUBMITTED: words("登记 退回补正 并案 催办 督办 重点 告知群众 撤回 作废 更正"),
    State.REGISTERED: words("退回补正 受理 不予受理 并案 催办 督办 重点 告知群众 撤回 作废 更正"),
    State.REPAIR: words("提出 并案 催办 督办 重点 告知群众 撤回 作废 更正 登记"),
    State.ACCEPTED: words(
        "不予受理 并案 交办 转办 转交上级 当场答复 改办 催办 督办 重点 告知群众 撤回 作废 更正"
    ),
    State.ASSIGNED: words(
        "签收 分办 退回 改办 协办意见 面商 催办 督办 重点 延期 告知群众 撤回 作废 更正"
    ),
    State.HANDLING: words(
        "分办 退回 改办 协办意见 面商 催办 督办 重点 延期 答复 告知群众 撤回 作废 更正"
    ),
    State.REHANDLING: words(
        "分办 改办 协办意见 面商 催办 督办 重点 延期 再次答复 重新办理 告知群众 撤回 作废 更正 办结"
    ),
    State.REPLIED: words(
        "面商 催办 督办 重点 评价 办结 再次答复 重新办理 承诺落实 告知群众 作废 更正"
    ),
    State.EVALUATED: words(
        "面商 催办 督办 重点 评价 办结 再次答复 重新办理 承诺落实 告知群众 作废 更正"
    ),
    State.CLOSED: words("面商 再次答复 重开 承诺落实 告知群众 更正"),
    State.DECLINED: words("告知群众 作废 更正"),
    State.MERGED: words("告知群众 作废 更正"),
    State.WITHDRAWN: words("告知群众 作废 更正"),
    State.VOID: words("告知群众 更正"),
}
UNIT = {
    State.ASSIGNED: words("签收 退回 协办意见 面商"),
    State.HANDLING: words("退回 协办意见 面商 答复"),
    State.REHANDLING: words("协办意见 面商 再次答复"),
    State.REPLIED: words("面商 再次答复 承诺落实"),
    State.EVALUATED: words("面商 再次答复 承诺落实"),
    State.CLOSED: words("面商 再次答复 承诺落实"),
}
DEPUTY = {
    State.DRAFT: words("提出"),
    State.REPAIR: words("提出"),
    State.REPLIED: words("评价"),
    State.EVALUATED: words("评价"),
}


def allowed(state, role):
    return {rule.name for rule in TABLE if state in rule.frm and role in rule.roles}


@pytest.mark.parametrize("state", State)
def test_each_person_has_exactly_these_steps_in_each_state(state):
    assert allowed(state, Role.CLERK) == OFFICE[state]
    assert allowed(state, Role.CHAIR) == OFFICE[state]
    assert allowed(state, Role.UNIT) == UNIT.get(state, set())
    assert allowed(state, Role.DEPUTY) == DEPUTY.get(state, set())
    assert allowed(state, Role.OFFICER) == set()
    assert allowed(state, Role.COUNTY) == set()
    assert allowed(state, Role.SYSADMIN) == set()


def test_a_deputy_never_closes_a_case():
    assert Role.DEPUTY not in RULES["办结"].roles


def test_every_state_can_be_reached():
    class Fake:
        def __init__(self, name, result=""):
            self.name, self.result = name, result

    reached = {State.DRAFT}
    while True:
        steps = [Fake(rule.name, word) for rule in TABLE for word in ("", *Satisfaction.values)]
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
    advance(case, "评价", user=clerk, on=DAY, result="不满意")
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
