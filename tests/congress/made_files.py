"""Makes the files, good and hostile, that the tests of reading read."""

import io
import zipfile

import openpyxl
import pytest
import xlsxwriter

from congress.sheets.read import UnreadableFile, read_workbook

NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def refusal(path, **limits):
    """The sentence with which a file is refused."""
    with pytest.raises(UnreadableFile) as refused:
        read_workbook(path, **limits)
    return refused.value.message


def book(path, fill):
    """An .xlsx file of one sheet 村居 that `fill` fills."""
    workbook = openpyxl.Workbook()
    workbook.active.title = "村居"
    fill(workbook.active)
    workbook.save(path)
    return path


def package(path, rows="", parts=None):
    """An .xlsx file whose sheet XML (or any other part) is given as it shall stand."""
    whole = io.BytesIO()
    with xlsxwriter.Workbook(whole) as workbook:
        workbook.add_worksheet("村居").write(0, 0, "名称")
    sheet = f"<worksheet {NS}><sheetData>{rows}</sheetData></worksheet>"
    changed = {"xl/worksheets/sheet1.xml": sheet} if rows else {}
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        contents = {name: old.read(name) for name in old.namelist()} | changed | (parts or {})
        for name, content in contents.items():
            new.writestr(name, content)
    return path


def text_file(path, content):
    """A file of these bytes."""
    path.write_bytes(content)
    return path
