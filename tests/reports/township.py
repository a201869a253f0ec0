"""An invented township, 下洲镇: figures out of a table instead of a database."""

import csv
from datetime import date
from pathlib import Path
from types import SimpleNamespace

from congress.figures import Result
from congress.period import Period
from reports.outline import load_outline, parse_outline
from reports.summary import compose

XIAZHOU = SimpleNamespace(name="下洲镇")
TERM = Period(date(2023, 1, 1), date(2024, 12, 31), label="换届以来")
HEAD = "name='样稿'\ntitle='{地方}总结'\nsignature='{地方}'\nlevels=['一、', '（一）']\n"
TABLE = Path(__file__).with_name("township_figures.csv")


def rows():
    with TABLE.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def figures():
    """Names of the figures, each key once."""
    named = {row["key"]: SimpleNamespace(**row) for row in rows()}
    return list(named.values())


def _filters(text):
    name, _, values = text.partition("=")
    return {name: tuple(values.split("|"))} if text else {}


class Figures:
    """Answers as the catalogue does and remembers what it was asked; `changed`: {key: value}."""

    def __init__(self, changed=None, breakdowns=None):
        self.changed, self.breakdowns, self.calls = changed or {}, breakdowns or {}, []

    def __call__(self, period, keys, filters):
        self.calls.append((period.label, tuple(keys), filters))
        found = {
            row["key"]: self._result(row) for row in rows() if _filters(row["filters"]) == filters
        }
        return {key: found[key] for key in keys if key in found}

    def _result(self, row):
        value = self.changed.get(row["key"], float(row["value"]))
        whole = int(value) if value is not None and value == int(value) else value
        items = [{"title": title} for title in row["items"].split("；") if title and value]
        return Result(
            row["key"],
            value=whole,
            items=items or None,
            breakdowns=self.breakdowns.get(row["key"], {}),
            rows=int(value or 0),
            name=row["name"],
            unit=row["unit"],
            definition=f"{row['name']}的口径",
        )


def outline_of(text):
    """An outline of one text, for what a test is about."""
    return parse_outline("sample", f"{HEAD}text='''\n{text}\n'''", figures())


def text_of(text, changed=None, breakdowns=None, period=TERM, term_start=None):
    """What the blocks of such an outline come to, one text a block."""
    evaluate = Figures(changed, breakdowns)
    draft = compose(outline_of(text), XIAZHOU, period, evaluate, term_start)
    return [block.text for block in draft.blocks]


def whole_draft(changed=None, place=XIAZHOU):
    """The draft by the outline of this project."""
    breakdowns = {
        "activities.inspections_and_research": {
            "field": {"饮水安全": 3, "环境整治": 6, "营商环境": 4, "禁渔": 1}
        }
    }
    return compose(
        load_outline("congress-term", figures()), place, TERM, Figures(changed, breakdowns)
    )
