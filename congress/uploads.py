"""Files that people bring to be kept: known by what they hold, never by what they are called.

Pictures are made anew, so that nothing but the picture stays (no place, no telephone, no hidden
page); PDFs and pictures are opened in a process of their own. What is kept carries no macro, no
script and no password. The list of kinds and all sentences: data/uploads.toml.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from congress.upload_child import look_through
from congress.upload_kinds import KINDS, SENTENCES, UploadRefused, refusal, what_is
from congress.upload_packages import check_package

__all__ = ["LARGEST", "Checked", "UploadRefused", "checked", "checked_bytes"]

LARGEST = 20 * 2**20  # bytes
NAME_LENGTH = 120
PICTURES = frozenset({"jpg", "png", "heic"})


@dataclass(frozen=True)
class Checked:
    """A file that may be kept. `content`: the bytes to keep; `small`: a small JPEG of a picture, or
    nothing; `name`: what the person called it, with the suffix that is right.
    """

    content: bytes = field(repr=False)
    kind: str
    name: str
    small: bytes = field(default=b"", repr=False)

    @property
    def content_type(self):
        return KINDS[self.kind]["content_type"]

    @property
    def suffix(self):
        return KINDS[self.kind]["suffix"]

    @property
    def size(self):
        """In bytes."""
        return len(self.content)

    @property
    def sha256(self):
        return hashlib.sha256(self.content).hexdigest()

    @property
    def is_picture(self):
        return self.kind in PICTURES


def checked(upload):
    """What Django received as an upload. UploadRefused, in Chinese, where it may not be kept."""
    if upload.size > LARGEST:
        size = -(-upload.size * 10 // 2**20) / 10
        raise refusal("too_large", clean_name(upload.name), size=f"{size:.1f}")
    upload.seek(0)
    return checked_bytes(upload.name, upload.read(LARGEST + 1))


def checked_bytes(name, content):
    """The same for bytes that are at hand."""
    name = clean_name(name)
    if not content:
        raise refusal("empty", name)
    if len(content) > LARGEST:
        raise refusal("too_large", name, size="20.1")
    kind = what_is(name, content)
    small = b""
    if kind in PICTURES or kind == "pdf":
        content, small = look_through(name, kind, content)
    elif kind in ("docx", "xlsx"):
        check_package(name, kind, content)
    return Checked(content, kind, _with_suffix(name, KINDS[kind]["suffix"]), small)


def clean_name(name):
    """A file name as it can be shown: no folders, no signs that cannot be seen or turn the line."""
    name = PurePosixPath(str(name or "").replace("\\", "/")).name
    name = unicodedata.normalize("NFC", name)
    name = "".join(sign for sign in name if unicodedata.category(sign)[0] != "C")
    name = re.sub(r"\s+", " ", name).strip(" .")
    stem, dot, suffix = name.rpartition(".")
    if len(name) > NAME_LENGTH and dot:
        name = f"{stem[: NAME_LENGTH - 10]}….{suffix[:8]}"
    return name[:NAME_LENGTH] or SENTENCES["no_name"]


def _with_suffix(name, suffix):
    known = {*(kind["suffix"] for kind in KINDS.values()), ".heic", ".heif", ".jpeg", ".hif"}
    path = PurePosixPath(name)
    if path.suffix.lower() == suffix or path.suffix.lower() == ".jpeg" and suffix == ".jpg":
        return name
    return (path.stem if path.suffix.lower() in known else name) + suffix
