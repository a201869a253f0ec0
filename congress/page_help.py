"""The help of a page: what it is for, how its usual things are done, what its words mean.

The texts are data/help/*.toml; data/help/words.toml explains words that several pages share.
"""

import functools
import tomllib
from pathlib import Path

FOLDER = Path(__file__).parent / "data" / "help"
WORDS = FOLDER / "words.toml"
LISTS = ("do", "keys", "wrong")


def _read(path):
    return tomllib.loads(path.read_text(encoding="utf-8"))


@functools.cache
def shared_words():
    """What each explained word means, as {word: sentence}."""
    return _read(WORDS)["words"]


@functools.cache
def texts():
    """All texts in the order of the files, as they are written there."""
    files = sorted(path for path in FOLDER.glob("*.toml") if path != WORDS)
    return [text for path in files for text in _read(path)["text"]]


@functools.cache
def _by_page():
    found = {}
    for text in texts():
        for page in text["pages"]:
            for role in text.get("roles", [None]):
                if (page, role) in found:
                    raise ValueError(f"two help texts for {page}, {role}")
                found[page, role] = text
    return found


def _for_role(rows, role):
    return [row for row in rows if role in row.get("roles", [role])]


def help_for(name, kind, role):
    """The help of a page for a role: {title, about, do, words, keys, wrong}; None: there is none.

    name: the page's URL name. kind: which of its pages (the sheet of a list, the step of a step
    page), whose own text goes before the one of the name alone. role: None is nobody signed in.
    """
    pages = _by_page()
    keys = [(page, who) for page in (f"{name} {kind}", name) for who in (role, None)]
    text = next((pages[key] for key in keys if key in pages), None)
    if text is None:
        return None
    lists = {key: _for_role(text.get(key, []), role) for key in LISTS}
    words = [(word, shared_words()[word]) for word in text.get("words", [])]
    return {"title": text["title"], "about": text["about"], "words": words} | lists


def page_help(request):
    """Context of every page: `page_help`, the help of the page that is asked for, or None."""
    match = getattr(request, "resolver_match", None)
    if match is None:
        return {"page_help": None}
    kind = match.kwargs.get("sheet") or match.kwargs.get("step")
    role = getattr(getattr(request, "user", None), "role", None)
    return {"page_help": help_for(match.view_name, kind, role)}
