"""The word lists that every county begins with."""

import tomllib
from functools import cache
from pathlib import Path

from congress.models import Word
from congress.scoping import OPERATOR

FILE = Path(__file__).parent / "data" / "words.toml"
GAP = 10  # between the orders of two neighbours


@cache
def defaults():
    """{list: words in order}."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def ensure_words(county_place):
    """Puts in each list that this county has no word of; a list that the county already keeps stays
    as it is."""
    kept = Word.objects.visible_to(OPERATOR).filter(place=county_place)
    begun = set(kept.values_list("kind", flat=True))
    for kind, texts in defaults().items():
        if kind not in begun:
            for number, text in enumerate(texts, start=1):
                Word(place=county_place, kind=kind, text=text, order=number * GAP).save()
