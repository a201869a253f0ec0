"""What holds for the pages that are open without sign-in: no token in the logs, not too often."""

import logging
from datetime import timedelta

import pytest
from django.conf import settings as configured
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from congress import devices, rate_limit
from congress.logs import SafeLines, without_tokens


@pytest.fixture
def slip(deputy_user, clerk):
    """The token on a slip that the clerk printed for the deputy."""
    return devices.make_link(deputy_user, clerk, timezone.now())[1]


def test_logs_hold_no_token(slip):
    line = f"Not Found: /bind/{slip}/ and /bind/{slip[:35]}"
    assert without_tokens(line) == "Not Found: /bind/***/ and /bind/***"
    kept = "GET /settings/users/12/new-link/ test_everybody_gets_the_answer_of_the_table"
    assert without_tokens(kept) == kept


def test_an_address_that_asks_too_often_waits_a_minute(slip, monkeypatch):
    monkeypatch.setattr(rate_limit, "MOST", 3)
    address, now = reverse("bind_device", args=[slip]), timezone.now()
    for minute in (now + timedelta(minutes=1), now):
        counted = [rate_limit.is_over("10.9.8.7", minute) for _ in range(4)]
        assert counted == [False, False, False, True]
    assert Client(REMOTE_ADDR="10.9.8.7").get(address).status_code == 429
    assert Client(REMOTE_ADDR="10.9.8.8").get(address).status_code == 200


def test_a_full_disk_does_not_shut_the_pages(slip, monkeypatch, settings, tmp_path):
    (tmp_path / rate_limit.FOLDER).write_text("a file where the folder should be")
    settings.DATA = tmp_path
    assert rate_limit.is_over("10.9.8.7", timezone.now(), most=0) is False


def test_neither_the_request_log_nor_a_handler_writes_a_token(slip, caplog):
    with caplog.at_level(logging.INFO, "congress.requests"):
        Client().get(reverse("bind_device", args=[slip]))
    [line] = [each.getMessage() for each in caplog.records if each.name == "congress.requests"]
    assert "GET /bind/***/ 200" in line
    record = logging.LogRecord("django.request", 40, "", 0, "Error: /e/%s/", (slip,), None)
    assert SafeLines().format(record).endswith("django.request Error: /e/***/")
    used = {handler["formatter"] for handler in configured.LOGGING["handlers"].values()}
    assert used == {"line"}
    assert configured.LOGGING["formatters"] == {"line": {"()": "congress.logs.SafeLines"}}
