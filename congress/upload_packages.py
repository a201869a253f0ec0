"""The gate for Word and Excel packages that are kept: whole, of a sane size, without macros."""

import io
import zipfile
import zlib
from collections import deque

from congress.sheets.grid import UnreadableFile
from congress.sheets.packages import MAX_ENTRIES, MAX_RATIO, MAX_UNPACKED, RATIO_FROM, Part
from congress.upload_kinds import KINDS, refusal

_MACROS = ("vbaproject.bin", "vbadata.xml")
_TYPES = "[Content_Types].xml"
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError)


def check_package(name, kind, content):
    """Look through every part. UploadRefused: broken, locked, too large unpacked, with macros."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_contents(archive, name, KINDS[kind]["suffix"])
    except _BROKEN as error:
        raise refusal("broken", name) from error


def _check_contents(archive, name, suffix):
    entries = archive.infolist()
    names = {entry.filename.lower() for entry in entries}
    if any(entry.flag_bits & 1 for entry in entries):
        raise refusal("locked", name)
    if len(entries) > MAX_ENTRIES or len(names) < len(entries) or _TYPES.lower() not in names:
        raise refusal("odd", name, suffix=suffix)
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    limit = MAX_UNPACKED // 2**20
    if unpacked > MAX_UNPACKED or unpacked > max(RATIO_FROM, MAX_RATIO * packed):
        raise refusal("bomb", name, limit=limit)
    if any(part.endswith(_MACROS) for part in names):
        raise refusal("macros", name, suffix=suffix)
    try:
        if b"macroenabled" in _unpacked(archive).lower():
            raise refusal("macros", name, suffix=suffix)
    except UnreadableFile as error:  # too large after all, or an XML part with a trap
        raise refusal("odd", name, suffix=suffix) from error


def _unpacked(archive):
    """Unpack everything once, counted; hands back the list of content types alone."""
    left, types = MAX_UNPACKED, b""
    for entry in archive.infolist():
        part = Part(archive, entry, left)
        if entry.filename == _TYPES:
            types = b"".join(part.chunks())
        else:
            deque(part.chunks(), maxlen=0)
        left -= part.size
    return types
