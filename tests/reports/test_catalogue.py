"""The catalogue: every figure once, with a name and a definition; identities; few queries."""

import csv
import random
import re
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congress.scoping import OPERATOR
from reports import catalogue
from reports.catalogue import FigureError
from tests.reports.books import (
    MANDATES,
    ROSTER,
    YEAR,
    deputy_case,
    enter,
    enter_cases,
    figures,
    known_on,
    township,
)  # fmt: skip
from tests.reports.whole_ledger import whole_ledger

KEYS = Path(__file__).with_name("figure_keys.csv")


def wanted():
    with KEYS.open(encoding="utf-8", newline="") as lines:
        return [(row["key"], row["name"], row["unit"]) for row in csv.DictReader(lines)]


@pytest.fixture
def town(db):
    return township()


def test_every_figure_stands_in_the_catalogue_once_under_its_name_and_unit():
    assert [(meta.key, meta.name, meta.unit) for meta in catalogue.METAS] == wanted()


def test_every_figure_is_computed_by_a_room():
    assert [meta.key for meta in catalogue.METAS if meta.key not in catalogue.FIGURES] == []


def test_every_figure_has_a_definition_of_its_own_and_a_group():
    definitions = [meta.definition for meta in catalogue.METAS]
    assert [text for text in definitions if len(text) < 8 or not text.endswith("。")] == []
    assert len(set(definitions)) == len(definitions)
    assert {meta.group for meta in catalogue.METAS} == set(catalogue.words()["groups"])


def test_rates_and_only_they_say_what_is_divided_by_what():
    rates = [meta.key for meta in catalogue.METAS if catalogue.FIGURES[meta.key].rate]
    assert [meta.key for meta in catalogue.METAS if meta.fraction] == rates
    assert [meta.key for meta in catalogue.METAS if meta.of] == rates
    assert [meta.key for meta in catalogue.METAS if meta.unit == "%"] == rates


def test_sums_speak_of_figures_that_there_are():
    keys = [key for meta in catalogue.METAS for key in re.findall(r"{(.+?)}", meta.sum)]
    assert [key for key in keys if key not in catalogue.BY_KEY] == []
    assert {meta.within for meta in catalogue.METAS} <= {"", *catalogue.BY_KEY}


def test_every_breakdown_has_a_chinese_name():
    names = {name for figure in catalogue.FIGURES.values() for name in figure.by}
    inner = {"levels"}  # taken apart again before it is given out
    assert {n for n in names - inner if catalogue.dimension_name(n) == n} == set()


def test_steps_on_the_way_are_not_given_out(town):
    assert set(figures(town)) <= set(catalogue.BY_KEY)
    assert list(figures(town, keys=["suggestions.outcomes"])) == ["suggestions.outcomes"]


def test_all_figures_of_an_empty_township_are_nought_or_nothing(town):
    found = figures(town)
    assert list(found) == [meta.key for meta in catalogue.METAS]
    something = {k: r.value for k, r in found.items() if r.value not in (0, None)}
    assert something == {"suggestions.reply_months": 3}
    nothing = {key for key, result in found.items() if result.value is None}
    rates = {meta.key for meta in catalogue.METAS if meta.rate}
    assert nothing - rates == {
        "suggestions.days_to_reply", "suggestions.days_to_handover", "suggestions.outcomes",
        "term.began", "leaders.average_age", "stations.upgraded_on", "stations.activity_days",
        "activities.outcomes", "activities.by_month",
        "training.topics",
    }  # fmt: skip


def test_filters_are_read_from_texts():
    assert catalogue.parse_filters(["kind=视察,调研", "kind=执法检查", "类别=基础设施"]) == {
        "kind": ("视察", "调研", "执法检查"),
        "category": ("基础设施",),
    }


@pytest.mark.parametrize("text", ["village=上芦村", "kind", "kind=", "=1"])
def test_an_unknown_filter_is_refused_in_chinese(text):
    with pytest.raises(FigureError, match="筛选"):
        catalogue.parse_filters([text])


def test_an_unknown_figure_is_refused_in_chinese(town):
    with pytest.raises(FigureError, match="没有“suggestions.liked”这个指标"):
        figures(town, keys=["suggestions.liked"])


CASE_WORDS = {
    "类别": ["产业发展", "基础设施", "其他"],
    "提出场合": ["人代会", "走访", "网络", "闭会期间"],
    "处理方式": ["交办", "转办", "转交上级", "当场答复", "不予受理", None, None],
    "主办单位": ["镇水务站", "镇城建办"],
}


def random_case(dice):
    row = {header: dice.choice(words) for header, words in CASE_WORDS.items()}
    month = dice.randint(1, 12)
    row["提出日期"] = f"2024-{month:02}-05"
    if dice.random() < 0.5:
        row |= deputy_case(dice.choice(["王芳", "李建国"]))
    if row["处理方式"] is None:
        del row["处理方式"], row["主办单位"]
        return row
    row["处理日期"] = f"2024-{month:02}-15"
    if row["处理方式"] in ("不予受理", "当场答复"):
        del row["主办单位"]
    elif dice.random() < 0.6:
        row |= {"首次答复日期": f"2024-{month:02}-20", "办理结果": dice.choice("ABCD")}
        row |= {"办结日期": f"2024-{month:02}-25"} if dice.random() < 0.6 else {}
    return row


@pytest.mark.parametrize("seed", range(6))
def test_identities_hold_whatever_was_entered(town, seed):
    dice = random.Random(seed)
    cases = [random_case(dice) for _ in range(dice.randint(5, 40))]
    enter_cases(town, *cases, 代表名册=ROSTER, 代表职务=MANDATES)
    for period in (YEAR, known_on("2024-06-18")):
        found = figures(town, period)

        def total(*keys, found=found):
            return sum(found[f"suggestions.{key}"].value for key in keys)

        collected = found["suggestions.collected"]
        assert total("collected.deputy", "collected.citizen") == collected.value
        assert total("collected.session", "collected.intersession") == collected.value
        assert total("declined", "accepted") == collected.value
        for name in ("origin", "occasion", "category", "month", "township"):
            assert sum(collected.breakdowns[name].values()) == collected.value
        ways = ("assigned", "transferred", "escalated", "answered_on_the_spot", "undisposed")
        assert total(*ways) == total("closed", "in_progress") == total("accepted")
        assert found["opinions.collected"].value == total("collected.citizen")
        assert [k for k, r in found.items() if r.denominator and r.numerator > r.denominator] == []


@pytest.mark.parametrize("seed", range(3))
def test_the_rows_of_a_figure_are_exactly_those_that_it_counts(town, seed):
    dice = random.Random(seed)
    cases = [random_case(dice) for _ in range(20)]
    enter_cases(town, *cases, 代表名册=ROSTER, 代表职务=MANDATES)
    found = figures(town)
    for key, result in found.items():
        if key.startswith(("suggestions.", "motions.", "opinions.")):
            behind = catalogue.rows(OPERATOR, town, YEAR, key)
            assert sum(rows.count() for rows, _ in behind) == result.rows, key
            for name, labels in result.breakdowns.items():
                for label, number in labels.items():
                    under = catalogue.rows(OPERATOR, town, YEAR, key, labels={name: (label,)})
                    counted = sum(rows.count() for rows, _ in under)
                    expected = number["denominator"] if isinstance(number, dict) else number
                    assert result.unit in ("天", "件次") or counted == expected, (key, name, label)


def queries(place):
    with CaptureQueriesContext(connection) as captured:
        figures(place)
    return len(captured)


def test_all_figures_take_forty_queries_however_many_rows(town):
    enter(town, **whole_ledger(1))
    one = queries(town)
    enter(town, **whole_ledger(3))
    assert queries(town) == one
    assert one <= 40
