"""Names of provinces, prefectures and counties by official code, from the bundled list."""

import csv
from functools import cache
from pathlib import Path

PLACES_FILE = Path(__file__).parent / "data" / "places.csv"


@cache
def _names():
    with PLACES_FILE.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(line for line in lines if not line.startswith("#"))
        return {row["code"]: row["name"] for row in rows}


def name_of(code):
    """The official name of a 2, 4 or 6 digit code (360733 → 会昌县); empty where the list does not
    know it."""
    return _names().get(str(code), "")


def full_name_of(code):
    """All names from the province down: 360733 → 江西省赣州市会昌县; unknown parts are left out."""
    return "".join(name_of(str(code)[:length]) for length in (2, 4, 6) if length <= len(str(code)))
