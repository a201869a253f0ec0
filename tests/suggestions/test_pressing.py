"""Pressing by one key from the desk: done after half a minute, taken back until then."""

from datetime import timedelta

import pytest
from django.utils import timezone

from congress.jobs import run_due
from congress.models import Job
from suggestions.models import Step
from tests.suggestions.lives import PATHS

pytestmark = pytest.mark.django_db


@pytest.fixture
def running(life):
    """A case that the water station has in hand."""
    return life.play(PATHS["办理中"])


@pytest.fixture
def press(client, sign_in, running):
    """`press(user)`: the answer to the key."""

    def pressed(user):
        return sign_in(client, user).post(f"/cases/{running.pk}/press/")

    return pressed


def later():
    """After the half minute."""
    return timezone.now() + timedelta(seconds=31)


def presses():
    return [step.entered_by.name for step in Step._base_manager.filter(name="催办")]


def test_a_press_is_done_after_half_a_minute(press, clerk):
    assert press(clerk).url == "/"
    assert (run_due(), presses()) == (0, [])
    assert (run_due(later), presses()) == (1, [clerk.name])


def test_the_desk_counts_the_seconds_and_names_the_unit(client, press, clerk, running):
    press(clerk)
    [(job, seconds)] = client.get("/").context["presses"]
    assert job.title == f"催办{running.short_number}（镇水务站）"
    assert 25 < seconds <= 30


def test_a_press_is_taken_back_before_it_is_done(client, press, clerk):
    press(clerk)
    undo = f"/presses/{Job.objects.get().pk}/undo/"
    assert client.post(undo).status_code == 302
    assert (run_due(later), presses(), client.post(undo).status_code) == (0, [], 404)


def test_what_is_done_is_not_taken_back(client, press, clerk):
    press(clerk)
    run_due(later)
    page = client.post(f"/presses/{Job.objects.get().pk}/undo/", follow=True)
    assert [str(told) for told in page.context["messages"]] == [
        f"{Job.objects.get().title}已经发出，收不回来"
    ]
    assert presses() == [clerk.name]


def test_a_double_press_is_one_and_the_next_day_has_its_own(press, clerk):
    press(clerk)
    press(clerk)
    run_due(later)
    press(clerk)
    run_due(later)
    assert presses() == [clerk.name] * 2


def test_a_press_that_somebody_overtook_is_told_on_the_desk(client, press, clerk, life):
    press(clerk)
    life.take("催办", "chair")
    run_due(later)
    [(job, _)] = client.get("/").context["presses"]
    assert job.error == "刚刚有人改过这一件，没有动它。请看过办理经过再办"


def test_only_who_may_press_presses_and_only_who_pressed_undoes(
    client, sign_in, press, clerk, chair, unit_clerk, stranger
):
    assert (press(stranger).status_code, press(unit_clerk).url) != (404, "/")
    assert Job.objects.count() == 0
    press(clerk)
    undo = f"/presses/{Job.objects.get().pk}/undo/"
    assert [sign_in(client, user).post(undo).status_code for user in (chair, stranger)] == [404] * 2
