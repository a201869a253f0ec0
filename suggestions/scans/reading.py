"""Which cases a scanned file belongs to, page by page, and its pages apart."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from suggestions.case_codes import read_link
from suggestions.scans.child import MOST_PAGES, TOO_LONG

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 150  # for one file


class Unreadable(Exception):
    """A file that cannot be opened as a PDF or picture; the message says so in Chinese."""


@dataclass(frozen=True)
class Mark:
    """The QR code of one of our sheets: the case's code, the key of the form or an empty text."""

    code: str
    form: str = ""


EMPTY = Mark("")  # a page with nothing on it


@dataclass
class Run:
    """Pages of a scan, counted from 1, that belong together; `mark` None: no code was found."""

    first: int
    last: int
    mark: Mark | None


def cases_in(content, kind):
    """[Mark, EMPTY or None] of each page of a file. `kind`: pdf, jpg, png. Unreadable."""
    answer = _ask(["read", "pdf" if kind == "pdf" else "picture"], content)
    return [
        EMPTY if texts is None else next(filter(None, map(mark_of, texts)), None)
        for texts in json.loads(answer)
    ]


def mark_of(text):
    """The Mark in the text of a QR code; None: it is none of our sheets."""
    found = read_link(text)
    return Mark(*found) if found else None


def runs_of(marks):
    """The pages as Runs: one begins where another code appears. Every page of our sheets has its
    code, so that pages without one are a run of their own, to be asked about; the empty back of a
    sheet goes with it.
    """
    runs = []
    for page, mark in enumerate(marks, 1):
        if runs and mark in (EMPTY, runs[-1].mark):
            runs[-1].last = page
        else:
            runs.append(Run(page, page, None if mark == EMPTY else mark))
    return runs


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
    if child.returncode == TOO_LONG:
        raise Unreadable(
            f"文件超过 {MOST_PAGES} 页，没有读；请分成几个文件，每个不超过 {MOST_PAGES} 页"
        )
    if child.returncode:
        raise Unreadable("文件打不开，可能已损坏；请重新扫描，或者换成 PDF、JPG 再试")
    return child.stdout
