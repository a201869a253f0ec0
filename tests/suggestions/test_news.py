"""What is news to those concerned and what is not: a second 不满意, corrections, new deadlines."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from congress.models import Notice
from suggestions.corrections import correct_date
from suggestions.day_notices import tell_days
from suggestions.models import Standing, Step
from suggestions.not_received import say_not_received, settle
from suggestions.step_notices import tell_steps
from tests.suggestions.lives import BAD, ON_THE_SPOT, PATHS

pytestmark = pytest.mark.django_db
SHANGHAI = ZoneInfo("Asia/Shanghai")
LATER = date(2024, 4, 20)


@pytest.fixture
def told(request, road_office):
    """`told(step)`: {title: names of those who got it} of a run after that step alone, entered on
    its day or on another.
    """
    for name in ("clerk", "chair", "government", "unit_clerk", "helper_clerk", "deputy_user"):
        request.getfixturevalue(name)

    def after(step, entered=None):
        day = entered or step.on
        now = datetime(day.year, day.month, day.day, 12, tzinfo=SHANGHAI)
        Step._base_manager.filter(pk=step.pk).update(entered_at=now)
        Step._base_manager.exclude(pk=step.pk).update(historical=True)
        Notice._base_manager.all().delete()
        tell_steps(now + timedelta(minutes=1))
        found = {}
        for notice in Notice._base_manager.select_related("user"):
            found.setdefault(notice.title, set()).add(notice.user.username)
        return found

    return after


def names(*fixtures, request):
    return {request.getfixturevalue(name).username for name in fixtures}


def test_a_first_dissatisfied_deputy_sends_the_units_back_to_work(life, told, request):
    life.play(PATHS["重新办理"])
    again = life.case.steps.get(name="重新办理")
    number, due = life.case.number, f"{again.due:%Y-%m-%d}"
    assert told(again) == {
        f"{number}：请重新办理，{due}前再次答复": names("unit_clerk", "government", request=request)
    }


def test_the_office_learns_of_a_round_that_no_unit_has(life, told, request):
    life.play(ON_THE_SPOT)
    again = life.case.steps.get(name="重新办理")
    title = f"{life.case.number}：要重新办理，还没有承办单位，请交办，{again.due:%Y-%m-%d}前答复"
    assert told(again) == {title: names("clerk", "chair", request=request)}


def test_the_lights_of_a_round_that_no_unit_has_are_told_to_the_office(life, clerk):
    case = life.play(ON_THE_SPOT)
    Standing._base_manager.filter(ends=None).update(deadline=date(2024, 6, 20))
    for day in (15, 21):
        tell_days(datetime(2024, 6, day, 12, tzinfo=SHANGHAI))
    rows = Notice._base_manager.filter(user=clerk).order_by("pk")
    assert list(rows.values_list("title", flat=True)) == [
        f"{case.number}：2024-06-20前答复，剩 5 天",
        f"{case.number}：答复期限2024-06-20已过",
    ]


def test_a_second_dissatisfaction_goes_to_the_presidium_and_tells_no_unit_to_begin(
    life, told, request
):
    life.play(PATHS["重新办理"])
    life.take("再次答复", "clerk", result="C", due=date(2025, 6, 30), data={"promise": "修路"})
    step = life.take("评价", "deputy_user", **BAD)
    assert life.case.steps.filter(name="重新办理").count() == 1
    assert told(step) == {
        f"{life.case.number}：代表两次不满意，请主席团研究": names(
            "clerk", "chair", request=request
        )
    }


def test_a_corrected_day_tells_the_new_deadline_and_not_the_step_once_more(
    life, told, clerk, request
):
    life.play(PATHS["待分办"])
    life.take("分办", "government", units=True)
    handed = life.case.steps.get(name="交办")
    assert life.case.standings.get(ends=None).deadline == date(2024, 6, 7)
    fresh = correct_date(life.case, handed, user=clerk, on=date(2024, 3, 6), reason="笔误")
    found = told(fresh)
    assert found == {
        f"{life.case.number}：日期更正，答复期限改为2024-06-06": names(
            "unit_clerk", "helper_clerk", "government", "deputy_user", request=request
        )
    }


def test_a_corrected_day_long_past_is_told_where_it_moves_the_deadline(life, told, clerk):
    life.play(PATHS["待签收"])
    handed = life.case.steps.get(name="交办")
    fresh = correct_date(life.case, handed, user=clerk, on=date(2024, 3, 6), reason="笔误")
    assert (LATER - fresh.on).days > 30
    assert len(told(fresh, entered=LATER)) == 1


def test_a_corrected_day_that_leaves_the_deadline_is_no_news(life, told, clerk):
    life.play(PATHS["办理中"])
    given = life.case.steps.get(name="分办")
    assert told(correct_date(life.case, given, user=clerk, on=given.on, reason="笔误")) == {}


def test_a_corrected_day_of_a_deadline_that_was_put_off_since_is_no_news(life, told, clerk):
    life.play(PATHS["办理中"])
    life.take("延期", "chair", due=date(2024, 8, 1))
    handed = life.case.steps.get(name="交办")
    fresh = correct_date(life.case, handed, user=clerk, on=date(2024, 3, 6), reason="笔误")
    assert told(fresh) == {}


def test_a_deputy_who_was_promised_a_day_learns_of_the_later_one(life, told, unit, road_office):
    life.play(PATHS["办理中"])
    data = {"leads": [road_office.pk], "helpers": [], "restart": True}
    step = life.take("改办", "clerk", unit=road_office, data=data)
    title = f"{life.case.number}：已改由别的单位办理，{step.due:%Y-%m-%d}前书面答复您"
    assert told(step)[title] == {life.person("deputy_user").username}


def test_a_case_that_is_hard_says_to_the_deputy_until_when(life, told):
    life.play(PATHS["办理中"])
    step = life.take("定为疑难", "chair", note="涉及三个村")
    ((title, who),) = told(step).items()
    assert title == f"{life.case.number}：定为涉及面广、办理难度大，答复期限改为2024-09-07"
    assert life.person("deputy_user").username in who


def test_whom_the_reply_did_not_reach_is_not_reminded_to_judge_it(life, deputy_user, clerk):
    case = life.play(PATHS["待评价"])
    Standing._base_manager.filter(ends=None).update(evaluate_by=date(2024, 6, 20))
    now = datetime(2024, 6, 17, 12, tzinfo=SHANGHAI)
    said = say_not_received(case, deputy_user.person, user=deputy_user, now=now)
    tell_days(now)
    asked = Notice._base_manager.filter(user=deputy_user)
    assert asked.count() == 0
    settle(said, "当面送到", user=clerk, now=now)
    tell_days(now + timedelta(days=1))
    assert [notice.title for notice in asked] == [f"{case.number}：请在2024-06-20前评价答复"]
