"""A person at a desk: signed in by the form that everybody uses."""

import pytest

from tests.conftest import PASSWORD


@pytest.fixture
def at_desk(page):
    """`at_desk(user)`: the page after that person signed in."""

    def enter(user):
        page.goto("/sign-in/")
        page.get_by_label("用户名").fill(user.username)
        page.get_by_label("密码", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        page.wait_for_selector("nav[aria-label='主导航']", state="attached")
        return page

    return enter
