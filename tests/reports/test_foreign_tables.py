"""Rows of tables that are not ours: cleaned, told about, brought in once."""

from datetime import date

import pytest

from congress.period import Period
from congress.scoping import OPERATOR
from deputies.models import Person
from reports.catalogue import evaluate
from reports.foreign import plan_table
from suggestions.models import Case, Proposer
from tests.reports.foreign_files import bring, counts, csv_file, said, table

pytestmark = pytest.mark.django_db
TITLE = "关于修路的建议"


def test_only_a_title_is_needed(township, tmp_path):
    plan, _ = bring(csv_file(tmp_path / "a.csv", ["题目"], [TITLE], ["关于修桥的建议"]), township)
    cases = Case.objects.visible_to(OPERATOR).order_by("number")
    assert [(case.number, case.raised_on) for case in cases] == [
        ("未编号-1", None), ("未编号-2", None),
    ]  # fmt: skip
    assert [message for row, message in said(plan) if row is None] == [
        "表里没有提出日期这一列，不计入任何期间", "表里没有类别这一列",
        "表里没有来源这一列，按“代表”登记",
        "表里没有提出场合这一列", "表里没有提出人这一列",
    ]  # fmt: skip
    standing = cases[0].standings.get(ends=None)
    assert (standing.origin, standing.state, standing.deadline) == ("代表", "已提交", None)


def test_an_undated_case_counts_in_no_period_and_is_found_again(township, tmp_path):
    path = table(tmp_path / "a.csv", ["1", TITLE, "王芳", "", "镇水务站"])
    plan, _ = bring(path, township)
    whole = Period(date(1900, 1, 1), date(2099, 12, 31))
    assert (2, "没有提出日期，不计入任何期间") in said(plan)
    assert evaluate(OPERATOR, township, whole, ["suggestions.collected"])[
        "suggestions.collected"].value == 0  # fmt: skip
    assert counts(bring(path, township)[0], "unchanged") == 1
    standing = Case.objects.visible_to(OPERATOR).get().standings.get(ends=None)
    assert (standing.way, standing.handed_on, standing.deadline) == ("交办", None, None)
    dated = table(tmp_path / "b.csv", ["1", TITLE, "王芳", "2024-03-05", "镇水务站"])
    assert counts(bring(dated, township)[0], "updated") == 1
    standing = Case.objects.visible_to(OPERATOR).get().standings.get(ends=None)
    assert (standing.handed_on, standing.deadline) == (date(2024, 3, 5), date(2024, 6, 5))


def test_a_row_without_number_is_known_again_by_its_title(township, tmp_path):
    road, bridge, canal = (["", title, "王芳", "", ""] for title in ("修路", "修桥", "修渠"))
    bring(table(tmp_path / "a.csv", road, bridge), township)
    plan, _ = bring(table(tmp_path / "b.csv", canal, bridge), township)
    assert (counts(plan), counts(plan, "unchanged")) == (1, 1)
    found = Case.objects.visible_to(OPERATOR).order_by("number").values_list("number", "title")
    assert list(found) == [("未编号-1", "修路"), ("未编号-2", "修桥"), ("未编号-3", "修渠")]


def test_the_number_of_another_years_case_does_not_overwrite_it(township, tmp_path):
    bring(table(tmp_path / "a.csv", ["1", "修路", "王芳", "2023-03-05", ""]), township)
    plan, _ = bring(table(tmp_path / "b.csv", ["1", "修桥", "王芳", "2024-03-05", ""]), township)
    assert (2, "编号1已是另一件，登记为1（2）") in said(plan)
    found = Case.objects.visible_to(OPERATOR).order_by("number").values_list("number", "title")
    assert list(found) == [("1", "修路"), ("1（2）", "修桥")]


def test_several_units_of_one_cell_all_lead(township, tmp_path):
    units = "镇水务站、镇农业农村办（乡村振兴、林业）,镇财政所"
    plan, _ = bring(table(tmp_path / "a.csv", ["1", TITLE, "王芳", "2024-03-05", units]), township)
    leads = Case.objects.visible_to(OPERATOR).get().units.filter(role="主办")
    assert sorted(lead.unit.name for lead in leads) == [
        "镇农业农村办（乡村振兴、林业）", "镇水务站", "镇财政所",
    ]  # fmt: skip
    assert (2, "一格里有3个单位，都作为主办单位") in said(plan)
    assert (2, "有主办单位，没有处理方式：按交办登记，日期2024-03-05") in said(plan)


def test_a_deputy_of_the_roster_is_linked(township, tmp_path):
    wang = Person(place=township, name="王芳")
    wang.save()
    plan, _ = bring(
        table(tmp_path / "a.csv", ["1", TITLE, "王 芳、李四等3人", "2024-03-05", ""]), township
    )
    proposers = Proposer.objects.visible_to(OPERATOR).order_by("order")
    assert [(each.name, each.person) for each in proposers] == [("王芳", wang), ("李四", None)]
    assert [message for row, message in said(plan) if row == 2] == [
        "“王 芳、李四等3人”只登记写明的姓名",
        "代表名册里没有“李四”，请核对姓名，或先在代表名册里加上；先按文字保留",
    ]  # fmt: skip


def test_a_number_within_the_title_is_taken_out(township, tmp_path):
    path = csv_file(
        tmp_path / "a.csv", ["序号", "建议标题", "领衔"], ["1", f"{TITLE}（1951号）", "王芳"]
    )
    plan, _ = bring(path, township)
    case = Case.objects.visible_to(OPERATOR).get()
    assert (case.number, case.title) == ("1951", TITLE)
    assert (2, "编号 1951 写在标题里，已取出") in said(plan)


@pytest.mark.parametrize("written, read", [
    ("A", "A"), ("a类", "A"), ("Ｂ", "B"), ("乙类", "B"), ("C类（列入计划）", "C"),
    ("已经解决或基本解决", "A"),
    ("正在解决", "B"), ("列入规划逐步解决", "C"), ("留作参考", "D"), ("暂时难以解决", "D"),
])  # fmt: skip
def test_classes_are_understood_in_others_words(written, read, township, tmp_path):
    header = ("编号", "标题", "日期", "答复时间", "类别标记")
    path = table(
        tmp_path / "a.csv", ["1", TITLE, "2024-03-05", "2024-05-05", written], header=header
    )
    bring(path, township)
    assert Case.objects.visible_to(OPERATOR).get().standings.get(ends=None).result_class == read


def test_a_word_that_is_not_understood_is_told_and_left_out(township, tmp_path):
    header = ("编号", "标题", "日期", "是否公开")
    plan, _ = bring(
        table(tmp_path / "a.csv", ["1", TITLE, "2024-03-05", "再议"], header=header), township
    )
    assert Case.objects.visible_to(OPERATOR).get().public is False
    assert (2, "“再议”不能判断是或否，要写成 是 或 否；这一格没有登记") in said(plan)


def test_a_date_that_is_none_refuses_the_table_and_shows_its_columns(township, tmp_path):
    plan = plan_table(
        table(tmp_path / "a.csv", ["1", TITLE, "王芳", "四月初", ""]), township, OPERATOR
    )
    assert [(e.row, e.column, e.found) for e in plan.errors] == [(2, "登记时间", "四月初")]
    assert plan.columns["登记时间"] == "提出日期"


def test_towns_of_the_column_are_found_by_name(county, township, tmp_path):
    header = ("编号", "标题", "乡镇")
    rows = [
        ["1", "修路", "文武坝镇"],
        ["2", "修桥", "文武坝"],
        ["3", "修渠", "西江镇"],
        ["4", "修塘", ""],
    ]
    plan, _ = bring(table(tmp_path / "a.csv", *rows, header=header), county, by_column="乡镇")
    places = Case.objects.visible_to(OPERATOR).order_by("number").values_list(
        "place__code", "place__name", "place__provisional")  # fmt: skip
    assert list(places) == [
        ("360733100", "文武坝镇", False), ("360733100", "文武坝镇", False),
        ("360733901", "西江镇", True), ("360733", "会昌县", False),
    ]  # fmt: skip
    assert (5, "没有写乡镇，归到会昌县") in said(plan)
