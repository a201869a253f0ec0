"""A deputy on a phone: large type, large targets, and at most three taps to each thing."""

import pytest
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from suggestions.models import Case, CoSigning
from suggestions.workflow import advance, current_state
from tests.browser.test_pages import DESK, PHONE, look
from tests.suggestions.deputies_at_work import fellow, handed_over, raised, replied

pytestmark = pytest.mark.browser


@pytest.fixture
def work(township, village, deputy_user, clerk, unit):
    """One of each: under way, to be evaluated, returned for repair, asked to co-sign."""
    now, today = timezone.now(), timezone.localdate()
    wang = fellow(township, "王代表", "wang")
    asks = {"fellows": [wang], "on": today}
    running = handed_over(raised(deputy_user, now, token="a", **asks), clerk, unit, on=today)
    waiting = raised(deputy_user, now, token="b", on=today, title="关于增加圩日公交班次的建议")
    replied(handed_over(waiting, clerk, unit, on=today), clerk, unit, on=today)
    repair = raised(deputy_user, now, token="c", on=today, title="关于硬化机耕道的建议")
    advance(repair, "退回补正", user=clerk, on=today, note="请写明长度")
    theirs = {"title": "关于装护栏的建议", "fellows": [deputy_user.person]}
    raised(wang.user, now, token="d", on=today, **theirs)
    return {"running": running, "waiting": waiting, "repair": repair}


@pytest.fixture
def on_phone(at_desk, deputy_user, work):
    """The deputy's page at 390 px."""
    page = at_desk(deputy_user)
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    page.goto("/my/")
    return page


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_deputys_pages_are_sound(at_desk, deputy_user, work, size):
    page = at_desk(deputy_user)
    page.set_viewport_size({"width": size[0], "height": size[1]})
    asked = CoSigning._base_manager.get(person=deputy_user.person)
    cases = [
        ("my-suggestion", "running"), ("my-suggestion", "waiting"),
        ("my-suggestion-edit", "repair"),
        ("my-suggestion-evaluate", "waiting"), ("my-suggestion-missing", "waiting"),
        ("my-suggestion-withdraw", "running"), ("my-suggestion-ask", "running"),
    ]  # fmt: skip
    addresses = [reverse(name, kwargs={"pk": work[which].pk}) for name, which in cases]
    addresses += ["/my/", "/my/suggestions/", "/my/suggestions/new/", "/my/profile/"]
    addresses.append(reverse("my-asked", kwargs={"pk": asked.pk}))
    assert [fault for address in addresses for fault in look(page, address)] == []


# What a deputy wants → the taps from the first page (an article's title and its link, or a word),
# and the heading of the page where it is done or seen.
TAPS = {
    "raise": (["提一件建议"], "提一件建议"),
    "evaluate": ([("关于增加圩日公交班次的建议", "看答复并评价")], "评价这份答复"),
    "co-sign": ([("关于装护栏的建议", "看内容并答复")], "请您附议"),
    "repair": ([("关于硬化机耕道的建议", "补充后再提交")], "补充后再提交"),
    "where it stands": (
        [("关于给古坊桥头装路灯的建议", "看经过")], "关于给古坊桥头装路灯的建议",
    ),
    "ask fellows": (
        [("关于给古坊桥头装路灯的建议", "看经过"), "请其他代表附议"], "请其他代表附议",
    ),
    "withdraw": (
        [("关于给古坊桥头装路灯的建议", "看经过"), "撤回这件建议"], "撤回这件建议",
    ),
    "not received": (
        [("关于增加圩日公交班次的建议", "看答复并评价"), "这份答复我没有收到"],
        "这份答复我没有收到",
    ),
    "all of mine": (["全部 3 件"], "我的建议"),
    "my page": (["我的"], "池代表"),
}  # fmt: skip


@pytest.mark.parametrize("wish", TAPS)
def test_each_thing_is_at_most_three_taps_away(on_phone, wish):
    taps, heading = TAPS[wish]
    assert len(taps) <= 3
    for tap in taps:
        within = on_phone
        if isinstance(tap, tuple):
            within, tap = on_phone.locator("article").filter(has_text=tap[0]), tap[1]
        link = within.get_by_role("link", name=tap, exact=tap == "我的")
        with on_phone.expect_navigation():
            link.first.click()
    assert on_phone.locator("h1").inner_text() == heading


SMALL_TARGETS = """() => [...document.querySelectorAll(
    "main a, main button, .tab-bar a, .radio-row, main summary, .shot-add")]
  .map((each) => [each.textContent.trim(), each.getBoundingClientRect()])
  .filter(([, box]) => box.height && box.height < 44).map(([text]) => text)"""
SMALL_TYPE = """() => [...document.querySelectorAll(
    "main article p:not(.muted), main h3, .sentence")]
  .filter((each) => parseFloat(getComputedStyle(each).fontSize) < 18)
  .map((each) => each.textContent)"""


@pytest.mark.parametrize(
    "address", ["/my/", "/my/suggestions/", "/my/suggestions/new/", "/my/profile/"]
)
def test_type_and_targets_are_large(on_phone, address):
    on_phone.goto(address)
    assert on_phone.evaluate(SMALL_TARGETS) == []
    assert on_phone.evaluate(SMALL_TYPE) == []


def test_a_suggestion_with_photos_is_kept_while_it_is_written_and_then_handed_in(
    on_phone, deputy_user, tmp_path
):
    page = on_phone
    for name, colour in (("a.jpg", "green"), ("b.jpg", "brown")):
        Image.new("RGB", (800, 600), colour).save(tmp_path / name)
    page.get_by_role("link", name="提一件建议").click()
    page.get_by_label("想解决什么事").fill("河背村没有路灯")
    page.get_by_label("具体情况和建议").fill("河背村80户，晚上看不见。建议镇里装路灯8盏。")
    page.get_by_text("草稿已存").wait_for()
    files = [str(tmp_path / "a.jpg"), str(tmp_path / "b.jpg")]
    page.locator("input[name=photos][multiple]").set_input_files(files)
    page.locator(".shots img").nth(1).wait_for()
    page.reload()
    assert page.get_by_label("想解决什么事").input_value() == "河背村没有路灯"
    assert page.locator(".shots img").count() == 2
    page.get_by_text("可以公开").click()
    page.get_by_role("button", name="提交给乡镇人大").click()
    page.get_by_text("已经提交给乡镇人大").wait_for()
    case = Case._base_manager.get(title="河背村没有路灯")
    assert (current_state(case), case.papers.count(), case.public) == ("已提交", 2, True)


def test_a_deputy_evaluates_by_phone(on_phone, work):
    page = on_phone
    page.get_by_role("link", name="看答复并评价").click()
    page.locator("#id_attitude").get_by_text("满意", exact=True).click()
    page.locator("#id_result").get_by_text("基本满意", exact=True).click()
    page.get_by_role("button", name="提交评价").click()
    page.get_by_text("请再看一遍").wait_for()
    page.get_by_role("button", name="提交评价").click()
    page.get_by_text("您的评价已经送到乡镇人大").wait_for()
    assert work["waiting"].standings.get(ends=None).evaluation == "基本满意"


def test_what_is_sent_without_a_network_stays_on_the_page(on_phone, work):
    on_phone.goto(reverse("my-suggestion-withdraw", kwargs={"pk": work["running"].pk}))
    on_phone.context.set_offline(True)
    on_phone.locator("[name=note]").fill("村里已经装好")
    on_phone.get_by_role("button", name="撤回").click()
    on_phone.get_by_text("写的都还在这一页上").wait_for()
    on_phone.context.set_offline(False)
    on_phone.get_by_role("button", name="撤回").click()
    on_phone.get_by_text("这件建议已经撤回").wait_for()
    assert work["running"].steps.get(name="撤回").note == "村里已经装好"
