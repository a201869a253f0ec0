"""The gate for PDFs: they open, ask for no password and start nothing."""

import io
import re
import zipfile

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject

from congress.upload_kinds import UploadRefused

MOST_OBJECTS = 200_000
_TAIL = 65_536  # bytes in which the end mark must stand; some programs write behind it
_ACTIONS = frozenset({"/JavaScript", "/Launch", "/ImportData"})
_KEYS = frozenset({"/JS", "/JavaScript", "/XFA"})  # XFA: forms of XML with scripts of their own
# Read without the table of contents too: viewers repair a broken one in ways of their own.
_PLAIN = re.compile(rb"/(?:JavaScript|Launch|XFA)\b")
# Behind its end: a page for a browser, in a file that is a PDF as well.
_MARKUP = re.compile(rb"<[a-z!?]", re.IGNORECASE)
_BROKEN = (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError)


def check_pdf(content):
    """UploadRefused(sentence, 0) where the file is broken, locked or would run something."""
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted:
            raise UploadRefused("pdf_locked", 0)
        whole = b"%%EOF" in content[-_TAIL:]
        if not whole or not reader.pages or not all("/Type" in page for page in reader.pages):
            raise UploadRefused("broken", 0)
        if _is_double(content):
            raise UploadRefused("double", 0)
        if _PLAIN.search(content) or any(_acts(part) for part in _objects(reader)):
            raise UploadRefused("pdf_active", 0)
    except _BROKEN as error:
        raise UploadRefused("broken", 0) from error


def _is_double(content):
    """Whether a program that looks for something else finds it too: a zip package (read from its
    end), a page.
    """
    behind = content[content.rindex(b"%%EOF") :]
    return bool(_MARKUP.search(behind)) or zipfile.is_zipfile(io.BytesIO(content))


def _objects(reader):
    """Every object that the file's table of contents names."""
    numbers = {number for table in reader.xref.values() for number in table} | {*reader.xref_objStm}
    if len(numbers) > MOST_OBJECTS:
        raise UploadRefused("heavy", 0)
    for number in numbers - {0}:
        yield reader.get_object(number)


def _acts(part):
    """Whether an object, or what stands inside it, is an action that runs something."""
    waiting = [part]
    while waiting:
        part = waiting.pop()
        if isinstance(part, DictionaryObject):
            if _KEYS & part.keys() or str(part.get("/S")) in _ACTIONS:
                return True
            waiting += part.values()
        elif isinstance(part, ArrayObject):
            waiting += part
    return False
