"""Links of units when the case ends: a promise is reported as kept after the closing as well; who
gave the case back is told so.
"""

from datetime import date, datetime, time, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from suggestions import links
from suggestions.models import Case
from tests.suggestions.ledger import HANDED, bring
from tests.suggestions.lives import PATHS, REPLY

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(life):
    """Closed, with a promise of the reply that is due at the end of the year."""
    return life.play(PATHS["已办结"])


@pytest.fixture
def path(closed, clerk, unit):
    return links.make(closed, "办理", clerk, timezone.now(), unit)[1]


def test_a_promise_is_reported_as_kept_by_the_link_and_then_the_link_is_over(closed, path):
    assert [rule.name for rule in Client().get(path).context["rules"]] == ["承诺落实", "面商"]
    sent = {"on": "2024-06-01", "version": closed.version, "note": "已硬化并验收"}
    assert Client().post(f"{path}承诺落实/", sent).url == path
    step = closed.steps.get(name="承诺落实")
    assert (step.note, step.entered_as) == ("已硬化并验收", "镇水务站（办理链接）")
    assert closed.standings.get(ends=None).kept_on == date(2024, 6, 1)
    assert Client().get(path).status_code == 404


def test_a_link_that_was_sent_before_lives_on_over_the_closing(life, clerk, unit):
    case = life.play(PATHS["待办结"])
    path = links.make(case, "办理", clerk, timezone.now(), unit)[1]
    life.take("办结", "chair")
    assert Client().get(path).status_code == 200


def test_the_office_is_offered_the_link_while_the_promise_is_open(life, closed, clerk, unit):
    units = {row["unit"] for row in links.on_page(clerk, closed, timezone.now())}
    assert unit in units
    life.take("承诺落实", "unit_clerk", on=life.day + timedelta(days=3), note="已办好")
    assert [row["unit"] for row in links.on_page(clerk, closed, timezone.now())] == [None]
    with pytest.raises(links.LinkRefused):
        links.make(closed, "办理", clerk, timezone.now(), unit)


def test_a_unit_that_gives_a_case_back_by_its_link_is_told_so_and_not_that_the_link_is_dead(
    township, unit, clerk
):
    today = timezone.localdate()
    bring(township, [HANDED | {"handed_on": today}])
    case = Case._base_manager.get(place=township)
    desk = links.make(case, "办理", clerk, timezone.now(), unit)[1]
    sent = {"on": today, "version": case.version, "note": "不归水务站管"}
    for _ in range(2):
        answer = Client().post(f"{desk}退回/", sent, follow=True)
        assert answer.status_code == 200
        assert "镇水务站已经把这一件退回，由交办人另行安排" in answer.content.decode()
    assert case.steps.filter(name="退回").count() == 1


def on(day):
    return timezone.make_aware(datetime.combine(day, time.min))


def test_a_link_outlives_what_the_unit_owes_by_thirty_days(life, clerk, unit):
    case = life.play(PATHS["已办结"])
    promised = case.standings.get(ends=None).promised_on
    for made, ends in ((promised - timedelta(days=200), 30), (promised, 120)):
        link, path = links.make(case, "办理", clerk, on(made), unit)
        assert link.expires == on(promised + timedelta(days=ends))
        [row] = [row for row in links.on_page(clerk, case, on(promised)) if row["unit"] == unit]
        assert row["link"].expires == link.expires
        token = path.rstrip("/").rpartition("/")[2]
        assert links.guest_of(token, link.expires - timedelta(days=1), "办理")[0] == link
        with pytest.raises(links.LinkDead, match="过期"):
            links.guest_of(token, link.expires, "办理")


def test_a_link_goes_on_with_an_extension_and_a_promise_that_came_after_it(life, clerk, unit):
    case = life.play(PATHS["办理中"])
    path = links.make(case, "办理", clerk, on(life.day), unit)[1]
    token = path.rstrip("/").rpartition("/")[2]
    first = links.guest_of(token, on(life.day), "办理")[0].expires
    assert first == on(life.day + timedelta(days=120))
    life.take("延期", "clerk", due=date(2024, 9, 1))
    extended = links.guest_of(token, first, "办理")[0].expires
    assert extended == on(date(2024, 10, 1))
    life.take("答复", "clerk", unit=unit, **REPLY)
    assert links.guest_of(token, extended, "办理")[0].expires == on(date(2025, 1, 30))
