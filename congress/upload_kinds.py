"""What a file is, by its bytes; and the sentences with which one is refused."""

import io
import re
import tomllib
import zipfile
from pathlib import Path

_DATA = tomllib.loads(Path(__file__).with_name("data").joinpath("uploads.toml").read_text("utf-8"))
KINDS = _DATA["kinds"]
SENTENCES = _DATA["sentences"]
ALLOWED = _DATA["allowed"]
_MARKS = {bytes.fromhex(mark): what for mark, what in _DATA["marks"].items()}
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_ENTRY = 128  # bytes of a directory entry of a compound file (MS-CFB 2.6.1)


class UploadRefused(Exception):
    """A file that is not kept; the message names it, says what it is and what to do, in Chinese."""


class KindRefused(UploadRefused):
    """A file of a kind that is not kept; `told`: the message without what may be handed in."""

    def __init__(self, told):
        super().__init__(f"{told}{ALLOWED}。")
        self.told = told


def refusal(sentence, name, **words):
    """The refusal with one of the sentences of uploads.toml."""
    return UploadRefused(SENTENCES[sentence].format(name=name, **words))


def what_is(name, content):
    """The kind of KINDS that a file is. UploadRefused where it is none of them."""
    if content.startswith(b"%PDF-"):
        return "pdf"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content.startswith(b"PK\x03\x04"):
        return _package(name, content)
    if content.startswith(_COMPOUND):
        return _compound(name, content)
    if content[4:8] == b"ftyp":
        return _moving(name, content)
    raise _none_of_them(name, content)


def _not_allowed(name, what):
    return KindRefused(SENTENCES["refused"].format(name=name, what=what))


def _package(name, content):
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise refusal("broken", name) from error
    parts = {part.lower() for part in parts}  # names of parts know no case (ISO/IEC 29500-2, 6.2.2)
    for part, kind in _DATA["packages"].items():
        if part in parts:
            return kind
    told = (what for part, what in _DATA["other_packages"].items() if part.lower() in parts)
    raise _not_allowed(name, next(told, SENTENCES["archive"]))


def _compound(name, content):
    for stream, what in _DATA["compounds"].items():
        entry = _entry_of(content, stream)
        if entry is None:
            continue
        if what != "doc":
            raise _not_allowed(name, what)
        if _is_locked(content, entry):
            raise refusal("locked", name)
        return "wps" if name.lower().endswith(".wps") else "doc"
    raise refusal("unknown", name)


def _entry_of(content, stream):
    """Where the directory entry of a stream begins, or None: its name, then at byte 64 the length
    of that name in bytes with the closing zero (MS-CFB 2.6.1).
    """
    spelt = (stream + "\0").encode("utf-16-le")
    # Names are told apart without regard to case (2.6.4); all of them are ASCII here.
    pattern = b"".join(
        b"[%c%c]\0" % (ord(letter.upper()), ord(letter.lower()))
        if letter.isalpha()
        else re.escape(letter.encode("utf-16-le"))
        for letter in stream + "\0"
    )
    for found in re.finditer(pattern, content, re.DOTALL):
        at = found.start()
        length = int.from_bytes(content[at + 64 : at + 66], "little")
        if at % _ENTRY == 0 and length == len(spelt):
            return at
    return None


def _is_locked(content, entry):
    """Whether a Word document asks for a password: bit 8 of the flags of its header (MS-DOC
    2.5.2, fEncrypted)."""
    sector = 1 << int.from_bytes(content[30:32], "little") % 32
    first = int.from_bytes(content[entry + 116 : entry + 120], "little")
    flags = content[(first + 1) * sector + 10 : (first + 1) * sector + 12]
    return bool(int.from_bytes(flags, "little") & 0x0100)


def _moving(name, content):
    """A photo of a telephone lies in the same box as a film: told by the brands it claims."""
    length = int.from_bytes(content[:4], "big")
    brands = {content[at : at + 4] for at in (8, *range(16, min(length, 96), 4))}
    if brands & _HEIC_BRANDS and b"avif" not in brands:
        return "heic"
    raise _not_allowed(name, SENTENCES["video"])


def _none_of_them(name, content):
    for mark, what in _MARKS.items():
        if content.startswith(mark):
            return _not_allowed(name, what)
    if b"\0" in content[:4096] and content[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        return KindRefused(SENTENCES["unknown"].format(name=name))
    head = content[:4096].replace(b"\0", b"").lower()
    told = (what for text, what in _DATA["texts"].items() if text.encode() in head)
    return _not_allowed(name, next(told, SENTENCES["plain_text"]))
