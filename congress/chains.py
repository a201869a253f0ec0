"""A WeChat 接龙 pasted from a group, read back as rows: who, which answer, what else."""

import re
import unicodedata
from dataclasses import dataclass, field

NUMBERED = re.compile(r"^\s*(\d{1,3})\s*[.、:)]\s*(.*)$")
HEAD = re.compile(r"^\s*#?\s*接龙")
EXAMPLE = re.compile(r"^\s*例[\s:、.]")
# What stands between a name and an answer.
GAP = re.compile(r"[\s,;:/|\-—–·、。…~]+")
# 不太, 不是很, 没有 …: what turns an answer that follows into its contrary.
DENIAL = re.compile(r"[不没未非别无][^\s,;:/|\-—–·、。…~]{0,3}$")
NAME = re.compile(r"[\u3400-\u9fff]{2,4}(?:\([^)]*\))?")
MOST_LINES = 500
LONGEST_LINE = 400  # characters; a longer one is cut


@dataclass
class ChainRow:
    """One entry. `answers`: the words found, in their order; `rest`: what else was written.
    `unclear`: something that looks like an answer and may mean its contrary.
    """

    number: int
    name: str
    answers: list = field(default_factory=list)
    rest: str = ""
    unclear: bool = False


@dataclass
class Chain:
    """A whole 接龙: what it was about, and its entries in order."""

    topic: str
    rows: list


def read_chain(text, answers):
    """A Chain from pasted text. `answers`: the words that an entry may hold (满意, 不满意 …). Lines
    before the first number are the topic, the example line (例) is left out, a line without a
    number goes on from the one before. At most MOST_LINES lines are read.
    """
    topic, entries = [], []
    for line in _lines(text):
        numbered = NUMBERED.match(line)
        if numbered:
            entries.append([int(numbered[1]), numbered[2].strip()])
        elif EXAMPLE.match(line):
            continue
        elif entries:
            entries[-1][1] += " " + line.strip()
        elif HEAD.match(line):
            topic.append(HEAD.sub("", line).strip())
        else:
            topic.append(line.strip())
    rows = [_row(number, entry, answers) for number, entry in entries if entry]
    return Chain(" ".join(filter(None, topic)), rows)


def _lines(text):
    """The lines in half width, without what WeChat adds invisibly."""
    plain = unicodedata.normalize("NFKC", text or "")
    plain = "".join(c for c in plain if c in "\n\t" or unicodedata.category(c)[0] != "C")
    return [line[:LONGEST_LINE] for line in plain.splitlines()[:MOST_LINES] if line.strip()]


def _row(number, entry, answers):
    pattern = "|".join(map(re.escape, sorted(answers, key=len, reverse=True)))
    found = list(re.finditer(pattern, entry)) if pattern else []
    head = entry[: found[0].start()] if found else entry
    name, more = _name(head)
    denied = [match for match in found if DENIAL.search(entry[: match.start()])]
    kept = [match[0] for match in found if match not in denied]
    tail = entry[found[0].start() :] if found else ""
    rest = GAP.sub(" ", f"{more} {re.sub(pattern, ' ', tail) if found else ''}").strip()
    if denied:
        rest = GAP.sub(" ", entry[len(name) :]).strip()
    return ChainRow(number, name, [] if denied else kept, rest, bool(denied))


def _name(head):
    """(name, what follows it) of the words before an answer; brackets tell namesakes apart."""
    head = head.strip()
    parts = [part for part in GAP.split(head) if part]
    if not parts:
        return "", ""
    first = parts[0]
    if DENIAL.search(first) and len(first) > 2:
        first = DENIAL.sub("", first)
    inside = NAME.match(head)
    if "(" in head and inside and ")" in inside[0]:
        first = inside[0]
    rest = head[len(first) :] if head.startswith(first) else " ".join(parts[1:])
    return first.replace("(", "（").replace(")", "）"), GAP.sub(" ", rest).strip()
