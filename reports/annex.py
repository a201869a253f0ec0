"""附表: for the office's own drawer, a table of every number in a draft: where it stands, what it
means, what it counts."""

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from congress import official_word as word
from congress.period import chinese_day
from reports import prose
from reports.outline_syntax import dimensions

HEADERS = (
    "序号",
    "所在语句",
    "指标",
    "数值",
    "口径",
    "期间与截至日",
    "筛选",
    "分子/分母",
    "记录数",
)
WIDTHS = (11, 58, 28, 25, 60, 30, 26, 13, 10)  # millimetres, 261 in all
RECORDS_LISTED = 50
SIZE, PITCH = Pt(9), Pt(13)


def write_annex(draft, rows_of=None, dated=None, limit=RECORDS_LISTED):
    """The table as bytes of a .docx. `rows_of(number)` → texts of the records behind a Number;
    `limit` of them are listed."""
    document = word.new_document(f"{draft.title}附表", dated or draft.period.as_of)
    word.landscape(document.sections[0])
    word.page_number(document.sections[0].footer, WD_ALIGN_PARAGRAPH.CENTER)
    cells = document.styles["Normal"]
    word.set_font(cells, word.FANGSONG, SIZE, squeeze="0")
    word.set_paragraph(cells, PITCH, align=WD_ALIGN_PARAGRAPH.LEFT)
    document.add_paragraph(f"{draft.title}数据附表", style="Title")
    document.add_paragraph(f"（{draft.period.text()}，内部留存）", style="Subtitle")
    _fill(_table(document), draft, rows_of, limit)
    return word.packed(document)


def annex_lines(draft):
    """The table's rows as texts, in the order of HEADERS."""
    return [
        (str(place), *_cells(sentence, number))
        for place, (sentence, number) in enumerate(draft.numbers, 1)
    ]


def _cells(sentence, number):
    result, period = number.result, number.period
    rate = result.denominator is not None
    return (
        sentence,
        f"{number.name}\n{number.key}",
        _value(number),
        number.definition,
        f"{period.text()}\n截至{chinese_day(period.as_of)}",
        _filters(number.filters),
        f"{prose.exact(result.numerator)}/{prose.exact(result.denominator)}"
        if rate
        else prose.NOTHING,
        str(result.rows),
    )


def _value(number):
    """The number as the text has it; below it the exact one, where the text rounded it."""
    value = number.result.value
    if value is None or isinstance(value, str) or prose.exact(value) == number.text:
        return number.text + (number.unit if number.text.isdigit() else "")
    return f"{number.text}\n（统计值 {prose.exact(value)}{number.unit}）"


def _filters(filters):
    names = {key: name for name, key in dimensions().items()}
    lines = [f"{names.get(key, key)}={'、'.join(values)}" for key, values in filters.items()]
    return "\n".join(lines) or "无"


def _table(document):
    table = word.ruled_table(document, WIDTHS, rows=1)
    for cell, header in zip(table.rows[0].cells, HEADERS, strict=True):
        cell.text = header
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    word.repeat_row(table.rows[0])
    return table


def _fill(table, draft, rows_of, limit):
    for line, (_, number) in zip(annex_lines(draft), draft.numbers, strict=True):
        row = table.add_row()
        word.keep_row_whole(row)
        for cell, text in zip(row.cells, line, strict=True):
            cell.text = text
        records = rows_of(number) if rows_of else []
        if records:
            _records(table, records, limit)
    for row in table.rows:
        for cell, width in zip(row._tr.tc_lst, WIDTHS, strict=False):
            if cell.grid_span == 1:
                cell.width = Mm(width)


def _records(table, records, limit):
    """One wide cell under the number: the records that it counts."""
    cells = table.add_row().cells
    wide = cells[0].merge(cells[-1])
    lines = [f"{place}. {record}" for place, record in enumerate(records[:limit], 1)]
    if len(records) > limit:
        lines.append(f"……共{len(records)}条，另有{len(records) - limit}条未列出")
    wide.text = "所计记录：\n" + "\n".join(lines)
    wide._tc.get_or_add_tcPr().append(word.element("shd", {"val": "clear", "fill": "F5F5F5"}))
