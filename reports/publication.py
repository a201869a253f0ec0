"""The public twin of the report to the congress (代表法 51(3)), and its being published: what
stands in public is kept as it was that day and never computed again.
"""

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import date

from django.db import IntegrityError, transaction

from congress import audit
from congress.period import Period
from reports.case_list import CENTRED, CITIZENS, TITLE, WHO, Line, why_hidden
from reports.case_report import CaseList, Report, counted
from reports.draft import Block, Text
from reports.models import Publication
from reports.public_words import words

HEADLESS = "待补写"
LEFT_OUT, PROPOSER = "整件不列", "提出人"
TEXT = "正文"


@dataclass(frozen=True)
class Removal:
    """One thing that the public twin lacks: where it stood, what kind of thing, the words, why."""

    where: str
    what: str
    text: str
    reason: str


@dataclass(frozen=True)
class Pair:
    """A block or line of the report beside what stands for it in public (None: nothing does);
    `pieces`: the words of the report, each with the kind of what was taken out; `beside`: what was
    taken out of the other cells of a line."""

    inside: object
    outside: object
    pieces: tuple = ()
    reason: str = ""
    beside: tuple = ()

    @property
    def changed(self):
        return self.outside is None or any(kind for _, kind in self.pieces)


@dataclass(frozen=True)
class Twin:
    """The report `inside`, its public twin, what was taken out for it, and both side by side: pairs
    of the text and of each list."""

    inside: Report
    report: Report
    removals: tuple
    texts: tuple
    lists: tuple


def public_twin(report, masker):
    """The twin of a report: without cases that are not public, citizens' names, phones and the
    like, and parts that nobody wrote. `masker` knows the names of the township."""
    texts = [_text_pair(block, masker) for block in report.texts]
    lists = [(annex, [_line_pair(line, annex, masker) for line in annex.lines])
             for annex in report.lists]  # fmt: skip
    blocks = [pair.outside for pair in texts if pair.outside]
    blocks += [_shown(annex, pairs) for annex, pairs in lists]
    removals = [
        removal
        for where, pairs in [(TEXT, texts), *((annex.title, pairs) for annex, pairs in lists)]
        for pair in pairs
        for removal in _removals(pair, where)
    ]
    twin = replace(report, blocks=tuple(blocks))
    return Twin(report, twin, tuple(removals), tuple(texts), tuple(lists))


def _text_pair(block, masker):
    if block.kind == "person":
        return Pair(block, None, ((block.text, HEADLESS),), words()["reasons"][HEADLESS])
    masked = masker.numbers_only(block.text)
    return Pair(block, _plain(block, masked.text), masked.pieces)


def _plain(block, text):
    """The block as one run of words, as it is kept."""
    return replace(block, sentences=((Text(text),),))


def _line_pair(line, annex, masker):
    hidden = why_hidden(line.public, line.states)
    if hidden:
        return Pair(line, None, ((line.cells[TITLE], LEFT_OUT),), hidden)
    masked = masker.mask(line.cells[TITLE], line.citizens, line.phone)
    # Names of deputies and units are public; a phone typed behind one is not.
    rest = [masker.numbers_only(cell) for cell in line.cells[WHO:-CENTRED]]
    cells = [line.number, masked.text, *(cell.text for cell in rest), *line.cells[-CENTRED:]]
    if annex.key == CITIZENS:
        cells[WHO], rest = words()["words"]["citizen"], rest[1:]
    beside = tuple(piece for cell in rest for piece in cell.taken)
    return Pair(line, Line(tuple(cells)), masked.pieces, beside=beside)


def _removals(pair, where):
    reasons = words()["reasons"]
    line = isinstance(pair.inside, Line)
    where = f"{where}，{pair.inside.number}" if line else where
    for text, kind in (*pair.pieces, *pair.beside):
        if kind:
            yield Removal(where, kind, text, pair.reason or reasons[kind])
    if line and pair.outside and pair.inside.citizens:
        who = pair.inside.cells[WHO]
        if who != pair.outside.cells[WHO]:
            yield Removal(where, PROPOSER, who, reasons[PROPOSER])


def _shown(annex, pairs):
    """The list as it goes public; where it is shorter it says how many of how many it shows."""
    lines = tuple(pair.outside for pair in pairs if pair.outside)
    notes = tuple(_plain(note, note.text) for note in annex.notes)
    told = counted(annex.key, annex.total, len(lines))
    return replace(annex, notes=notes, lines=lines, told=told)


def frozen(report):
    """The report as plain data that JSON keeps."""
    return {
        "title": report.title,
        "subtitle": report.subtitle,
        "signature": report.signature,
        "place": report.place_name,
        "period": [day.isoformat() for day in (report.period.start, report.period.end)],
        "as_of": report.period.as_of.isoformat(),
        "label": report.period.label,
        "blocks": [_frozen(block) for block in report.texts],
        "lists": [
            {
                "key": annex.key,
                "title": annex.title,
                "notes": [_frozen(note) for note in annex.notes],
                "headers": list(annex.headers),
                "total": annex.total,
                "told": annex.told,
                "lines": [list(line.cells) for line in annex.lines],
            }
            for annex in report.lists
        ],
    }


def _frozen(block):
    return {"kind": block.kind, "level": block.level, "text": block.text}


def thawed(content):
    """The report that `frozen` made plain data of."""
    start, end = map(date.fromisoformat, content["period"])
    period = Period(start, end, date.fromisoformat(content["as_of"]), content["label"])
    texts = tuple(_thawed(block) for block in content["blocks"])
    lists = tuple(
        CaseList(
            key=annex["key"],
            title=annex["title"],
            notes=tuple(_thawed(note) for note in annex["notes"]),
            headers=tuple(annex["headers"]),
            lines=tuple(Line(tuple(cells)) for cells in annex["lines"]),
            total=annex["total"],
            told=annex["told"],
        )
        for annex in content["lists"]
    )
    names = (content["title"], content["subtitle"], content["signature"], content["place"])
    return Report(*names, period, texts + lists)


def _thawed(block):
    return Block(block["kind"], ((Text(block["text"]),),), block["level"])


def digest(content):
    """64 hex digits of the content, the same however its keys are ordered."""
    plain = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def publish(report, place, *, user, now):
    """Keep a public report and list it on the township's page; the same one twice stands there
    once. Gives the Publication and whether it is new."""
    content = frozen(report)
    made = Publication(
        place=place,
        title=report.title,
        starts=report.period.start,
        ends=report.period.end,
        as_of=report.period.as_of,
        content=content,
        sha256=digest(content),
        published_at=now,
        published_by=user,
    )
    try:
        with transaction.atomic():
            made.save()
            _note("publish", made)
    except IntegrityError:
        return standing(report, place, user).get(), False
    return made, True


def standing(report, place, user):
    """The Publication of this very report that stands on the township's page now."""
    rows = Publication.objects.visible_to(user).filter(place=place, withdrawn_at=None)
    return rows.filter(sha256=digest(frozen(report)))


def _note(action, publication):
    detail = {"标题": publication.title, "校验码": publication.sha256}
    audit.note_trace(action, publication._meta.label, publication.pk, publication.place_id, detail)


def withdraw(publication, *, user, now):
    """Take a published report off the page. It is kept; false where it was off already."""
    shown = Publication.objects.visible_to(user).filter(pk=publication.pk, withdrawn_at=None)
    with transaction.atomic():
        taken = shown.update(withdrawn_at=now, withdrawn_by=user)
        if taken:
            _note("withdraw", publication)
    return bool(taken)


def restore(publication, *, user):
    """Put a withdrawn report back; false where it was not withdrawn, or the same one stands there
    meanwhile."""
    gone = Publication.objects.visible_to(user).filter(
        pk=publication.pk, withdrawn_at__isnull=False
    )
    try:
        with transaction.atomic():
            back = gone.update(withdrawn_at=None, withdrawn_by=None)
            if back:
                _note("restore", publication)
    except IntegrityError:
        return False
    return bool(back)
