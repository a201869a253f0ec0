"""Names that the form of a record offers while one is typed; which field takes which kind is data
(`data/offers.toml`).
"""

import tomllib
from functools import cache
from pathlib import Path

from congress.models import Unit, Word
from reports.ledger import new_load

FILE = Path(__file__).parent / "data" / "offers.toml"
MOST = 500  # names of one kind that a page carries; whoever is not among them can still be typed


@cache
def _kinds():
    """{sheet.field: kind of name}."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {field: kind for kind, fields in data.items() for field in fields}


def offer_names(form, sheet, place, user):
    """Point the form's fields to the lists of names that they take: {kind: names}, which the page
    draws as <datalist id="names-KIND">.
    """
    wanted = {}
    for name, field in form.fields.items():
        kind = _kinds().get(f"{sheet.slug}.{name}")
        if kind:
            wanted[kind] = f"names-{kind}"
            field.widget.attrs.pop("autocomplete", None)  # "off" hides the list in some browsers
            field.widget.attrs["list"] = wanted[kind]
    load = new_load(place, user) if wanted else None
    return {kind: _names(kind, load)[:MOST] for kind in wanted}


def _names(kind, load):
    own = {"term": _terms, "village": _villages, "category": _categories, "unit": _units}
    return own[kind](load) if kind in own else list(load.names(kind))[::-1]


def _terms(load):
    return list(dict.fromkeys(name for _, name in load.names("term")))


def _villages(load):
    return list(load.growing.known("village"))


def _categories(load):
    words = Word.objects.visible_to(load.user).filter(kind=Word.Kind.CATEGORY, retired_on=None)
    return [word.text for word in words]


def _units(load):
    units = Unit.objects.visible_to(load.user).filter(closed_on=None, merged_into=None)
    return [unit.name for unit in units]
