"""A deadline as a ruler: what stands on it, and what has no room there."""

from datetime import date

import pytest

from suggestions.course_words import ruler
from suggestions.deadlines import Reckoning

BEGAN = date(2026, 7, 22)


def drawn(today, due, first=None, longest=None):
    """The texts under the ruler, how far today is and how much of that is late."""
    left = (due - today).days
    shown = (due, "答复期限", "", "", left, "", False, True)
    deadline = Reckoning(*shown, first or due, longest, BEGAN)
    found = ruler(deadline, today)
    return [mark.text for mark in found.marks], found.passed, found.late


def test_a_ruler_names_the_days_from_the_hand_over_to_the_longest():
    texts, passed, late = drawn(
        date(2026, 10, 10), date(2026, 11, 20), date(2026, 9, 22), date(2027, 1, 22)
    )
    assert texts == ["11-20", "7-22 交办", "9-22 原期限", "1-22 最长"]
    assert (passed, late) == (130, 0)


def test_past_the_deadline_it_goes_on_to_today():
    assert drawn(date(2026, 11, 22), date(2026, 10, 22)) == (["10-22", "7-22 交办"], 300, 76)


@pytest.mark.parametrize(
    ("due", "first", "texts"),
    [
        (date(2026, 10, 28), date(2026, 10, 29), ["10-28", "7-22 交办", ""]),
        (date(2026, 7, 29), None, ["7-29", ""]),
    ],
)
def test_a_day_that_would_run_into_another_has_its_line_alone(due, first, texts):
    assert drawn(date(2026, 12, 22), due, first)[0] == texts
