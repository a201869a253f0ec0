"""Whose entry it is: names of a 接龙 found in the roster; of doubtful ones a person chooses."""

from dataclasses import dataclass, field

from congress.sheets.load import Load
from congress.sheets.values import split_name
from deputies.lookup import canonical, namesakes
from deputies.models import Person
from deputies.tables_people import RosterTable

TITLE = "代表"


@dataclass
class Entry:
    """One entry with the deputy whom it names. `choices`: [(key, name)] to choose from where it is
    not clear; `problem`: what is not clear, in Chinese.
    """

    row: object
    person: int | None = None
    choices: list = field(default_factory=list)
    meanings: list = field(default_factory=list)
    problem: str = ""
    taken: bool = True


def entries(chain, purpose, case, place, user):
    """The entries of a chain, each as far as it is clear. `case` may be None where the purpose
    needs none.
    """
    load = Load([RosterTable()], place, user)
    allowed = None
    if purpose.people:
        allowed = {person.pk: str(person) for person in purpose.people(case)}
    found = [_entry(row, purpose, load, allowed) for row in chain.rows]
    _mark_doubles(found)
    return found


def _entry(row, purpose, load, allowed):
    said = [purpose.words[word] for word in row.answers][-len(purpose.columns) :]
    entry = Entry(row, meanings=[""] * (len(purpose.columns) - len(said)) + said)
    entry.person, entry.problem = _find(load, row.name)
    everybody = {pk: name for name, pk in load.names("person").items()}
    if entry.person and allowed is not None and entry.person not in allowed:
        entry.problem, entry.person = f"{row.name}不是这一件的提出人", None
    if entry.person:
        entry.choices = [(entry.person, everybody[entry.person])]
    else:
        entry.choices = _choices(load, row.name, allowed or everybody)
    if not entry.meanings[-1]:
        said = "看不准是哪个意思" if row.unclear else "没有写答复"
        entry.problem = "；".join(filter(None, [entry.problem, said]))
    entry.taken = not entry.problem
    return entry


def _find(load, text):
    """(key, "") of the deputy, also where the name is followed by 代表; (None, message)."""
    name, message = canonical(load, text)
    if name is None and len(text) > 3 and text.endswith(TITLE):
        name, second = canonical(load, text.removesuffix(TITLE))
        message = second if name else message
    return (load.pk("person", name), "") if name else (None, message)


def _choices(load, text, people):
    """Namesakes where there are some, else all who may answer."""
    same = set(namesakes(load, split_name(text)[0]))
    fitting = [(pk, name) for pk, name in people.items() if name in same]
    return sorted(fitting or people.items(), key=lambda choice: choice[1])


def _mark_doubles(found):
    """Who wrote twice is taken at the last word."""
    last = {}
    for entry in found:
        if entry.person in last and entry.person:
            earlier = last[entry.person]
            earlier.problem, earlier.taken = (
                f"后面第{entry.row.number}条又接了一次，以后面的为准",
                False,
            )
        last[entry.person] = entry


def people_by_key(keys, place, user):
    """{key: deputy} of the township's roster."""
    rows = Person.objects.visible_to(user).filter(place=place, pk__in=keys)
    return {person.pk: person for person in rows}
