"""What a case was on a day follows from its dated steps alone."""

from datetime import date

import pytest

from suggestions.models import Case, CaseUnit, Standing
from suggestions.store import project, steps_by_case, timelines_of
from suggestions.words import State
from suggestions.workflow import advance
from tests.suggestions.ledger import HANDED, REPLIED, bring

pytestmark = pytest.mark.django_db
CLOSED = REPLIED | {"evaluated_on": "2024-06-01", "evaluation": "满意", "closed_on": "2024-06-10"}


def case_of(township, number="1"):
    return Case._base_manager.get(place=township, number=number)


def on(case, day):
    """The standing in force on a day."""
    year, month, of_month = day
    found = [row for row in case.standings.all() if row.starts <= date(year, month, of_month)]
    return max(found, key=lambda row: row.starts)


def test_yesterdays_state_stays_yesterdays(township):
    bring(township, [CLOSED])
    case = case_of(township)
    assert on(case, (2024, 3, 6)).state == State.SUBMITTED
    assert on(case, (2024, 3, 12)).state == State.ASSIGNED
    assert on(case, (2024, 5, 20)).state == State.REPLIED
    assert on(case, (2024, 6, 9)).closed_on is None
    assert on(case, (2024, 6, 10)).closed_on == date(2024, 6, 10)


def test_the_deadline_is_three_months_from_the_hand_over(township):
    bring(township, [HANDED | {"handed_on": "2024-11-30"}])
    assert on(case_of(township), (2024, 12, 1)).deadline == date(2025, 2, 28)


def test_a_given_deadline_and_an_extension_hold_from_their_days(township):
    bring(
        township,
        [HANDED | {"deadline": "2024-05-01"}],
        [{"number": "1", "on": "2024-04-20", "step": "延期", "due": "2024-07-01"}],
    )
    case = case_of(township)
    assert on(case, (2024, 4, 19)).deadline == date(2024, 5, 1)
    assert on(case, (2024, 4, 20)).deadline == date(2024, 7, 1)


def test_a_reopened_case_is_not_closed_until_it_is_closed_again(township):
    bring(
        township,
        [CLOSED],
        [
            {"number": "1", "on": "2024-07-01", "step": "重开"},
            {"number": "1", "on": "2024-08-01", "step": "办结"},
        ],
    )
    case = case_of(township)
    assert on(case, (2024, 7, 15)).closed_on is None
    assert on(case, (2024, 8, 1)).closed_on == date(2024, 8, 1)


def test_a_merged_case_takes_the_handling_of_the_other_from_the_day_of_merging(township):
    bring(
        township,
        [CLOSED, {"number": "2", "title": "又一件", "into": "1", "handed_on": "2024-05-25"}],
    )
    merged = case_of(township, "2")
    assert on(merged, (2024, 5, 24)).way == ""
    assert on(merged, (2024, 5, 25)).way == "交办"
    assert on(merged, (2024, 5, 25)).result_class == "A"
    assert on(merged, (2024, 6, 10)).closed_on == date(2024, 6, 10)
    assert [row.unit.name for row in merged.units.filter(ends=None)] == ["镇水务站"]


def test_a_later_step_of_the_leading_case_reaches_the_merged_one(township, clerk):
    bring(township, [REPLIED, {"number": "2", "into": "1", "handed_on": "2024-05-25"}])
    advance(case_of(township), "办结", user=clerk, on=date(2024, 6, 20))
    assert on(case_of(township, "2"), (2024, 6, 20)).closed_on == date(2024, 6, 20)


def test_a_unit_that_hands_a_case_on_keeps_its_days(township):
    bring(
        township,
        [HANDED],
        [{"number": "1", "on": "2024-04-01", "step": "改办", "unit": "镇城建办"}],
    )
    rows = CaseUnit._base_manager.order_by("starts").values_list("unit__name", "starts", "ends")
    assert list(rows) == [
        ("镇水务站", date(2024, 3, 12), date(2024, 4, 1)),
        ("镇城建办", date(2024, 4, 1), None),
    ]


def test_an_unstated_evaluation_is_none(township):
    bring(township, [REPLIED | {"evaluated_on": "2024-06-01", "evaluation": "未表态"}])
    assert on(case_of(township), (2024, 6, 1)).evaluation == ""


def test_a_promise_stays_open_until_it_is_kept(township):
    promise = REPLIED | {"result": "B", "promised_on": "2024-09-30"}
    bring(township, [promise], [{"number": "1", "on": "2024-09-01", "step": "承诺落实"}])
    case = case_of(township)
    assert (on(case, (2024, 8, 31)).promised_on, on(case, (2024, 8, 31)).kept_on) == (
        date(2024, 9, 30),
        None,
    )
    assert on(case, (2024, 9, 1)).kept_on == date(2024, 9, 1)


def test_a_corrected_category_holds_from_the_day_of_the_correction(township, clerk):
    bring(township, [{}, {"number": "2", "category": "产业发展"}])
    other = on(case_of(township, "2"), (2024, 3, 5)).category_id
    case = case_of(township)
    advance(
        case, "更正", user=clerk, on=date(2025, 1, 10), data={"category": other}, note="归错了类"
    )
    assert on(case, (2024, 12, 31)).category.text == "基础设施"
    assert on(case, (2025, 1, 10)).category.text == "产业发展"


def test_the_stored_standings_are_what_the_steps_fold_to(township):
    bring(
        township,
        [CLOSED, {"number": "2", "into": "1", "handed_on": "2024-05-25"}, HANDED | {"number": "3"}],
        [{"number": "1", "on": "2024-07-01", "step": "重开"}],
    )
    columns = [field.attname for field in Standing._meta.concrete_fields if field.name != "id"]
    before = list(Standing._base_manager.order_by("case", "starts").values_list(*columns))
    Standing._base_manager.all().delete()
    project(list(Case._base_manager.values_list("pk", flat=True)))
    assert list(Standing._base_manager.order_by("case", "starts").values_list(*columns)) == before


def test_a_frozen_text_reads_what_was_entered_by_then(township, clerk):
    bring(township, [REPLIED])
    case = case_of(township)
    moment = case.steps.order_by("-entered_at").first().entered_at
    advance(case, "办结", user=clerk, on=date(2024, 6, 1))
    then = timelines_of({case.pk}, steps_by_case([case.pk], entered_by_then=moment))[case.pk]
    assert then.on(date(2024, 6, 1)).closed_on is None
