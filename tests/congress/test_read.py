"""Files as clerks bring them: read by content, with what is odd about them named."""

from datetime import date, datetime, time
from pathlib import Path

import pytest

from congress.sheets.read import Finding, SheetData, UnreadableFile, read_in_child, read_workbook
from tests.congress.made_files import NS, book, package, text_file

FILES = Path(__file__).parent / "files"


def test_cells_keep_their_kinds_and_their_places(tmp_path):
    def fill(sheet):
        sheet["B3"], sheet["C3"], sheet["D3"] = 3.0, date(2024, 3, 5), time(8, 30)
        sheet["E3"], sheet["F3"], sheet["G3"] = " ", True, datetime(2024, 3, 5, 8, 30)
        sheet["H3"], sheet["I3"] = 2.5, "𠮷\n田"
        sheet["B9"] = "末"

    sheet = read_workbook(book(tmp_path / "村居.xlsx", fill)).sheets[0]
    third = [None, 3, date(2024, 3, 5), time(8, 30), None, True, datetime(2024, 3, 5, 8, 30), 2.5]
    assert sheet.rows == [(3, [*third, "𠮷\n田"]), (9, [None, "末"] + [None] * 7)]
    assert sheet.header_row == 3


def test_a_file_is_known_by_its_content_not_its_name(tmp_path):
    path = book(tmp_path / "村居.csv", lambda sheet: sheet.append(["名称"]))
    assert read_workbook(path).sheets[0].rows == [(1, ["名称"])]


def test_a_formula_gives_its_last_result_and_is_named(tmp_path):
    path = package(
        tmp_path / "村居.xlsx",
        '<row r="1"><c r="A1" t="inlineStr"><is><t>名称</t></is></c>'
        '<c r="B1" t="inlineStr"><is><t>户数</t></is></c></row>'
        '<row r="2"><c r="A2" t="str"><f>B2&amp;"村"</f><v>3村</v></c>'
        '<c r="B2"><f>1+2</f><v>3</v></c></row>'
        '<row r="3"><c r="A3" s="0"/><c r="B3"><f>1+3</f></c></row>',
    )
    workbook = read_workbook(path)
    assert workbook.sheets[0].rows == [(1, ["名称", "户数"]), (2, ["3村", 3])]
    assert workbook.findings == [
        Finding("村居", 2, "名称", '=B2&"村"', "这一格是公式，已按它上次算出的结果读入"),
        Finding("村居", 2, "户数", "=1+2", "这一格是公式，已按它上次算出的结果读入"),
        Finding(
            "村居", 3, "户数", "=1+3",
            "这一格是公式，但文件里没有算出的结果，按空格读入；请用 Excel 打开并保存后再导入",
        ),
    ]  # fmt: skip


def test_a_column_of_formulas_does_not_drown_the_list_of_findings(tmp_path):
    def fill(sheet):
        for row in range(1, 501):
            sheet.append([f"=A{row + 1}", row])

    findings = read_workbook(book(tmp_path / "村居.xlsx", fill)).findings
    assert len(findings) == 201
    assert findings[-1].message.endswith("（同样的还有 299 处）")


def test_an_error_value_is_kept_and_named(tmp_path):
    path = package(
        tmp_path / "村居.xlsx", '<row r="4"><c r="C4" t="e"><f>A1/0</f><v>#DIV/0!</v></c></row>'
    )
    workbook = read_workbook(path)
    assert workbook.sheets[0].rows == [(4, [None, None, "#DIV/0!"])]
    assert [finding.message for finding in workbook.findings] == [
        "这一格是公式，已按它上次算出的结果读入",
        "这一格是 Excel 算不出来的错误值",
    ]


def test_an_identity_number_stored_as_a_number_has_lost_digits(tmp_path):
    def fill(sheet):
        sheet.append(["姓名", "身份证号"])
        sheet.append(["王芳", 360733199001011234])

    assert read_workbook(book(tmp_path / "村居.xlsx", fill)).findings == [
        Finding(
            "村居", 2, "身份证号", "360733199001011300",
            "数字超过 15 位，Excel 存成数字时已丢失末位数字，请把这一列改成文本格式重填",
        )
    ]  # fmt: skip


def test_merged_cells_of_the_head_can_be_filled(tmp_path):
    def fill(sheet):
        sheet.append(["办理", None, "结果"])
        sheet.append(["主办", "协办", None])
        sheet.append(["水务站", None, "A"])
        sheet.merge_cells("A1:B1")
        sheet.merge_cells("C1:C2")

    sheet = read_workbook(book(tmp_path / "村居.xlsx", fill)).sheets[0]
    assert sheet.merged == [(1, 0, 1, 1), (1, 2, 2, 2)]
    assert sheet.filled() == [
        (1, ["办理", "办理", "结果"]), (2, ["主办", "协办", "结果"]), (3, ["水务站", None, "A"])
    ]  # fmt: skip


def test_a_sheet_that_understates_its_size_is_read_whole(tmp_path):
    cells = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 301))
    sheet = f'<worksheet {NS}><dimension ref="A1:A2"/><sheetData>{cells}</sheetData></worksheet>'
    path = package(tmp_path / "村居.xlsx", parts={"xl/worksheets/sheet1.xml": sheet})
    found = read_workbook(path).sheets[0].rows
    assert found == [(n, [n]) for n in range(1, 301)]


def test_a_namespace_prefix_hides_nothing(tmp_path):
    row = '<row r="1"><c r="A1"><f>1+2</f><v>3</v></c></row>'
    sheet = f"<worksheet {NS}><sheetData>{row}</sheetData></worksheet>"
    prefixed = sheet.replace("</", "</x:").replace("<", "<x:").replace("<x:/x:", "</x:")
    path = package(
        tmp_path / "村居.xlsx",
        parts={"xl/worksheets/sheet1.xml": prefixed.replace("xmlns", "xmlns:x")},
    )
    workbook = read_workbook(path)
    assert workbook.sheets[0].rows == [(1, [3])]
    assert [finding.found for finding in workbook.findings] == ["=1+2"]


def test_cells_without_references_are_read_one_after_the_other(tmp_path):
    path = package(
        tmp_path / "村居.xlsx",
        '<row><c t="inlineStr"><is><t>名称</t></is></c><c><v>3</v></c></row>',
    )
    assert read_workbook(path).sheets[0].rows == [(1, ["名称", 3])]


def test_an_old_workbook_is_read():
    workbook = read_workbook(FILES / "villages.xls")
    assert workbook.sheets == [
        SheetData(
            "村居",
            [
                (1, ["名称*", "户数", "日期"]),
                (2, ["上芦村", 312, date(2024, 3, 5)]),
                (3, ["𠮷村", None, None]),
            ],
        )
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_a_text_table_is_read_in_every_encoding_and_with_every_sign(tmp_path, encoding, delimiter):
    header, note = ["姓名", "村居", "备注"], '"一、二\n三"'
    lines = [header, ["王芳", "上芦村", note], [], ["𠮷田", "下芦村", "=1+1"]]
    text = "\r\n".join(delimiter.join(line) for line in lines)
    assert read_workbook(text_file(tmp_path / "名单.csv", text.encode(encoding))).sheets == [
        SheetData(
            "名单",
            [
                (1, ["姓名", "村居", "备注"]),
                (2, ["王芳", "上芦村", "一、二\n三"]),
                (4, ["𠮷田", "下芦村", "=1+1"]),
            ],
        )
    ]


def test_a_text_table_takes_the_name_it_is_given(tmp_path):
    assert (
        read_workbook(text_file(tmp_path / "名单.csv", b"a,b"), name="意见建议").sheets[0].name
        == "意见建议"
    )


PAGE = """<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<style>td {color: red}</style></head><body><table>
<tr><td colspan="3">某某镇代表建议目录</td></tr>
<tr><th rowspan=2>编号</th><th colspan=2>提建议人</th></tr>
<tr><th>单位</th><th>姓名</th></tr>
<tr><td>1</td><td>上芦村&nbsp;</td><td>王芳<br>李四<script>alert(1)</script></td></tr>
<tr><td>2<td>下芦村<td>&lt;赵六&gt;</tr>
</table></body>"""


def test_a_web_page_that_calls_itself_a_workbook_is_read(tmp_path):
    sheet = read_workbook(text_file(tmp_path / "目录.xls", PAGE.encode("gb18030"))).sheets[0]
    assert sheet.name == "目录"
    assert sheet.rows == [
        (1, ["某某镇代表建议目录", None, None]),
        (2, ["编号", "提建议人", None]),
        (3, [None, "单位", "姓名"]),
        (4, ["1", "上芦村", "王芳\n李四"]),
        (5, ["2", "下芦村", "<赵六>"]),
    ]
    assert sheet.filled()[1:3] == [
        (2, ["编号", "提建议人", "提建议人"]),
        (3, ["编号", "单位", "姓名"]),
    ]


def test_a_child_process_reads_the_same(tmp_path):
    def fill(sheet):
        moments = [date(2024, 3, 5), time(8, 30), datetime(2024, 3, 5, 8, 30)]
        sheet.append(["名称", *moments, 2.5, True])
        sheet.append(["=1+1", 360733199001011234, "𠮷\n田"])
        sheet.merge_cells("A4:B5")

    path = book(tmp_path / "村居.xlsx", fill)
    assert read_in_child(path) == read_workbook(path)
    with pytest.raises(UnreadableFile) as refused:
        read_in_child(text_file(tmp_path / "名单.csv", b"%PDF-1.7"))
    assert refused.value.message == "这是 PDF 文件，不是表格"
