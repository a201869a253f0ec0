"""The gate for Word and Excel packages that are kept: whole, of a sane size, without macros,
foreign objects, or anything that is read from elsewhere when it is opened.
"""

import io
import re
import zipfile
import zlib
from collections import deque

from congress.package_links import OddLinks, relationships
from congress.sheets.grid import UnreadableFile
from congress.sheets.packages import MAX_ENTRIES, MAX_RATIO, MAX_UNPACKED, RATIO_FROM, Part
from congress.upload_kinds import KINDS, refusal

_MACROS = ("vbaproject.bin", "vbadata.xml")
_EMBEDDED = re.compile(r"/(?:embeddings|activex)/[^/]*\.bin$")
_TYPES = "[content_types].xml"  # in small letters: names of parts know no case
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError)


def check_package(name, kind, content):
    """Look through every part. UploadRefused: broken, locked, too large unpacked, with macros,
    foreign objects or parts that lie elsewhere."""
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
    if len(entries) > MAX_ENTRIES or len(names) < len(entries) or _TYPES not in names:
        raise refusal("odd", name, suffix=suffix)
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    limit = MAX_UNPACKED // 2**20
    if unpacked > MAX_UNPACKED or unpacked > max(RATIO_FROM, MAX_RATIO * packed):
        raise refusal("bomb", name, limit=limit)
    try:
        types, links = _unpacked(archive)
    except (UnreadableFile, OddLinks) as error:  # too large after all, or an XML part with a trap
        raise refusal("odd", name, suffix=suffix) from error
    harm = _harm(names, types, links)
    if harm:
        raise refusal(harm, name, suffix=suffix)


def _harm(names, types, links):
    """The sentence with which a package is refused that runs or reads something; else empty."""
    macros = any(part.endswith(_MACROS) for part in names) or b"macroenabled" in types.lower()
    if macros or any(link.is_macro for link in links):
        return "macros"
    if any(link.is_fetched for link in links):
        return "outside"
    embedded = any(_EMBEDDED.search(part) for part in names)
    return "embedded" if embedded or any(link.is_embedded for link in links) else ""


def _unpacked(archive):
    """Unpack everything once, counted; (list of content types, relationships of all parts)."""
    left, types, links = MAX_UNPACKED, b"", []
    for entry in archive.infolist():
        part, name = Part(archive, entry, left), entry.filename.lower()
        if name == _TYPES:
            types = b"".join(part.chunks())
        elif name.endswith(".rels"):
            links += relationships(b"".join(part.chunks()))
        else:
            deque(part.chunks(), maxlen=0)
        left -= part.size
    return types, links
