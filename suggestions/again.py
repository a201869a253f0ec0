"""A matter that is raised again, in a second or third year."""

from collections import Counter, defaultdict

from django.db.models import prefetch_related_objects

from congress.models import Place
from congress.scoping import OPERATOR
from suggestions.likeness import ROWS_READ, Scale, bare, grams, same_spot
from suggestions.models import Case, CaseGram, Standing
from suggestions.words import State

# Of twelve pairs of titles alike to this degree ten were one matter by eye (see likeness).
AGAIN = 0.6
COMPARED = 12  # elder cases compared in full with each case
ASKED = 4  # of the pairs of each title, the rarest: who is alike to that degree has one of them


def raised_again(cases):
    """{case key: (earlier years, in order)} of those cases whose matter was raised before, in an
    earlier year, in the same place; void ones aside. Six queries, however many cases.

    Who sees a case may know in which years the same was asked before: the years are told, nothing
    else of the earlier cases.
    """
    cases = [case for case in cases if case.raised_on]
    if not cases:
        return {}
    prefetch_related_objects(cases, "place")  # no query where they came with it
    wanted = {case.pk: grams(case.title) for case in cases}
    places = {case.place_id for case in cases}
    rows = CaseGram.objects.visible_to(OPERATOR).filter(place__in=places)
    scale = Scale(rows, set().union(*wanted.values()))
    likely = _likely(rows, scale, wanted)
    elder = _elder({pk for keys in likely.values() for pk in keys})
    villages = _villages({case.place.code: case.place_id for case in cases})
    found = {}
    for case in cases:
        known = (elder[pk] for pk in likely[case.pk] if pk in elder)
        years = {e.raised_on.year for e in known if _same(scale, case, e, villages)}
        if years:
            found[case.pk] = tuple(sorted(years))
    return found


def _likely(rows, scale, wanted):
    """{case: keys of the cases that share most with it}."""
    asked = {pk: scale.rarest(pairs, AGAIN)[:ASKED] for pk, pairs in wanted.items()}
    every = {pair for pairs in asked.values() for pair in pairs}
    having = defaultdict(list)
    found = rows.filter(gram__in=every).order_by("-case").values_list("gram", "case")
    for gram, case in found[: 5 * ROWS_READ]:
        having[gram].append(case)
    likely = {}
    for pk, pairs in asked.items():
        shared = Counter()
        for pair in pairs:
            shared.update(dict.fromkeys(having[pair], scale.weight(pair)))
        likely[pk] = [other for other, _ in shared.most_common(COMPARED) if other != pk]
    return likely


def _elder(keys):
    """{key: case} of those handed in, dated and not void."""
    void = Standing.objects.visible_to(OPERATOR).filter(case__in=keys, state=State.VOID)
    keys = sorted(keys - set(void.values_list("case", flat=True)))
    told = Case.objects.visible_to(OPERATOR).filter(
        pk__in=keys, handed_in=True, raised_on__isnull=False
    )
    return {case.pk: case for case in told.only("title", "raised_on", "place_id")}


def _villages(codes):
    """{place: bare names of its villages}; `codes`: {code: place}."""
    found = {pk: [] for pk in codes.values()}
    first, last = min(codes), f"{max(codes)}z"
    villages = Place.objects.visible_to(OPERATOR).villages().filter(code__gte=first, code__lt=last)
    for code, name in villages.values_list("code", "name"):
        if code[:9] in codes:
            found[codes[code[:9]]].append(bare(name))
    return found


def _same(scale, case, elder, villages):
    """Whether the elder case was about the same, in the same place, in an earlier year."""
    if elder.place_id != case.place_id or elder.raised_on.year >= case.raised_on.year:
        return False
    score = scale.likeness(grams(case.title), grams(elder.title))
    return score * same_spot(case.title, elder.title, villages[case.place_id]) >= AGAIN
