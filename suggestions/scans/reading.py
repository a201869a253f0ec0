"""Which cases a scanned file belongs to, page by page, and its pages apart."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from suggestions.case_codes import read_link
from suggestions.paper_forms.catalogue import forms

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 150  # for one file


class Unreadable(Exception):
    """A file that cannot be opened as a PDF or picture; the message says so in Chinese."""


@dataclass(frozen=True)
class Mark:
    """The QR code of one of our sheets: the case's code, the key of the form or an empty text."""

    code: str
    form: str = ""

    @property
    def at_the_end(self):
        """Whether the code stands on the last page only, as on letters."""
        return self.form in forms() and forms()[self.form].layout.get("letter", False)


@dataclass
class Run:
    """Pages of a scan, counted from 1, that belong together; `mark` None: no code was found."""

    first: int
    last: int
    mark: Mark | None


def cases_in(content, kind):
    """[Mark or None] of each page of a file. `kind`: pdf, jpg, png. Unreadable."""
    answer = _ask(["read", "pdf" if kind == "pdf" else "picture"], content)
    return [next(filter(None, map(mark_of, texts)), None) for texts in json.loads(answer)]


def mark_of(text):
    """The Mark in the text of a QR code; None: it is none of our sheets."""
    found = read_link(text)
    return Mark(*found) if found else None


def runs_of(marks):
    """The pages as Runs: one begins where another code appears. Pages without a code belong to the
    sheet before them; those before a letter, whose code stands at its end, to the letter.
    """
    runs = []
    for page, mark in enumerate(marks, 1):
        if not runs:
            runs.append(Run(page, page, mark))
            continue
        run = runs[-1]
        if mark is None or mark == run.mark:
            run.last = page
        elif mark.at_the_end and (start := _codeless_from(marks, page)) < page:
            _begin(runs, start, page, mark)
        else:
            runs.append(Run(page, page, mark))
    return runs


def _codeless_from(marks, page):
    """The first of the pages without a code that stand right before `page`."""
    while page > 1 and marks[page - 2] is None:
        page -= 1
    return page


def _begin(runs, start, page, mark):
    """A run that takes pages back from the one before it, or all of it."""
    if runs[-1].first >= start:
        runs.pop()
    else:
        runs[-1].last = start - 1
    runs.append(Run(start, page, mark))


def pages_of(content, first, last):
    """A PDF of the pages first to last of another. Unreadable."""
    return _ask(["split", str(first), str(last)], content)


def _ask(order, content):
    env = {"PYTHONUTF8": "1", "PATH": os.environ.get("PATH", "")}
    command = [sys.executable, "-m", "suggestions.scans.child", *order]
    try:
        child = subprocess.run(
            command, input=content, capture_output=True, cwd=ROOT, env=env, timeout=SECONDS
        )
    except subprocess.TimeoutExpired as error:
        raise Unreadable("文件太大或太复杂，读不出来；请分成几个文件再试") from error
    if child.returncode:
        raise Unreadable("文件打不开，可能已损坏；请重新扫描，或者换成 PDF、JPG 再试")
    return child.stdout
