"""Which six digits may be a PIN: those that nobody tries first."""

import re
import tomllib
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "data" / "pins.toml"
DIGITS = 6
MONTH, DAY = "(0[1-9]|1[0-2])", "(0[1-9]|[12][0-9]|3[01])"
# 85年3月12日 as 850312; 1985年3月 as 198503.
BIRTHDAY = re.compile(rf"[0-9]{{2}}{MONTH}{DAY}|(19[2-9]|20[0-2])[0-9]{MONTH}")


@cache
def _data():
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def why_not(pin):
    """Why these digits cannot be a PIN, in Chinese; empty where they can."""
    kind = next((name for name, broken in RULES.items() if broken(pin)), "")
    return _data()["reasons"][kind].format(typed=pin[:12]) if kind else ""


def _is_row(pin):
    """123456, 987654, 890123: each digit the one after, or before, the last."""
    steps = {(int(b) - int(a)) % 10 for a, b in zip(pin, pin[1:], strict=False)}
    return steps in ({1}, {9})


RULES = {
    "form": lambda pin: not re.fullmatch(rf"[0-9]{{{DIGITS}}}", pin),
    "same": lambda pin: len(set(pin)) <= 2,
    "row": _is_row,
    "twice": lambda pin: pin[:3] == pin[3:] or pin[:2] * 3 == pin,
    "common": lambda pin: pin in _data()["common"],
    "birthday": lambda pin: bool(BIRTHDAY.fullmatch(pin)),
}
