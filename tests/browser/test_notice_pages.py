"""Notices and group messages in a browser: the number at the bell, a text made into a picture, a
接龙 read into a table; sound at a desk and on a phone.
"""

import pytest
from django.urls import reverse
from django.utils import timezone

from congress.notices import new_robot_message
from tests.browser.test_pages import DESK, PHONE, faults
from tests.congress.noticing import robot, tell
from tests.suggestions.lives import PATHS

pytestmark = pytest.mark.browser
WECOM = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1"
PAGES = ["notices", "notice_settings", "channel_list", "channel_add", "delivery_list",
         "group-message", "chain"]  # fmt: skip


@pytest.fixture
def seat(page, client, sign_in):
    """`seat(user)`: a browser in which that person is signed in."""

    def enter(user):
        session = sign_in(client, user).cookies["sessionid"].value
        page.goto("/robots.txt")
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": page.url}])
        return page

    return enter


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_pages_of_notices_and_groups_are_sound(seat, clerk, life, size):
    life.play(PATHS["待评价"])
    now = timezone.now()
    tell(clerk, now, urgent=True)
    new_robot_message(robot(clerk.place, WECOM, now), now, urgent=True)
    page, found = seat(clerk), []
    page.set_viewport_size({"width": size[0], "height": size[1]})
    for name in PAGES:
        page.goto(reverse(name))
        page.wait_for_load_state("networkidle")
        found += [(name, *fault) for fault in faults(page)]
    page.get_by_label("建议编号").fill(life.case.number)
    page.get_by_label("接龙内容").fill("#接龙\n例 张三 满意\n1. 池代表 满意\n2. 兰代表 不太满意")
    page.get_by_role("button", name="读成表格").click()
    page.locator(".chain-table").wait_for()
    assert found + faults(page) == []
    page.get_by_role("button", name="代录", exact=True).click()
    page.get_by_text("接龙代录好了").wait_for()


def test_the_number_at_the_bell_goes_down_when_a_notice_is_opened(seat, clerk):
    for key in "ab":
        tell(clerk, timezone.now(), key=key, path=reverse("notice_settings"))
    page = seat(clerk)
    page.goto(reverse("notices"))
    count = page.locator(".top-links .count")
    assert count.inner_text().startswith("2")
    page.locator(".notice-title").first.click()
    page.wait_for_url(f"**{reverse('notice_settings')}")
    assert count.inner_text().startswith("1")


def test_a_text_for_the_group_becomes_a_picture(seat, clerk):
    page = seat(clerk)
    page.goto(reverse("group-message"))
    page.get_by_role("button", name="做成图片").click()
    picture = page.locator("#group-picture img")
    assert picture.evaluate("(image) => image.decode().then(() => image.naturalWidth)") == 1080
    assert page.locator("[data-download]").get_attribute("href").startswith("data:image/png")


def test_a_text_is_copied(seat, clerk):
    page = seat(clerk)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(reverse("group-message"))
    page.get_by_role("button", name="复制文字").click()
    page.get_by_text("已复制").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == "现在没有等代表评价的答复。"
