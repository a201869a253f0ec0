"""The main job, as the clerk does it: the township's ledger goes in, the work summary comes out,
every number of it leads to its records; and the import can be taken back.
"""

import io

import pytest
from docx import Document

from congress.jobs import run_due
from tests.browser.clerk_ledger import SHEETS, TITLES, TITLES_OF_DEPUTIES, write_ledger

pytestmark = pytest.mark.browser
COLLECTED = "收集意见建议"


def choose(page, path):
    """Upload a file on the import page and have the worker check it."""
    page.get_by_role("link", name="导入导出").click()
    page.get_by_label("文件").set_input_files(path)
    page.get_by_role("button", name="上传并核对").click()
    page.get_by_text("可以离开这一页，不会中断").wait_for()
    run_due()


def bring_in(page, path):
    """The whole way of an import, until it is done."""
    choose(page, path)
    page.get_by_text("核对好了").wait_for()
    page.get_by_role("button", name="确认导入").click()
    run_due()
    page.get_by_text("导入完成").wait_for()


def counts(page):
    """{sheet: (created, updated, unchanged)} as the page shows them."""
    rows = page.locator(".tbl-counts > tbody > tr").all()
    cells = [[cell.strip() for cell in row.locator("th, td").all_inner_texts()] for row in rows]
    return {name: tuple(map(int, numbers)) for name, *numbers in cells}


def of_2024(page, name):
    """The page of that name over the year 2024."""
    page.get_by_role("link", name=name, exact=True).click()
    page.get_by_label("年、季、月").select_option("2024")
    page.wait_for_url("**period=2024**")
    page.get_by_text("2024年1月1日至12月31日").first.wait_for()


def value_of(page, figure):
    return line_of(page, figure).locator("a.num-link").inner_text().strip()


def line_of(page, figure):
    return page.locator(".tbl-figures > tbody > tr").filter(
        has=page.get_by_role("rowheader", name=figure, exact=True)
    )


def test_what_the_file_would_do_is_seen_before_anything_is_saved(at_desk, clerk, tmp_path):
    page = at_desk(clerk)
    choose(page, write_ledger(tmp_path / "2024年台账.xlsx"))
    page.get_by_text("核对好了").wait_for()
    assert counts(page) == {name: (len(rows), 0, 0) for name, rows in SHEETS.items()}
    of_2024(page, "统计数字")
    assert value_of(page, COLLECTED) == "0 件"


def test_a_number_of_the_figures_opens_exactly_its_rows(at_desk, clerk, tmp_path):
    page = at_desk(clerk)
    bring_in(page, write_ledger(tmp_path / "台账.xlsx"))
    of_2024(page, "统计数字")
    assert value_of(page, COLLECTED) == "5 件"
    line_of(page, COLLECTED).locator("a.num-link").click()
    opened = page.locator("#open-suggestions-collected")
    opened.get_by_text("按提出日期算").first.wait_for()
    shown = opened.locator("table tbody td a[href*='/records/cases/']").all_inner_texts()
    assert sorted(shown) == TITLES


def test_the_summary_holds_the_live_numbers_and_so_does_its_word_file(at_desk, clerk, tmp_path):
    page = at_desk(clerk)
    bring_in(page, write_ledger(tmp_path / "台账.xlsx"))
    of_2024(page, "工作总结")
    number = page.locator(".doc-sheet a.live[title^='代表意见建议：']").first
    assert number.inner_text() == "3"
    sentence = number.locator("xpath=ancestor::p").inner_text()

    number.click()
    panel = page.locator("#panel")
    panel.get_by_text("所计的 3 件").wait_for()
    assert sorted(panel.locator("ol a").all_inner_texts()) == TITLES_OF_DEPUTIES

    with page.expect_download() as download:
        page.get_by_role("link", name="下载 Word 草稿").click()
    document = Document(io.BytesIO(download.value.path().read_bytes()))
    assert download.value.suggested_filename.endswith(".docx")
    assert sentence in [paragraph.text for paragraph in document.paragraphs]


def test_an_import_is_taken_back_and_the_figures_are_nothing_again(at_desk, clerk, tmp_path):
    page = at_desk(clerk)
    bring_in(page, write_ledger(tmp_path / "台账.xlsx"))
    page.get_by_role("link", name="撤销这次导入").click()
    page.get_by_role("dialog").get_by_role("button", name="撤销导入").click()
    run_due()
    page.get_by_text("这次导入已经整批撤销").wait_for()
    of_2024(page, "统计数字")
    assert value_of(page, COLLECTED) == "0 件"
    page.get_by_role("link", name="建议办理").click()
    page.get_by_text("还没有记录").wait_for()
