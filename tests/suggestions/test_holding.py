"""Steps at one moment on cases that hang together, and what else goes on meanwhile."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier, Event
from time import sleep

import pytest
from django.db import connection, transaction

from congress.models import Unit
from congress.records import StaleRecord
from suggestions.holding import hold
from suggestions.models import Case
from suggestions.workflow import advance
from tests.suggestions.lives import BAD, PATHS, Life

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*works):
    """Do all of these at one moment, each on a connection of its own; what each gave or raised."""
    ready = Barrier(len(works))

    def do(work):
        try:
            ready.wait(10)
            return work()
        except Exception as broken:
            return broken
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(do, works))


@pytest.fixture
def pair(life):
    """(a case that was answered, one that was merged into it, the day after)."""
    merged = life.play(PATHS["已并案"])
    into = Life.__new__(Life)
    into.case = Case._base_manager.get(pk=merged.standings.get(ends=None).merged_into_id)
    into.person, into.day = life.person, life.day
    into.play(PATHS["待评价"][3:])
    return into.case, merged, into.day


def test_who_is_merged_and_who_is_merged_into_take_steps_at_one_moment(
    pair, clerk, unit_clerk, deputy_user
):
    case, merged, day = pair
    for _ in range(3):
        done = at_once(
            lambda: advance(case, "再次答复", user=clerk, on=day, result="A"),
            lambda: advance(merged, "评价", user=clerk, on=day, attitude="满意", result="满意"),
            lambda: advance(case, "催办", user=clerk, on=day),
            lambda: advance(merged, "告知群众", user=clerk, on=day),
        )
        assert [each for each in done if isinstance(each, Exception)] == []
    for one in (case, merged):
        assert one.standings.get(ends=None).result_class == "A"


def test_a_dissatisfied_follower_sends_back_what_is_stepped_meanwhile(pair, clerk):
    case, merged, day = pair
    done = at_once(
        lambda: advance(merged, "评价", user=clerk, on=day, **BAD),
        lambda: advance(case, "告知群众", user=clerk, on=day),
    )
    assert [each for each in done if isinstance(each, Exception)] == []
    assert case.standings.get(ends=None).state == "重新办理"
    assert case.steps.filter(name="告知群众").count() == 1


def test_a_case_that_is_merged_while_its_target_is_answered_has_the_answer(life, clerk):
    merged = life.play(PATHS["待交办"])
    into = life.like()
    day = life.day
    for name, fields in (
        ("转办", {}),
        ("签收", {}),
        ("面商", {"data": {"form": "登门", "who": "池代表"}}),
    ):
        advance(into, name, user=clerk, on=day, **fields)
    answer = partial(advance, into, "答复", user=clerk, on=day, result="A")
    answered, joined = at_once(
        answer,
        lambda: advance(merged, "并案", user=clerk, on=day, data={"into": into.pk}),
    )
    if isinstance(answered, StaleRecord):  # the merging came first; the unit is told, sends again
        answered = answer()
    assert (answered.name, joined.name) == ("答复", "并案")
    standing = merged.standings.get(ends=None)
    assert (standing.state, standing.result_class) == ("已并案", "A")


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time")
def test_a_step_locks_nothing_but_its_cases(life, clerk, township):
    case = life.play(PATHS["待交办"])
    with transaction.atomic():
        hold(case, clerk)
        [made] = at_once(lambda: Unit(place=township, name="镇财政所").save())
    assert made is None


def test_a_case_that_is_hidden_is_not_held(life, stranger):
    case = life.play(PATHS["待交办"])
    with transaction.atomic(), pytest.raises(Case.DoesNotExist):
        hold(case, stranger)


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time")
def test_a_merging_that_comes_in_between_is_told(life, clerk):
    case, other, held = life.play(PATHS["待交办"]), life.like(), Event()

    def merge():
        with transaction.atomic():
            hold(case, clerk)
            held.set()
            sleep(0.5)
            advance(other, "并案", user=clerk, on=life.day, data={"into": case.pk})

    def step():
        held.wait(10)
        advance(case, "催办", user=clerk, on=life.day)

    assert [type(each) for each in at_once(merge, step)] == [type(None), StaleRecord]
