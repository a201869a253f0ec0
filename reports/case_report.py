"""The report to the congress on the handling of suggestions (代表法 51(3)): its text with figures
of the catalogue, the list of the deputies' suggestions, and citizens' opinions in a part of their
own.
"""

from dataclasses import dataclass
from functools import partial

from congress.ledger_words import Level
from reports import case_list, catalogue
from reports.case_list import CITIZENS, DEPUTIES, HEADERS
from reports.outline import OUTLINES, parse_outline
from reports.public_words import words
from reports.summary import compose

MEETING = OUTLINES / "meeting"
ANNEX_TITLES = {DEPUTIES: "代表建议、批评和意见办理情况一览表", CITIZENS: "群众意见办理情况"}
COUNTED = {DEPUTIES: "代表建议、批评和意见", CITIZENS: "群众意见"}
NOT_A_TOWNSHIP = "办理情况报告由乡镇人大主席团作（代表法第五十一条），请选一个乡镇"


class NoReport(ValueError):
    """There is no such report of this place; the message is for the reader, in Chinese."""


@dataclass(frozen=True)
class CaseList:
    """An annex: what is said above it, the headers of its table, its lines. `total`: how many
    cases were counted, shown or not; `told`: the same in words, above the table."""

    key: str
    title: str
    notes: tuple
    headers: tuple
    lines: tuple
    total: int
    told: str
    kind = "list"


@dataclass(frozen=True)
class Report:
    """The whole report as blocks: headings, paragraphs, parts that only a person can write, and
    the lists."""

    title: str
    subtitle: str
    signature: str
    place_name: str
    period: object
    blocks: tuple

    @property
    def texts(self):
        return tuple(block for block in self.blocks if block.kind != "list")

    @property
    def lists(self):
        return tuple(block for block in self.blocks if block.kind == "list")


def case_report(user, place, period):
    """The report of a township over a period, as far as `user` may see. NoReport: the place is no
    township."""
    if place.level != Level.TOWNSHIP:
        raise NoReport(NOT_A_TOWNSHIP)
    text = _draft("case-report", user, place, period)
    annexes = [_annex(user, place, period, key) for key in (DEPUTIES, CITIZENS)]
    return Report(
        text.title,
        text.subtitle,
        text.signature,
        place.name,
        period,
        (*text.blocks, *(annex for annex in annexes if annex.total)),
    )


def _draft(name, user, place, period):
    source = (MEETING / f"{name}.toml").read_text(encoding="utf-8")
    outline = parse_outline(name, source, catalogue.METAS)
    return compose(outline, place, period, partial(catalogue.evaluate, user, place))


def _annex(user, place, period, key):
    lines = case_list.lines(user, place, period, key)
    of_citizens = key == CITIZENS and lines
    notes = _draft("citizen-opinions", user, place, period).blocks if of_citizens else ()
    told = counted(key, len(lines), len(lines))
    return CaseList(key, ANNEX_TITLES[key], notes, HEADERS[key], lines, len(lines), told)


def counted(key, total, shown):
    """How many cases a list counts, and how many of them it shows, in words."""
    form = "shown_all" if shown == total else "shown_some" if shown else "shown_none"
    return words()["words"][form].format(what=COUNTED[key], total=total, shown=shown)
