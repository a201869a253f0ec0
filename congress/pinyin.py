"""Pinyin of people's names: columns by which they are typed, found and put in order."""

import csv
import re
from functools import cache
from pathlib import Path

from pypinyin import Style, lazy_pinyin

SURNAMES_FILE = Path(__file__).parent / "data" / "surnames.csv"


@cache
def _surnames():
    with SURNAMES_FILE.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(line for line in lines if not line.startswith("#"))
        return {row["surname"]: row["pinyin"].split() for row in rows}


def _syllables(name):
    """Syllables with their tone as a digit, the surname read as a surname: 单小明 → shan4 xiao3
    ming2."""
    letters = re.sub(r"[^\w]|_", "", name)
    for length in (2, 1):
        surname = letters[:length]
        if len(surname) == length and surname in _surnames():
            return _surnames()[surname] + lazy_pinyin(letters[length:], style=Style.TONE3)
    return lazy_pinyin(letters, style=Style.TONE3)


def keys(name):
    """Pinyin and initials without tones, for search: 曾小明 → ("zengxiaoming", "zxm"); ü is written
    v."""
    plain = [re.sub(r"\d", "", syllable).lower() for syllable in _syllables(name)]
    return "".join(plain), "".join(syllable[:1] for syllable in plain)


def sort_key(name):
    """What a list of names is ordered by in every database: surname first, tone by tone, then the
    characters."""
    return " ".join(_syllables(name)).lower() + " " + name
