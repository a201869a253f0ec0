"""Deadlines still open are reckoned again when the calendar or a setting changed, each change as a
new dated step (期限重算) of which those concerned are told.
"""

import hashlib

from django.db import transaction

from congress.county_settings import history_of, kinds, values_by_day
from congress.holidays_in_force import holidays_of
from congress.models import Place
from congress.scoping import OPERATOR
from suggestions.consequences import governing, reckoned
from suggestions.holding import hold
from suggestions.models import Case, ReckonedBy, Standing, Step
from suggestions.moment import Moment
from suggestions.projection import WINDOWS
from suggestions.steps import RULES, UNDERWAY
from suggestions.words import RaisedAt, State
from suggestions.workflow import order_on, put_down

NAMES = {"return_by": "退回期限", "opinion_by": "协办意见期限", "evaluate_by": "评价期限"}
RUNS_IN = {"return_by": UNDERWAY, "opinion_by": UNDERWAY, "evaluate_by": {State.REPLIED}}


def reckon_where_changed(today):
    """Reckon again in each place whose calendar or settings differ from those of the last time.
    Returns how many cases got another deadline.
    """
    open_cases = Standing._base_manager.filter(ends=None, state__in=RULES["期限重算"].frm)
    places = open_cases.filter(case__raised_at=RaisedAt.TOWNSHIP).values("case__place")
    changed = 0
    for place in Place.objects.visible_to(OPERATOR).filter(pk__in=places):
        now = _rules_of(place, today)
        known = ReckonedBy.objects.visible_to(OPERATOR).filter(place=place).first()
        if known is None or known.rules != now:
            changed += reckon_again(place, today)
            ReckonedBy.objects.visible_to(OPERATOR).update_or_create(
                place=place, defaults={"rules": now}
            )
    return changed


def _rules_of(place, today):
    """A print of all that deadlines of a place are reckoned by, and of what was set before: between
    two runs a setting may be changed and changed back.
    """
    read = values_by_day(place)
    values = [f"{key}={read(key, today)}" for key in kinds() if key.startswith("suggestions.")]
    text = ";".join([*values, holidays_of(place).version, str(history_of(place))])
    return hashlib.sha256(text.encode()).hexdigest()


def reckon_again(place, today):
    """Reckon the open deadlines of a place's cases; how many changed."""
    rows = Case.objects.visible_to(OPERATOR).filter(
        place=place, raised_at=RaisedAt.TOWNSHIP, standings__ends=None,
        standings__state__in=RULES["期限重算"].frm,
    )  # fmt: skip
    return sum(_reckon_case(pk, today) for pk in list(rows.values_list("pk", flat=True)))


def _reckon_case(pk, today):
    with transaction.atomic():
        case = hold(Case(pk=pk), OPERATOR)
        moment = Moment(case, OPERATOR, today)
        due, more, told = _changes(moment)
        if not told or (moment.steps and moment.steps[-1].on > today):
            return False
        again = Step(
            case=case, name="期限重算", on=today, order=order_on(moment.steps, today), due=due,
            data=more | {"why": "；".join(told)},
        )  # fmt: skip
        put_down(case, [again])
        return True


def _changes(moment):
    """(new reply deadline or None, new windows, the changes in words)."""
    standing, told, more, due = moment.standing, [], {}, None
    handed = governing(moment.steps)
    if handed and standing.state in UNDERWAY:
        new, words = reckoned(handed, moment)
        if new and new != standing.deadline:
            due = new
            told.append(f"答复期限{standing.deadline:%Y-%m-%d}改为{new:%Y-%m-%d}（{words['why']}）")
    for window in WINDOWS:
        began = next((s for s in reversed(moment.steps) if _begins(s, window)), None)
        until = getattr(standing, window)
        if began is None or until is None or standing.state not in RUNS_IN[window]:
            continue
        _, words = reckoned(began, moment)
        if words.get(window, until.isoformat()) != until.isoformat() and until >= moment.on:
            more |= {key: words[key] for key in (window, f"{window}_why")}
            told.append(f"{NAMES[window]}{until:%Y-%m-%d}改为{words[window]}")
    return due, more, told


def _begins(step, window):
    return window in step.data and step.name != "期限重算"
