"""Is a draft concrete and clear (具体明确, 代表法 24)? Advice beside the form; it never blocks."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "data" / "concreteness.toml"
# In the order in which a good sheet says it.
PARTS = ("where", "who", "how_many", "matter", "asked", "of_whom")
LEAST_OBJECT = 4  # characters of an object in a title that may stand for a matter of its own


@dataclass(frozen=True)
class Advice:
    """One thing that would make a draft clearer. key: where, who, how_many, matter, asked, of_whom,
    one_matter or empty_words; text: what to do, for the one who writes.
    """

    key: str
    text: str


@dataclass(frozen=True)
class Look:
    """What a draft says already, in words (地点, 数量 …), and what it could say better."""

    said: tuple[str, ...]
    advice: tuple[Advice, ...]


@cache
def _rules():
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@cache
def _pattern(part):
    return re.compile("|".join(f"(?:{one})" for one in _rules()[part]["patterns"]))


def look_at(title, body, places=()):
    """The Look at a draft; `places`: names of the township's villages. An empty draft is not
    judged.
    """
    text = "".join(f"{title}。{body}".split())
    if not text.strip("。"):
        return Look((), ())
    found = {part for part in PARTS if _says(part, text, body, places)}
    rules = _rules()
    said = tuple(rules[part]["said"] for part in PARTS if part in found)
    missing = [Advice(part, rules[part]["text"]) for part in PARTS if part not in found]
    return Look(said, (*_one_matter(title, text), *_empty(text, found), *missing))


def advice(title, body, places=()):
    """[Advice] on a draft, what matters most first."""
    return list(look_at(title, body, places).advice)


def _says(part, text, body, places):
    if part == "matter":
        return len("".join(body.split())) >= _rules()["matter"]["least"]
    if part == "where" and any(place in text for place in places):
        return True
    return bool(_pattern(part).search(text))


def _one_matter(title, text):
    rules = _rules()["one_matter"]
    second = re.search("|".join(rules["starts"]), text)
    if second:
        yield Advice("one_matter", rules["text"].format(word=second.group()))
        return
    deeds = _deeds(title)
    if len(deeds) > 1:
        told = rules["titles"].format(first=deeds[0], second=deeds[1])
        yield Advice("one_matter", told)


def _deeds(title):
    """The parts of a title, split at 和, 、 and the like, of which each has a deed and an object of
    its own: 关于硬化机耕道和增设公厕的建议 → 硬化机耕道, 增设公厕.
    """
    rules = _rules()["one_matter"]
    matter = re.sub(r"^关于|的(?:建议|意见|批评|议案)$", "", "".join(title.split()))
    deed = "|".join(rules["deeds"])
    parts = re.split(f"(?:{rules['joints']})(?={deed})", matter)
    deeds = [part for part in parts if re.search(deed, part)]
    long = [part for part in deeds if len(re.sub(deed, "", part)) >= LEAST_OBJECT - 1]
    return long if len(long) == len(deeds) == len(parts) else []


def _empty(text, found):
    rules = _rules()["empty_words"]
    words = [word for word in rules["words"] if word in text]
    if len(words) >= rules["most"] and not {"where", "how_many"} & found:
        yield Advice("empty_words", rules["text"].format(words="、".join(words[:3])))
