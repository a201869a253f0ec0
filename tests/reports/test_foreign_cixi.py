"""The real table of the county-level city 慈溪 (2017, 296 rows) comes in whole."""

from datetime import date

import pytest

from congress.models import Place, Unit
from congress.period import Period
from congress.scoping import OPERATOR
from reports.catalogue import evaluate
from reports.undo import undo
from suggestions.models import Case, Proposer, Step
from tests.reports.foreign_files import CIXI, bring, counts, said

pytestmark = pytest.mark.django_db
YEAR = Period(date(2017, 1, 1), date(2017, 12, 31))


@pytest.fixture
def cixi(db):
    return Place.objects.create(code="330282", name="慈溪市", level="县")


@pytest.fixture
def cixi_table(cixi):
    return bring(CIXI, cixi, by_column="所属中心组")


class TestTheRealTable:
    """The 296 rows of the county-level city 慈溪, 2017."""

    def test_every_dated_row_becomes_a_case_of_one_of_nineteen_towns(self, cixi, cixi_table):
        towns = evaluate(OPERATOR, cixi, YEAR, ["suggestions.collected"])["suggestions.collected"]
        assert counts(cixi_table[0]) == 287
        assert towns.value == 287
        assert len(towns.breakdowns["township"]) == 19
        assert towns.breakdowns["township"]["坎墩街道"] == 29
        assert towns.breakdowns["township"]["附海镇"] == 3
        assert towns.breakdowns["occasion"] == {"人代会": 285, "闭会期间": 2}
        assert towns.breakdowns["category"] == {
            "城建环保": 106, "教科文卫": 52, "农业农村": 48, "政治法律": 40, "财政经济": 26,
            "其他": 15,
        }  # fmt: skip

    def test_classes_and_units_are_those_of_the_table(self, cixi, cixi_table):
        figures = evaluate(OPERATOR, cixi, YEAR)
        replied, assigned = figures["suggestions.replied"], figures["suggestions.assigned"]
        assert replied.breakdowns["result_class"] == {"A": 21, "B": 96, "C": 25, "D": 9}
        assert assigned.value == 284
        assert assigned.breakdowns["unit"]["市交通运输局"] == 49
        assert assigned.breakdowns["unit"]["市住建局"] == 34
        assert figures["suggestions.undisposed"].value == 3

    def test_the_motion_counts_as_one(self, cixi, cixi_table):
        assert evaluate(OPERATOR, cixi, YEAR, ["motions.raised"])["motions.raised"].value == 1
        assert Case.objects.visible_to(OPERATOR).get(kind="议案").number == "333"

    def test_blank_rows_and_the_draft_are_told_and_make_no_case(self, cixi_table):
        blank = [row for row, message in said(cixi_table[0]) if message.startswith("空白的“新建”")]
        assert blank == [289, 291, 292, 293, 294, 295, 296, 297]
        assert (290, "没有编号、日期和状态，是没有提交的草稿，没有导入") in said(cixi_table[0])
        assert not Case.objects.visible_to(OPERATOR).filter(raised_on=None).exists()

    def test_doubled_numbers_are_kept_apart_and_told(self, cixi_table):
        doubled = Case.objects.visible_to(OPERATOR).filter(number__regex="^(221|284)")
        found = {(case.number, case.place.name) for case in doubled}
        assert found == {
            ("221", "浒山街道"), ("221（2）", "观海卫镇"), ("284", "观海卫镇"),
            ("284（2）", "匡堰镇"),
        }  # fmt: skip
        assert (223, "编号221与第222行相同，登记为221（2）") in said(cixi_table[0])

    def test_file_names_in_titles_and_brackets_in_document_numbers_are_cleaned(self, cixi_table):
        messages = [message for _, message in said(cixi_table[0])]
        assert "标题带文件后缀，已改为“关于解决住房困难户问题的建议”" in messages
        assert "文号的括号已改为“慈国资〔2017〕102号”" in messages
        assert not Case.objects.visible_to(OPERATOR).filter(title__contains=".doc").exists()
        reply = Step.objects.visible_to(OPERATOR).get(case__number="4", name="答复")
        assert reply.note == "文号：慈公建〔2017〕1号"

    def test_units_are_the_countys_and_several_of_one_cell_are_parted(self, cixi, cixi_table):
        units = Unit.objects.visible_to(OPERATOR)
        assert {unit.place for unit in units} == {cixi}
        assert units.filter(name="市农合联执委会（市供销社）").count() == 1
        helpers = units.filter(pk__in=Case.objects.visible_to(OPERATOR).filter(number="8").values(
            "units__unit")).values_list("name", flat=True)  # fmt: skip
        assert set(helpers) == {"市房屋征管办", "市住建局", "宗汉街道"}

    def test_proposers_that_no_roster_knows_are_kept_as_text(self, cixi_table):
        proposer = Proposer.objects.visible_to(OPERATOR).get(case__number="333")
        assert (proposer.name, proposer.person) == ("代表032", None)

    def test_a_second_import_changes_nothing(self, cixi, cixi_table):
        plan, _ = bring(CIXI, cixi, by_column="所属中心组")
        again = [counts(plan, group) for group in ("created", "updated", "unchanged")]
        assert again == [0, 0, 287]
        assert Place.objects.visible_to(OPERATOR).filter(level="乡镇").count() == 19

    def test_it_is_undone_as_a_whole(self, cixi, cixi_table):
        undo(cixi_table[1], OPERATOR)
        assert Case.objects.visible_to(OPERATOR).count() == 0
        assert not Place.objects.visible_to(OPERATOR).filter(level="乡镇").exists()

    def test_without_a_column_of_towns_all_belongs_to_the_place(self, cixi):
        plan, _ = bring(CIXI, cixi)
        assert counts(plan) == 287
        assert {case.place for case in Case.objects.visible_to(OPERATOR)} == {cixi}

    def test_what_every_column_means_is_shown(self, cixi_table):
        columns = cixi_table[0].columns
        assert [header for header, column in columns.items() if column is None] == [
            "附议人数", "代表团", "性质", "审核", "办理面商形式", "采纳情况", "当前环节",
        ]  # fmt: skip
        assert columns["案由"] == "标题"
        assert columns["所属中心组"] == "所属乡镇"
        assert columns["类别标记"] == "办理结果"
        assert columns["办理结果"] == "结果评价"
