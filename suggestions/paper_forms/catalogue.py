"""The one list of paper forms: their names, who may print them and in which states."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.db.models import Q

from suggestions.steps import IN_REVIEW, UNANSWERED
from suggestions.words import Origin, State

FILE = Path(__file__).parent / "forms.toml"


@dataclass(frozen=True)
class Form:
    """One paper form; `layout` is what forms.toml says of it beyond that, `paper` the kind under
    which its signed sheet goes to the file. `origins`: of whose cases it is; `answered`: whether it
    takes a reply or a draft of one, `why` what to say where there is none (of a merged case
    a form that says so waits for the reply).
    """

    key: str
    name: str
    paper: str
    roles: frozenset
    states: frozenset
    origins: frozenset
    answered: bool
    why: str
    layout: dict

    @property
    def takes_link(self):
        """Whether it may carry a one-time link for evaluation."""
        return "notes_link" in self.layout

    def fits(self, standing):
        """Whether it can be printed of a case that stands so; `narrow` says the same."""
        answered = standing.replied_on or standing.state in IN_REVIEW
        waits = self.answered or (standing.state == State.MERGED and self.why)
        return (
            standing.state in self.states
            and (standing.origin or Origin.DEPUTY) in self.origins
            and bool(answered or not waits)
        )

    def narrow(self, standings):
        """Those of the standings in force of whose cases it can be printed."""
        raised = Q(origin__in=self.origins)
        if Origin.DEPUTY in self.origins:
            raised |= Q(origin="")
        if self.answered:
            raised &= Q(replied_on__isnull=False) | Q(state__in=IN_REVIEW)
        elif self.why:
            raised &= Q(replied_on__isnull=False) | ~Q(state=State.MERGED)
        return standings.filter(raised, state__in=self.states)


@cache
def _data():
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@cache
def forms():
    """{key: Form} in the order of the list."""
    return {row["key"]: _form(dict(row)) for row in _data()["form"]}


def _form(row):
    key, name, paper, roles = (row.pop(part) for part in ("key", "name", "paper", "roles"))
    states, origins = row.pop("states", State.values), row.pop("origins", Origin.values)
    sets = (frozenset(words) for words in (roles, states, origins))
    return Form(key, name, paper, *sets, row.pop("answered", False), row.pop("why", ""), row)


def heights():
    """{word: millimetres} of rows that leave room to write."""
    return _data()["heights"]


def blanks():
    """What stands where the record says nothing: a line, a day, a document number."""
    return _data()["words"]


def forms_for(user, standing):
    """The forms that this user may print of a case that stands so."""
    return [form for form in forms_of_role(user.role) if form.fits(standing)]


def forms_awaited(user, standing):
    """Those that cannot be printed yet, and say why; of a case in whose life they have no place
    none.
    """
    waiting = (form for form in forms_of_role(user.role) if form.why and not form.fits(standing))
    return [form for form in waiting if standing.state in UNANSWERED]


def forms_of_role(role):
    """The forms that a person of that role prints at all."""
    return [form for form in forms().values() if role in form.roles]
