"""The sheets of a file that we draw ourselves: cover, list of papers, record of the case."""

import io
import re
import string

import segno
from pypdf import PdfReader
from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table

from congress.office_pdf import REASONS
from suggestions.models import PaperKind
from suggestions.words import Kind

MARGIN = 25 * mm
WIDTH = A4[0] - 2 * MARGIN
NOT_ON_COVER = frozenset({"类型", "办理结果", "评价", "现在状态"})
LIST_HEAD = ("序号", "材料", "来源", "页号", "备注")
COURSE_HEAD = ("日期", "事项", "内容", "录入")
MISSING_FILE = "文件不在服务器上"
UNREADABLE = "打不开，作为附件收入"
UNTURNED = "{}，作为附件收入"
ATTACHED = "附件"
COVER = "{}案卷"
COUNTED = "本卷共 {} 件材料，{} 页"
MADE = "{}由{}生成"
CODE = "扫码看这一件"
LIST, RECORD, BODY, COURSE = "卷内目录", "办理情况登记", "内容", "办理经过"
LOST = "有 {} 个字这台服务器的字体画不出，以{}代替：{}"
# All that the sheets say besides the texts of the case: fonts are needed for it too.
WORDS = string.printable + "".join(
    (
        *LIST_HEAD, *COURSE_HEAD, *REASONS, *PaperKind.values, *Kind.values, MISSING_FILE,
        UNREADABLE, UNTURNED, ATTACHED, COVER, COUNTED, MADE, CODE, LIST, RECORD, BODY, COURSE,
        LOST, "年月日；、",
    )
)  # fmt: skip
_RARE = re.compile(rb"<([0-9A-F]{2})> <([0-9A-F]{5,6})>")


class _Code(Flowable):
    """The case's QR code: only who signs in and sees the case gets anywhere by it."""

    def __init__(self, link, size=27 * mm):
        super().__init__()
        self.code, self.width, self.height = segno.make(link, error="m"), size, size
        self.hAlign = "CENTER"

    def draw(self):
        rows = list(self.code.matrix)
        side = self.width / len(rows)
        for y, row in enumerate(rows):
            for x, dark in enumerate(row):
                if dark:
                    up = self.height - (y + 1) * side
                    self.canv.rect(x * side, up, side, side, stroke=0, fill=1)


class Sheets:
    """Draws with the given fonts."""

    def __init__(self, fonts):
        self.fonts = fonts

    def _style(self, size, align=0, **more):
        return ParagraphStyle(
            "x", fontName=self.fonts.main, fontSize=size, leading=size * 1.5, wordWrap="CJK",
            alignment=align, **more,
        )  # fmt: skip

    def _text(self, text, size=11, align=0, **more):
        return Paragraph(self.fonts.markup(text), self._style(size, align, **more))

    def _texts(self, text, **more):
        return [self._text(line, **more) for line in text.splitlines() if line.strip()]

    def cover(self, file, papers, pages):
        """The first page."""
        case = file.case
        facts = [(label, text) for label, text in file.facts if label not in NOT_ON_COVER]
        return self._drawn(
            file,
            [
                Spacer(1, 22 * mm),
                self._text(file.place, 18, TA_CENTER),
                Spacer(1, 6 * mm),
                self._text(COVER.format(case.kind), 32, TA_CENTER),
                Spacer(1, 18 * mm),
                self._grid([[self._text(cell, 13) for cell in row] for row in facts], (32, 128)),
                Spacer(1, 10 * mm),
                self._text(COUNTED.format(papers, pages), 13, TA_CENTER),
                self._text(MADE.format(file.made_on, file.maker), 11, TA_CENTER),
                Spacer(1, 8 * mm),
                _Code(file.link),
                self._text(CODE, 9, TA_CENTER),
            ],
        )

    def contents(self, file, entries):
        """The list of papers; entries: [(name, source, pages as text, remark)]."""
        rows = [
            [self._text(cell, 10) for cell in (str(number), *entry)]
            for number, entry in enumerate(entries, 1)
        ]
        head = [self._text(cell, 10) for cell in LIST_HEAD]
        notes = [self._text(note, 9, spaceBefore=6) for note in file.notes]
        table = self._grid([head, *rows], (12, 60, 44, 18, 26), head=True)
        return self._drawn(
            file, [self._text(LIST, 20, TA_CENTER), Spacer(1, 6 * mm), table, *notes]
        )

    def record(self, file):
        """What the case was and how it went."""
        facts = [[self._text(cell) for cell in row] for row in file.facts]
        course = [[self._text(cell, 9.5) for cell in row] for row in file.course]
        head = [self._text(cell, 9.5) for cell in COURSE_HEAD]
        indent = {"firstLineIndent": 22, "spaceAfter": 3}
        return self._drawn(
            file,
            [
                self._text(RECORD, 20, TA_CENTER),
                Spacer(1, 6 * mm),
                self._grid(facts, (32, 128)),
                *self._part(BODY, self._texts(file.case.body, **indent)),
                *self._part(
                    COURSE,
                    [self._grid([head, *course], (22, 20, 84, 34), head=True)] if course else [],
                ),
            ],
        )

    def _part(self, title, flowables):
        heading = self._text(title, 13, spaceBefore=14, spaceAfter=6, keepWithNext=1)
        return [heading, *flowables] if flowables else []

    def _grid(self, rows, widths, head=False):
        table = Table(
            rows, colWidths=[width * mm for width in widths], repeatRows=int(head), splitInRow=1
        )
        table.setStyle([
            ("GRID", (0, 0), (-1, -1), 0.5, colors.Color(0.35, 0.35, 0.35)),
            ("VALIGN", (0, 0), (-1, -1), "TOP" if head else "MIDDLE"),
            ("TOPPADDING", (0, 0), (-1, -1), 3),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
            *([("BACKGROUND", (0, 0), (-1, 0), colors.Color(0.95, 0.94, 0.92))] if head else []),
        ])  # fmt: skip
        return table

    def _drawn(self, file, flowables):
        """These as pages: a reader of the PDF."""
        written = io.BytesIO()
        sheet = SimpleDocTemplate(
            written, pagesize=A4, leftMargin=MARGIN, rightMargin=MARGIN, topMargin=22 * mm,
            bottomMargin=22 * mm, title=file.title,
        )  # fmt: skip
        sheet.build(flowables)
        reader = PdfReader(written)
        for page in reader.pages:
            _mend_rare_letters(page)
        return reader


def _mend_rare_letters(page):
    """ReportLab notes letters beyond the first plane (𠮷) in a way that copying and searching do
    not read: written again as the pairs that the PDF standard asks for (ISO 32000-1, 9.10.3).
    """
    for font in page["/Resources"].get("/Font", {}).values():
        table = font.get_object().get("/ToUnicode")
        if table is not None:
            read = table.get_object().get_data()
            table.get_object().set_data(_RARE.sub(_as_pair, read))


def _as_pair(found):
    pair = chr(int(found[2], 16)).encode("utf-16-be").hex().upper().encode()
    return b"<" + found[1] + b"> <" + pair + b">"


def stamps(sizes):
    """A reader of as many pages as `sizes` [(width, height) in points], each with its number and
    nothing else, to be laid over the pages of a file.
    """
    written, count = io.BytesIO(), len(sizes)
    canvas = Canvas(written)
    for number, (width, height) in enumerate(sizes, 1):
        canvas.setPageSize((width, height))
        text = f"{number} / {count}"
        long = canvas.stringWidth(text, "Helvetica", 9) + 8
        right, foot = width - 12 * mm, 8 * mm
        canvas.setFillColorRGB(1, 1, 1)
        canvas.rect(right - long, foot - 4, long, 14, stroke=0, fill=1)
        canvas.setFillColorRGB(0, 0, 0)
        canvas.setFont("Helvetica", 9)
        canvas.drawRightString(right - 4, foot, text)
        canvas.showPage()
    canvas.save()
    return PdfReader(written)
