"""The checklist that stations are measured by: the county's own, else the bundled one (六有)."""

import tomllib
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "data" / "checklist.toml"


@cache
def default_items():
    """The items of a county that has set none, in their order."""
    return tuple(tomllib.loads(FILE.read_text(encoding="utf-8"))["items"])
