"""The 一览表 as a Word document: A4 lying, the header row on each page."""

from copy import deepcopy

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt

from congress import official_word as word
from suggestions.paper_forms.overview import HEADERS, TITLE, as_texts

WIDTHS = (8, 27, 48, 16, 17, 15, 21, 20, 17, 17, 17, 9, 12, 17)  # millimetres, 261 in all
SIZE, PITCH = Pt(8.5), Pt(12)


def write_overview(rows, heading, dated):
    """The list as bytes of a .docx. `heading`: the line under the title; `dated`: the day in the
    file's properties.
    """
    document = word.new_document(TITLE, dated)
    section = document.sections[0]
    word.landscape(section)
    word.page_number(section.footer, WD_ALIGN_PARAGRAPH.CENTER)
    cells = document.styles["Normal"]
    word.set_font(cells, word.FANGSONG, SIZE, squeeze="0")
    word.set_paragraph(cells, PITCH, align=WD_ALIGN_PARAGRAPH.LEFT)
    document.add_paragraph(TITLE, style="Title")
    document.add_paragraph(heading, style="Subtitle")
    _fill(word.ruled_table(document, WIDTHS, rows=2), rows)
    return word.packed(document)


def _fill(table, rows):
    """Rows are copies of one: building each cell anew takes twenty times as long."""
    _margins(table)
    head, pattern = table.rows
    for row in (head, pattern):
        word.keep_row_whole(row)
    for cell, header in zip(head.cells, HEADERS, strict=True):
        cell.text = header
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    word.repeat_row(head)
    for cell in pattern.cells:
        cell.text = "x"
    for row in rows:
        made = deepcopy(pattern._tr)
        for text, value in zip(made.iter(qn("w:t")), as_texts(row), strict=True):
            text.text = value
        table._tbl.append(made)
    table._tbl.remove(pattern._tr)


def _margins(table):
    sides = [word.element(side, {"w": "45", "type": "dxa"}) for side in ("left", "right")]
    table._tbl.tblPr.append(word.element("tblCellMar", None, *sides))
