"""The whole ledger in and out: all or nothing, the same again, taken back as a whole."""

from datetime import date

import pytest

from congress.models import Place, Unit
from congress.period import Period
from congress.place_tree import ensure_place
from congress.scoping import OPERATOR
from deputies.models import Person
from reports.catalogue import evaluate
from reports.importing import plan_ledger
from reports.ledger import TABLES
from reports.models import ImportBatch, ImportedRow
from reports.undo import CannotUndo, undo
from suggestions.models import Case
from suggestions.workflow import advance
from tests.reports.books import CASE
from tests.reports.ledger_files import bring, exported, full_ledger, write

pytestmark = pytest.mark.django_db
YEAR = Period(date(2024, 1, 1), date(2024, 12, 31))


@pytest.fixture
def full(tmp_path):
    return write(tmp_path / "台账.xlsx", full_ledger())


@pytest.fixture
def empty_township(db):
    return ensure_place("360734100", "南桥镇")


def records(place):
    """{sheet: how many records of it the place has}."""
    return {table.sheet.name: table().records(OPERATOR, place).count() for table in TABLES}


def test_what_is_exported_comes_in_elsewhere_and_gives_the_same_ledger_and_figures(
    township, empty_township, full, tmp_path
):
    bring(full, township)
    first = exported(tmp_path / "a.xlsx", township)
    assert [name for name, rows in first.items() if len(rows) < 2] == []
    bring(tmp_path / "a.xlsx", empty_township)
    again = exported(tmp_path / "b.xlsx", empty_township)
    assert {name for name, rows in again.items() if rows != first[name]} == set()
    there, here = (evaluate(OPERATOR, place, YEAR) for place in (empty_township, township))
    for key, result in here.items():
        assert _told(there[key]) == _told(result), key


def _told(result):
    breakdowns = {k: v for k, v in result.breakdowns.items() if k != "township"}
    return result.value, result.numerator, result.denominator, result.rows, breakdowns


def test_a_second_import_leaves_every_row_alone(township, full, tmp_path):
    bring(full, township)
    plan, _ = bring(full, township)
    outcome = plan.outcome()
    assert set(outcome["created"].values()) == {0}
    assert {name: n for name, n in outcome["updated"].items() if n} == {}
    exported(tmp_path / "a.xlsx", township)
    again = plan_ledger(tmp_path / "a.xlsx", township, OPERATOR).outcome()
    assert (set(again["created"].values()), set(again["updated"].values())) == ({0}, {0})


def test_cells_that_look_like_formulas_and_rare_names_stay_what_they_are(township, full):
    bring(full, township)
    case = Case.objects.visible_to(OPERATOR).get(number="=1+1")
    assert case.title == "=cmd|' /C calc'!A0"
    assert [each.name for each in case.proposers.all()] == ["阿依古丽·买买提", "𠮷田"]
    assert case.body == "@SUM(A1)\n+86"
    names = Person.objects.visible_to(OPERATOR).values_list("name", "note")
    assert {("阿依古丽·买买提", ""), ("𠮷田", ""), ("王芳", "上芦村"), ("王芳", "河背村")} < set(
        names
    )


def test_all_errors_come_back_together_and_nothing_is_saved(township, tmp_path):
    sheets = full_ledger()
    sheets["意见建议"] += [
        CASE | {"编号": "丙1", "提出日期": "2024-13-01"},
        CASE | {"编号": "丙2", "来源": "代表", "提出人": "查无此人"},
        CASE | {"编号": "丙3", "标题": ""},
        CASE | {"编号": "丙4", "来源": "代表", "提出人": "王芳"},
        CASE | {"编号": "丙5", "处理方式": "交办", "处理日期": "2024-02-01"},
    ]  # fmt: skip
    sheets["代表活动"] += [{"名称": "调研", "类型": "闲逛", "开始日期": "2024-05-01"}]
    plan = plan_ledger(write(tmp_path / "a.xlsx", sheets), township, OPERATOR)
    last = 1 + len(sheets["意见建议"])
    assert sorted((e.sheet, e.row, e.column) for e in plan.errors) == [
        ("代表活动", 1 + len(sheets["代表活动"]), "类型"),
        ("意见建议", last - 4, "提出日期"), ("意见建议", last - 3, "提出人"),
        ("意见建议", last - 2, "标题"), ("意见建议", last - 1, "提出人"),
        ("意见建议", last, "处理日期"),
    ]  # fmt: skip
    assert set(records(township).values()) == {0}
    with pytest.raises(AssertionError):
        plan.load.commit()
    assert set(records(township).values()) == {0}


@pytest.mark.parametrize(
    ("sheet", "column"),
    [("意见建议", "标题"), ("意见建议", "编号"), ("代表名册", "姓名"), ("联络站", "名称"),
     ("人大会议", "会议名称"), ("代表活动", "名称")],
)  # fmt: skip
def test_a_missing_column_is_one_error_and_no_other_sheet_is_blamed(
    township, tmp_path, sheet, column
):
    sheets = full_ledger()
    sheets[sheet] = [
        {name: cell for name, cell in row.items() if name != column} for row in sheets[sheet]
    ]
    plan = plan_ledger(write(tmp_path / "a.xlsx", sheets), township, OPERATOR)
    assert [(e.sheet, e.message) for e in plan.errors] == [(sheet, f"缺少“{column}”这一列")]


def test_columns_and_sheets_that_are_not_ours_are_named(township, tmp_path):
    sheets = {"村居": [{"名称": "上芦村", "海拔": "300"}], "食堂": [{"菜": "米粉"}]}
    plan, _ = bring(write(tmp_path / "a.xlsx", sheets), township)
    assert plan.outcome()["ignored_columns"] == {"村居": ["海拔"]}
    assert [f["sheet"] for f in plan.outcome()["findings"]] == ["食堂"]


def test_an_import_is_undone_as_a_whole(township, full):
    before = records(township)
    _, batch = bring(full, township)
    undo(batch, OPERATOR)
    assert records(township) == before
    assert Unit.objects.visible_to(OPERATOR).count() == 0
    batch.refresh_from_db()
    assert batch.state == ImportBatch.State.UNDONE


def test_undoing_an_update_gives_back_what_stood_there(township, full, tmp_path):
    bring(full, township)
    first = exported(tmp_path / "a.xlsx", township)
    changed = {
        "意见建议": [{"编号": "乙1", "标题": "换了标题", "类别": "其他", "来源": "代表",
                  "提出人": "𠮷田", "提出日期": "2024-03-02", "提出场合": "走访",
                  "主办单位": "镇城管站"}],
        "代表名册": [{"姓名": "王芳", "备注": "上芦村", "学历": "大专"}],
    }  # fmt: skip
    plan, batch = bring(write(tmp_path / "b.xlsx", changed), township)
    assert plan.outcome()["updated"] == {"代表名册": 1, "意见建议": 1}
    undo(batch, OPERATOR)
    again = exported(tmp_path / "c.xlsx", township)
    assert {name for name, rows in again.items() if rows != first[name]} == set()


def test_an_import_that_was_worked_on_since_is_not_undone(township, clerk, full):
    _, batch = bring(full, township)
    case = Case.objects.visible_to(clerk).get(number="乙1")
    advance(case, "催办", user=clerk, on=date(2024, 8, 1))
    with pytest.raises(CannotUndo, match="意见建议.*改动过"):
        undo(batch, OPERATOR)
    assert Case.objects.visible_to(OPERATOR).count() == 9
    assert batch.rows.count() == ImportedRow.objects.visible_to(OPERATOR).count()


def test_a_stranger_sees_nothing_of_an_import(township, stranger, clerk, full):
    _, batch = bring(full, township)
    assert list(ImportBatch.objects.visible_to(clerk)) == [batch]
    assert list(ImportBatch.objects.visible_to(stranger)) == []


def test_a_ledger_with_cases_that_nobody_dated_comes_back_as_it_was(
    township, empty_township, tmp_path
):
    unknown = {"编号": "1", "标题": "修路", "类别": "未填", "来源": "代表",
               "提出人": "张三（名册外）", "提出日期": "未填", "提出场合": "未填",
               "主办单位": "镇水务站"}  # fmt: skip
    bring(write(tmp_path / "a.xlsx", {"意见建议": [unknown]}), township)
    first = exported(tmp_path / "b.xlsx", township)
    bring(tmp_path / "b.xlsx", empty_township)
    assert exported(tmp_path / "c.xlsx", empty_township) == first
    case = Case.objects.visible_to(OPERATOR).in_place(empty_township).get()
    assert (case.raised_on, case.proposers.get().name) == (None, "张三")


def test_provisional_places_keep_their_names(township, full):
    bring(full, township)
    villages = Place.objects.visible_to(OPERATOR).filter(level="村居")
    assert {village.name for village in villages} == {"第1村", "第2村", "第3村", "第4村"}
