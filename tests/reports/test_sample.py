"""The sample county comes in by the ledger import; what is exported gives the same figures."""

import csv
import io
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction

from congress.activity_days import activity_days
from congress.county_settings import value_of
from congress.models import Place, Station, User
from congress.period import Period
from congress.place_tree import ensure_place
from congress.sample.make.__main__ import make
from congress.scoping import OPERATOR
from deputies.models import Mandate, Person
from deputies.terms import term_start
from liaison_stations.models import Reception
from reports import catalogue
from reports.exporting import export_ledger
from reports.importing import commit, new_batch, plan_ledger
from reports.models import ImportBatch
from reports.sample_county import is_loaded, workbooks
from suggestions.consequences import DOCUMENT_WORD
from suggestions.models import Case, Standing, Step
from suggestions.numbers import peek_document
from suggestions.words import Origin, PromiseState, State, Way

pytestmark = pytest.mark.django_db
MADE_ON = date(2026, 11, 23)  # until when the sample tells what happened
TOWNSHIP = "360733100"
YEARS = (2024, 2025, 2026)
SPEECH = Path(__file__).with_name("sample_figures.csv")
# What an import of the sample may find: it names units for the first time, and two or three cases
# a township are of the county's own congress.
EXPECTED_FINDINGS = ("已加入承办单位", "提出场合是人代会，没有写是哪次会议", "按补录登记")


@pytest.fixture(scope="module")
def said(django_db_setup, django_db_blocker):
    """The sample county, loaded once for all tests of this file; what the command said."""
    lines = io.StringIO()
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_sample", "--if-empty", stderr=lines)
        yield lines.getvalue().splitlines()
        transaction.set_rollback(True)


@pytest.fixture
def township(said):
    return Place.objects.visible_to(OPERATOR).get(code=TOWNSHIP)


def periods(place):
    term = Period(term_start(OPERATOR, place, MADE_ON), MADE_ON, label="换届以来")
    years = [Period(date(y, 1, 1), min(date(y, 12, 31), MADE_ON)) for y in YEARS]
    return [term, *years]


def figures(place, period, **filters):
    return catalogue.evaluate(OPERATOR, place, period, filters=filters)


def of(model, place):
    return model.objects.visible_to(OPERATOR).in_place(place)


def test_the_command_tells_one_line_a_workbook(said):
    assert [line.split("：")[0] for line in said] == [path.name for _, _, path in workbooks()]
    assert is_loaded()


def test_the_next_letter_goes_on_with_the_word_of_the_letters_there_are(township):
    signed = of(Step, township).get(name="签发")
    word = value_of(DOCUMENT_WORD, township, signed.on)
    assert signed.data["number"] == f"文府函〔{signed.on.year}〕1号"
    assert peek_document(township, signed.on, word) == f"文府函〔{signed.on.year}〕2号"


def test_a_second_time_nothing_is_loaded(said):
    lines = io.StringIO()
    before = ImportBatch.objects.visible_to(OPERATOR).count()
    call_command("load_sample", "--if-empty", stderr=lines)
    assert (lines.getvalue(), ImportBatch.objects.visible_to(OPERATOR).count()) == ("", before)


def test_every_role_can_sign_in_and_the_deputy_has_a_card(said):
    users = User.objects.visible_to(OPERATOR)
    assert len(set(users.values_list("role", flat=True))) == 8
    assert users.get(role="deputy").person.raised.count() > 0


def test_a_database_with_something_of_its_own_is_left_alone(db):
    with transaction.atomic():
        ImportBatch.objects.visible_to(OPERATOR).update(state=ImportBatch.State.UNDONE)
        ensure_place("330282", "慈溪市")
        with pytest.raises(SystemExit) as ended:
            call_command("load_sample", "--if-empty", stderr=io.StringIO())
        transaction.set_rollback(True)
    assert ended.value.code == 3


def test_only_expected_things_are_found(said):
    batches = ImportBatch.objects.visible_to(OPERATOR).filter(source="示例县")
    messages = [found["message"] for batch in batches for found in batch.outcome["findings"]]
    unexpected = [text for text in messages if not text.endswith(EXPECTED_FINDINGS)]
    assert unexpected == []
    assert sum(text.endswith("按补录登记") for text in messages) <= 2


def test_there_are_three_townships_with_300_cases_and_some_60_deputies_each(said):
    townships = Place.objects.visible_to(OPERATOR).filter(level="乡镇")
    assert [place.name for place in townships] == ["文武坝镇", "筠门岭镇", "清溪乡"]
    assert Case.objects.visible_to(OPERATOR).count() == 304  # four of them played live
    for place in townships:
        serving = figures(place, periods(place)[0])["deputies.serving"]
        assert 57 <= serving.value <= 62
        assert {name: n > 0 for name, n in serving.breakdowns["level"].items()} == dict.fromkeys(
            ("省", "市", "县", "乡镇"), True
        )
        assert sum(serving.breakdowns["level"].values()) > serving.value  # some hold two


def test_a_case_can_be_found_in_every_state_but_a_draft(said):
    states = Standing.objects.visible_to(OPERATOR).filter(ends=None)
    found = Counter(states.values_list("state", flat=True))
    assert set(found) == set(State) - {State.DRAFT}


def test_a_case_can_be_found_on_every_way(township):
    now = of(Standing, township).filter(ends=None)
    assert set(now.values_list("way", flat=True)) == {"", *Way.values}
    assert set(now.values_list("origin", flat=True)) == set(Origin.values)
    assert {"不满意"} <= set(of(Step, township).values_list("result", flat=True))
    names = set(of(Step, township).values_list("name", flat=True))
    assert names >= {"延期", "催办", "督办", "重点", "重开", "退回", "改办", "分办", "协办意见"}
    promises = figures(township, periods(township)[0])["suggestions.commitments"].breakdowns
    assert set(promises["promise_state"]) == set(PromiseState.values)


def test_names_that_are_hard_to_hold_are_held(township):
    names = {str(person) for person in of(Person, township)}
    assert names >= {"古丽娜尔·艾山", "刘𠮷祥", "钟秀兰（高塘村）", "钟秀兰（白沙村）"}


def test_voters_are_received_on_the_lunar_days_of_the_station(township):
    station = of(Station, township).get(kind="站")
    sessions = of(Reception, township).filter(station=station).order_by("on")
    days = activity_days("农历初七、二十四", sessions[0].on, sessions.last().on)
    assert [session.on for session in sessions] == days
    assert {session.deputies.count() for session in sessions.prefetch_related("deputies")} == {2}


def test_a_deputy_of_two_congresses_is_one_person(township):
    mandates = of(Mandate, township).filter(ends=None)
    levels = Counter(mandates.values_list("person", flat=True))
    assert max(levels.values()) == 2
    assert len(levels) == mandates.count() - list(levels.values()).count(2)


def blanks():
    """Rows of the table of what a summary asks: key, filters (`name=value;name=value`)."""
    with SPEECH.open(encoding="utf-8", newline="") as lines:
        return [(row["key"], row["filters"], row["years"]) for row in csv.DictReader(lines)]


@pytest.mark.parametrize(("key", "text", "years"), blanks())
def test_every_blank_of_the_summary_is_filled(township, key, text, years):
    filters = {
        name: tuple(values.split(","))
        for name, values in (part.split("=") for part in text.split(";") if part)
    }
    asked = periods(township) if years else periods(township)[:1]
    empty = []
    for period in asked:
        result = catalogue.evaluate(OPERATOR, township, period, [key], filters)[key]
        if not (result.value or result.items):
            empty.append(period.label)
    assert empty == []


def test_what_is_exported_gives_the_same_figures_where_it_is_imported(township, tmp_path):
    file = tmp_path / "台账.xlsx"
    export_ledger(file, township, OPERATOR)
    elsewhere = ensure_place("360734100", township.name)
    bring(file, elsewhere)
    for period in periods(township):
        here, there = figures(township, period), figures(elsewhere, period)
        different = {key: (here[key], there.get(key)) for key in here if here[key] != there[key]}
        assert different == {}


def test_what_is_exported_changes_nothing_where_it_came_from(township, tmp_path):
    file = tmp_path / "台账.xlsx"
    export_ledger(file, township, OPERATOR)
    outcome = plan_ledger(file, township, OPERATOR).outcome()
    assert outcome["errors"] == []
    assert sum(outcome["created"].values()) + sum(outcome["updated"].values()) == 0


def bring(file, place):
    plan = plan_ledger(file, place, OPERATOR)
    assert [str(problem) for problem in plan.errors] == []
    commit(plan, new_batch(file, place, OPERATOR))


def test_the_workbooks_are_what_their_word_lists_make(tmp_path):
    made = {path.name: path.read_bytes() for path in make(tmp_path)}
    assert made == {path.name: path.read_bytes() for _, _, path in workbooks()}
