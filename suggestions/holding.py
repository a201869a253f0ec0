"""Holding cases while a step is taken: what is merged changes together, so it is held together."""

from congress.records import StaleRecord
from suggestions.models import Case, Standing
from suggestions.store import followers_of


def hold(case, user, *others):
    """The case as it is now, locked until the transaction ends, with all whose standings its steps
    write or read: what it went into and what was merged into any of them, and `others` (keys). Only
    rows of cases are locked (not their place, which every new record refers to), by their keys in
    order: two who hold the same ones never wait for each other.

    Case.DoesNotExist: hidden from the user. StaleRecord: a merging came in between.
    """
    keys = {case.pk, *others}
    wanted = _together(keys)
    list(Case._base_manager.select_for_update().filter(pk__in=wanted).order_by("pk"))
    if _together(keys) != wanted:
        raise StaleRecord(str(case))
    return Case.objects.visible_to(user).get(pk=case.pk)


def _together(keys):
    """The keys, those of the cases that they went into, and of all merged into any of these."""
    found, waiting = set(keys), set(keys)
    while waiting:
        merged = Standing._base_manager.filter(case__in=waiting, ends=None)
        into = merged.exclude(merged_into=None).values_list("merged_into", flat=True)
        waiting = set(into) - found
        found |= waiting
    return found | followers_of(found)
