"""Files that cannot be read, or would do harm: refused in plain Chinese, never fatal."""

import struct
import zipfile
from pathlib import Path

import openpyxl
import pytest

from congress.sheets import packages
from congress.sheets.read import UnreadableFile, read_in_child, read_workbook
from tests.congress.made_files import NS, book, package, refusal, text_file

FILES = Path(__file__).parent / "files"


def test_empty_cells_with_a_colour_far_away_cost_nothing(tmp_path):
    def fill(sheet):
        sheet["A1"] = "名称"
        sheet["XFD1048576"].font = openpyxl.styles.Font(bold=True)

    assert read_workbook(book(tmp_path / "村居.xlsx", fill)).sheets[0].rows == [(1, ["名称"])]


@pytest.mark.parametrize("quote", ['"', "'"])
def test_one_cell_at_the_far_corner_is_refused_quickly(tmp_path, quote):
    cell = '<c t="inlineStr" r="XFD1048576"><is><t>x</t></is></c>'.replace('"', quote)
    assert refusal(package(tmp_path / "村居.xlsx", f'<row r="1048576">{cell}</row>')) == (
        "“村居”的内容一直延伸到 XFD1048576 格，超出能读的范围，请删去远处多余的行和列后再导入"
    )


def test_more_rows_than_the_limit_are_refused_with_the_limit(tmp_path):
    def fill(sheet):
        for row in range(12):
            sheet.append([row])

    message = "“村居”超过 10 行，一张表最多 10 行，请分成几个文件导入"
    assert refusal(book(tmp_path / "村居.xlsx", fill), limit_rows=10) == message
    assert (
        len(read_workbook(book(tmp_path / "村居.xlsx", fill), limit_rows=11).sheets[0].rows) == 12
    )
    lines = text_file(tmp_path / "村居.csv", b"1\n" * 12)
    assert refusal(lines, limit_rows=10) == message


def test_a_million_rows_are_refused_before_they_are_read(tmp_path):
    row = '<row r="{0}"><c r="A{0}"><v>1</v></c></row>'
    path = package(
        tmp_path / "村居.xlsx", "".join(row.format(number) for number in range(1, 1_000_001))
    )
    assert refusal(path) == "“村居”超过 100,000 行，一张表最多 100,000 行，请分成几个文件导入"


def test_a_zip_bomb_is_refused_by_its_stated_size(tmp_path, monkeypatch):
    monkeypatch.setattr(packages, "MAX_UNPACKED", 5_000_000)
    path = package(tmp_path / "村居.xlsx", parts={"xl/media/a.bin": b"\0" * 6_000_000})
    assert refusal(path).startswith("文件展开后太大")


def test_a_zip_bomb_that_packs_too_well_is_refused(tmp_path):
    path = package(tmp_path / "村居.xlsx", parts={"xl/sharedStrings.xml": b" " * 30_000_000})
    assert refusal(path).startswith("文件展开后太大")


def test_a_zip_bomb_that_lies_about_its_size_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(packages, "MAX_UNPACKED", 5_000_000)
    path = package(tmp_path / "村居.xlsx", parts={"xl/media/a.bin": b"\0" * 6_000_000})
    content = path.read_bytes()
    true, lie = struct.pack("<L", 6_000_000), struct.pack("<L", 10)
    assert content.count(true) == 2
    path.write_bytes(content.replace(true, lie))
    assert refusal(path).startswith("文件展开后太大")


def test_too_many_parts_are_refused(tmp_path):
    parts = {f"xl/media/{number}.bin": b"" for number in range(packages.MAX_ENTRIES)}
    assert refusal(package(tmp_path / "村居.xlsx", parts=parts)).endswith(
        "请用 Excel 或 WPS 打开后另存为 .xlsx 再导入"
    )


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
def test_xml_entities_are_refused(tmp_path, part, content):
    assert refusal(package(tmp_path / "村居.xlsx", parts={part: content})) == (
        "文件里夹带了 XML 实体定义，可能是恶意文件，不能导入"
    )


def test_broken_xml_in_a_package_is_refused(tmp_path):
    assert refusal(package(tmp_path / "村居.xlsx", parts={"xl/workbook.xml": "<workbook"})) == (
        "文件内部结构有错误，请用 Excel 或 WPS 打开后另存为 .xlsx 再导入"
    )
    path = package(
        tmp_path / "村居.xlsx",
        parts={"xl/worksheets/sheet1.xml": "<worksheet><sheetData><row><c><v>1</row>"},
    )
    assert refusal(path) == (
        "文件已损坏或不是 Excel 表格，请用 Excel 或 WPS 打开后另存为 .xlsx 再导入"
    )


def test_a_torn_file_is_refused(tmp_path):
    whole = package(tmp_path / "村居.xlsx").read_bytes()
    broken = "文件已损坏，打不开，请用 Excel 打开原文件重新保存"
    assert refusal(text_file(tmp_path / "名单.csv", whole[: len(whole) // 2])) == broken
    assert refusal(text_file(tmp_path / "名单.csv", b"PK\x03\x04" + b"\xff" * 200)) == broken
    assert refusal(text_file(tmp_path / "名单.csv", b"")) == "文件是空的"
    damaged = bytearray(whole)
    damaged[40:400] = bytes(360)
    assert refusal(text_file(tmp_path / "名单.csv", bytes(damaged))) == broken


def compound(*streams):
    """The beginning of a compound file with these stream names in its directory."""
    names = b"".join(name.encode("utf-16-le") + b"\0\0" for name in streams)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + names + bytes(512)


RESAVE = "请用 Excel 或 WPS 打开后另存为 .xlsx 再导入"
XML = "这是 XML 文件，读不了，请用 Excel 打开后另存为 .xlsx 再导入"
PAGE_WITHOUT = "这是网页文件，里面没有表格，请用 Excel 打开后另存为 .xlsx 再导入"
PASSWORD = "文件有密码，请在 Excel 里取消密码（文件→信息→保护工作簿）后再导入"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (compound("EncryptionInfo", "EncryptedPackage"), PASSWORD),
        (compound("WordDocument"), "这是 Word 文件，不是 Excel 表格"),
        (compound("Nothing"), f"文件已损坏或不是 Excel 表格，{RESAVE}"),
        (b"%PDF-1.7\n", "这是 PDF 文件，不是表格"),
        (b"\x89PNG\r\n\x1a\n\0", "这是图片，不是表格"),
        (b"Rar!\x1a\x07", "这是压缩包，不是表格，请解压后选择里面的表格文件"),
        (b"\x00\x01\x02\x03", "文件不是表格，或文字编码认不出来，请另存为 .xlsx 再导入"),
        (b"<?xml version='1.0'?><Workbook/>", XML),
        (b"<html><p>\xe4\xbd\xa0</p></html>", PAGE_WITHOUT),
    ],
)  # fmt: skip
def test_what_is_no_table_is_named_for_what_it_is(tmp_path, content, message):
    assert refusal(text_file(tmp_path / "台账.xlsx", content)) == message


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


def test_an_old_workbook_with_a_password_is_refused(tmp_path):
    content = (FILES / "villages.xls").read_bytes()
    begin = content.index(b"\x09\x08\x10\x00\x00\x06") + 20
    locked = content[:begin] + b"\x2f\x00\x08\x00\x01" + bytes(7) + content[begin + 12 :]
    assert refusal(text_file(tmp_path / "台账.xls", locked)) == PASSWORD


def test_absurd_spans_of_a_web_page_do_no_harm(tmp_path):
    first = '<tr><td colspan="999999999" rowspan="999999999">甲</td></tr>'
    page = f"<table>{first}<tr><td>乙</td></tr></table>"
    sheet = read_workbook(text_file(tmp_path / "目录.xls", page.encode())).sheets[0]
    assert [(number, [cell for cell in cells if cell]) for number, cells in sheet.rows] == [
        (1, ["甲"]),
        (2, ["乙"]),
    ]


def test_a_child_that_needs_too_much_is_stopped_with_a_sentence(tmp_path):
    def fill(sheet):
        for row in range(3000):
            sheet.append([f"上芦村{row}-{column}" for column in range(20)])

    path = book(tmp_path / "村居.xlsx", fill)
    for limits in ({"memory": 50_000_000}, {"seconds": 0}):
        with pytest.raises(UnreadableFile) as refused:
            read_in_child(path, **limits)
        assert refused.value.message.endswith("请删去多余内容或分成几个文件导入")
