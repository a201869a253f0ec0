"""Word documents by GB/T 9704-2012 (党政机关公文格式): page, styles, fonts, tables. The same
content and date give the same bytes.

A4, text block 156 × 225 mm, 22 lines of 28 characters, 3号 仿宋; fonts are named, not shipped.
"""

import io
import zipfile
from datetime import datetime, time

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

LATIN = "Times New Roman"
SONG, FANGSONG, HEITI, KAITI, TITLE_FONT = (
    "宋体",
    "仿宋_GB2312",
    "黑体",
    "楷体_GB2312",
    "方正小标宋简体",
)
BODY_SIZE = Pt(16)
PITCH = Pt(28.95)
GRID = "579"  # twentieths of a point: 28.95 pt
SQUEEZE = "-5"  # twentieths of a point a character: 28 characters of 16 pt in 156 mm
INDENT = 200  # hundredths of a character: two
CHARACTER = 16 * 20 - 5  # twentieths of a point
CHARACTERS = 28  # a line


def new_document(title, dated):
    """An empty document with the styles of official texts; its properties carry `dated`, never the
    clock."""
    document = Document()
    properties = document.core_properties
    properties.title, properties.author, properties.comments, properties.keywords = (
        title,
        "",
        "",
        "",
    )
    properties.last_modified_by, properties.revision = "", 1
    properties.created = properties.modified = datetime.combine(dated, time())
    _styles(document)
    return document


def packed(document):
    """The document as bytes, with fixed times inside the archive."""
    raw, fixed = io.BytesIO(), io.BytesIO()
    document.save(raw)
    with (
        zipfile.ZipFile(raw) as source,
        zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return fixed.getvalue()


def element(name, attributes=None, *children):
    """A WordprocessingML element w:name with attributes w:… and children."""
    made = OxmlElement(f"w:{name}")
    for key, value in (attributes or {}).items():
        made.set(qn(f"w:{key}"), str(value))
    made.extend(children)
    return made


def set_font(style, east_asian, size, squeeze=SQUEEZE):
    """Latin in Times New Roman, Chinese in the font named; black, upright, set solid."""
    font = style.font
    latin = SONG if east_asian == SONG else LATIN
    font.name, font.size, font.bold, font.italic = latin, size, False, False
    font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.rPr.rFonts
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for name, value in zip(
        ("ascii", "hAnsi", "cs", "eastAsia"), (latin, latin, latin, east_asian), strict=True
    ):
        fonts.set(qn(f"w:{name}"), value)
    for name, value in (("spacing", squeeze), ("kern", "0")):
        _replace(style.element.rPr, name, value)


def _replace(properties, name, value):
    for old in properties.findall(qn(f"w:{name}")):
        properties.remove(old)
    properties.find(qn("w:sz")).addprevious(element(name, {"val": value}))


def set_paragraph(style, pitch=PITCH, indent=0, align=WD_ALIGN_PARAGRAPH.JUSTIFY):
    """Exact line pitch, no space around, first line indented by so many hundredths of a
    character."""
    layout = style.paragraph_format
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, pitch
    layout.space_before = layout.space_after = Pt(0)
    layout.alignment, layout.widow_control, layout.keep_with_next = align, False, False
    layout.keep_together = False
    layout.first_line_indent = Pt(indent * CHARACTER / 2000)
    style.element.pPr.ind.set(qn("w:firstLineChars"), str(indent))
    for name in ("pBdr", "autoSpaceDE", "autoSpaceDN", "snapToGrid"):
        for old in style.element.pPr.findall(qn(f"w:{name}")):
            style.element.pPr.remove(old)
    for name in (
        "autoSpaceDE",
        "autoSpaceDN",
        *(["snapToGrid"] if align == WD_ALIGN_PARAGRAPH.CENTER else []),
    ):
        style.element.pPr.find(qn("w:spacing")).addprevious(element(name, {"val": "0"}))


def _styles(document):
    styles = document.styles
    centre, both = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
    for name, font, size, indent, pitch, align in (
        ("Normal", FANGSONG, BODY_SIZE, 0, PITCH, both),
        ("Body Text", FANGSONG, BODY_SIZE, INDENT, PITCH, both),
        ("Heading 1", HEITI, BODY_SIZE, INDENT, PITCH, both),
        ("Heading 2", KAITI, BODY_SIZE, INDENT, PITCH, both),
        ("Title", TITLE_FONT, Pt(22), 0, Pt(33), centre),
        ("Subtitle", KAITI, BODY_SIZE, 0, PITCH, centre),
        ("Footer", SONG, Pt(14), 0, Pt(16), both),
    ):
        set_font(styles[name], font, size, SQUEEZE if pitch == PITCH else "0")
        set_paragraph(styles[name], pitch, indent, align)
    for name in ("Heading 1", "Heading 2"):
        styles[name].paragraph_format.keep_with_next = True
    styles.element.find(f".//{qn('w:lang')}").set(qn("w:eastAsia"), "zh-CN")


def official_page(section):
    """A4 with the margins and the line grid of official texts, and page numbers at the foot."""
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(15), Mm(23)
    for grid in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(grid)
    section._sectPr.append(element("docGrid", {"type": "lines", "linePitch": GRID}))
    page_number(section.footer, WD_ALIGN_PARAGRAPH.RIGHT)
    page_number(section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)


def page_number(footer, side):
    """— 1 —, one character in from the outer edge."""
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    paragraph.alignment = side
    indents = paragraph.paragraph_format
    indents.left_indent = indents.right_indent = Pt(14)
    paragraph.add_run("— ")
    paragraph._p.append(field("PAGE"))
    paragraph.add_run(" —")


def field(name):
    """A number that Word fills in: PAGE, SECTIONPAGES."""
    made = element("fldSimple", {"instr": f" {name} "}, element("r", None, element("t")))
    made[0][0].text = "1"
    return made


def landscape(section):
    """A4 lying, for tables."""
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(18)
    section.top_margin = section.bottom_margin = Mm(20)
    section.footer_distance = Mm(12)


def signature_lines(document, signature, date_line):
    """Office and date at the end of a text, the date's first character two to the right of the
    office's (GB/T 9704, 7.3.5.2)."""
    day = sum(0.5 if letter.isdigit() else 1 for letter in date_line)
    left = max(0, CHARACTERS - 2 - max(len(signature), day + 2))
    document.add_paragraph().paragraph_format.keep_with_next = True
    for text, indent in ((signature, left), (date_line, left + 2)):
        paragraph = document.add_paragraph(text)
        paragraph.paragraph_format.left_indent = Pt(indent * CHARACTER / 20)
        paragraph.paragraph_format.keep_with_next = text is signature


def ruled_table(document, widths, rows=0):
    """A centred table with lines, its columns `widths` millimetres wide whatever stands in them."""
    table = document.add_table(rows=rows, cols=len(widths), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    return table


def repeat_row(row):
    """A header row that stands again on top of each page."""
    row._tr.get_or_add_trPr().append(element("tblHeader"))


def keep_row_whole(row):
    """A row that is not broken between two pages."""
    row._tr.get_or_add_trPr().append(element("cantSplit"))
