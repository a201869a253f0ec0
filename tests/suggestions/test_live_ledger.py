"""What was played live goes out as a ledger and comes in elsewhere with the same figures; rows that
say the same again change nothing.
"""

from datetime import date

import pytest
from django.urls import reverse

from congress.models import Unit, Word
from congress.period import Period
from congress.scoping import OPERATOR
from reports.catalogue import evaluate
from reports.exporting import export_ledger
from reports.importing import plan_ledger
from suggestions.models import Case, Standing, Step
from suggestions.workflow import current_state
from tests.suggestions.ledger import HANDED, bring
from tests.suggestions.lives import BAD, PATHS, REPLY, Life

pytestmark = pytest.mark.django_db
YEAR = Period(date(2024, 1, 1), date(2024, 12, 31))
# The sheets have no row for a draft reply, its check and its signing, nor for a draft of a case.
NOT_IN_A_LEDGER = {"草稿", "待核稿", "待签发", "待发出"}
AGAIN = (
    ("再次答复", "clerk", {"result": "B", "due": date(2025, 6, 30)}),
    ("评价", "deputy_user", BAD),
)
RETURN = {"note": "不归我站管"}
# What happens to a case beyond the plain paths: where it stands first, and the further steps.
FURTHER = {
    "更正": ("待交办", [("更正", "clerk", {"note": "大会交的", "data": {"occasion": "人代会"}})]),
    "退回分办": ("待签收", [("退回", "unit_clerk", RETURN)]),
    "退回后交办": (
        "待签收",
        [("退回", "unit_clerk", RETURN), ("退回", "government", RETURN), ("交办", "chair", {})],
    ),
    "退回后再转办": (
        "待交办",
        [("转办", "chair", {"units": True}), ("退回", "unit_clerk", RETURN),
         ("转办", "chair", {"units": True})],
    ),
    "退回后并案": (
        "待签收",
        [("退回", "unit_clerk", RETURN), ("退回", "government", RETURN),
         ("并案", "clerk", {"into": True})],
    ),
    "取消并案": ("已并案", [("取消并案", "clerk", {"note": "不是同一件事"})]),
    "两次不满意": ("重新办理", AGAIN),
    "再次答复": ("重新办理", AGAIN[:1]),
    "重开": ("已办结", [("重开", "chair", {"note": "路又塌了"})]),
}  # fmt: skip


def figures(place):
    results = evaluate(OPERATOR, place, YEAR)
    return {key: result.value for key, result in results.items() if key.startswith("suggestions")}


def brought(path, place):
    """Import a ledger; what it did."""
    plan = plan_ledger(path, place, OPERATOR)
    assert plan.errors == []
    plan.load.commit()
    return plan.outcome()


def carried(case, place, path):
    """The same case after its township's ledger was brought into another place."""
    export_ledger(path, case.place, OPERATOR)
    brought(path, place)
    return Case._base_manager.get(place=place, number=case.number)


def standing(case):
    """What a case is now, by names: units, and all but the keys of this place."""
    row = Standing._base_manager.get(case=case, ends=None)
    names = ("state", "origin", "occasion", "way", "handed_on", "deadline", "contacted_on")
    names += ("replied_on", "result_class", "promised_on", "evaluated_on", "evaluation")
    names += ("closed_on", "withdrawn_on", "key_on", "rehandled", "dissatisfied")
    values = {name: getattr(row, name) for name in names}
    units = case.units.filter(ends=None).values_list("role", "unit__name")
    return values | {
        "category": row.category and row.category.text,
        "into": row.merged_into and row.merged_into.number,
        "units": sorted(units),
    }


@pytest.fixture
def farm_office(township):
    unit = Unit(place=township, name="镇农业站")
    unit.save()
    return unit


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


@pytest.mark.parametrize("state", sorted(set(PATHS) - NOT_IN_A_LEDGER))
def test_a_case_comes_in_elsewhere_as_it_went_out(life, other_township, tmp_path, state):
    case = life.play(PATHS[state])
    assert standing(carried(case, other_township, tmp_path / "台账.xlsx")) == standing(case)


@pytest.mark.parametrize("what", FURTHER)
def test_a_case_of_many_turns_comes_in_elsewhere_as_it_went_out(
    life, other_township, tmp_path, what
):
    state, steps = FURTHER[what]
    life.play(PATHS[state])
    case, path = life.play(steps), tmp_path / "台账.xlsx"
    before = standing(case)
    assert standing(carried(case, other_township, path)) == before
    for place in (case.place, other_township):
        outcome = brought(path, place)
        assert sum([*outcome["created"].values(), *outcome["updated"].values()]) == 0
    assert figures(other_township) == figures(case.place)
    assert standing(case) == before


@pytest.mark.parametrize("restart", [False, True])
@pytest.mark.parametrize("step", ["改办", "分办"])
def test_who_replied_alone_stays_as_it_is_elsewhere(
    life, unit, road_office, other_township, tmp_path, step, restart
):
    life.play(PATHS["待分办"])
    life.take("分办", "government", unit=unit, data={"leads": [unit.pk, road_office.pk]})
    life.take("签收", "unit_clerk")
    life.take("答复", "clerk", unit=unit, result="A")
    data = {"leads": [unit.pk], "helpers": []}
    if step == "改办":
        data["restart"] = restart
    life.take(step, "government", unit=unit, data=data)
    case, path = life.case, tmp_path / "台账.xlsx"
    assert standing(carried(case, other_township, path)) == standing(case)
    assert figures(other_township) == figures(case.place)


def test_one_letter_of_a_ledger_answers_for_all_its_leads(township, unit, road_office):
    judged = {"evaluated_on": "2024-05-30", "evaluation": "满意", "closed_on": "2024-06-10"}
    row = (
        HANDED
        | {"lead": "镇水务站；村镇建设办", "replied_on": "2024-05-20", "result": "A"}
        | judged
    )
    told = {"on": "2024-05-20", "step": "答复", "unit": "镇水务站", "result": "A"}
    load = bring(township, [row], [{"number": "1", **told}])
    states = Case._base_manager.get().standings.order_by("starts").values_list("state", flat=True)
    assert list(states)[-3:] == ["待评价", "待办结", "已办结"]
    assert [each.column for each in load.findings] == ["类别"]


def test_units_changed_on_the_way_come_in_elsewhere(
    life, other_township, tmp_path, unit, road_office, farm_office
):
    case, path = life.play(PATHS["办理中"]), tmp_path / "台账.xlsx"
    data = {"leads": [farm_office.pk, road_office.pk], "helpers": [unit.pk]}
    life.take("改办", "government", unit=farm_office, data=data)
    assert standing(case)["units"] == [
        ("主办", "村镇建设办"),
        ("主办", "镇农业站"),
        ("协办", "镇水务站"),
    ]
    elsewhere = carried(case, other_township, path)
    assert standing(elsewhere) == standing(case)
    assert brought(path, case.place)["updated"]["办理过程"] == 0
    life.take("退回", "government", unit=road_office, note="不归本站管")
    data = {"leads": [farm_office.pk], "helpers": []}
    life.take("改办", "government", unit=farm_office, data=data)
    case.refresh_from_db()
    brought_again = carried(case, other_township, path)
    assert standing(brought_again)["units"] == [("主办", "镇农业站")] == standing(case)["units"]


def test_one_of_several_leads_who_returns_leaves_the_others_at_work(
    life, other_township, tmp_path, unit, road_office
):
    life.play(PATHS["待分办"])
    data = {"leads": [unit.pk, road_office.pk], "helpers": []}
    life.take("分办", "government", unit=unit, data=data)
    life.take("退回", "unit_clerk", note="不归我站管")
    case = life.case
    assert standing(case)["units"] == [("主办", "村镇建设办")]
    assert standing(carried(case, other_township, tmp_path / "台账.xlsx")) == standing(case)


def test_what_was_promised_comes_in_elsewhere(life, other_township, tmp_path):
    life.play(PATHS["待核稿"][:-1])
    promise = {"promise": "硬化500米", "promise_by": "文站长"}
    life.take("拟稿", "unit_clerk", **(REPLY | {"data": promise, "note": "已列入计划"}))
    life.play(PATHS["待评价"][-3:])
    case = carried(life.case, other_township, tmp_path / "台账.xlsx")
    reply = case.steps.get(name="答复")
    assert (reply.note, reply.data) == ("已列入计划", promise)


def test_a_corrected_word_changes_by_a_row_and_the_others_stay(life, township):
    case = life.play(PATHS["待交办"])
    water = Word(place=township, kind="建议类别", text="农村饮水")
    water.save()
    data = {"category": water.pk, "occasion": "人代会"}
    life.take("更正", "clerk", note="大会上交的", data=data)
    row = {"number": case.number, "title": case.title, "origin": "代表", "proposers": "池代表"}
    row |= {"raised_on": "2024-03-04", "category": "产业发展", "occasion": "人代会"}
    assert len(bring(township, [row]).changes) > 0
    now = standing(case)
    assert (now["category"], now["occasion"]) == ("产业发展", "人代会")
    first, corrected = Step._base_manager.filter(
        case=case, name__in=["提出", "更正"], superseded_at=None
    ).order_by("on", "order")
    assert (first.data["occasion"], corrected.note) == ("闭会期间", "大会上交的")
    assert set(bring(township, [row]).summary()["updated"].values()) == {0}


def test_a_row_with_another_title_leaves_the_steps_alone(life, clerk, client, sign_in):
    case = life.play(PATHS["待核稿"])
    before = {step.name: step.data for step in case.steps.all()}
    sent = {"number": case.number, "title": "关于修路的建议", "version": case.version}
    sent |= {
        "origin": "代表",
        "occasion": "闭会期间",
        "category": "基础设施",
        "proposers": "池代表",
    }
    sent |= {"raised_on": "2024-03-04", "kind": "建议", "raised_at": "乡镇"}
    address = reverse("record-edit", kwargs={"sheet": "cases", "pk": case.pk})
    assert sign_in(client, clerk).post(address, sent).status_code == 302
    case.refresh_from_db()
    assert (case.title, current_state(case)) == ("关于修路的建议", "待核稿")
    after = {step.name: step.data for step in case.steps.filter(superseded_at=None)}
    assert {name: after[name] for name in before} == before | {"提出": after["提出"]}
