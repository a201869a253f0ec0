"""Who is told of what, and in which words: the table of data/step_notices.toml."""

import tomllib
from functools import cache
from pathlib import Path

from django.urls import reverse

from congress.models import Notice
from suggestions.desk import matter

FILE = Path(__file__).parent / "data" / "step_notices.toml"
LONGEST = 120
# Deputies have pages of their own for a case.
PAGES = {"lead": "my-suggestion", "deputies": "my-suggestion"}


@cache
def table():
    """{"steps": {name: tellings}, "corrected": tellings, "days": {event: tellings}, "requests":
    {event: telling}}.
    """
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def notice(telling, case, user, key, now, *, path="", **words):
    """One notice to one user about a case as that user knows it; it leads to `path`, or to the
    page of the case.
    """
    words = {"number": case.number, "matter": matter(case.title), "due": "", **words}
    title = telling["title"].format(**words)
    return Notice(
        user_id=user,
        place_id=case.place_id,
        kind=telling["kind"],
        title=title[:LONGEST],
        text=telling.get("text", "{matter}").format(**words)[:300],
        path=path or reverse("case", args=[case.pk]),
        urgent=telling.get("urgent", False),
        made_at=now,
        key=key,
    )


def notices(people, tellings, case, key, now, *, named=None, without=None, **words):
    """One notice for each person whom the tellings name; who did it (`without`) knows already.
    `named`: key of the unit that a step names.
    """
    told = {without}
    for telling in tellings:
        for word in telling["to"]:
            for user, own in people.of(word, case, named):
                if user not in told:
                    told.add(user)
                    path = reverse(PAGES.get(word, "case"), args=[own.pk])
                    yield notice(telling, own, user, key, now, path=path, **words)
