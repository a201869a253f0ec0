"""Files as other congresses and their systems make them."""

import csv
from pathlib import Path

import xlsxwriter

CIXI = Path(__file__).parents[1] / "data" / "cixi-2017-deputy-suggestions.csv"


def csv_file(path, *rows, encoding="utf-8-sig"):
    """A CSV file of the rows; the path."""
    with path.open("w", encoding=encoding, newline="") as stream:
        csv.writer(stream).writerows(rows)
    return path


def excel_file(path, rows, merged=()):
    """An .xlsx of the rows; `merged` are Excel ranges with their text."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("建议")
        for number, row in enumerate(rows):
            for index, cell in enumerate(row):
                if cell is not None:
                    sheet.write(number, index, cell)
        for place, text in merged:
            sheet.merge_range(place, text)
    return path


def table(path, *cases, header=("编号", "标题", "提出人", "登记时间", "主办单位")):
    """A CSV of cases told by number, title, proposer, date and unit."""
    return csv_file(path, header, *cases)
