"""Writes the standings of cases from their steps: for one case after a step, for thousands after
an import.
"""

from collections import defaultdict

from suggestions.models import CaseUnit, Standing, Step
from suggestions.projection import fold, follow_merge, rows_of
from suggestions.steps import rule_of, state_after


def project(case_ids):
    """Rebuild what the given cases were on each day, and the cases merged into them. Runs inside a
    transaction.
    """
    case_ids = set(case_ids) | followers_of(case_ids)
    write(case_ids, steps_by_case(case_ids))


def followers_of(case_ids):
    """Keys of the cases merged into the given ones, and of those merged into them in turn."""
    found, waiting = set(), set(case_ids)
    while waiting:
        merged = Standing._base_manager.filter(merged_into__in=waiting)
        waiting = set(merged.values_list("case", flat=True)) - found
        found |= waiting
    return found


def write(case_ids, steps):
    """Replace the stored standings of `case_ids` by the fold of `steps` ({case id: ordered
    steps}).
    """
    timelines = timelines_of(case_ids, steps)
    standings, units = [], []
    for case_id, timeline in timelines.items():
        more_standings, more_units = rows_of(case_id, timeline)
        standings += more_standings
        units += more_units
    forget(case_ids)
    Standing._base_manager.bulk_create(standings, batch_size=500)
    CaseUnit._base_manager.bulk_create(units, batch_size=1000)


def forget(case_ids):
    """Drop what cases were, before the cases themselves go: of two merged ones neither could go
    first.
    """
    Standing._base_manager.filter(case__in=case_ids).delete()
    CaseUnit._base_manager.filter(case__in=case_ids).delete()


def steps_by_case(case_ids, entered_by_then=None):
    """{case id: its steps in order}; with a moment, those that were entered and not yet superseded
    by then.
    """
    steps = Step._base_manager.filter(case__in=case_ids)
    if entered_by_then is None:
        steps = steps.filter(superseded_at=None)
    else:
        steps = steps.filter(entered_at__lte=entered_by_then).exclude(
            superseded_at__lte=entered_by_then
        )
    found = defaultdict(list)
    for step in steps.order_by("case", "on", "order", "pk"):
        found[step.case_id].append(step)
    return found


def timelines_of(case_ids, steps):
    """{case id: Timeline}, merged cases following the one they went into, and that the next."""
    known = _folded(case_ids, steps)
    while missing := {into for t in known.values() for into in t.merged_into} - set(known):
        known |= _folded(missing, steps_by_case(missing))
    return {case_id: _following(case_id, known) for case_id in case_ids}


def _folded(case_ids, steps):
    return {case_id: fold(steps.get(case_id, ()), rule_of, state_after) for case_id in case_ids}


def _following(case_id, known, before=()):
    """`before`: the cases that follow this one; two merged into each other follow once."""
    timeline = known[case_id]
    for target, merged_on, until in timeline.mergers():
        if target not in before:
            other = _following(target, known, (*before, case_id))
            timeline = follow_merge(timeline, other, merged_on, until)
    return timeline
