"""Fixtures that know no people: the browser, and what every test gets without asking.

tests/conftest.py takes them in by `pytest_plugins = ["tests.infrastructure"]`.
"""

import os
import shutil
import uuid

import pytest
from hypothesis import settings

settings.register_profile("congress", deadline=None, derandomize=True, max_examples=50)
settings.load_profile("congress")

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(autouse=True)
def asked_by_nobody_yet(monkeypatch):
    """Each test counts requests by itself: all of them come from one address, hundreds a minute."""
    monkeypatch.setattr("congress.rate_limit.FOLDER", f"requests-{uuid.uuid4().hex}")


def find_chromium():
    """The path of an installed Chromium, or None."""
    names = ["chromium", "chromium-browser", "google-chrome"]
    return next(filter(None, map(shutil.which, names)), None)


@pytest.fixture(scope="session")
def browser():
    """Chromium without a window, as Debian ships it."""
    from playwright.sync_api import sync_playwright

    # Playwright runs an event loop in this thread; Django would refuse the database in it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser, live_server):
    """A fresh page at a desk (1366 × 768) on the running server; relative addresses work. What the
    page complains of in its console (a refused style, a broken script, a missing file) fails the
    test.
    """
    context = browser.new_context(
        base_url=live_server.url,
        viewport={"width": 1366, "height": 768},
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
    )
    page = context.new_page()
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    yield page
    context.close()
    assert complaints == []
