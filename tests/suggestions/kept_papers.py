"""Papers in tests: a case of the named people, and files kept with it."""

from datetime import UTC, datetime

from congress.uploads import checked_bytes
from suggestions.models import Case, Proposer
from suggestions.papers import keep
from tests.congress.uploaded import docx, pdf, picture
from tests.suggestions.ledger import HANDED, REPLIED, bring

NOW = datetime(2024, 6, 3, 1, 30, tzinfo=UTC)
FILES = {"pdf": lambda: pdf(2), "docx": docx, "jpg": picture}


def handed_to(township, unit, deputy=None, **row):
    """A case that `unit` leads; raised by the deputy's account where given."""
    bring(township, [HANDED | {"lead": unit.name} | row])
    return _newest(township, deputy)


def closed(township, deputy=None, **row):
    """A case that was replied to and closed."""
    bring(township, [REPLIED | {"closed_on": "2024-06-10"} | row])
    return _newest(township, deputy)


def _newest(township, deputy):
    case = Case._base_manager.filter(place=township).latest("pk")
    if deputy:
        Proposer._base_manager.filter(case=case).update(person=deputy.person)
    return case


def kept(case, user, name="答复函.pdf", kind="答复函", content=None, **more):
    """A file kept as a paper of the case."""
    made = content or FILES[name.rpartition(".")[2]]()
    return keep(case, checked_bytes(name, made), kind=kind, user=user, now=NOW, **more)
