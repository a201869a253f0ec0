"""Thirty paper suggestions by keyboard alone, as a clerk enters them after a meeting."""

import pytest
from django.urls import reverse
from django.utils import timezone

from suggestions.models import Case
from tests.browser.test_pages import DESK, PHONE, faults
from tests.suggestions.sheets_on_paper import furnish

pytestmark = pytest.mark.browser
MATTERS = ("硬化上芦村机耕道", "给上芦村桥头装路灯", "在圩镇增设公厕")


@pytest.fixture
def at_sheet(at_desk, clerk, township):
    """The page of the sheet, with who is in the roster; the meeting is long over."""
    furnish(township)
    page = at_desk(clerk)
    page.goto(reverse("entry"))
    return page


def focused(page):
    return page.evaluate("document.activeElement.name || document.activeElement.id")


def type_sheet(page, number, save="Control+Enter"):
    """One sheet as fingers do it: no mouse, the cursor stands where the page put it."""
    keys = page.keyboard
    keys.type("lxm")
    keys.press("ArrowDown")
    keys.press("Enter")  # takes 李秀梅 or 赖小明 and goes on
    keys.type("wf")
    keys.press("Enter")  # takes 王芳
    keys.press("Enter")  # an empty box: on
    keys.type(f"关于{MATTERS[number % 3]}（第{number}处）的建议")
    keys.press("Enter")
    keys.type("有56户村民雨天出行难，建议镇里今年安排修好。")
    keys.press("Enter")
    keys.type("sl")
    keys.press("Enter")
    keys.press("Enter")
    if number == 1:
        keys.press("ArrowDown")  # kept from then on
    keys.press(save)
    page.wait_for_url(f"**{reverse('entry')}?saved=*")
    page.get_by_role("heading", name=f"今天已录 {number} 件").wait_for()


def test_sheets_are_entered_by_keyboard_alone(at_sheet):
    for number in (1, 2, 3):
        type_sheet(at_sheet, number)
        at_sheet.wait_for_function("document.activeElement.name === 'lead'")
    cases = Case._base_manager.order_by("pk")
    assert [case.title for case in cases] == [
        f"关于{MATTERS[number % 3]}（第{number}处）的建议" for number in (1, 2, 3)
    ]
    names = [[row.name for row in case.proposers.all()] for case in cases]
    assert [set(found) for found in names] == [{"王芳", found[0]} for found in names]
    assert {found[0] for found in names} <= {"李秀梅", "赖小明"}
    assert [str(case.villages.get()) for case in cases] == ["上芦村"] * 3
    assert {str(case.standings.get(ends=None).category) for case in cases} == {"基础设施"}


def test_enter_leads_through_the_fields_to_the_button(at_sheet):
    visited = []
    for _ in range(7):
        visited.append(focused(at_sheet))
        at_sheet.keyboard.press("Enter")
    assert visited == ["lead", "id_cosigners", "title", "body", "id_villages", "category", ""]
    at_sheet.get_by_text("有 3 处要改").wait_for()  # the button was pressed; the rest is asked for
    assert focused(at_sheet) == "lead"


def test_the_list_of_names_is_told_to_a_screen_reader(at_sheet):
    box = at_sheet.get_by_role("combobox", name="领衔代表")
    box.press_sequentially("lxm")
    assert box.get_attribute("aria-expanded") == "true"
    names = at_sheet.get_by_role("listbox").get_by_role("option").all_inner_texts()
    assert [text.split()[0] for text in names] == ["赖小明", "李秀梅"]
    marked = at_sheet.locator(f"#{box.get_attribute('aria-activedescendant')}")
    assert marked.get_attribute("aria-selected") == "true"
    box.press("Escape")
    assert (box.get_attribute("aria-expanded"), box.input_value()) == ("false", "lxm")


def test_what_is_kept_is_changed_with_f2(at_sheet):
    at_sheet.keyboard.press("F2")
    assert focused(at_sheet) == "kind"
    at_sheet.get_by_label("来源").select_option("群众")
    at_sheet.get_by_text("群众电话").wait_for()
    assert at_sheet.locator("[data-shows=origin]").inner_text() == "群众"
    at_sheet.keyboard.press("F2")
    assert focused(at_sheet) == "lead"
    assert at_sheet.get_by_label("提出人", exact=True).count() == 1


def test_a_like_case_and_missing_parts_are_told_beside_the_form(at_sheet):
    type_sheet(at_sheet, 1)
    at_sheet.get_by_label("案由").press_sequentially("关于给上芦村桥头装路灯的建议")
    at_sheet.locator("#alike").get_by_text("相近").wait_for()
    at_sheet.get_by_label("存了就并入这一件").wait_for()
    at_sheet.get_by_label("内容").press_sequentially("晚上很黑")
    at_sheet.locator("#advice").get_by_text("还可以补上数").wait_for()


def test_an_unfinished_sheet_comes_back(at_sheet):
    at_sheet.get_by_label("案由").press_sequentially("关于修桥")
    at_sheet.keyboard.press("Enter")
    at_sheet.get_by_text("草稿已存").wait_for()
    at_sheet.goto(reverse("home"))
    at_sheet.goto(reverse("entry"))
    assert at_sheet.get_by_label("案由").input_value() == "关于修桥"


def test_a_sheet_that_the_back_button_shows_again_is_kept_as_before(at_sheet):
    form = at_sheet.locator("form[data-entry]")
    form.evaluate("form => form.dispatchEvent(new Event('submit'))")
    at_sheet.evaluate(
        "window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))"
    )
    at_sheet.get_by_label("案由").press_sequentially("关于修桥")
    at_sheet.keyboard.press("Enter")
    at_sheet.get_by_text("草稿已存").wait_for(timeout=5000)


def test_a_sheet_is_declared_void_after_a_question(at_sheet):
    type_sheet(at_sheet, 1)
    number = Case._base_manager.get().number
    at_sheet.get_by_role("link", name=f"作废{number}").click()
    at_sheet.get_by_role("dialog").get_by_role("button", name="作废").click()
    at_sheet.get_by_text(f"{number}已作废").wait_for()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_pages_are_sound(at_sheet, size):
    at_sheet.set_viewport_size({"width": size[0], "height": size[1]})
    type_sheet(at_sheet, 1)
    at_sheet.get_by_label("案由").press_sequentially("关于给上芦村桥头装路灯的建议")
    at_sheet.locator("#alike").get_by_text("相近").wait_for()
    found = faults(at_sheet)
    at_sheet.goto(reverse("pasted"))
    found += faults(at_sheet)
    day = timezone.localdate().isoformat()
    at_sheet.get_by_label("提出日期").fill(day)
    at_sheet.get_by_label("粘到这里").fill("王芳：关于修路的建议，路坏了。\n李建囯：修桥")
    at_sheet.get_by_role("button", name="读成一行行").click()
    at_sheet.get_by_text("读出 2 行").wait_for()
    at_sheet.get_by_label("存第 2 行").uncheck()
    assert at_sheet.get_by_role("button", name="存 1 件").count() == 1
    at_sheet.get_by_label("存第 2 行").check()
    assert found + faults(at_sheet) == []


def test_without_script_the_sheet_is_plain_fields(browser, live_server, clerk, township, sign_in):
    furnish(township)
    from django.test import Client

    cookie = sign_in(Client(), clerk).cookies["sessionid"].value
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page = context.new_page()
    page.goto(reverse("entry"))
    page.get_by_label("领衔代表").fill("王芳")
    page.get_by_label("附议代表").fill("李建国、赖小明")
    page.get_by_label("案由").fill("关于修路的建议")
    page.get_by_label("类别").select_option("其他")
    page.get_by_role("button", name="保存，录下一件").click()
    page.get_by_role("heading", name="今天已录 1 件").wait_for()
    context.close()
    assert [row.name for row in Case._base_manager.get().proposers.all()] == [
        "王芳",
        "李建国",
        "赖小明",
    ]
