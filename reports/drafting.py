"""A summary's draft for a user: the outline composed with the figures that the user may see."""

from dataclasses import dataclass
from functools import partial

from django.urls import reverse

from deputies.terms import term_start
from reports import catalogue
from reports.annex import write_annex
from reports.asking import exact_query
from reports.catalogue import METAS
from reports.figure_shelves import records_behind
from reports.outline import load_outline
from reports.summary import compose


def draft_for(user, place, period, outline_key):
    """The draft of a place over a period by an outline. PeriodError: the outline speaks of 换届以来
    and no term is known; OutlineError: there is no such outline.
    """
    outline = load_outline(outline_key, METAS)
    evaluate = partial(catalogue.evaluate, user, place)
    return compose(outline, place, period, evaluate, term_start(user, place, period.end))


def annex_of(draft, user, place):
    """The 附表 of a draft as bytes of a .docx, with the records behind each number."""
    return write_annex(draft, records_behind(user, place))


@dataclass(frozen=True)
class DrawnRun:
    """A run of the text with the address that it opens ("": none)."""

    text: str
    kind: str
    url: str = ""
    title: str = ""

    @property
    def words(self):
        """Whether it is a list of names rather than a number."""
        return not any(letter.isdigit() for letter in self.text[:2])


@dataclass(frozen=True)
class DrawnBlock:
    """A block of the draft as the page draws it; links within the page lead to `anchor`."""

    kind: str
    level: int
    anchor: str
    runs: list
    text: str


def drawn_blocks(draft, place):
    """The blocks of a draft with the addresses of their numbers."""
    return [
        DrawnBlock(
            kind=block.kind,
            level=block.level,
            anchor=f"part-{number}",
            runs=[_drawn(run, place) for run in block.runs],
            text=block.text,
        )
        for number, block in enumerate(draft.blocks, 1)
    ]


def _drawn(run, place):
    if run.kind != "number":
        return DrawnRun(run.text, run.kind)
    filters, labels = catalogue.split_filters(run.filters)
    url = reverse("figure", kwargs={"key": run.key})
    url += exact_query(place, run.period, filters, labels)
    return DrawnRun(run.text, run.kind, url, f"{run.name}：{run.definition}")
