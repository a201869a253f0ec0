"""What each person's pages are like at a desk and on a phone: nothing sticks out sideways, nothing
breaks in the console (the page fixture tells), nobody is shut out (axe); and what a page says when
a file cannot go in.
"""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone

from congress.jobs import run_due
from suggestions.models import Case
from tests.browser.clerk_ledger import CASE, SHEETS, write_ledger
from tests.reports.ledger_files import bring

pytestmark = pytest.mark.browser
DESK, NARROW, PHONE, SMALL = (1366, 768), (1093, 614), (390, 844), (360, 740)
AA = {"resultTypes": ["violations"], "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
OWN_CASE = CASE | {
    "编号": "闭〔2024〕010号", "标题": "关于给河背村装路灯的建议", "来源": "代表",
    "提出人": "池代表", "提出日期": "2024-08-01", "处理方式": "交办", "处理日期": "2024-08-10",
    "主办单位": "镇水务站",
}  # fmt: skip
FIRST = {
    "clerk": "工作台",
    "county_user": "全县概览",
    "government": "工作台",
    "unit_clerk": "我的办件",
    "deputy_user": "池代表代表，您好",
    "officer": "联络站",
    "sysadmin": "设置",
}


@pytest.fixture
def records(township, unit, deputy_user, tmp_path):
    """The clerk's ledger, and a case that the deputy raised and the unit has in hand."""
    sheets = {
        "代表名册": [*SHEETS["代表名册"], {"姓名": "池代表"}],
        "意见建议": [*SHEETS["意见建议"], OWN_CASE],
    }
    bring(write_ledger(tmp_path / "台账.xlsx", **sheets), township)
    return Case._base_manager.get(number=OWN_CASE["编号"])


def navigation(page):
    """The addresses of the side navigation, also where a narrow screen folds it away."""
    links = page.locator("nav[aria-label='主导航'] > ul a").all()
    return [link.get_attribute("href") for link in links]


def faults(page):
    """What is wrong with the page that is shown: [(where, what)]."""
    width = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    found = [("scroll", f"{width[0]} > {width[1]}")] if width[0] > width[1] else []
    violations = Axe().run(page, options=AA).response["violations"]
    grave = [each for each in violations if each["impact"] in ("serious", "critical")]
    return found + [(each["id"], each["nodes"][0]["html"][:200]) for each in grave]


def look(page, address):
    """Open a page; its faults with its address."""
    assert page.goto(address).status == 200, address
    return [(address, *fault) for fault in faults(page)]


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("person", FIRST)
def test_the_first_page_and_those_of_the_navigation_are_sound(
    at_desk, request, records, person, size
):
    page = at_desk(request.getfixturevalue(person))
    page.set_viewport_size({"width": size[0], "height": size[1]})
    assert page.locator("h1").inner_text() == FIRST[person]
    found = [fault for address in navigation(page) for fault in look(page, address)]
    assert found == []


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_pages_of_a_case_and_of_records_are_sound(at_desk, clerk, records, size):
    page = at_desk(clerk)
    page.set_viewport_size({"width": size[0], "height": size[1]})
    addresses = [
        reverse("case", kwargs={"pk": records.pk}),
        reverse("case-step", kwargs={"pk": records.pk, "step": "签收"}),
        reverse("record-new", kwargs={"sheet": "cases"}),
        reverse("record-new", kwargs={"sheet": "receptions"}),
        reverse("record-list", kwargs={"sheet": "receptions"}) + "?q=没有",
        reverse("search") + "?q=路灯",
        reverse("figure", kwargs={"key": "suggestions.collected"}) + "?period=2024",
    ]
    assert [fault for address in addresses for fault in look(page, address)] == []


@pytest.mark.parametrize("size", [DESK, NARROW, PHONE, SMALL], ids=["desk", "125", "phone", "360"])
def test_the_help_opens_beside_the_page_and_the_header_stays_one_line(
    at_desk, clerk, records, size
):
    page = at_desk(clerk)
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(reverse("case", kwargs={"pk": records.pk}))
    header = page.locator("header.top")
    before, word = header.bounding_box(), page.locator(".help > summary")
    word.press("Enter")
    title = page.get_by_role("heading", name="帮助：一件建议")
    title.wait_for()
    assert faults(page) == []
    assert header.bounding_box() == before and before["height"] <= 56
    content, panel = page.locator("main").bounding_box(), page.locator(".help-panel").bounding_box()
    assert content is None or content["x"] + content["width"] <= panel["x"]
    page.keyboard.press("Escape")
    title.wait_for(state="hidden")
    assert word.evaluate("word => word === document.activeElement")


def test_escape_while_typing_leaves_the_help_open(at_desk, clerk, records):
    page = at_desk(clerk)
    page.locator(".help > summary").click()
    page.locator(".search input").press("Escape")
    panel = page.locator(".help-panel")
    assert panel.is_visible()
    panel.get_by_role("button", name="关闭").click()
    panel.wait_for(state="hidden")


def test_the_help_works_without_script_and_is_not_printed(at_desk, browser, clerk, records):
    signed_in = at_desk(clerk)
    context = browser.new_context(
        java_script_enabled=False, storage_state=signed_in.context.storage_state()
    )
    page = context.new_page()
    page.goto(signed_in.url)
    page.locator(".help > summary").click()
    panel = page.locator(".help-panel")
    assert (panel.is_visible(), panel.get_by_role("button").count()) == (True, 0)
    page.emulate_media(media="print")
    assert panel.is_visible() is False
    context.close()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_an_import_with_errors_says_where_they_are_and_how_to_mend_them(
    at_desk, clerk, tmp_path, size
):
    page = at_desk(clerk)
    page.set_viewport_size({"width": size[0], "height": size[1]})
    wrong = [CASE | {"编号": "1", "标题": "修路", "提出日期": "七月底"}]
    page.goto(reverse("import"))
    page.get_by_label("文件").set_input_files(
        write_ledger(tmp_path / "台账.xlsx", 意见建议=wrong, 办理过程=[])
    )
    page.get_by_role("button", name="上传并核对").click()
    run_due()
    box = page.locator("section").filter(has_text="有 1 处错误，一条也没有写入")
    box.wait_for()
    sheet, number, column, found, mend = box.locator("tbody td").all_inner_texts()
    assert (sheet, number, column, found) == ("意见建议", "2", "提出日期", "七月底")
    assert "要写成 2026-07-31" in mend
    assert page.get_by_role("button", name="确认导入").count() == 0
    assert faults(page) == []


def test_a_name_is_offered_while_it_is_typed(at_desk, clerk, records):
    page = at_desk(clerk)
    page.goto(reverse("record-new", kwargs={"sheet": "receptions"}))
    station = page.get_by_label("联络站")
    offered = page.locator(f"#{station.get_attribute('list')} > option").all()
    assert [each.get_attribute("value") for each in offered] == ["文武坝镇人大代表联络站"]


def test_a_step_is_taken_from_the_desk(at_desk, clerk, records):
    page = at_desk(clerk)
    row = page.locator(".tbl-work > tbody > tr").filter(has_text=OWN_CASE["编号"])
    assert row.locator(".c-title").inner_text() == "给河背村装路灯"
    row.get_by_role("button", name="催办").click()
    page.get_by_text("秒后发出").wait_for()
    run_due(lambda: timezone.now() + timedelta(minutes=1))
    row.get_by_role("link", name="给河背村装路灯").click()
    assert page.locator(".timeline li.done p b").all_inner_texts()[-1] == "催办"
