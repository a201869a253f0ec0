"""我的建议 as a Word document: large print, at least 20 points; the same as a page:
templates/suggestions/forms/_deputy_sheet.html.
"""

from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from congress import official_word as word

# name: (font, size, pitch)
STYLES = {
    "大字标题": (word.TITLE_FONT, Pt(30), Pt(42)),
    "大字事项": (word.HEITI, Pt(22), Pt(31)),
    "大字": (word.FANGSONG, Pt(20), Pt(30)),
}


def write_deputy_sheets(sheets, title, dated, progress=None):
    """The sheets as bytes of a .docx, each deputy on a new page."""
    document = word.new_document(title, dated)
    for name, (font, size, pitch) in STYLES.items():
        style = document.styles.add_style(name, 1)
        style.base_style = document.styles["Normal"]
        word.set_font(style, font, size, squeeze="0")
        word.set_paragraph(style, pitch, align=WD_ALIGN_PARAGRAPH.LEFT)
    for place, sheet in enumerate(sheets):
        section = document.add_section(WD_SECTION.NEW_PAGE) if place else document.sections[0]
        _page(section)
        _draw(document, sheet)
        if progress:
            progress(place + 1, len(sheets))
    return word.packed(document)


def _page(section):
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(18)
    section.left_margin = section.right_margin = Mm(20)


def _draw(document, sheet):
    title = document.add_paragraph("我的建议", style="大字标题")
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph(f"{sheet.name}代表　　{sheet.day}", style="大字")
    for number, case in enumerate(sheet.cases, 1):
        head = document.add_paragraph(f"{number}．{case.title}", style="大字事项")
        head.paragraph_format.space_before = Mm(5)
        head.paragraph_format.keep_with_next = True
        for text in lines_of(case):
            document.add_paragraph(text, style="大字").paragraph_format.keep_together = True
    end = document.add_paragraph(f"有事请打{sheet.place}人大电话：{sheet.phone}", style="大字")
    end.paragraph_format.space_before = Mm(8)


def lines_of(case):
    """What stands under the title of a case."""
    return [
        f"{label}{text}"
        for label, text in (
            ("编号：", case.number),
            ("", "您是附议代表。" if case.second else ""),
            ("现在：", case.sentence),
            ("谁在办：", case.units),
            ("最晚答复：", case.until),
            ("怎么答复的：", case.reply),
        )
        if text
    ]
