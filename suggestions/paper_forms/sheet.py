"""A filled form, before it becomes a Word document or a page: rows of a table, or a letter."""

from dataclasses import dataclass

import segno

from suggestions.case_codes import link_of
from suggestions.paper_forms.catalogue import blanks
from suggestions.paper_forms.facts import DAYS, NUMBERS

OPTIONAL = frozenset({"press_note", "return_rule", "longest"})  # a sentence is whole without them
NEEDED = ("reckoning", "supervised_by")  # a note that tells one of them is left out without it
NARROW = 18  # characters that a cell of half the width takes in two lines
SIGNED = frozenset({"blank_day", "signed_day"})  # days that whoever signs writes
TITLE_CHARACTERS = 20  # of 22 pt in 156 mm
SPANS = {1: (12,), 2: (2, 10), 4: (2, 4, 2, 4)}  # twelfths of the width


@dataclass(frozen=True)
class Cell:
    """A cell over `span` twelfths: a label, or `lines` of text; `big` in the size of a body,
    `small` in that of a label.
    """

    lines: tuple
    span: int
    label: bool = False
    big: bool = False
    small: bool = False


@dataclass(frozen=True)
class Row:
    """Cells side by side; `high`: the word of forms.toml for room to write, or empty."""

    cells: tuple
    high: str = ""

    @property
    def to_write_in(self):
        """Whether its text begins at the top, with room below."""
        return self.high not in ("", "seal")

    @property
    def splits(self):
        """Whether it may run over to the next page."""
        return any(cell.big for cell in self.cells)


@dataclass(frozen=True)
class Sheet:
    """One filled form of one case (a letter: of several). `qr`: what its QR code opens, `link`: the
    one-time link of a second one, or empty.

    A letter has `paragraphs` [(kind: to, body, write; text)] and `record` (版记: who handled it,
    who else gets it), another form `rows`.
    """

    key: str
    name: str
    case_number: str
    issuer: str
    number: str
    corner: str
    title: tuple
    rows: tuple
    paragraphs: tuple
    office: str
    day: str
    record: tuple
    notes: tuple
    qr: str
    link: str

    @property
    def qr_image(self):
        """The QR code as an address of a picture, for a page."""
        return qr_code(self.qr).svg_data_uri(scale=4, border=2)

    @property
    def link_image(self):
        """The same of the one-time link."""
        return qr_code(self.link).svg_data_uri(scale=4, border=2)

    @property
    def file_stem(self):
        """A name for its file."""
        return f"{self.name} {self.case_number}".strip()


def qr_code(text):
    """The code of a link, in a strength that stands a stamp or a fold."""
    return segno.make(text, error="m", micro=False)


def filled(form, found, evaluation_url=None, others=()):
    """The Sheet of a Form for a case as CaseFacts. `evaluation_url`: a one-time link, for a second
    QR code; `others`: CaseFacts of further cases that one letter answers.
    """
    layout, texts = form.layout, found.texts
    letter = layout.get("letter", False)
    if letter:
        texts = texts | _letter_texts([found, *others])
    notes = layout["notes_link"] if evaluation_url and "notes_link" in layout else layout["notes"]

    def line(part):
        return _line(layout.get(part, ""), texts)

    return Sheet(
        key=form.key,
        name=form.name,
        case_number=texts["number"],
        issuer=line("issuer"),
        number=line("number"),
        corner=line("corner"),
        title=tuple(line("title").splitlines()),
        rows=tuple(_rows(layout.get("rows", ()), texts, found.cosigners)),
        paragraphs=tuple(_paragraphs(layout, texts)) if letter else (),
        office=line("office"),
        day=line("day"),
        notes=tuple(filter(None, (_note(each, texts) for each in notes))),
        record=tuple(_line(each, texts) for each in layout.get("record", ())),
        qr=link_of(found.case, form.key),
        link=evaluation_url or "",
    )


def _rows(rows, texts, cosigners):
    for row in rows:
        row = row if isinstance(row, dict) else {"cells": row}
        if row.get("each") != "cosigner":
            yield from (_row(each, texts) for each in _apart(row, texts))
            continue
        nobody = {"name": "", "card": "", "phone": ""}
        missing = [nobody] * (row["least"] - len(cosigners))
        yield from (_row(row, texts | each) for each in [*cosigners, *missing])


def _apart(row, texts):
    """Two pairs of a label and a text side by side, one below the other where a text is long."""
    cells = row["cells"]
    pairs = [cells[:2], cells[2:]]
    if len(cells) != 4 or row.keys() != {"cells"}:
        return [row]
    long = any(len(_text(text, texts)) > NARROW for _, text in pairs)
    return [{"cells": pair} for pair in pairs] if long else [row]


def _row(row, texts):
    cells = row["cells"]
    spans = row.get("spans") or SPANS[len(cells)]
    labels = row.get("heads", False)
    paired = len(cells) > 1 and not labels and not row.get("plain")
    made = [
        Cell(
            tuple(_text(text, texts).splitlines()),
            span,
            labels or (paired and place % 2 == 0),
            row.get("big", False),
            row.get("small", False),
        )
        for place, (text, span) in enumerate(zip(cells, spans, strict=True))
    ]
    return Row(tuple(made), row.get("high", ""))


def _text(pattern, texts):
    """The text of a cell: what the record lacks is an empty cell, or a line within a sentence."""
    if pattern.startswith("{") and pattern.count("{") == 1 and pattern.endswith("}"):
        word = pattern[1:-1]
        return texts[word] or (blanks()["day"] if word in SIGNED else "")
    return _line(pattern, texts)


def _line(pattern, texts):
    """A sentence with the facts in it; a line to write on where one is unknown."""
    known = {word: text or _blank(word) for word, text in texts.items()}
    return pattern.format_map(known).rstrip("\n")


def _note(pattern, texts):
    """A note beside the QR code; one about a deadline that does not run is left out."""
    if any(f"{{{word}}}" in pattern and not texts[word] for word in NEEDED):
        return ""
    return _line(pattern, texts)


def _blank(word):
    """What stands in a sentence for an unknown fact."""
    if word in OPTIONAL:
        return ""
    if word in DAYS:
        return blanks()["day"]
    if word in NUMBERS:
        return blanks()["number"]
    return blanks()["class" if word == "result_class" else "line"]


def _letter_texts(found):
    """The words that a letter adds: to whom it goes, which cases it answers."""
    first = found[0].texts
    deputies = _names(found, "代表")
    citizens = [name for name in _names(found, "群众") if name not in deputies]
    called = f"{'、'.join(deputies)}代表" if deputies else ""
    several = len(found) > 1
    number = _ordinal(first["number"])
    answered = f"{number}{f'等{len(found)}件' if several else ''}{first['kind']}"
    return {
        "answer_title": _broken(f"关于对{answered}的答复"),
        "addressed": "，".join(filter(None, (called, "、".join(citizens)))),
        "you": "你们" if len(deputies) + len(citizens) > 1 else "您",
        "titles": "".join(f"《{each.texts['title']}》" for each in found),
    }


def _names(found, whose):
    """Who raised those of the cases that are 代表… or 群众…, each person once."""
    theirs = (each.texts for each in found if each.texts["matter"].startswith(whose))
    return list(dict.fromkeys(name for texts in theirs for name in texts["proposers"]))


def _broken(title):
    """A long title in two lines, the second from the number on: no word is torn."""
    at = title.rfind("第")
    long = len(title) > TITLE_CHARACTERS and at > len("关于对")
    return f"{title[:at]}\n{title[at:]}" if long else title


def _ordinal(number):
    """第七届人大第三次会议第012号; 12 → 第12号; not yet registered: a line to write on."""
    if not number:
        return f"第{blanks()['line']}号"
    return f"第{number}号" if number.isdigit() else number


def _paragraphs(layout, texts):
    yield "to", _line(layout["to"], texts)
    yield "body", _line(layout["opening"], texts)
    for text in texts["reply"].splitlines():
        yield "body", text.strip()
    if not texts["reply"]:
        yield from [("write", "")] * blanks()["reply_lines"]
    if texts["promise"]:
        yield "body", _line(layout["promise"], texts)
    yield "body", _line(layout["closing"], texts)
