"""Filled forms as a Word document: 156 mm wide, sizes of GB/T 9704. The same Sheet as a page:
templates/suggestions/forms/_sheet.html with static/congress-print.css.
"""

import io

from docx.enum.section import WD_SECTION
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from congress import official_word as word
from suggestions.paper_forms.catalogue import heights
from suggestions.paper_forms.sheet import qr_code

RED = RGBColor(0xB3, 0x18, 0x1D)
TWELFTH = 13  # millimetres
FROM_EDGE = 2  # characters between a letter's signature and the margin
QR_MM = 27
LETTER_QR_MM = 22  # below the text of an official page
CELL_MM = 5  # what a cell needs beside its picture: less, and the code is cut off
LEAST_MM = 11  # of a row
LEFT, CENTRE, RIGHT = (
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.RIGHT,
)
# What may follow the borders in a paragraph's properties, by the order of the standard.
AFTER_BORDERS = ("w:shd", "w:tabs", "w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:rPr")
# name: (font, size, pitch, indent in hundredths of a character, alignment)
STYLES = {
    "表中文字": (word.FANGSONG, Pt(14), Pt(21), 0, LEFT),
    "表中标签": (word.HEITI, Pt(12), Pt(17), 0, CENTRE),
    "表中正文": (word.FANGSONG, Pt(16), word.PITCH, word.INDENT, LEFT),
    "发文机关": (word.TITLE_FONT, Pt(25), Pt(38), 0, CENTRE),
    "发文字号": (word.FANGSONG, Pt(16), word.PITCH, 0, CENTRE),
    "表中小字": (word.FANGSONG, Pt(12), Pt(18), 0, LEFT),
    "右上角": (word.FANGSONG, Pt(14), Pt(24), 0, RIGHT),
    "落款": (word.FANGSONG, Pt(14), Pt(22), 0, RIGHT),
    "说明": (word.FANGSONG, Pt(11), Pt(16), 0, LEFT),
    "细行": (word.FANGSONG, Pt(2), Pt(4), 0, LEFT),
    "页码": (word.SONG, Pt(9), Pt(11), 0, CENTRE),
}


def write_forms(sheets, title, dated, progress=None):
    """The sheets as bytes of a .docx, each on a new page. `dated`: the day in the file's
    properties; `progress(done, total)` is told after each sheet.
    """
    document = word.new_document(title, dated)
    letters = any(sheet.paragraphs for sheet in sheets)
    document.settings.odd_and_even_pages_header_footer = letters
    _styles(document)
    for place, sheet in enumerate(sheets):
        section = document.add_section(WD_SECTION.NEW_PAGE) if place else document.sections[0]
        _page(section, sheet)
        _draw(document, sheet)
        if progress:
            progress(place + 1, len(sheets))
    return word.packed(document)


def _styles(document):
    for name, (font, size, pitch, indent, align) in STYLES.items():
        style = document.styles.add_style(name, 1)
        style.base_style = document.styles["Normal"]
        word.set_font(style, font, size, squeeze="0")
        word.set_paragraph(style, pitch, indent, align)
        _off_the_grid(style)
    document.styles["发文机关"].font.color.rgb = RED


def _off_the_grid(style):
    """Lines as narrow as said: the 22 lines of an official page are for its text alone."""
    properties = style.element.get_or_add_pPr()
    if properties.find(qn("w:snapToGrid")) is None:
        properties.find(qn("w:spacing")).addprevious(word.element("snapToGrid", {"val": "0"}))


def _page(section, sheet):
    """The margins of a form, a letter has those of an official text; its QR code and number at the
    foot of each page, numbered from 1."""
    _from_one(section._sectPr)
    if sheet.paragraphs:
        word.official_page(section)
        section.footer_distance = Mm(6)
        for foot, outer in ((section.footer, -1), (section.even_page_footer, 0)):
            _letter_foot(foot, outer, sheet)
        return
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(13), Mm(12 + QR_MM + 5)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(4), Mm(10)
    foot = section.footer
    foot.is_linked_to_previous = False
    foot.paragraphs[0].style = "细行"
    _foot(foot.add_table(1, 3 if sheet.link else 2, Mm(156)), sheet)
    _numbered(foot.paragraphs[0])
    foot._element.append(foot.paragraphs[0]._p)  # Word wants a paragraph behind a table


def _from_one(properties):
    """Number the pages of a section from 1; a new section is a copy of the one before."""
    for old in properties.findall(qn("w:pgNumType")):
        properties.remove(old)
    properties.find(qn("w:cols")).addprevious(word.element("pgNumType", {"start": "1"}))


def _numbered(paragraph):
    """第2页: counted within the sheet. Of how many, not every program knows."""
    paragraph.style = "页码"
    paragraph.add_run("第")
    paragraph._p.append(word.field("PAGE"))
    paragraph.add_run("页")


def _letter_foot(foot, outer, sheet):
    """The page number at the outer edge (`outer`: the cell), as it stands there already, and the QR
    code, which every page has, beside it."""
    number = foot.paragraphs[0]
    number.paragraph_format.space_before = Mm(2)
    cells = _cells(foot.add_table(1, 4, Mm(156)), 30, LETTER_QR_MM + CELL_MM, 69, 30)
    _picture(cells[1].paragraphs[0], sheet.qr, RIGHT, LETTER_QR_MM)
    _notes(cells[2], sheet)
    cells[outer].vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.TOP
    cells[outer]._tc.replace(cells[outer].paragraphs[0]._p, number._p)
    foot.add_paragraph(style="细行")


def _draw(document, sheet):
    _head(document, sheet)
    if sheet.rows:
        _table(document, sheet.rows)
    for kind, text in sheet.paragraphs:
        last = _paragraph(document, kind, text)
    if sheet.paragraphs:
        last.paragraph_format.keep_with_next = True
        _letter_end(document, sheet)
    elif sheet.office:
        for text in (sheet.office, sheet.day):
            line = document.add_paragraph(text, style="落款")
            line.paragraph_format.keep_with_next = text is sheet.office
            line.paragraph_format.space_before = Mm(3 if text is sheet.office else 0)


def _head(document, sheet):
    letter = bool(sheet.paragraphs)
    if sheet.corner and letter:
        document.add_paragraph(sheet.corner, style="右上角")
    if sheet.issuer:
        document.add_paragraph(sheet.issuer, style="发文机关")
    if sheet.number:
        number = document.add_paragraph(sheet.number, style="发文字号")
        number.paragraph_format.space_before = Mm(3)
        _rule(number, ["bottom"], 28, "B3181D")
    if sheet.corner and not letter:
        document.add_paragraph(sheet.corner, style="右上角")
    for place, text in enumerate(sheet.title):
        title = document.add_paragraph(text, style="Title")
        title.paragraph_format.space_before = Mm(0 if place else 5 if sheet.number else 2)
        title.paragraph_format.space_after = Mm(4 if text is sheet.title[-1] else 0)


def _rule(paragraph, sides, eighths, colour="000000"):
    """Lines along a paragraph, so many eighths of a point thick."""
    line = {"val": "single", "sz": str(eighths), "space": "6", "color": colour}
    borders = word.element("pBdr", None, *(word.element(side, line) for side in sides))
    paragraph._p.get_or_add_pPr().insert_element_before(borders, *AFTER_BORDERS)


def _table(document, rows):
    """The rows, written as elements: cells merged one by one take ten times as long."""
    table = word.ruled_table(document, [TWELFTH] * 12)
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    _margins(table)
    ids = {name: document.styles[name].style_id for name in STYLES}
    for row in rows:
        least = heights()[row.high] if row.high else LEAST_MM
        height = word.element("trHeight", {"val": Mm(least).twips, "hRule": "atLeast"})
        kept = [] if row.splits else [word.element("cantSplit")]
        properties = word.element("trPr", None, *kept, height)
        cells = [_cell(cell, row, ids, row is rows[-1]) for cell in row.cells]
        table._tbl.append(word.element("tr", None, properties, *cells))


def _margins(table):
    margins = [
        word.element(side, {"w": str(wide), "type": "dxa"})
        for side, wide in (("top", 60), ("left", 113), ("bottom", 60), ("right", 113))
    ]
    # The lines, not the texts, stand at the margin.
    table._tbl.tblPr.append(word.element("tblInd", {"w": "113", "type": "dxa"}))
    table._tbl.tblPr.append(word.element("tblCellMar", None, *margins))


def _cell(cell, row, ids, kept):
    plain = "表中小字" if cell.small else "表中文字"
    style = ids["表中标签" if cell.label else "表中正文" if cell.big else plain]
    top = cell.big or (row.to_write_in and not cell.label)
    properties = word.element(
        "tcPr",
        None,
        word.element("tcW", {"w": Mm(TWELFTH * cell.span).twips, "type": "dxa"}),
        word.element("gridSpan", {"val": cell.span}),
        word.element("vAlign", {"val": "top" if top else "center"}),
    )
    return word.element(
        "tc", None, properties, *(_line(text, style, kept) for text in cell.lines or ("",))
    )


def _line(text, style, kept):
    """A paragraph of one run; `kept`: with the signature below the table."""
    written = word.element("t")
    written.text = text
    written.set(qn("xml:space"), "preserve")
    next_to = [word.element("keepNext")] if kept else []
    properties = word.element("pPr", None, word.element("pStyle", {"val": style}), *next_to)
    return word.element("p", None, properties, word.element("r", None, written))


def _paragraph(document, kind, text):
    paragraph = document.add_paragraph(text, style="Body Text" if kind == "body" else "Normal")
    if kind == "write":
        _rule(paragraph, ["bottom", "between"], 4)
    return paragraph


def _foot(table, sheet):
    """The notes, and the QR code beside them."""
    wide = QR_MM + CELL_MM
    if sheet.link:
        code, notes, link = _cells(table, wide, 156 - 2 * wide, wide)
        _picture(code.paragraphs[0], sheet.qr, LEFT)
        _picture(link.paragraphs[0], sheet.link, RIGHT)
    else:
        notes, code = _cells(table, 156 - wide, wide)
        _picture(code.paragraphs[0], sheet.qr, RIGHT)
    _notes(notes, sheet)


def _letter_end(document, sheet):
    """Office and day one above the other, with room for the seal, never alone on a page; who
    handled it, who else gets it (版记).
    """
    texts = (sheet.office, sheet.day)
    wide = [sum(0.5 if letter.isascii() else 1 for letter in text) for text in texts]
    for place, text in enumerate(texts):
        line = document.add_paragraph(text, style="Normal")
        line.alignment, layout = RIGHT, line.paragraph_format
        layout.right_indent = Pt(16 * (FROM_EDGE + (max(wide) - wide[place]) / 2))
        layout.space_before = 0 if place else word.PITCH
        layout.keep_with_next = True
    for place, text in enumerate(("", *sheet.record)):
        line = document.add_paragraph(text, style="说明" if place else "细行")
        line.paragraph_format.keep_with_next = place < len(sheet.record)
        if place:
            _rule(line, ["top", "bottom"], 8)
        else:
            line.paragraph_format.space_before = Mm(4)


def _cells(table, *widths):
    """The cells of a row, so many millimetres wide."""
    table.autofit = False
    cells = table.rows[0].cells
    for column, cell, width in zip(table.columns, cells, widths, strict=True):
        column.width = cell.width = Mm(width)
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    word.keep_row_whole(table.rows[0])
    return cells


def _notes(cell, sheet):
    for place, text in enumerate(sheet.notes):
        paragraph = cell.add_paragraph() if place else cell.paragraphs[0]
        paragraph.style = "说明"
        paragraph.add_run(text)


def _picture(paragraph, link, side, wide=QR_MM):
    picture = io.BytesIO()
    qr_code(link).save(picture, kind="png", scale=8, border=2)
    paragraph.style = "说明"
    paragraph.alignment, paragraph.paragraph_format.line_spacing = side, 1.0
    paragraph.add_run().add_picture(picture, width=Mm(wide))
