"""Values that a county or township may set, each with a default and an effective date."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from congress.models import Setting
from congress.scoping import OPERATOR, codes_above

FILE = Path(__file__).parent / "data" / "settings.toml"


@dataclass(frozen=True)
class SettingKind:
    """One thing that may be set: key, Chinese label and explanation, default, bounds or choices.
    `text`: a text is typed; with `pattern`, the placeholders that it may hold, it is a pattern of
    numbers (congress.patterns).
    """

    key: str
    label: str
    default: object
    help: str = ""
    least: int | None = None
    most: int | None = None
    choices: tuple[str, ...] = ()
    text: bool = False
    pattern: tuple[str, ...] = ()


@cache
def kinds():
    """{key: SettingKind} in the order of the file."""
    with FILE.open("rb") as lines:
        data = tomllib.load(lines)
    return {key: SettingKind(key=key, **_frozen(fields)) for key, fields in data.items()}


def _frozen(fields):
    return {
        name: tuple(value) if isinstance(value, list) else value for name, value in fields.items()
    }


def value_of(key, place, day):
    """The value in force in `place` on `day`: the place's own, else that of the nearest place
    above, else the default. A rule of the system, not somebody's data: read without regard to who
    asks.
    """
    return _value(key, row_in_force(key, place, day))


def row_in_force(key, place, day):
    """The row (who set it, where, from when) that `value_of` reads; None where the default
    holds."""
    return _in_force(_rows(place).filter(key=key).select_related("entered_by"), key, day)


def rows_in_force(place, day):
    """{key: the row in force, or None} of all settings; one query."""
    rows = list(_rows(place).select_related("entered_by"))
    return {key: _in_force(rows, key, day) for key in kinds()}


def values_by_day(place):
    """`read(key, day)`: `value_of` for one place, all in one query at the first asking; for imports
    of many rows."""
    rows = []

    def read(key, day):
        if not rows:
            rows.append(list(_rows(place)))
        return _value(key, _in_force(rows[0], key, day))

    return read


def reader(place, day):
    """`read(key)`: the same for one day; for figures."""
    read = values_by_day(place)
    return lambda key: read(key, day)


def reader_everywhere(keys):
    """`read(key, place, day)` for any place, all in one query; for runs over many townships."""
    rows = Setting.objects.visible_to(OPERATOR).filter(key__in=keys).select_related("place")
    rows = list(rows)

    def read(key, place, day):
        codes = {*codes_above(place.code), place.code}
        return _value(key, _in_force([r for r in rows if r.place.code in codes], key, day))

    return read


def history_of(place):
    """[(key, day from which it holds, value, version)] of all that was ever set in a place and
    above it; another list means that somebody changed something, be it back.
    """
    rows = _rows(place).order_by("pk")
    return list(rows.values_list("key", "valid_from", "value", "version"))


def _rows(place):
    """What was set in a place and above it."""
    codes = [*codes_above(place.code), place.code]
    rows = Setting.objects.visible_to(OPERATOR).filter(place__code__in=codes)
    return rows.select_related("place")


def _in_force(rows, key, day):
    """Of rows the nearest place's latest by `day`; None: there is none."""
    begun = [row for row in rows if row.key == key and row.valid_from <= day]
    return max(begun, key=lambda row: (len(row.place.code), row.valid_from, row.pk), default=None)


def _value(key, row):
    return row.value if row else kinds()[key].default
