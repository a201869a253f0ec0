"""The desk by keyboard, its bulk bar, its drop for scans; at a desk and on a phone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from congress.jobs import run_due
from suggestions.models import ScanDrop, Step
from tests.browser.test_pages import DESK, PHONE, faults
from tests.reports.books import enter_cases

pytestmark = pytest.mark.browser


def day(number):
    """A day that lies so many days from today, as a cell."""
    return (timezone.localdate() + timedelta(days=number)).isoformat()


RUNNING = {"处理方式": "交办", "主办单位": "镇水务站", "提出日期": day(-120), "处理日期": day(-100)}


@pytest.fixture
def cases(township, unit):
    """Two late, one near, one to be registered."""
    enter_cases(
        township,
        RUNNING | {"标题": "关于修路的建议", "答复期限": day(-12)},
        RUNNING | {"标题": "修渠", "答复期限": day(-3)},
        RUNNING | {"标题": "修桥", "答复期限": day(9)},
        {"标题": "装灯", "提出日期": day(-5)},
    )


@pytest.fixture
def desk(at_desk, clerk, cases):
    """The clerk's desk."""
    return at_desk(clerk)


def chosen(page):
    return page.locator("[data-desk] tr.on .c-title").all_inner_texts()


def test_letters_and_arrows_choose_a_row(desk):
    found = []
    for key in ("j", "ArrowDown", "j", "j", "j", "k", "ArrowUp"):
        desk.keyboard.press(key)
        found += chosen(desk)
    assert found == ["修路", "修渠", "修桥", "装灯", "装灯", "修桥", "修渠"]


def test_one_key_presses_and_the_bar_takes_it_back(desk):
    desk.keyboard.press("j")
    desk.keyboard.press("Enter")
    bar = desk.locator(".undo-bar")
    bar.wait_for()
    desk.keyboard.press("2")
    desk.locator(".undo-bar").nth(1).wait_for()
    assert [text.split("，")[0] for text in bar.all_inner_texts()] == [
        f"✓ 催办{number}（镇水务站）" for number in (1, 2)
    ]
    bar.first.get_by_role("button", name="撤销").click()
    desk.get_by_text("没有发出").wait_for()
    run_due(lambda: timezone.now() + timedelta(seconds=31))
    assert [step.case.title for step in Step._base_manager.filter(name="催办")] == ["修渠"]


def test_o_opens_the_case(desk):
    desk.keyboard.press("j")
    desk.keyboard.press("j")
    desk.keyboard.press("o")
    desk.wait_for_url("**/cases/*/")
    assert "修渠" in desk.locator("h1").inner_text()


def test_a_number_takes_the_step_of_that_row_at_once(desk):
    desk.keyboard.press("9")
    desk.keyboard.press("4")
    desk.wait_for_url("**/steps/*/")
    assert desk.locator("h1").inner_text() == "登记"


def test_keys_rest_while_somebody_types_or_reads_the_legend(desk):
    desk.keyboard.press("/")
    desk.keyboard.type("j4o")
    assert desk.get_by_role("searchbox").input_value() == "j4o"
    assert (chosen(desk), desk.url.endswith("/")) == ([], True)
    desk.locator("h1").click()
    desk.keyboard.press("?")
    desk.get_by_role("heading", name="快捷键").wait_for()
    desk.keyboard.press("j")
    assert chosen(desk) == []
    desk.keyboard.press("Escape")
    desk.keyboard.press("j")
    assert chosen(desk) == ["修路"]


def test_a_group_is_pressed_with_two_clicks(desk):
    desk.get_by_role("button", name="全部催办").first.click()
    desk.get_by_role("heading", name="催办 2 件？").wait_for()
    desk.get_by_role("button", name="催办 2 件").click()
    desk.get_by_text("办好 2 件。").wait_for()
    assert Step._base_manager.filter(name="催办").count() == 2


def test_the_bar_appears_with_the_first_tick_and_counts(desk):
    desk.goto("/desk/groups/late/")
    bar = desk.locator("[data-bulk-bar]")
    assert bar.is_visible() is False
    desk.get_by_label("全选这一页").check()
    assert bar.inner_text().startswith("勾选了 2 件")
    desk.get_by_role("checkbox").nth(1).uncheck()
    assert bar.inner_text().startswith("勾选了 1 件")
    bar.get_by_role("button", name="打印").click()
    desk.get_by_role("heading", name="打印 1 件的哪种表？").wait_for()


def test_the_case_list_takes_a_step_for_the_ticked(desk):
    desk.goto("/records/cases/")
    desk.get_by_role("checkbox", name="选 装灯").check()
    desk.get_by_role("button", name="登记", exact=True).click()
    desk.get_by_role("button", name="登记 1 件").click()
    desk.get_by_text("办好 1 件。").wait_for()
    assert Step._base_manager.filter(name="登记", historical=False, data={}).count() >= 1


def test_what_is_dropped_on_the_desk_is_sent_at_once(desk, tmp_path):
    scan = tmp_path / "表.pdf"
    scan.write_bytes(b"%PDF-1.4 x")
    desk.locator(".drop-form input[type=file]").set_input_files(scan)
    desk.wait_for_url("**/scans/")
    assert ScanDrop._base_manager.get().name == "表.pdf"


def test_the_figures_come_after_the_list(desk):
    desk.locator(".figure-grid b").first.wait_for()
    assert desk.locator(".figure-grid a").count() == 4


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("person", ["clerk", "government", "unit_clerk"])
def test_desks_and_their_pages_are_sound(at_desk, request, cases, person, size):
    page = at_desk(request.getfixturevalue(person))
    page.set_viewport_size({"width": size[0], "height": size[1]})
    pages = ["/", "/desk/groups/late/", "/promises/"]
    if person == "clerk":
        pages += ["/findings/", "/desk/unscanned/", "/settings/substitutes/new/"]
    found = {}
    for address in pages:
        page.goto(address)
        page.wait_for_load_state("networkidle")
        found[address] = faults(page)
    assert found == {address: [] for address in pages}


def test_a_full_desk_fits_the_screen(desk, township):
    title = "关于把通往三个村民小组的机耕道和排灌渠一并修好的建议"
    enter_cases(
        township,
        *[RUNNING | {"标题": f"{title}{n}", "答复期限": day(n - 9)} for n in range(19)],
        *[{"标题": f"{title}{n}", "提出日期": day(-5)} for n in range(9)],
    )
    desk.reload()
    desk.locator(".figure-grid b").first.wait_for()
    height = desk.evaluate("document.documentElement.scrollHeight")
    assert height <= 768
