"""What the system writes: a ledger that comes back the same, a template, lists; never a formula."""

import tempfile
import zipfile
from datetime import date, datetime
from decimal import Decimal as Amount

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congress.sheets.columns import (
    CellError,
    Choice,
    Column,
    Day,
    Decimal,
    Month,
    Number,
    Pair,
    Pairs,
    Sheet,
    Text,
    Time,
    Words,
    YesNo,
)
from congress.sheets.layout import lay_out
from congress.sheets.read import SheetData, read_workbook
from congress.sheets.values import parse_text
from congress.sheets.write import WORDS_SHEET, write_table, write_template, write_workbook

CASES = Sheet(
    "意见建议",
    "cases",
    key=("number",),
    note="一行一件",
    columns=(
        Column("编号", "number", Text(40), required=True, example="12"),
        Column(
            "标题", "title", Text(), required=True, help="写清楚办什么事", example="关于修路的建议"
        ),
        Column("层级", "level", Choice(("乡镇", "县"))),
        Column("提出日期", "raised_on", Day(), required=True),
        Column("出生年月", "born", Month()),
        Column("开始时间", "starts", Time()),
        Column("公开", "public", YesNo()),
        Column("人数", "people", Number()),
        Column("总投资（万元）", "cost", Decimal()),
        Column("涉及村居", "villages", Words()),
        Column("成效", "outcomes", Pairs()),
        Column("类别", "category", Text(40)),
    ),
)

FIRST = {
    "number": "=1+1", "title": "+86 @here", "level": "乡镇",
    "raised_on": date(2024, 3, 5), "born": date(1975, 10, 1), "starts": None, "public": True,
    "people": 0, "cost": Amount("12.5"),
    "villages": ["上芦村、下芦村"], "outcomes": [Pair("插秧机", Amount(3), "台")],
    "category": "𠮷\n  类",
}  # fmt: skip
SECOND = {
    "number": "013", "title": "https://www.example.cn", "level": "县",
    "raised_on": date(1900, 1, 15),
    "born": None, "starts": None, "public": False, "people": None, "cost": None,
    "villages": [], "outcomes": [], "category": "13800000000",
}  # fmt: skip


def brought_back(path, sheet=CASES):
    """The rows of values of a written file, read by import's way."""
    laid = lay_out(sheet, read_workbook(path).sheet(sheet.name))
    return [{c.field: c.parse(cells.get(c.field)) for c in sheet.columns} for _, cells in laid.rows]


def read_by_import(row):
    """The row as an import of its own texts reads it: 清空 and the like are orders, not texts."""
    return row | {"title": CASES.column("title").rule.parse(row["title"])}


def formulas(path):
    """All formulas of a written file."""
    book = openpyxl.load_workbook(path)
    cells = [cell for page in book for row in page.rows for cell in row]
    return [cell.value for cell in cells if cell.data_type == "f"]


def test_a_written_ledger_comes_back_the_same(tmp_path):
    path = tmp_path / "台账.xlsx"
    write_workbook(path, [(CASES, iter([FIRST, SECOND]))])
    assert brought_back(path) == [FIRST, SECOND]
    workbook = read_workbook(path)
    assert workbook.sheets[0].header == [column.header for column in CASES.columns]
    assert workbook.findings == []


def test_nothing_written_is_a_formula_or_a_link(tmp_path):
    path = tmp_path / "台账.xlsx"
    write_workbook(path, [(CASES, [FIRST, SECOND])])
    assert formulas(path) == []
    page = openpyxl.load_workbook(path)["意见建议"]
    assert (page["A2"].value, page["A2"].data_type, page["A2"].number_format) == ("=1+1", "s", "@")
    assert page["B3"].hyperlink is None
    assert (page["D2"].value, page["D2"].number_format) == (datetime(2024, 3, 5), "yyyy-mm-dd")
    assert page["A1"].font.bold
    assert page.freeze_panes == "A2"


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=5))
def test_any_text_comes_back_from_a_file(texts):
    titles = [parse_text(text) or "无题" for text in texts]
    rows = [FIRST | {"number": str(n), "title": title} for n, title in enumerate(titles, 1)]
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        write_workbook(file.name, [(CASES, rows)])
        assert brought_back(file.name) == [read_by_import(row) for row in rows]
        assert formulas(file.name) == []


def test_a_text_longer_than_a_cell_is_refused_and_no_half_file_stays(tmp_path):
    path = tmp_path / "台账.xlsx"
    with pytest.raises(CellError) as refused:
        write_workbook(path, [(CASES, [FIRST | {"title": "𠮷" * 20_000}])])
    assert refused.value.message.endswith("有 40,000 个字，Excel 一格最多 32,767 个字")
    assert not path.exists()


@pytest.fixture
def template(tmp_path):
    """The template of the sheet, with a county's own categories."""
    path = tmp_path / "模板.xlsx"
    write_template(path, [CASES], {"类别": ["产业发展", "=环境"]})
    return path


def test_the_template_names_its_columns_and_explains_them(template):
    page = openpyxl.load_workbook(template)["意见建议"]
    assert [cell.value for cell in page[1]][:4] == ["编号*", "标题*", "层级", "提出日期*"]
    assert page["A1"].comment.text == "一行一件\n必填\n如：12"
    assert page["B1"].comment.text == "写清楚办什么事\n必填\n如：关于修路的建议"
    assert formulas(template) == []


def test_the_template_offers_words_in_lists(template):
    book = openpyxl.load_workbook(template)
    lists = {
        str(rule.sqref): (rule.formula1, bool(rule.showErrorMessage))
        for rule in book["意见建议"].data_validations.dataValidation
    }
    assert lists == {
        "C2:C5001": ("'词表'!$A$2:$A$3", True),
        "G2:G5001": ("'词表'!$B$2:$B$3", True),
        "L2:L5001": ("'词表'!$C$2:$C$3", False),
    }
    words = [[cell.value for cell in row] for row in book[WORDS_SHEET].rows]
    assert words == [["层级", "公开", "类别"], ["乡镇", "是", "产业发展"], ["县", "否", "=环境"]]
    assert book[WORDS_SHEET].sheet_state == "hidden"
    assert read_workbook(template).sheet(WORDS_SHEET).hidden is True


def test_the_example_row_is_passed_over_wherever_it_stands(template):
    book = openpyxl.load_workbook(template)
    page = book["意见建议"]
    example = [cell.value for cell in page[2]]
    assert example[:4] == ["【示例】12", "关于修路的建议", "乡镇", "2026-07-31"]
    page.insert_rows(2)
    for column, value in enumerate(["1", "关于修桥的建议", "县", date(2024, 3, 5)], 1):
        page.cell(2, column, value)
    book.save(template)
    laid = lay_out(CASES, read_workbook(template).sheet("意见建议"))
    assert laid.examples == [3]
    assert [cells["title"] for _, cells in laid.rows] == ["关于修桥的建议"]


def test_the_example_row_would_be_a_good_row_without_its_mark(template):
    page = openpyxl.load_workbook(template)["意见建议"]
    cells = [cell.value for cell in page[2]]
    cells[0] = cells[0].removeprefix("【示例】")
    row = {c.field: c.parse(cell) for c, cell in zip(CASES.columns, cells, strict=True)}
    found = (row["number"], row["raised_on"], row["category"])
    assert found == ("12", date(2026, 7, 31), "产业发展")


def test_laying_out_names_what_has_no_column():
    data = SheetData(
        "意见建议",
        [
            (1, ["某某镇意见建议表", None, None, None, None]),
            (2, ["标题*", "村里的备注", "编号", None, "标题"]),
            (3, ["关于修路的建议", "急", 12, "散落", None]),
        ],
    )
    laid = lay_out(CASES, data)
    assert laid.header_row == 2
    assert laid.rows == [(3, {"title": "关于修路的建议", "number": 12})]
    assert laid.ignored == ["村里的备注", "D 列（没有表头）", "标题"]
    assert [column.header for column in laid.missing] == ["提出日期"]


def test_a_list_is_written_as_a_plain_table(tmp_path):
    path = tmp_path / "清单.xlsx"
    rows = [["=1+1", 3, date(2024, 3, 5), ["王芳", "李四"], True, None], ["𠮷" * 20_000, 10**18]]
    write_table(path, ["甲", "乙", "丙", "丁", "戊", "己"], rows, "建议/清单: [2024]")
    sheet = read_workbook(path).sheets[0]
    assert sheet.name == "建议_清单_ _2024_"
    assert sheet.rows[1] == (2, ["=1+1", 3, date(2024, 3, 5), "王芳；李四", "是", None])
    assert sheet.rows[2][1][0].endswith("……（全文超过一格的长度）")
    assert sheet.rows[2][1][1] == "1000000000000000000"
    assert formulas(path) == []


def test_written_files_carry_no_macro_and_no_outside_link(template):
    with zipfile.ZipFile(template) as archive:
        names = archive.namelist()
        links = [name for name in names if b'TargetMode="External"' in archive.read(name)]
    assert [name for name in names if "vba" in name.lower()] == []
    assert links == []
