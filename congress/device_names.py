"""What a bound phone is called: 苹果手机的微信."""

import re
import tomllib
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "data" / "devices.toml"


@cache
def _words():
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def name_of(agent):
    """The phone and the program that a User-Agent header tells of, in plain words."""
    kind = _first("kinds", agent) or _words()["unknown"]
    program = _first("programs", agent)
    return f"{kind}的{program}" if program else kind


def _first(group, agent):
    found = (word for pattern, word in _words()[group] if re.search(pattern, agent, re.I))
    return next(found, "")
