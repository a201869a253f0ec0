"""The words of public texts, from `data/publication.toml`."""

import tomllib
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "data" / "publication.toml"


@cache
def words():
    """{"reasons": {kind: why}, "hidden_states": {state: why}, "words": {…}, "states": {…}}"""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))
