"""A draft as a Word document by GB/T 9704-2012 (党政机关公文格式); the same draft and date give
the same bytes.
"""

from docx.enum.style import WD_STYLE_TYPE

from congress.official_word import (
    BODY_SIZE,
    KAITI,
    element,
    new_document,
    official_page,
    packed,
    set_font,
    signature_lines,
)
from congress.period import chinese_day

PERSON_STYLE = "待补写"


def write_docx(draft, dated=None):
    """The draft as bytes of a .docx; `dated`: the day under the signature (not given: the as-of
    date)."""
    dated = dated or draft.period.as_of
    document = new_document(draft.title, dated)
    add_person_style(document.styles)
    official_page(document.sections[0])
    document.settings.odd_and_even_pages_header_footer = True
    add_title(document, draft)
    for block in draft.blocks:
        add_block(document, block)
    signature_lines(document, draft.signature, chinese_day(dated))
    return packed(document)


def add_person_style(styles):
    """The paragraph that only a person can write: in a dashed box."""
    person = styles.add_style(PERSON_STYLE, WD_STYLE_TYPE.PARAGRAPH)
    person.base_style = styles["Body Text"]
    set_font(person, KAITI, BODY_SIZE)
    person.element.get_or_add_pPr().insert(0, _dashed_box())


def _dashed_box():
    line = {"val": "dashed", "sz": "6", "space": "4", "color": "808080"}
    return element(
        "pBdr", None, *(element(side, line) for side in ("top", "left", "bottom", "right"))
    )


def add_title(document, draft):
    """Title and subtitle of a draft, and the empty line below."""
    document.add_paragraph(draft.title, style="Title")
    if draft.subtitle:
        document.add_paragraph(draft.subtitle, style="Subtitle")
    document.add_paragraph()


def add_block(document, block):
    """A heading, a paragraph, or the box of what only a person can write."""
    if block.kind == "heading":
        document.add_paragraph(block.text, style=f"Heading {block.level}")
        return
    paragraph = document.add_paragraph(
        style=PERSON_STYLE if block.kind == "person" else "Body Text"
    )
    for run in block.runs:
        made = paragraph.add_run(run.text)
        if run.kind == "person" and block.kind != "person":
            made._r.get_or_add_rPr().append(
                element("bdr", {"val": "dashed", "sz": "6", "space": "0"})
            )
