"""The desk, the list, the search, what is alike, a case's page and every step of a life, at a
thousand, ten thousand and a hundred thousand cases of a county; how much longer each takes where
there are ten times as many.
"""

import statistics
import time
from functools import partial

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.crowd import TODAY, Crowd
from bench.lives import slowest_step
from suggestions.again import raised_again
from suggestions.likeness import alike
from suggestions.models import Case

SIZES = (1_000, 10_000, 100_000)
TIMES = 5  # the median counts
ALIKE_MS, DESK_QUERIES, CASE_QUERIES = 100, 15, 25  # of the specification
STEP = "slowest step of a life"
LINEAR = 12  # ten times the cases: ten times as long, and a fifth for the noise of the machine
TITLES = (
    "关于加强道路建设的建议",
    "关于增设公交站点的建议",
    "关于解决外来务工子女入学难的建议",
    "关于在镇中心小学路口设斑马线和减速带的建议",
)


def run():
    """Milliseconds of each at each size, its growth, and the queries of the desk."""
    crowd, found = Crowd(), {}
    for size in SIZES:
        start = time.perf_counter()
        crowd.grow(size)
        yield f"making {size} cases, seconds", time.perf_counter() - start, None
        for name, works in _work(crowd).items():
            found[name, size] = max(map(_milliseconds, works))
            limit = ALIKE_MS if name.startswith("alike") else None
            yield f"{name} at {size}, milliseconds", found[name, size], limit
        step, found[STEP, size] = slowest_step(crowd)
        yield f"{STEP} ({step}) at {size}, milliseconds", found[STEP, size], None
    for name in [*_work(crowd), STEP]:
        for less, more in zip(SIZES, SIZES[1:], strict=False):
            yield f"{name}: {more} / {less}", found[name, more] / found[name, less], LINEAR
    yield "queries of the desk", _queries(crowd.clerk, "/"), DESK_QUERIES
    case = Case.objects.visible_to(crowd.clerk).latest("pk")
    yield "queries of a case", _queries(crowd.clerk, f"/cases/{case.pk}/"), CASE_QUERIES


def _work(crowd):
    """{what is measured: the works, of which the slowest counts}; the county's user sees all cases,
    the clerk a twentieth.
    """
    county, clerk = crowd.county_user, crowd.clerk
    of_county, of_clerk = _client(county), _client(clerk)
    return {
        "desk of a clerk": [lambda: _get(of_clerk, "/")],
        "list of the county": [lambda: _get(of_county, "/records/cases/")],
        "list of a clerk": [lambda: _get(of_clerk, "/records/cases/")],
        "search in the county": [lambda: _get(of_county, "/search/?q=道路")],
        "alike in the county": [partial(_alike, county, None, title) for title in TITLES],
        "alike in a township": [partial(_alike, clerk, clerk.place, title) for title in TITLES],
        "raised again, 50 cases of a list": [lambda: _again(clerk)],
    }


def _queries(user, address):
    client = _client(user)
    with CaptureQueriesContext(connection) as queries:
        _get(client, address)
    return len(queries)


def _alike(user, place, title):
    alike(user, place, title, today=TODAY)


def _again(user):
    raised_again(list(Case.objects.visible_to(user)[:50]))


def _client(user):
    client = Client(SERVER_NAME="localhost")
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def _get(client, address):
    answer = client.get(address)
    if answer.status_code != 200:
        raise SystemExit(f"{address}: {answer.status_code}")


def _milliseconds(work):
    took = []
    for _ in range(TIMES):
        start = time.perf_counter()
        work()
        took.append((time.perf_counter() - start) * 1000)
    return statistics.median(took)
