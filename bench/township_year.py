"""All figures, a list page and the summary of a township-year of 2,000 cases and 5,000
attendances.
"""

import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.importing import case
from congress.models import User
from congress.period import Period
from congress.place_tree import ensure_place
from congress.roles import Role
from congress.scoping import OPERATOR
from congress.sheets.write import write_workbook
from reports.catalogue import evaluate
from reports.drafting import draft_for
from reports.importing import commit, new_batch, plan_ledger
from reports.ledger import BY_SLUG
from reports.outline import DEFAULT
from reports.word import write_docx

CASES, ACTIVITIES, PEOPLE = 2_000, 100, 50  # every deputy at every activity: 5,000 attendances
YEAR = Period(date(2024, 1, 1), date(2024, 12, 31))
FIGURE_QUERIES, LIST_QUERIES, SUMMARY_SECONDS = 40, 12, 2.0


def run():
    """Queries and seconds, each as its share of what is allowed: 1 is the limit."""
    place = ensure_place("360733300", "西江镇")
    _fill(place)
    figures = _queries(lambda: evaluate(OPERATOR, place, YEAR))
    lists = _list_queries(place)
    seconds = _seconds(lambda: write_docx(draft_for(OPERATOR, place, YEAR, DEFAULT)))
    return [
        ("queries of all figures / 40", figures / FIGURE_QUERIES, 1.0),
        ("queries of a list page / 12", lists / LIST_QUERIES, 1.0),
        ("seconds of the summary as Word / 2", seconds / SUMMARY_SECONDS, 1.0),
    ]


def _fill(place):
    people = [f"代表{n:02}" for n in range(PEOPLE)]
    sheets = {slug: table.sheet for slug, table in BY_SLUG.items()}
    mandate = {"level": "乡镇", "term": "第七届", "elected_on": date(2021, 11, 1)}
    contents = [
        (sheets["terms"], [{"level": "乡镇", "name": "第七届", "starts": date(2021, 11, 20)}]),
        (sheets["deputies"], [{"name": name} for name in people]),
        (sheets["mandates"], [{"name": name} | mandate for name in people]),
        (sheets["activities"], [_activity(n, people) for n in range(ACTIVITIES)]),
        (sheets["cases"], [_case(n, people) for n in range(1, CASES + 1)]),
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "台账.xlsx"
        write_workbook(path, contents)
        plan = plan_ledger(path, place, OPERATOR)
        if plan.errors:
            raise SystemExit(f"the made ledger has errors: {plan.errors[:3]}")
        commit(plan, new_batch(path, place, OPERATOR))


def _activity(n, people):
    return {
        "name": f"第{n}次视察", "kind": "视察", "starts": date(2024, 1, 1) + timedelta(days=3 * n),
        "fields": ["环境整治"], "deputies": people,
    }  # fmt: skip


def _case(n, people):
    values = case(n, people[:40] + people[:20])
    raised = date(2024, 1, 1) + timedelta(days=n % 300)
    shift = raised - values["raised_on"]
    return {
        key: value + shift if isinstance(value, date) else value for key, value in values.items()
    }


def _queries(work):
    with CaptureQueriesContext(connection) as queries:
        work()
    return len(queries)


def _list_queries(place):
    clerk = User.objects.create_user("bench", None, name="测速", role=Role.CLERK, place=place)
    client = Client(SERVER_NAME="localhost")
    client.force_login(clerk, "django.contrib.auth.backends.ModelBackend")
    address = "/records/cases/"
    client.get(address)
    return _queries(lambda: client.get(address))


def _seconds(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
