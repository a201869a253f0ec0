"""Cases that are handled together: as which one a merged case is handled, however often that was
merged in turn, and which follow a case. The one place that knows.
"""

from collections import defaultdict

from django.db.models import Prefetch

from congress.scoping import OPERATOR
from suggestions.models import Case, Proposer, Standing, Step


def roots_of(standings):
    """{key of case: key of the case as which it is handled}, its own where it was not merged; of
    standings in force. As many queries as a case was merged in turn.
    """
    into = {row.case_id: row.merged_into_id for row in standings}
    cases = list(into)
    while asked := set(into.values()) - set(into) - {None}:
        rows = Standing._base_manager.filter(case__in=asked, ends=None)
        into |= dict.fromkeys(asked) | dict(rows.values_list("case", "merged_into"))
    return {case: _end(case, into) for case in cases}


def root_of(standing):
    """Key of the case as which one case is handled now."""
    return roots_of([standing])[standing.case_id]


def _end(case, into):
    seen = set()
    while into[case] and case not in seen:  # a ledger may have merged two into each other
        seen.add(case)
        case = into[case]
    return case


def handled_with(cases):
    """{key of case: keys of the cases handled as it: those merged into it now, and into them};
    only of the keys given, and without those that nothing follows.
    """
    into, waiting = {}, set(cases)
    while waiting:
        rows = Standing._base_manager.filter(merged_into__in=waiting, ends=None)
        merged = dict(rows.order_by("case").values_list("case", "merged_into"))
        waiting = set(merged) - set(into)
        into |= merged
    found = defaultdict(list)
    for case in into:
        above, seen = into[case], {case}
        while above and above not in seen:
            if above in cases:
                found[above].append(case)
            seen.add(above)
            above = into.get(above)
    return dict(found)


def joined_to(case):
    """The cases handled as this one, the earliest first, with those who raised them: all are talked
    with and answered, whoever may open the cases.
    """
    keys = handled_with([case.pk]).get(case.pk, ())
    rows = Case.objects.visible_to(OPERATOR).filter(pk__in=keys).order_by("raised_on", "pk")
    people = Proposer.objects.visible_to(OPERATOR).select_related("person")
    return list(rows.prefetch_related(Prefetch("proposers", people))) if keys else []


def handling_steps(standings, names=None):
    """{key of case: the valid steps by which it is handled, in order}: of a merged one those of the
    case as which it is handled; with `names` only steps of these.
    """
    roots = roots_of(standings)
    rows = Step._base_manager.filter(case__in=set(roots.values()), superseded_at=None)
    if names is not None:
        rows = rows.filter(name__in=names)
    steps = defaultdict(list)
    for step in rows.select_related("unit", "entered_by").order_by("on", "order", "pk"):
        steps[step.case_id].append(step)
    return {case: steps[root] for case, root in roots.items()}


def handling_of(standing, steps):
    """The steps by which one case with these `steps` of its own is handled."""
    if standing is None or standing.merged_into_id is None:
        return steps
    return handling_steps([standing])[standing.case_id]
