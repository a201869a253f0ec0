"""The letter that the government had signed: it goes out as it was signed. Whoever sends it says on
which day, and adds the sealed sheet; nothing of it is asked or changed once more.
"""

from congress.roles import Role
from suggestions.moment import REPLIES
from suggestions.steps import AFTER_REPLY
from suggestions.words import State

DRAFT, CHECKING, SIGNING = "拟稿", "核稿", "签发"
PROMISED = ("promise", "promise_by", "no_promise")
# What the form of the reply does not ask where a letter was signed.
SETTLED = frozenset({"unit", "result", "due", "number", *PROMISED})


def letter_of(moment, name):
    """(draft, signing): the steps that hold the letter which step `name` sends; None: none waits.
    The same request that comes once more, when the letter went out, is read as the first one was.
    """
    if name not in REPLIES:
        return None
    again = moment.standing.state in AFTER_REPLY and moment.layer
    again = again and (name == "答复" or moment.user.role == Role.UNIT)
    last = {step.name: step for step in moment.steps if step.name in (DRAFT, SIGNING)}
    waits = moment.standing.state == State.SIGNED or again
    return (last[DRAFT], last[SIGNING]) if waits and len(last) == 2 else None


def signed_papers(steps):
    """The papers of the signing that waits to be sent; where it has none, those of the draft that
    was signed. `steps`: a case's, without the one that sends it.
    """
    found = []
    for step in steps.filter(superseded_at=None).order_by("-on", "-order", "-pk"):
        if step.name in REPLIES or (not found and step.name in (DRAFT, CHECKING)):
            return []  # nothing was signed since
        if step.name in (SIGNING, CHECKING, DRAFT):
            found.append(step)
        if step.name == DRAFT:
            break
    papers = (list(step.papers.filter(removed_at=None)) for step in found)
    return next(filter(None, papers), [])


def as_signed(letter, fields):
    """The fields of a reply with those of the letter in their place."""
    draft, signing = letter
    data = {name: value for name, value in fields["data"].items() if name not in PROMISED}
    data |= {name: draft.data[name] for name in PROMISED if name in draft.data}
    if "number" in signing.data:
        data["number"] = signing.data["number"]
    told = {"result": draft.result, "due": draft.due, "data": data}
    if draft.unit_id:
        told["unit_id"] = draft.unit_id
        fields = {name: value for name, value in fields.items() if name != "unit"}
    return {**fields, **told, "note": draft.note or fields.get("note", "")}
