"""The gate before an .xlsx file is read: an archive that is whole, of a sane size, without traps.

An .xlsx file is a zip archive of XML parts. Sizes in its table of contents may lie, so every part
is unpacked once and counted (nothing is kept); the sheets are looked through on the way for
what the reading library does not tell: formulas, cells in error, how far the sheet reaches.
"""

import copy
import posixpath
import re
import zipfile
import zlib
from collections import deque
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

from congress.sheets.grid import UnreadableFile, too_many_rows
from congress.sheets.values import column_letter, shown

MAX_ENTRIES = 2_000
MAX_UNPACKED = 300 * 1024 * 1024
MAX_RATIO = 200  # unpacked to packed; a real sheet is below 50
RATIO_FROM = 20 * 1024 * 1024  # below this size the ratio does no harm
MAX_CELLS = 10_000_000  # of the rectangle that a sheet spans
MAX_TAG = 16 * 1024 * 1024  # one cell

RESAVE = "请用 Excel 或 WPS 打开后另存为 .xlsx 再导入"
_CHUNK = 1024 * 1024
_FILLED = rb"(?!<(?:/c|v\s*/|v></v)\s*>)"  # a cell with a format but without content does not count
_COMMON_CELL = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"[^/>]*>' + _FILLED)
_OPEN_CELL = re.compile(
    rb"""<c\s(?:[^>]*?\s)?r\s*=\s*["']([A-Z]{1,3})([0-9]{1,7})["'][^>]*(?<!/)>""" + _FILLED
)
_ANY_CELL = re.compile(rb"<c(?:\s[^>]*)?(?<!/)>" + _FILLED)
_WHOLE_CELL = re.compile(rb"<c\s((?:[^>/]|/(?!>))*)>(.*?)</c\s*>", re.DOTALL)
_REF = re.compile(rb"""(?:^|\s)r\s*=\s*["']([A-Z]{1,3})([0-9]{1,7})["']""")
_FORMULA = re.compile(rb"<f(?:\s[^>]*)?(?:/>|>(.*?)</f\s*>)", re.DOTALL)
_ERROR_TYPE = re.compile(rb"""\bt\s*=\s*["']e["']""")
_VALUE = re.compile(rb"<v(?:\s[^>]*)?>(.*?)</v\s*>", re.DOTALL)
_PREFIX = re.compile(rb"<([A-Za-z_][\w.-]*):worksheet\b")


@dataclass
class SheetFacts:
    """What looking through a sheet's XML tells: places are (row number, column from 0, text)."""

    formulas: list[tuple[int, int, str]] = field(default_factory=list)
    errors: list[tuple[int, int, str]] = field(default_factory=list)
    rows: set[int] = field(default_factory=set)
    width: int = 0

    @property
    def cells(self) -> int:
        """How many cells the rectangle from A1 to the furthest cell spans."""
        return max(self.rows, default=0) * self.width


def check_package(path: Path, limit_rows: int) -> dict[str, SheetFacts]:
    """The facts of each sheet by its name. UnreadableFile where the archive is not to be read."""
    try:
        with zipfile.ZipFile(path) as archive:
            _check_contents(archive)
            return _look_through(archive, limit_rows)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
        raise UnreadableFile("文件已损坏，打不开，请用 Excel 打开原文件重新保存") from error
    except ElementTree.ParseError as error:
        raise UnreadableFile(f"文件内部结构有错误，{RESAVE}") from error


def _check_contents(archive: zipfile.ZipFile) -> None:
    """By the table of contents: the kind of file, the number and sizes of its parts."""
    entries = archive.infolist()
    names = [entry.filename.lower() for entry in entries]
    if len(entries) > MAX_ENTRIES or len(set(names)) < len(names):
        raise UnreadableFile(f"文件里有 {len(entries)} 个部件，不像正常的 Excel 文件，{RESAVE}")
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableFile("文件有密码，请在 Excel 里取消密码后再导入")
    if "xl/workbook.xml" not in names:
        raise UnreadableFile(_other_kind(set(names)))
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if unpacked > MAX_UNPACKED or unpacked > max(RATIO_FROM, MAX_RATIO * packed):
        raise _too_large()


def _too_large() -> UnreadableFile:
    limit = f"最多 {MAX_UNPACKED // 1024 // 1024} MB"
    return UnreadableFile(f"文件展开后太大（{limit}），不能导入，请删去多余内容或分成几个文件")


def _other_kind(names: set[str]) -> str:
    kinds = {
        "word/document.xml": "这是 Word 文件，不是 Excel 表格",
        "ppt/presentation.xml": "这是 PPT 文件，不是 Excel 表格",
        "xl/workbook.bin": f"这是 .xlsb 文件，读不了，{RESAVE}",
        "content.xml": f"这是 .ods 文件，读不了，{RESAVE}",
    }
    told = (message for name, message in kinds.items() if name in names)
    return next(told, "这是压缩包，不是 Excel 表格，请解压后选择里面的表格文件")


def _look_through(archive: zipfile.ZipFile, limit_rows: int) -> dict[str, SheetFacts]:
    """Unpack each part once; sheets are scanned, the other XML parts only looked at for traps."""
    titles = _sheet_titles(archive)
    facts, left = {}, MAX_UNPACKED
    for entry in archive.infolist():
        name = entry.filename.lower()
        title = titles.get(name)
        part = Part(archive, entry, left)
        with closing(part.chunks()) as chunks:
            if title is not None or "/worksheets/" in name and name.endswith(".xml"):
                facts[title or name] = _scan(title or name, chunks, limit_rows)
            else:
                deque(chunks, maxlen=0)
        left -= part.size
    return facts


class Part:
    """One part of the archive, unpacked piece by piece, as much as there really is."""

    def __init__(self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> None:
        self.archive, self.entry, self.left = archive, entry, left
        self.is_xml = entry.filename.lower().endswith((".xml", ".rels"))
        self.size = 0

    def chunks(self) -> Iterator[bytes]:
        """The content. UnreadableFile above what is left of the allowed size."""
        real = copy.copy(self.entry)
        real.file_size = MAX_UNPACKED * 2  # the reader stops at the stated size, which may lie
        with self.archive.open(real) as stream:
            while chunk := stream.read(_CHUNK):
                self._check(chunk)
                self.size += len(chunk)
                if self.size > self.left:
                    raise _too_large()
                yield chunk

    def _check(self, chunk: bytes) -> None:
        if not self.is_xml:
            return
        if self.size == 0 and b"\0" in chunk[:4] or chunk[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise UnreadableFile(f"文件内部的文字编码少见，{RESAVE}")
        if b"<!DOCTYPE" in chunk or b"<!ENTITY" in chunk:
            raise UnreadableFile("文件里夹带了 XML 实体定义，可能是恶意文件，不能导入")


def _sheet_titles(archive: zipfile.ZipFile) -> dict[str, str]:
    """Names of the sheets by the part that holds them (in small letters)."""
    parts = {entry.filename.lower(): entry for entry in archive.infolist()}
    targets = {
        node.get("Id"): posixpath.normpath(posixpath.join("/xl", node.get("Target", ""))).lower()
        for node in _tree(archive, parts.get("xl/_rels/workbook.xml.rels"))
    }
    titles = {}
    for node in _tree(archive, parts["xl/workbook.xml"]):
        ids = [value for key, value in node.attrib.items() if key.endswith("}id")]
        if node.tag.rpartition("}")[2] == "sheet" and ids and ids[0] in targets:
            titles[targets[ids[0]].lstrip("/")] = node.get("name", "")
    return titles


def _tree(archive: zipfile.ZipFile, entry: zipfile.ZipInfo | None) -> Iterator[ElementTree.Element]:
    """All elements of a small part."""
    if entry is None:
        return iter(())
    content = b"".join(Part(archive, entry, MAX_TAG).chunks())
    return ElementTree.fromstring(content).iter()


def _scan(title: str, chunks: Iterator[bytes], limit_rows: int) -> SheetFacts:
    """Formulas, errors and reach of a sheet. UnreadableFile where it reaches too far."""
    facts = SheetFacts()
    for data in _whole_tags(chunks):
        _note_places(facts, data)
        if len(facts.rows) > limit_rows + 1:
            raise too_many_rows(title, limit_rows)
        if b"<f" in data or b'="e"' in data or b"='e'" in data:
            _note_cells(facts, data)
    if facts.cells > MAX_CELLS:
        corner = f"{column_letter(facts.width - 1)}{max(facts.rows)}"
        message = f"“{shown(title)}”的内容一直延伸到 {corner} 格，超出能读的范围"
        raise UnreadableFile(f"{message}，请删去远处多余的行和列后再导入")
    return facts


def _whole_tags(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The XML in pieces that end before a cell begins, without a namespace prefix."""
    rest, prefix = b"", None
    for chunk in chunks:
        data = rest + chunk
        if prefix is None:
            found = _PREFIX.search(data)
            prefix = found[1] + b":" if found else b""
        cut = max(data.rfind(b"<" + prefix + b"c"), data.rfind(b"<" + prefix + b"row"), 0)
        rest = data[cut:]
        if len(rest) > MAX_TAG:
            raise UnreadableFile(f"文件内部结构异常，{RESAVE}")
        yield _without(prefix, data[:cut])
    yield _without(prefix or b"", rest)


def _without(prefix: bytes, data: bytes) -> bytes:
    return data.replace(b"<" + prefix, b"<").replace(b"</" + prefix, b"</") if prefix else data


def _note_places(facts: SheetFacts, data: bytes) -> None:
    """Which rows hold a cell with content, and how wide they are."""
    places, nameless = _COMMON_CELL.findall(data), 0
    if len(places) != data.count(b"</c>") - data.count(b'"></c>'):  # not written as by Excel
        places = _OPEN_CELL.findall(data)
        nameless = len(_ANY_CELL.findall(data)) - len(places)
    facts.rows.update(map(int, {digits for _, digits in places}))
    columns = {letters for letters, _ in places}
    facts.width = max([facts.width, *(_index(letters) + 1 for letters in columns)])
    if nameless > 0:  # cells without a reference stand one after the other
        lines = data.split(b"<row")
        facts.rows.update(range(max(facts.rows, default=0) + 1, len(facts.rows) + len(lines)))
        facts.width = max(facts.width, *(line.count(b"<c") for line in lines))


def _note_cells(facts: SheetFacts, data: bytes) -> None:
    """Formulas and errors of the cells in a piece of XML."""
    for attributes, content in _WHOLE_CELL.findall(data):
        formula = _FORMULA.search(content)
        error = _ERROR_TYPE.search(attributes)
        place = _REF.search(attributes)
        if not place or not (formula or error):
            continue
        row, column = int(place[2]), _index(place[1])
        if formula:
            facts.formulas.append((row, column, _readable(formula[1])))
        if error and (value := _VALUE.search(content)):
            facts.errors.append((row, column, _readable(value[1])))


def _readable(raw: bytes | None) -> str:
    return unescape((raw or b"").decode("utf-8", "replace"))


def _index(letters: bytes) -> int:
    """The column of Excel letters, counted from 0."""
    index = 0
    for letter in letters:
        index = index * 26 + letter - 64
    return index - 1
