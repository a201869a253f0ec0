"""The report to the congress as a Word document: the text by GB/T 9704, then the lists lying."""

from copy import deepcopy

from docx.enum.section import WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from congress import official_word as word
from congress.period import chinese_day
from reports.case_list import CENTRED
from reports.word import add_block, add_person_style, add_title

MARK, CELL, HEAD = "附件", "表格", "表头"
WIDTHS = {9: (34, 55, 20, 26, 40, 27, 14, 19, 26), 8: (34, 67, 30, 44, 27, 14, 19, 26)}


def write_report(report, dated):
    """The report as bytes of a .docx; `dated`: the day under the signature. The same report and
    day give the same bytes."""
    document = word.new_document(report.title, dated)
    add_person_style(document.styles)
    _styles(document.styles)
    word.official_page(document.sections[0])
    document.settings.odd_and_even_pages_header_footer = True
    add_title(document, report)
    for block in report.texts:
        add_block(document, block)
        if block.text.endswith("："):  # 各位代表：
            document.paragraphs[-1].style = document.styles["Normal"]
    document.paragraphs[-1].paragraph_format.keep_with_next = True  # no page of a signature alone
    _annexes_named(document, report.lists)
    word.signature_lines(document, report.signature, chinese_day(dated))
    for number, annex in enumerate(report.lists, 1):
        _annex(document, annex, f"附件{number}" if len(report.lists) > 1 else "附件")
    return word.packed(document)


def _styles(styles):
    """The mark 附件 above a list, the cells of its table and those of the header row."""
    left, centre = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER
    for name, font, size, pitch, align in (
        (MARK, word.HEITI, word.BODY_SIZE, word.PITCH, left),
        (CELL, word.FANGSONG, Pt(10.5), Pt(14), left),
        (HEAD, word.HEITI, Pt(10.5), Pt(14), centre),
    ):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        word.set_font(style, font, size, squeeze="0")
        word.set_paragraph(style, pitch, align=align)


def _annexes_named(document, lists):
    """附件：1. …, below the text, one line above (GB/T 9704, 7.3.4)."""
    if not lists:
        return
    document.add_paragraph().paragraph_format.keep_with_next = True
    for number, annex in enumerate(lists, 1):
        mark = f"{number}. " if len(lists) > 1 else ""
        line = document.add_paragraph(f"{'附件：' if number == 1 else '　　　'}{mark}{annex.title}")
        line.style = document.styles["Body Text"]
        line.paragraph_format.keep_with_next = True


def _annex(document, annex, mark):
    section = document.add_section(WD_SECTION.NEW_PAGE)
    word.landscape(section)
    for grid in section._sectPr.findall(qn("w:docGrid")):  # it would space the rows
        section._sectPr.remove(grid)
    document.add_paragraph(mark, style=MARK)
    document.add_paragraph(annex.title, style="Title")
    for note in annex.notes:
        add_block(document, note)
    document.add_paragraph(annex.told, style="Body Text")
    if annex.lines:
        _table(document, annex)


def _table(document, annex):
    """Rows are copies of one that python-docx made: thousands of its own would take minutes."""
    widths = WIDTHS[len(annex.headers)]
    table = word.ruled_table(document, widths, rows=2)
    header, pattern = table.rows
    word.repeat_row(header)
    for row, style in ((header, HEAD), (pattern, CELL)):
        word.keep_row_whole(row)
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
            cell.paragraphs[0].style = document.styles[style]
    for cell in pattern.cells[-CENTRED:]:
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    _fill(header._tr, annex.headers)
    for line in annex.lines:
        row = deepcopy(pattern._tr)
        _fill(row, line.cells)
        table._tbl.append(row)
    table._tbl.remove(pattern._tr)


def _fill(row, cells):
    for cell, text in zip(row.tc_lst, cells, strict=True):
        cell.p_lst[0].add_r().text = text
