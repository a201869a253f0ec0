"""Files as other congresses and their systems make them."""

import csv
from pathlib import Path

import xlsxwriter

from congress.scoping import OPERATOR
from reports.foreign import plan_table
from reports.importing import commit, new_batch

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


def bring(path, place, **options):
    """Import a table; the committed plan and its batch."""
    plan = plan_table(path, place, OPERATOR, **options)
    assert plan.errors == []
    batch = new_batch(path, place, OPERATOR)
    commit(plan, batch)
    return plan, batch


def said(plan):
    """(row, message) of every finding."""
    return [(problem.row, problem.message) for problem in plan.load.findings]


def matched(path, place, **options):
    """{header: column of the ledger}."""
    return plan_table(path, place, OPERATOR, **options).columns


def counts(plan, group="created"):
    return plan.outcome()[group]["意见建议"]
