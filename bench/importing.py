"""Importing cases, against reading the same file and inserting the same rows in bulk."""

import os
import tempfile
from datetime import date, timedelta
from pathlib import Path

from congress.place_tree import ensure_place
from congress.scoping import OPERATOR
from congress.sheets.read import read_in_child
from congress.sheets.write import write_workbook
from reports.importing import commit, new_batch, plan_ledger
from reports.ledger import BY_SLUG
from reports.models import ImportedRow
from suggestions.models import Case, CaseUnit, Proposer, Standing, Step
from suggestions.words import Occasion, ResultClass, Satisfaction

ROWS = int(os.environ.get("BENCH_ROWS", 10_000))
LIMIT = 3.0
UNITS = [f"第{n}站所" for n in range(1, 13)]
CATEGORIES = ("产业发展", "基础设施", "环境卫生城镇建设", "其他")
WRITTEN = (Case, Proposer, Step, Standing, CaseUnit)


def run():
    """Rows in seconds and the ratio that counts."""
    place = ensure_place("360733100", "文武坝镇")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "台账.xlsx"
        write_ledger(path, ROWS)
        imported = _timed(lambda: _import(path, place))
        read = _timed(lambda: read_in_child(path))
        again = _timed(lambda: plan_ledger(path, place, OPERATOR))
    inserted = _insert_again(place)
    return [
        (f"importing {ROWS} cases, seconds", imported, None),
        ("reading the file, seconds", read, None),
        ("inserting the same rows by bulk_create, seconds", inserted, None),
        ("checking the same file again (all unchanged), seconds", again, None),
        ("importing / (reading + inserting)", imported / (read + inserted), LIMIT),
    ]


def write_ledger(path, rows):
    """A ledger of so many cases of sixty deputies, as clerks fill it in."""
    sheets = {slug: table.sheet for slug, table in BY_SLUG.items()}
    people = [f"代表{n:02}" for n in range(60)]
    contents = [
        (sheets["deputies"], [{"name": name} for name in people]),
        (sheets["cases"], (case(n, people) for n in range(1, rows + 1))),
    ]
    write_workbook(path, contents)


def case(n, people):
    """One case, handed over, most of them answered, judged and closed."""
    raised = date(2023, 1, 1) + timedelta(days=n % 700)
    values = {
        "number": f"第{n:05}号", "title": f"关于硬化第{n}村机耕道的建议", "kind": "建议",
        "category": CATEGORIES[n % 4],
        "origin": "代表" if n % 3 else "群众", "proposers": [people[n % 60], people[(n + 7) % 60]],
        "raised_on": raised, "occasion": Occasion.values[n % 6], "way": "交办",
        "handed_on": raised + timedelta(days=5), "lead": UNITS[n % 12], "public": n % 2 == 0,
        "body": "机耕道雨天泥泞，农机进不了田，群众多次反映。" * 4,
        "phone": f"1380000{n % 10000:04}",
    }  # fmt: skip
    if n % 4:
        replied = raised + timedelta(days=50)
        values |= {
            "replied_on": replied, "result": ResultClass.values[n % 4], "contacted_on": replied,
            "evaluated_on": replied + timedelta(days=9), "evaluation": Satisfaction.values[n % 2],
            "closed_on": replied + timedelta(days=20),
        }  # fmt: skip
    return values


def _timed(work):
    """Seconds of processor time, of this process and its children: other work does not count."""
    start = os.times()
    work()
    return sum(os.times()[:4]) - sum(start[:4])


def _import(path, place):
    plan = plan_ledger(path, place, OPERATOR)
    if plan.errors:
        raise SystemExit(f"the made ledger has errors: {plan.errors[:3]}")
    commit(plan, new_batch(path, place, OPERATOR))


def _insert_again(place):
    """Seconds that bulk_create needs for the very rows that the import wrote."""
    other = ensure_place("360733101", "筠门岭镇")
    cases = list(Case.objects.visible_to(OPERATOR).in_place(place))
    old = [one.pk for one in cases]
    parts = {model: list(model.objects.visible_to(OPERATOR)) for model in WRITTEN[1:]}
    traces = list(ImportedRow.objects.visible_to(OPERATOR))
    for one in [*cases, *traces, *(one for rows in parts.values() for one in rows)]:
        one.pk, one._state.adding = None, True
    for one in cases:
        one.place = other

    def insert():
        Case._base_manager.bulk_create(cases, batch_size=500)
        new = dict(zip(old, (one.pk for one in cases), strict=True))
        for model, rows in parts.items():
            for one in rows:
                one.case_id = new[one.case_id]
            model._base_manager.bulk_create(rows, batch_size=500)
        ImportedRow._base_manager.bulk_create(traces, batch_size=500)

    return _timed(insert)
