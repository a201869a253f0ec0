"""Chinese in a PDF: which font draws which character, with the fonts that the machine has.

ReportLab draws TrueType outlines only, while the usual free Chinese fonts hold PostScript ones
(CFF): the few characters of a text are taken out of the font and their outlines turned over.
"""

import io
import logging
import threading
import tomllib
from contextlib import contextmanager
from functools import cache
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape

from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont, TTLibError, newTable
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFError
from reportlab.pdfbase.ttfonts import TTFont as DrawnFont

log = logging.getLogger(__name__)
logging.getLogger("fontTools").setLevel(logging.WARNING)  # it tells every glyph

_DATA = tomllib.loads(
    Path(__file__).with_name("data").joinpath("pdf_fonts.toml").read_text("utf-8")
)
MISSING = _DATA["missing"]
UNEMBEDDED = _DATA["unembedded"]
_ITS_SIGNS = str.maketrans(_DATA["unembedded_signs"])
_FAULTS = (OSError, TTLibError, TTFError, KeyError, ValueError, AssertionError, AttributeError)
_ERROR_OF_CURVES = 1.0  # units of the em square (1000)
_LAYOUT_TABLES = ["GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx", "DSIG"]
_LIMITS = (
    "maxTwilightPoints maxStorage maxFunctionDefs maxInstructionDefs maxStackElements "
    "maxSizeOfInstructions maxPoints maxContours maxCompositePoints maxCompositeContours "
    "maxComponentElements maxComponentDepth"
).split()
# ReportLab keeps its fonts in one register for the whole process; jobs run in several threads.
_register = threading.Lock()


class Fonts:
    """Fonts for all characters of `text`. `missing`: characters that none of them can draw."""

    def __init__(self, text, files=None):
        left = {sign for sign in text + MISSING if sign.isprintable()}
        self._of, self._fonts, self.missing = {}, [], set()
        for path in font_files() if files is None else files:
            left -= self._take(path, left)
            if not left:
                break
        self._rest(left)
        self.main = self._fonts[0].fontName if self._fonts else UNEMBEDDED

    def _take(self, path, wanted):
        """Use a font file for those of the wanted characters that it holds."""
        name = f"F{len(self._fonts)}-{path.stem}"
        try:
            held, content = _small_font(path, wanted)
            if held:
                self._fonts.append(DrawnFont(name, io.BytesIO(content)))
        except _FAULTS as fault:
            log.warning("font %s cannot be used: %s", path.name, fault)
            return set()
        self._of.update(dict.fromkeys(held, name))
        return held

    def _rest(self, left):
        """What no file holds: the reader's own font where it is sure to hold it, or the mark."""
        common = {sign for sign in left if _in_gbk(sign)} if not self._fonts else set()
        self._of.update(dict.fromkeys(common, UNEMBEDDED))
        self.missing = left - common - {MISSING}

    @contextmanager
    def in_use(self):
        """Draw inside: names of fonts hold for one document at a time. They are taken out again:
        ReportLab keeps the first font of a name or face, which lacks the letters of the next text.
        """
        with _register:
            pdfmetrics.registerFont(UnicodeCIDFont(UNEMBEDDED))
            try:
                for font in self._fonts:
                    pdfmetrics.registerFont(font)
                yield self
            finally:
                for font in self._fonts:
                    pdfmetrics._fonts.pop(font.fontName, None)
                    pdfmetrics._dynFaceNames.pop(font.face.name, None)

    def markup(self, text):
        """The text for a ReportLab paragraph, with the font of each run of characters."""
        marked = (self._run(name, "".join(run)) for name, run in groupby(text, self._font_of))
        return "".join(marked)

    def _font_of(self, sign):
        return self._of.get(sign, self.main if sign.isspace() else None)

    def _run(self, name, run):
        if name is None:
            name, run = self._of.get(MISSING, self.main), MISSING * len(run)
        shown = escape(run.translate(_ITS_SIGNS) if name == UNEMBEDDED else run)
        return shown if name == self.main else f'<font name="{name}">{shown}</font>'


def _in_gbk(sign):
    try:
        sign.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True


@cache
def font_files():
    """The fonts of the list that this machine has, in the list's order."""
    folders = [Path(folder).expanduser() for folder in _DATA["folders"]]
    there = [path for folder in folders if folder.is_dir() for path in folder.rglob("*.[to]t[cf]")]
    by_name = {path.name: path for path in sorted(there, reverse=True)}
    return [
        by_name[name]
        for pattern in _DATA["files"]
        for name in sorted(by_name)
        if Path(name).match(pattern)
    ]


def _small_font(path, wanted):
    """(characters it holds, a TrueType font of these alone)."""
    with TTFont(path, fontNumber=_face(path), lazy=True) as font:
        held = {sign for sign in wanted if ord(sign) in (font.getBestCmap() or {})}
        return held, _cut(font, held) if held else b""


def _cut(font, held):
    """The font with these characters only, with TrueType outlines, as bytes."""
    options = subset.Options(
        layout_features=[], hinting=False, notdef_outline=True, drop_tables=_LAYOUT_TABLES
    )
    options.desubroutinize = True
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=map(ord, held))
    cutter.subset(font)
    if "CFF " in font:
        _turn_over(font)
    written = io.BytesIO()
    font.save(written)
    return written.getvalue()


def _face(path):
    """Which face of a collection is the simplified Chinese one."""
    if path.suffix.lower() != ".ttc":
        return -1
    with TTCollection(path, lazy=True) as faces:
        names = [face["name"].getDebugName(4) or "" for face in faces]
    fitting = [n for n, name in enumerate(names) if any(part in name for part in _DATA["faces"])]
    return fitting[0] if fitting else 0


def _turn_over(font):
    """PostScript outlines (cubic curves) into TrueType ones (quadratic), in place."""
    order, glyphs = font.getGlyphOrder(), font.getGlyphSet()
    outlines = newTable("glyf")
    outlines.glyphOrder, outlines.glyphs = order, {}
    for name in order:
        pen = TTGlyphPen(None)
        glyphs[name].draw(Cu2QuPen(pen, _ERROR_OF_CURVES, reverse_direction=True))
        outlines.glyphs[name] = pen.glyph()
        outlines.glyphs[name].recalcBounds(outlines)
    font["loca"], font["glyf"] = newTable("loca"), outlines
    del font["CFF "]
    widths = font["hmtx"].metrics
    for name in order:
        widths[name] = (widths[name][0], getattr(outlines.glyphs[name], "xMin", 0))
    font["maxp"] = limits = newTable("maxp")
    limits.tableVersion, limits.numGlyphs, limits.maxZones = 0x00010000, len(order), 1
    for limit in _LIMITS:
        setattr(limits, limit, 0)
    font["post"].formatType, font["head"].glyphDataFormat = 3.0, 0
    font.sfntVersion = "\x00\x01\x00\x00"
