"""Cases of the sample county that are played live: what a ledger cannot tell of, the government's
own layer.
"""

import tomllib
from datetime import timedelta
from pathlib import Path

from congress.county_settings import value_of
from congress.models import Word
from congress.roles import Role
from congress.scoping import OPERATOR
from suggestions.consequences import DOCUMENT_WORD
from suggestions.entry import enter
from suggestions.numbers import peek_document
from suggestions.words import Kind, Occasion, Origin
from suggestions.workflow import advance, current_state

FILE = Path(__file__).parent / "data" / "sample_lives.toml"
REPLY = {"result": "A", "note": "已经办好，见附件。"}
# (step, role of who takes it, its fields), in order; a case is played until it is in its state.
COURSE = (
    ("受理", Role.CHAIR, {}),
    ("交办", Role.CHAIR, {}),
    ("分办", Role.GOVERNMENT, {"lead": True}),
    ("签收", Role.UNIT, {}),
    ("面商", Role.UNIT, {"data": {"form": "登门", "who": "领衔代表"}}),
    ("拟稿", Role.UNIT, REPLY),
    ("核稿", Role.GOVERNMENT, {}),
    ("签发", Role.GOVERNMENT, {"data": {"signer": "钟镇长"}}),
)


def play_lives(users, now):
    """Play the cases of the file by the sample users; left out where one of them is missing."""
    people = {user.role: user for user in users if user.place.code == "360733100"}
    wanted = {Role.CLERK, Role.CHAIR, Role.GOVERNMENT, Role.UNIT, Role.DEPUTY}
    if not wanted <= set(people) or not hasattr(people[Role.DEPUTY], "person"):
        return
    with FILE.open("rb") as lines:
        rows = tomllib.load(lines)["case"]
    for n, row in enumerate(rows, 1):
        _play(row, people, now - timedelta(days=row["days"]), n)


def _play(row, people, begun, n):
    case = enter(
        _values(row, people, begun), user=people[Role.CLERK], now=begun, token=f"sample-{n}"
    )
    unit = people[Role.UNIT].unit
    for after, (name, role, fields) in enumerate(COURSE):
        if current_state(case) == row["state"]:
            return
        day = begun.date() + timedelta(days=after // 2)
        more = dict(fields)
        if more.pop("lead", False):
            more |= {"unit": unit, "data": {"leads": [unit.pk]}}
        if name == "签发":
            word = value_of(DOCUMENT_WORD, case.place, day)
            more["data"] = more["data"] | {"number": peek_document(case.place, day, word)}
        advance(case, name, user=people[role], on=day, **more)


def _values(row, people, begun):
    person = people[Role.DEPUTY].person
    words = Word.objects.visible_to(OPERATOR).filter(kind=Word.Kind.CATEGORY, text="基础设施")
    return {
        "title": row["title"],
        "body": row["body"],
        "kind": Kind.SUGGESTION,
        "raised_on": begun.date(),
        "meeting": None,
        "public": True,
        "phone": "",
        "villages": [],
        "people": [(person.pk, person.name)],
        "category": words.first(),
        "origin": Origin.DEPUTY,
        "occasion": Occasion.BETWEEN,
        "into": None,
    }
