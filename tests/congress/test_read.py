"""Files as clerks and strangers bring them: read by content, refused in plain Chinese, never fatal."""

import io
import struct
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from congress.sheets import packages
from congress.sheets.read import (
    Finding,
    SheetData,
    UnreadableFile,
    read_in_child,
    read_workbook,
)

FILES = Path(__file__).parent / "files"
NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def refusal(path, **limits):
    """The sentence with which a file is refused."""
    with pytest.raises(UnreadableFile) as refused:
        read_workbook(path, **limits)
    return refused.value.message


@pytest.fixture
def book(tmp_path):
    """Makes an .xlsx file of one sheet 村居 from a function that fills it."""

    def make(fill, name="村居.xlsx"):
        workbook = openpyxl.Workbook()
        workbook.active.title = "村居"
        fill(workbook.active)
        workbook.save(tmp_path / name)
        return tmp_path / name

    return make


@pytest.fixture
def package(tmp_path):
    """Makes an .xlsx file whose sheet XML (or any other part) is given as it shall stand."""

    def make(rows="", parts=None, **options):
        whole = io.BytesIO()
        with xlsxwriter.Workbook(whole) as workbook:
            workbook.add_worksheet("村居").write(0, 0, "名称")
        sheet = f"<worksheet {NS}><sheetData>{rows}</sheetData></worksheet>"
        changed = {"xl/worksheets/sheet1.xml": sheet} if rows else {}
        path = tmp_path / "made.xlsx"
        with zipfile.ZipFile(whole) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
            contents = {n: old.read(n) for n in old.namelist()} | changed | (parts or {})
            for name, content in contents.items():
                new.writestr(name, content)
        return path

    return make


@pytest.fixture
def text_file(tmp_path):
    """Makes a file of these bytes."""

    def make(content, name="名单.csv"):
        (tmp_path / name).write_bytes(content)
        return tmp_path / name

    return make


def test_cells_keep_their_kinds_and_their_places(book):
    def fill(sheet):
        sheet["B3"], sheet["C3"], sheet["D3"] = 3.0, date(2024, 3, 5), time(8, 30)
        sheet["E3"], sheet["F3"], sheet["G3"] = " ", True, datetime(2024, 3, 5, 8, 30)
        sheet["H3"], sheet["I3"] = 2.5, "𠮷\n田"
        sheet["B9"] = "末"

    sheet = read_workbook(book(fill)).sheets[0]
    third = [None, 3, date(2024, 3, 5), time(8, 30), None, True, datetime(2024, 3, 5, 8, 30), 2.5]
    assert sheet.rows == [(3, [*third, "𠮷\n田"]), (9, [None, "末"] + [None] * 7)]
    assert sheet.header_row == 3


def test_a_file_is_known_by_its_content_not_its_name(book):
    path = book(lambda sheet: sheet.append(["名称"]), name="村居.csv")
    assert read_workbook(path).sheets[0].rows == [(1, ["名称"])]


def test_a_formula_gives_its_last_result_and_is_named(package):
    path = package(
        '<row r="1"><c r="A1" t="inlineStr"><is><t>名称</t></is></c>'
        '<c r="B1" t="inlineStr"><is><t>户数</t></is></c></row>'
        '<row r="2"><c r="A2" t="str"><f>B2&amp;"村"</f><v>3村</v></c><c r="B2"><f>1+2</f><v>3</v></c></row>'
        '<row r="3"><c r="A3" s="0"/><c r="B3"><f>1+3</f></c></row>'
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


def test_a_column_of_formulas_does_not_drown_the_list_of_findings(book):
    def fill(sheet):
        for row in range(1, 501):
            sheet.append([f"=A{row + 1}", row])

    findings = read_workbook(book(fill)).findings
    assert len(findings) == 201
    assert findings[-1].message.endswith("（同样的还有 299 处）")


def test_an_error_value_is_kept_and_named(package):
    path = package('<row r="4"><c r="C4" t="e"><f>A1/0</f><v>#DIV/0!</v></c></row>')
    workbook = read_workbook(path)
    assert workbook.sheets[0].rows == [(4, [None, None, "#DIV/0!"])]
    assert [finding.message for finding in workbook.findings] == [
        "这一格是公式，已按它上次算出的结果读入",
        "这一格是 Excel 算不出来的错误值",
    ]


def test_an_identity_number_stored_as_a_number_has_lost_digits(book):
    def fill(sheet):
        sheet.append(["姓名", "身份证号"])
        sheet.append(["王芳", 360733199001011234])

    assert read_workbook(book(fill)).findings == [
        Finding(
            "村居", 2, "身份证号", "360733199001011300",
            "数字超过 15 位，Excel 存成数字时已丢失末位数字，请把这一列改成文本格式重填",
        )
    ]  # fmt: skip


def test_merged_cells_of_the_head_can_be_filled(book):
    def fill(sheet):
        sheet.append(["办理", None, "结果"])
        sheet.append(["主办", "协办", None])
        sheet.append(["水务站", None, "A"])
        sheet.merge_cells("A1:B1")
        sheet.merge_cells("C1:C2")

    sheet = read_workbook(book(fill)).sheets[0]
    assert sheet.merged == [(1, 0, 1, 1), (1, 2, 2, 2)]
    assert sheet.filled() == [
        (1, ["办理", "办理", "结果"]), (2, ["主办", "协办", "结果"]), (3, ["水务站", None, "A"])
    ]  # fmt: skip


def test_empty_cells_with_a_colour_far_away_cost_nothing(book):
    def fill(sheet):
        sheet["A1"] = "名称"
        sheet["XFD1048576"].font = openpyxl.styles.Font(bold=True)

    assert read_workbook(book(fill)).sheets[0].rows == [(1, ["名称"])]


@pytest.mark.parametrize("quote", ['"', "'"])
def test_one_cell_at_the_far_corner_is_refused_quickly(package, quote):
    cell = '<c t="inlineStr" r="XFD1048576"><is><t>x</t></is></c>'.replace('"', quote)
    assert refusal(package(f'<row r="1048576">{cell}</row>')) == (
        "“村居”的内容一直延伸到 XFD1048576 格，超出能读的范围，请删去远处多余的行和列后再导入"
    )


def test_a_sheet_that_understates_its_size_is_read_whole(package):
    cells = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 301))
    sheet = f'<worksheet {NS}><dimension ref="A1:A2"/><sheetData>{cells}</sheetData></worksheet>'
    path = package(parts={"xl/worksheets/sheet1.xml": sheet})
    assert [cells for _, cells in read_workbook(path).sheets[0].rows] == [[n] for n in range(1, 301)]


def test_a_namespace_prefix_hides_nothing(package):
    sheet = f'<worksheet {NS}><sheetData><row r="1"><c r="A1"><f>1+2</f><v>3</v></c></row></sheetData></worksheet>'
    prefixed = sheet.replace("</", "</x:").replace("<", "<x:").replace("<x:/x:", "</x:")
    path = package(parts={"xl/worksheets/sheet1.xml": prefixed.replace("xmlns", "xmlns:x")})
    workbook = read_workbook(path)
    assert workbook.sheets[0].rows == [(1, [3])]
    assert [finding.found for finding in workbook.findings] == ["=1+2"]


def test_cells_without_references_are_read_one_after_the_other(package):
    path = package('<row><c t="inlineStr"><is><t>名称</t></is></c><c><v>3</v></c></row>')
    assert read_workbook(path).sheets[0].rows == [(1, ["名称", 3])]


def test_more_rows_than_the_limit_are_refused_with_the_limit(book, text_file):
    def fill(sheet):
        for row in range(12):
            sheet.append([row])

    message = "“村居”超过 10 行，一张表最多 10 行，请分成几个文件导入"
    assert refusal(book(fill), limit_rows=10) == message
    assert len(read_workbook(book(fill), limit_rows=11).sheets[0].rows) == 12
    lines = text_file(b"1\n" * 12, "村居.csv")
    assert refusal(lines, limit_rows=10) == message


def test_a_million_rows_are_refused_before_they_are_read(package):
    row = '<row r="{0}"><c r="A{0}"><v>1</v></c></row>'
    path = package("".join(row.format(number) for number in range(1, 1_000_001)))
    assert refusal(path) == "“村居”超过 100,000 行，一张表最多 100,000 行，请分成几个文件导入"


def test_a_zip_bomb_is_refused_by_its_stated_size(package, monkeypatch):
    monkeypatch.setattr(packages, "MAX_UNPACKED", 5_000_000)
    path = package(parts={"xl/media/a.bin": b"\0" * 6_000_000})
    assert refusal(path).startswith("文件展开后太大")


def test_a_zip_bomb_that_packs_too_well_is_refused(package):
    path = package(parts={"xl/sharedStrings.xml": b" " * 30_000_000})
    assert refusal(path).startswith("文件展开后太大")


def test_a_zip_bomb_that_lies_about_its_size_is_refused(package, monkeypatch):
    monkeypatch.setattr(packages, "MAX_UNPACKED", 5_000_000)
    path = package(parts={"xl/media/a.bin": b"\0" * 6_000_000})
    content = path.read_bytes()
    true, lie = struct.pack("<L", 6_000_000), struct.pack("<L", 10)
    assert content.count(true) == 2
    path.write_bytes(content.replace(true, lie))
    assert refusal(path).startswith("文件展开后太大")


def test_too_many_parts_are_refused(package):
    parts = {f"xl/media/{number}.bin": b"" for number in range(packages.MAX_ENTRIES)}
    assert refusal(package(parts=parts)).endswith("请用 Excel 或 WPS 打开后另存为 .xlsx 再导入")


ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">'
    '<!ENTITY c SYSTEM "file:///etc/passwd">]>'
)


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("xl/worksheets/sheet1.xml", f"{ENTITIES}<worksheet {NS}><sheetData/></worksheet>"),
        ("xl/sharedStrings.xml", f"{ENTITIES}<sst {NS}><si><t>&c;</t></si></sst>"),
        ("xl/workbook.xml", f"{ENTITIES}<workbook {NS}><sheets/></workbook>"),
    ],
)
def test_xml_entities_are_refused(package, part, content):
    assert refusal(package(parts={part: content})) == (
        "文件里夹带了 XML 实体定义，可能是恶意文件，不能导入"
    )


def test_broken_xml_in_a_package_is_refused(package):
    assert refusal(package(parts={"xl/workbook.xml": "<workbook"})) == (
        "文件内部结构有错误，请用 Excel 或 WPS 打开后另存为 .xlsx 再导入"
    )
    path = package(parts={"xl/worksheets/sheet1.xml": "<worksheet><sheetData><row><c><v>1</row>"})
    assert refusal(path) == (
        "文件已损坏或不是 Excel 表格，请用 Excel 或 WPS 打开后另存为 .xlsx 再导入"
    )


def test_a_torn_file_is_refused(package, text_file):
    whole = package().read_bytes()
    broken = "文件已损坏，打不开，请用 Excel 打开原文件重新保存"
    assert refusal(text_file(whole[: len(whole) // 2])) == broken
    assert refusal(text_file(b"PK\x03\x04" + b"\xff" * 200)) == broken
    assert refusal(text_file(b"")) == "文件是空的"
    damaged = bytearray(whole)
    damaged[40:400] = bytes(360)
    assert refusal(text_file(bytes(damaged))) == broken


def compound(*streams):
    """The beginning of a compound file with these stream names in its directory."""
    names = b"".join(name.encode("utf-16-le") + b"\0\0" for name in streams)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + names + bytes(512)


PASSWORD = "文件有密码，请在 Excel 里取消密码（文件→信息→保护工作簿）后再导入"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (compound("EncryptionInfo", "EncryptedPackage"), PASSWORD),
        (compound("WordDocument"), "这是 Word 文件，不是 Excel 表格"),
        (compound("Nothing"), "文件已损坏或不是 Excel 表格，请用 Excel 或 WPS 打开后另存为 .xlsx 再导入"),
        (b"%PDF-1.7\n", "这是 PDF 文件，不是表格"),
        (b"\x89PNG\r\n\x1a\n\0", "这是图片，不是表格"),
        (b"Rar!\x1a\x07", "这是压缩包，不是表格，请解压后选择里面的表格文件"),
        (b"\x00\x01\x02\x03", "文件不是表格，或文字编码认不出来，请另存为 .xlsx 再导入"),
        (b"<?xml version='1.0'?><Workbook/>", "这是 XML 文件，读不了，请用 Excel 打开后另存为 .xlsx 再导入"),
        (b"<html><p>\xe4\xbd\xa0</p></html>", "这是网页文件，里面没有表格，请用 Excel 打开后另存为 .xlsx 再导入"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_named_for_what_it_is(text_file, content, message):
    assert refusal(text_file(content, "台账.xlsx")) == message


@pytest.mark.parametrize(
    ("part", "message"),
    [
        ("word/document.xml", "这是 Word 文件，不是 Excel 表格"),
        ("a.txt", "这是压缩包，不是 Excel 表格，请解压后选择里面的表格文件"),
    ],
)
def test_an_archive_that_is_no_workbook_is_named(tmp_path, part, message):
    path = tmp_path / "台账.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(part, "x")
    assert refusal(path) == message


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


def test_an_old_workbook_with_a_password_is_refused(text_file):
    content = (FILES / "villages.xls").read_bytes()
    begin = content.index(b"\x09\x08\x10\x00\x00\x06") + 20
    locked = content[:begin] + b"\x2f\x00\x08\x00\x01" + bytes(7) + content[begin + 12 :]
    assert refusal(text_file(locked, "台账.xls")) == PASSWORD


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"]
)
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_a_text_table_is_read_in_every_encoding_and_with_every_sign(
    text_file, encoding, delimiter
):
    lines = [["姓名", "村居", "备注"], ["王芳", "上芦村", '"一、二\n三"'], [], ["𠮷田", "下芦村", "=1+1"]]
    text = "\r\n".join(delimiter.join(line) for line in lines)
    assert read_workbook(text_file(text.encode(encoding))).sheets == [
        SheetData(
            "名单",
            [
                (1, ["姓名", "村居", "备注"]),
                (2, ["王芳", "上芦村", "一、二\n三"]),
                (4, ["𠮷田", "下芦村", "=1+1"]),
            ],
        )
    ]


def test_a_text_table_takes_the_name_it_is_given(text_file):
    assert read_workbook(text_file(b"a,b"), name="意见建议").sheets[0].name == "意见建议"


PAGE = """<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<style>td {color: red}</style></head><body><table>
<tr><td colspan="3">某某镇代表建议目录</td></tr>
<tr><th rowspan=2>编号</th><th colspan=2>提建议人</th></tr>
<tr><th>单位</th><th>姓名</th></tr>
<tr><td>1</td><td>上芦村&nbsp;</td><td>王芳<br>李四<script>alert(1)</script></td></tr>
<tr><td>2<td>下芦村<td>&lt;赵六&gt;</tr>
</table></body>"""


def test_a_web_page_that_calls_itself_a_workbook_is_read(text_file):
    sheet = read_workbook(text_file(PAGE.encode("gb18030"), "目录.xls")).sheets[0]
    assert sheet.name == "目录"
    assert sheet.rows == [
        (1, ["某某镇代表建议目录", None, None]),
        (2, ["编号", "提建议人", None]),
        (3, [None, "单位", "姓名"]),
        (4, ["1", "上芦村", "王芳\n李四"]),
        (5, ["2", "下芦村", "<赵六>"]),
    ]
    assert sheet.filled()[1:3] == [(2, ["编号", "提建议人", "提建议人"]), (3, ["编号", "单位", "姓名"])]


def test_absurd_spans_of_a_web_page_do_no_harm(text_file):
    page = '<table><tr><td colspan="999999999" rowspan="999999999">甲</td></tr><tr><td>乙</td></tr></table>'
    sheet = read_workbook(text_file(page.encode(), "目录.xls")).sheets[0]
    assert [(number, [cell for cell in cells if cell]) for number, cells in sheet.rows] == [
        (1, ["甲"]),
        (2, ["乙"]),
    ]


def test_a_child_process_reads_the_same(book, text_file):
    def fill(sheet):
        sheet.append(["名称", date(2024, 3, 5), time(8, 30), datetime(2024, 3, 5, 8, 30), 2.5, True])
        sheet.append(["=1+1", 360733199001011234, "𠮷\n田"])
        sheet.merge_cells("A4:B5")

    path = book(fill)
    assert read_in_child(path) == read_workbook(path)
    with pytest.raises(UnreadableFile) as refused:
        read_in_child(text_file(b"%PDF-1.7"))
    assert refused.value.message == "这是 PDF 文件，不是表格"


def test_a_child_that_needs_too_much_is_stopped_with_a_sentence(book):
    def fill(sheet):
        for row in range(3000):
            sheet.append([f"上芦村{row}-{column}" for column in range(20)])

    path = book(fill)
    for limits in ({"memory": 50_000_000}, {"seconds": 0}):
        with pytest.raises(UnreadableFile) as refused:
            read_in_child(path, **limits)
        assert refused.value.message.endswith("请删去多余内容或分成几个文件导入")
