"""A clock, two clerks of one township and a stranger, and a way to put a job down."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from congress import jobs
from congress.jobs import enqueue
from congress.models import Place, User
from tests.congress.jobs import work

MORNING = datetime(2024, 8, 15, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


class Clock:
    """A clock that only the test moves."""

    def __init__(self):
        self.now = MORNING

    def __call__(self):
        return self.now

    def forward(self, **gap):
        self.now += timedelta(**gap)


@pytest.fixture(autouse=True)
def bell(monkeypatch):
    """Who was rung; no worker listens."""
    rung = []
    monkeypatch.setattr(jobs, "ring", lambda job_id, *_: rung.append(job_id) or True)
    return rung


@pytest.fixture
def clock():
    work.runs.clear()
    return Clock()


@pytest.fixture
def data_folder(settings, tmp_path):
    settings.DATA = tmp_path
    return tmp_path


@pytest.fixture
def wenwuba(db):
    return Place.objects.create(code="360733100", name="文武坝镇", level="乡镇")


@pytest.fixture
def li_clerk(wenwuba):
    return User.objects.create_user("li", name="李干事", role="clerk", place=wenwuba)


@pytest.fixture
def wang_clerk(wenwuba):
    return User.objects.create_user("wang", name="王干事", role="clerk", place=wenwuba)


@pytest.fixture
def stranger(db):
    elsewhere = Place.objects.create(code="360733101", name="筠门岭镇", level="乡镇")
    return User.objects.create_user("zhao", name="赵干事", role="clerk", place=elsewhere)


@pytest.fixture
def put_down(li_clerk, wenwuba):
    def put_down(task, key="once", **payload):
        name = f"{work.__name__}.{task.__name__}"
        return enqueue(name, payload, user=li_clerk, place=wenwuba, title="导入台账", key=key)

    return put_down
