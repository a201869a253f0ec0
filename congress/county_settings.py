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
    """One thing that may be set: key, Chinese label and explanation, default, bounds or choices,
    source.
    """

    key: str
    label: str
    default: object
    help: str = ""
    least: int | None = None
    most: int | None = None
    choices: tuple[str, ...] = ()


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
    row = row_in_force(key, place, day)
    return row.value if row else kinds()[key].default


def row_in_force(key, place, day):
    """The row (who set it, where, from when) that `value_of` reads; None where the default
    holds."""
    codes = [*codes_above(place.code), place.code]
    rows = Setting.objects.visible_to(OPERATOR).filter(
        key=key, place__code__in=codes, valid_from__lte=day
    )
    rows = rows.select_related("place", "entered_by")
    return max(rows, key=lambda row: (len(row.place.code), row.valid_from, row.pk), default=None)


def values_by_day(place):
    """`value_of` for one place and any key and day, all in one query; for imports of many rows."""
    codes = [*codes_above(place.code), place.code]
    rows = Setting.objects.visible_to(OPERATOR).filter(place__code__in=codes)
    nearest_first = sorted(
        rows.select_related("place"),
        key=lambda row: (len(row.place.code), row.valid_from, row.pk),
        reverse=True,
    )

    def read(key, day):
        rows = (row for row in nearest_first if row.key == key and row.valid_from <= day)
        row = next(rows, None)
        return row.value if row else kinds()[key].default

    return read


def reader(place, day):
    """`value_of` for one place and day, all keys in one query; for figures."""
    values = {}

    def read(key):
        if not values:
            values.update({key: kind.default for key, kind in kinds().items()})
            codes = [*codes_above(place.code), place.code]
            rows = Setting.objects.visible_to(OPERATOR).filter(
                place__code__in=codes, valid_from__lte=day
            )
            rows = sorted(
                rows.select_related("place"),
                key=lambda row: (len(row.place.code), row.valid_from, row.pk),
            )
            values.update({row.key: row.value for row in rows})
        return values[key]

    return read
