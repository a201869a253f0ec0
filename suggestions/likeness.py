"""The same again: cases whose titles are alike, found by pairs of neighbouring characters.

A trigram index of the database does not serve words of two characters; pairs in a table of our own
do, on SQLite and PostgreSQL alike. The rarest pairs of a title are looked up first: whoever is
alike shares one of them.
"""

import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cache
from math import log
from pathlib import Path

from django.db import connection
from django.db.models import Count, prefetch_related_objects

from congress.models import Place
from congress.scoping import OPERATOR
from suggestions.models import Case, CaseGram, Standing
from suggestions.steps import ENDED
from suggestions.words import State

FILE = Path(__file__).parent / "data" / "likeness.toml"
# Shares of common weight (ours), chosen on the 296 suggestions of a real session: of the pairs at
# 0.45 and above 17 of 24 were one matter by eye, 2 more in part.
ALIKE = 0.45
# Of a case in another village only this much of the likeness counts.
ELSEWHERE = 0.5
GRAMS_ASKED = 24  # of one title
ROWS_READ = 4000  # of the index, for one title
LOOKED_AT = 60  # candidates compared in full
SPARE = 5  # more than asked, some of which may be void
REPLIES = ("答复", "再次答复")
AT_ONCE = 500  # titles whose rows are dropped by one statement
ROWS_WRITTEN = 5000  # by one statement: three values each, SQLite takes 32,766
_WORD = re.compile(r"\w+")
_GENERIC = re.compile(r"(?:村|社区|居委会|街道|镇|乡)$")


@dataclass(frozen=True)
class Alike:
    """A case that a title resembles: what it is now, and what was answered and promised then.

    score: 0 to 1. same_year: raised in the year of `today`. result_class and replied_on are empty
    where no reply was given; promise is the promised matter in words, promised_on its day.
    """

    case: Case
    standing: Standing | None
    score: float
    same_year: bool
    result_class: str
    replied_on: date | None
    promise: str
    promised_on: date | None
    kept_on: date | None

    @property
    def can_merge(self):
        """Whether a case raised now may be merged into it: raised this year, not answered yet."""
        running = self.standing is not None and self.standing.state not in ENDED
        return self.same_year and running and self.replied_on is None


@cache
def _filler():
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    words = sorted([*data["fillers"], *data["endings"]], key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


def grams(title):
    """The pairs of neighbouring characters of what a title is about: 关于硬化机耕道的建议 → 硬化,
    化机, 机耕, 耕道. A title of fillers alone is taken as it stands.
    """
    parts = _WORD.findall(_filler().sub(" ", title))
    return _pairs(parts) or _pairs(_WORD.findall(title)) or {title.strip()[:2]} - {""}


def _pairs(parts):
    return {part[at : at + 2] for part in parts for at in range(len(part) - 1)}


def index(cases):
    """Write the index of these cases anew; to be called wherever a case is made or its title
    changes, inside the same transaction. Two queries for five hundred cases.
    """
    cases = list(cases)
    for start in range(0, len(cases), AT_ONCE):
        some = cases[start : start + AT_ONCE]
        CaseGram._base_manager.filter(case__in=[case.pk for case in some]).delete()
        index_new(some)


def index_new(cases):
    """The same for cases just inserted, of which the index holds nothing."""
    rows = [(case.pk, case.place_id, gram) for case in cases for gram in sorted(grams(case.title))]
    for start in range(0, len(rows), ROWS_WRITTEN):
        _insert(rows[start : start + ROWS_WRITTEN])


def _insert(rows):
    """One statement: bulk_create takes four times as long for rows as small as these (measured),
    and an import writes a dozen for each case.
    """
    names = ("case_id", "place_id", "gram")
    columns = ", ".join(connection.ops.quote_name(name) for name in names)
    table = connection.ops.quote_name(CaseGram._meta.db_table)
    marks = ", ".join(["(%s, %s, %s)"] * len(rows))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({columns}) VALUES {marks}",
            [value for row in rows for value in row],
        )


class Scale:
    """How much a pair of characters weighs: the rarer among the rows asked, the more."""

    def __init__(self, rows, wanted):
        found = rows.filter(gram__in=wanted).order_by().values_list("gram")
        self.counts = dict(found.annotate(Count("pk")))
        self._most = max(self.counts.values(), default=1) * 4

    def weight(self, gram):
        return log(1 + self._most / self.counts.get(gram, 1))

    def of(self, pairs):
        return sum(map(self.weight, pairs))

    def likeness(self, one, other):
        """The common weight of two sets of pairs, 0 to 1; a pair that only `other` has weighs as
        much as those of `one` do on average.
        """
        if not one or not other:
            return 0.0
        own, common = self.of(one), self.of(one & other)
        return 2 * common / (own + common + own / len(one) * len(other - one))

    def rarest(self, pairs, least):
        """The pairs to look up, rarest first: whoever reaches `least` has one of them."""
        asked = sorted(pairs & set(self.counts), key=lambda pair: (self.counts[pair], pair))
        spare = self.of(pairs) * least / (2 - least)
        chosen, rows = [], 0
        while asked and self.of(asked) >= spare and (not chosen or rows < ROWS_READ):
            chosen.append(asked.pop(0))
            rows += self.counts[chosen[-1]]
        return chosen


def alike(user, place, title, *, today, limit=5, besides=None):
    """[Alike] of the cases that `user` may see (under `place`; None: all of them), the most alike
    first. `besides`: key of the case whose own title it is. Five queries, however many cases.
    """
    wanted = set(sorted(grams(title), key=lambda gram: title.find(gram))[:GRAMS_ASKED])
    rows = CaseGram.objects.visible_to(user)
    rows = rows.in_place(place) if place else rows
    scale = Scale(rows, wanted)
    likely = _likely(rows, scale, wanted, besides)
    if not likely:
        return []
    cases = Case.objects.visible_to(user).filter(pk__in=likely).select_related("place")
    villages = _villages(place or user.place)
    scored = [(_score(scale, wanted, title, case, villages), case) for case in cases]
    best = sorted((pair for pair in scored if pair[0] >= ALIKE), key=lambda p: (-p[0], -p[1].pk))
    return _told(best[: limit + SPARE], limit, today)


def _likely(rows, scale, wanted, besides):
    """Keys of the cases that share most with the wanted pairs."""
    chosen = scale.rarest(wanted, ALIKE)
    shared = Counter()
    found = rows.filter(gram__in=chosen).exclude(case=besides).order_by("-case")
    for case, gram in found.values_list("case", "gram")[:ROWS_READ]:
        shared[case] += scale.weight(gram)
    return [case for case, _ in shared.most_common(LOOKED_AT)]


def _villages(place):
    """The names, without 村 or 社区, of the villages that titles speak of."""
    if place is None:
        return []
    names = Place.objects.visible_to(OPERATOR).in_place(place).villages()
    return [bare(name) for name in names.values_list("name", flat=True)]


def bare(name):
    """The name of a village as titles shorten it: 上芦村 → 上芦."""
    short = _GENERIC.sub("", name)
    return short if len(short) > 1 else name


def _score(scale, wanted, title, case, villages):
    return scale.likeness(wanted, grams(case.title)) * same_spot(title, case.title, villages)


def same_spot(one, other, villages):
    """1, or ELSEWHERE where the titles name different villages."""
    here = {name for name in villages if name in one}
    there = {name for name in villages if name in other}
    return ELSEWHERE if here and there and not here & there else 1


def _told(best, limit, today):
    """The first `limit` that are not void, with their standing and what was promised."""
    prefetch_related_objects([case for _, case in best], "standings", "steps")
    told = [_alike(case, score, _standing(case), today) for score, case in best]
    return [one for one in told if not one.standing or one.standing.state != State.VOID][:limit]


def _standing(case):
    return next((row for row in case.standings.all() if row.ends is None), None)


def _promise(case):
    """The promised matter of the latest reply, in words; empty where none was promised."""
    replies = [
        step.data.get("promise")
        for step in case.steps.all()
        if step.name in REPLIES and step.superseded_at is None
    ]
    return next(filter(None, reversed(replies)), "")


def _alike(case, score, standing, today):
    return Alike(
        case,
        standing,
        round(score, 2),
        case.raised_on is not None and case.raised_on.year == today.year,
        standing.result_class if standing else "",
        standing.replied_on if standing else None,
        _promise(case),
        standing.promised_on if standing else None,
        standing.kept_on if standing else None,
    )
