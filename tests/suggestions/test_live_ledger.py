"""What was played live goes out as a ledger and comes in elsewhere with the same figures; rows that
say the same again change nothing.
"""

from datetime import date

import pytest
from django.urls import reverse

from congress.period import Period
from congress.scoping import OPERATOR
from reports.catalogue import evaluate
from reports.exporting import export_ledger
from reports.importing import plan_ledger
from suggestions.workflow import current_state
from tests.suggestions.lives import PATHS, Life

pytestmark = pytest.mark.django_db
YEAR = Period(date(2024, 1, 1), date(2024, 12, 31))


def figures(place):
    results = evaluate(OPERATOR, place, YEAR)
    return {key: result.value for key, result in results.items() if key.startswith("suggestions")}


def brought(path, place):
    """Import a ledger; what it did."""
    plan = plan_ledger(path, place, OPERATOR)
    assert plan.errors == []
    plan.load.commit()
    return plan.outcome()


@pytest.fixture
def played(township, request, road_office, unit, unit_clerk):
    """One case in each state, as the persons of the tests play them."""
    for number, (state, steps) in enumerate(PATHS.items(), 1):
        if state != "草稿":
            Life(township, request.getfixturevalue, f"未编号-{number + 10}").play(steps)
    return township


def test_a_ledger_of_live_cases_gives_the_same_figures_elsewhere(played, other_township, tmp_path):
    path = tmp_path / "台账.xlsx"
    export_ledger(path, played, OPERATOR)
    brought(path, other_township)
    assert figures(other_township) == figures(played)


def test_its_own_ledger_changes_nothing(played, tmp_path):
    path = tmp_path / "台账.xlsx"
    export_ledger(path, played, OPERATOR)
    outcome = brought(path, played)
    assert sum(outcome["created"].values()) == 0
    assert sum(outcome["updated"].values()) == 0


def test_a_row_with_another_title_leaves_the_steps_alone(life, clerk, client, sign_in):
    case = life.play(PATHS["待核稿"])
    before = {step.name: step.data for step in case.steps.all()}
    sent = {"number": case.number, "title": "关于修路的建议", "version": case.version}
    sent |= {"origin": "代表", "occasion": "闭会期间", "category": "基础设施", "proposers": "池代表"}
    sent |= {"raised_on": "2024-03-04", "kind": "建议", "raised_at": "乡镇"}
    address = reverse("record-edit", kwargs={"sheet": "cases", "pk": case.pk})
    assert sign_in(client, clerk).post(address, sent).status_code == 302
    case.refresh_from_db()
    assert (case.title, current_state(case)) == ("关于修路的建议", "待核稿")
    after = {step.name: step.data for step in case.steps.filter(superseded_at=None)}
    assert {name: after[name] for name in before} == before | {"提出": after["提出"]}
