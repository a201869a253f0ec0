"""The one list of paper forms: their names, who may print them and in which states."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from suggestions.words import State

FILE = Path(__file__).parent / "forms.toml"


@dataclass(frozen=True)
class Form:
    """One paper form; `layout` is what forms.toml says of it beyond that, `paper` the kind under
    which its signed sheet goes to the file.
    """

    key: str
    name: str
    paper: str
    roles: frozenset
    states: frozenset
    layout: dict

    @property
    def takes_link(self):
        """Whether it may carry a one-time link for evaluation."""
        return "notes_link" in self.layout

    def opens(self, role, state):
        """Whether a person of that role prints it of a case in that state."""
        return role in self.roles and state in self.states


@cache
def _data():
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@cache
def forms():
    """{key: Form} in the order of the list."""
    return {row["key"]: _form(dict(row)) for row in _data()["form"]}


def _form(row):
    key, name, paper, roles = (row.pop(part) for part in ("key", "name", "paper", "roles"))
    states = row.pop("states", State.values)
    return Form(key, name, paper, frozenset(roles), frozenset(states), row)


def heights():
    """{word: millimetres} of rows that leave room to write."""
    return _data()["heights"]


def blanks():
    """What stands where the record says nothing: a line, a day, a document number."""
    return _data()["words"]


def forms_for(user, state):
    """The forms that this user may print of a case in `state`."""
    return [form for form in forms().values() if form.opens(user.role, state)]


def forms_of_role(role):
    """The forms that a person of that role prints at all."""
    return [form for form in forms().values() if role in form.roles]
