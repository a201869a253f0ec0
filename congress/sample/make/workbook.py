"""Writing the rows of a township as a ledger workbook; the same rows give the same bytes."""

from datetime import date, datetime

import xlsxwriter

ORDER = (
    "届次 村居 代表名册 代表职务 代表编组 班子成员 人大会议 联络站 联络站人员 制度 接待记录 "
    "代表活动 意见建议 办理过程 学习培训 宣传报道 荣誉名次 代表述职 民生实事 请示报告 知晓调查"
).split()
MADE = datetime(2026, 11, 23)
WIDEST = 44


def write(path, sheets):
    """Write {sheet name: [{header: cell}]} in the order of the ledger."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": "台账（示例，人和事都是编的）", "created": MADE})
    formats = {
        "header": book.add_format({"bold": True, "bg_color": "#F4F1EC", "bottom": 1}),
        "day": book.add_format({"num_format": "yyyy-mm-dd"}),
        "text": book.add_format({"num_format": "@"}),
    }
    for name in ORDER:
        _write_sheet(book.add_worksheet(name), sheets[name], formats)
    book.close()


def _write_sheet(page, rows, formats):
    headers = list(dict.fromkeys(header for row in rows for header in row))
    page.freeze_panes(1, 0)
    for column, header in enumerate(headers):
        page.write_string(0, column, header, formats["header"])
        page.set_column(column, column, _width(header, [row.get(header) for row in rows]))
        for number, row in enumerate(rows, 1):
            _write_cell(page, number, column, row.get(header), formats)


def _write_cell(page, number, column, cell, formats):
    if cell is None or cell == "":
        return
    if isinstance(cell, date):
        page.write_datetime(number, column, cell, formats["day"])
    elif isinstance(cell, int | float):
        page.write_number(number, column, cell)
    else:
        page.write_string(number, column, cell, formats["text"])


def _width(header, cells):
    lengths = [2 * len(header) + 3, *(2 * len(str(cell)) for cell in cells if cell is not None)]
    return min(max(lengths), WIDEST)
