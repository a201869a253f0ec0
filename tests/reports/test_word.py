"""The Word files: the page of an official text, and the table of its numbers for the office."""

import io
from dataclasses import replace
from datetime import date

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt

from reports.annex import HEADERS, write_annex
from reports.draft import Block, Text
from reports.word import write_docx
from tests.reports.township import whole_draft

DATED = date(2025, 1, 9)


def opened(content):
    return Document(io.BytesIO(content))


def style_of(document, name):
    style = document.styles[name]
    return (
        style.element.rPr.rFonts.get(qn("w:eastAsia")),
        style.font.size.pt,
        style.paragraph_format.line_spacing.pt,
    )


def test_the_text_of_the_document_is_that_of_the_draft():
    draft = whole_draft()
    lines = [
        paragraph.text
        for paragraph in opened(write_docx(draft, DATED)).paragraphs
        if paragraph.text
    ]
    assert lines == [
        "下洲镇人大工作总结",
        "（2023年1月1日至2024年12月31日）",
        *[block.text for block in draft.blocks],
        "下洲镇人民代表大会主席团",
        "2025年1月9日",
    ]


def test_the_page_is_that_of_gbt_9704():
    section = opened(write_docx(whole_draft())).sections[0]
    assert [round(side.mm) for side in (section.page_width, section.page_height)] == [210, 297]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(side.mm) for side in margins] == [37, 35, 28, 26]
    grid = section._sectPr.find(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "579")


def test_title_headings_and_body_have_their_fonts_sizes_and_pitch():
    document = opened(write_docx(whole_draft()))
    assert {
        name: style_of(document, name) for name in ("Title", "Heading 1", "Heading 2", "Body Text")
    } == {
        "Title": ("方正小标宋简体", 22, 33),
        "Heading 1": ("黑体", 16, 28.95),
        "Heading 2": ("楷体_GB2312", 16, 28.95),
        "Body Text": ("仿宋_GB2312", 16, 28.95),
    }


def test_body_and_headings_are_indented_two_characters_and_the_title_is_not():
    styles = opened(write_docx(whole_draft())).styles
    names = ("Title", "Heading 1", "Heading 2", "Body Text")
    indents = [styles[name].element.pPr.ind.get(qn("w:firstLineChars")) for name in names]
    assert indents == ["0", "200", "200", "200"]


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages():
    document = opened(write_docx(whole_draft()))
    assert document.settings.odd_and_even_pages_header_footer is True
    section = document.sections[0]
    feet = [
        (foot.paragraphs[0].alignment, foot._element)
        for foot in (section.footer, section.even_page_footer)
    ]
    assert [str(side).split()[0] for side, _ in feet] == ["RIGHT", "LEFT"]
    assert ["".join(part.text for part in foot.iter(qn("w:t"))) for _, foot in feet] == [
        "— 1 —",
        "— 1 —",
    ]


def test_the_date_begins_two_characters_right_of_the_office():
    office, day = opened(write_docx(whole_draft(), DATED)).paragraphs[-2:]
    shift = day.paragraph_format.left_indent - office.paragraph_format.left_indent
    assert shift == Pt(31.5)


def test_what_only_a_person_can_write_stands_in_a_dashed_box():
    document = opened(write_docx(whole_draft()))
    boxed = [
        paragraph.text[:6] for paragraph in document.paragraphs if paragraph.style.name == "待补写"
    ]
    assert boxed == ["【此处请补写", "【此处请补写"]
    box = document.styles["待补写"].element.pPr.find(qn("w:pBdr"))
    assert [side.get(qn("w:val")) for side in box] == ["dashed"] * 4


def test_the_same_draft_gives_the_same_bytes():
    draft = whole_draft()
    assert write_docx(draft, DATED) == write_docx(draft, DATED)
    assert write_annex(draft, dated=DATED) == write_annex(draft, dated=DATED)


def test_the_annex_says_of_each_number_where_it_stands_and_what_it_means():
    table = opened(write_annex(whole_draft())).tables[0]
    assert tuple(cell.text for cell in table.rows[0].cells) == HEADERS
    assert len(table.rows) == 1 + len(whole_draft().numbers)
    sentence = next(text for text, number in whole_draft().numbers if number.text == "260余")
    assert [cell.text for cell in table.rows[5].cells] == [
        "5",
        sentence,
        "参加活动代表\nactivities.participations",
        "260余\n（统计值 263人次）",
        "参加活动代表的口径",
        "2023年1月1日至2024年12月31日\n截至2024年12月31日",
        "类型=视察、调研、执法检查",
        "—",
        "263",
    ]


def test_the_annex_gives_numerator_and_denominator_of_a_rate():
    draft = whole_draft()
    _, number = draft.numbers[0]
    result = replace(number.result, value=98.5, numerator=197, denominator=200)
    run = replace(number, text="98.5", result=result)
    table = opened(
        write_annex(replace(draft, blocks=(Block("paragraph", ((run, Text("%。")),)),)))
    ).tables[0]
    assert [cell.text for cell in table.rows[1].cells][1::6] == ["98.5%。", "197/200"]


def test_the_annex_lists_the_records_up_to_a_limit_and_says_how_many_are_left():
    content = write_annex(whole_draft(), lambda number: [f"记录{n}" for n in (1, 2, 3)], limit=2)
    table = opened(content).tables[0]
    assert table.rows[2].cells[0].text == "所计记录：\n1. 记录1\n2. 记录2\n……共3条，另有1条未列出"
