"""The table of every address × person × expected code: tests/architecture/urls*.csv,
one file a part of the system.

Columns: `name` of the address in the URLconf; `method`; `arguments` as `pk=case.pk code=town.code`,
where the part before the dot is a fixture of tests/conftest.py; then one column a person. A person
is a fixture of the same name (a User), `anonymous` is nobody. A cell is the code of the answer; a
redirect to sign-in is 302. `data` (optional) is what a POST sends: `a=1 b=2`.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.urls import URLPattern, get_resolver

TABLES = sorted(Path(__file__).parent.glob("urls*.csv"))
FIRST = ("name", "method", "arguments", "data")


@dataclass(frozen=True)
class Row:
    """One line of the table. `expected`: {person: code}."""

    name: str
    method: str
    arguments: str
    data: str
    expected: tuple

    @property
    def is_hidden(self):
        """Whether it is about something that another township does not find."""
        return "." in self.arguments + self.data and dict(self.expected)["stranger"] == 404

    def __str__(self):
        return " ".join(filter(None, (self.name, self.method, self.arguments)))


@cache
def rows():
    """All lines of the table."""
    found = []
    for table in TABLES:
        with table.open(encoding="utf-8", newline="") as file:
            found += [row_of(line) for line in csv.DictReader(file)]
    return found


def row_of(line):
    expected = tuple((person, int(code)) for person, code in line.items() if person not in FIRST)
    return Row(line["name"], line["method"], line["arguments"], line["data"], expected)


def names_in(patterns, before=""):
    """Names of all addresses, with their namespaces; an address without a name is named by its
    pattern.
    """
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield before + (pattern.name or str(pattern.pattern))
        else:
            space = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from names_in(pattern.url_patterns, before + space)


def all_names():
    """Names of all addresses that the system answers."""
    return set(names_in(get_resolver().url_patterns))


def pairs(text):
    """`a=1 b=2` as a dict."""
    return dict(word.split("=", 1) for word in text.split())


def value_of(expression, getfixture):
    """`case.pk` → the attribute of the fixture; a text in quotes or a number stands for itself."""
    fixture, _, attributes = expression.partition(".")
    if fixture.isdigit() or not fixture.isidentifier():
        return expression.strip("'\"")
    value = getfixture(fixture)
    for name in filter(None, attributes.split(".")):
        value = getattr(value, name)
    return value
