"""Tables that are not ours: recognised, cleaned, told about, brought in once."""

from datetime import date

import pytest

from congress.models import Place, Unit
from congress.period import Period
from congress.scoping import OPERATOR
from reports.catalogue import evaluate
from reports.foreign import plan_table
from reports.importing import commit, new_batch
from reports.undo import undo
from suggestions.models import Case, Proposer, Step
from tests.reports.foreign_files import CIXI, csv_file, excel_file, table

pytestmark = pytest.mark.django_db
YEAR = Period(date(2017, 1, 1), date(2017, 12, 31))
TITLE = "关于修路的建议"


def bring(path, place, **options):
    """Import a table; the committed plan and its batch."""
    plan = plan_table(path, place, OPERATOR, **options)
    assert plan.errors == []
    batch = new_batch(path, place, OPERATOR)
    commit(plan, batch)
    return plan, batch


def said(plan):
    """(row, message) of every finding."""
    return [(problem.row, problem.message) for problem in plan.load.findings]


def matched(path, place, **options):
    """{header: column of the ledger}."""
    return plan_table(path, place, OPERATOR, **options).columns


def counts(plan, group="created"):
    return plan.outcome()[group]["意见建议"]


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
            "城建环保": 106, "教科文卫": 52, "农业农村": 48, "政治法律": 40, "财政经济": 26, "其他": 15,
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
            ("221", "浒山街道"), ("221（2）", "观海卫镇"), ("284", "观海卫镇"), ("284（2）", "匡堰镇"),
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
        assert list(Place.objects.visible_to(OPERATOR)) == [cixi]

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


HEADERS = [
    ("建议编号 提建议人 建议标题 拟主办单位 备注", "编号 提出人 标题 主办单位 -"),
    ("标题 领衔代表 类型 要求结办日期 主办单位", "标题 提出人 类型 答复期限 主办单位"),
    ("标题 提出者姓名 提出时间 联系手机 电子邮箱 回复代表 操作", "标题 提出人 提出日期 联系电话 - - -"),
    ("序号 建议标题 领衔 选举单位 主办单位 会办单位 督办领导 具体督办的专委会",
     "- 标题 提出人 - 主办单位 协办单位 - -"),
    ("事由 建议人 建议内容", "标题 提出人 内容"),
    ("案号 领衔人 案由 性质类别 当前环节 交办单位 主办单位 协办单位 类别标记",
     "编号 提出人 标题 类别 - 主办单位 - 协办单位 办理结果"),
    ("登记号 题目 提案者 收到时间 承办单位 办复时间 满意度",
     "编号 标题 提出人 提出日期 主办单位 首次答复日期 结果评价"),
    ("届次 案号 标题 领衔代表 主办单位 会办单位 类型 是否公开 办理情况 书面答复 满意度 建议状态 创建时间",
     "会议 编号 标题 提出人 主办单位 协办单位 类型 公开 办理结果 - 结果评价 - 提出日期"),
]  # fmt: skip


@pytest.mark.parametrize("headers, expected", HEADERS)
def test_headers_of_many_systems_are_recognised(headers, expected, township, tmp_path):
    names = headers.split()
    path = csv_file(tmp_path / "a.csv", names, ["1"] * len(names))
    means = [None if word == "-" else word for word in expected.split()]
    found = matched(path, township)
    if headers.startswith("案号 领衔人"):  # both 交办单位 and 主办单位: the first has it
        assert sorted(filter(None, found.values())) == sorted(filter(None, means))
    else:
        assert found == dict(zip(names, means, strict=True))


@pytest.mark.parametrize("cells, means", [
    (["建议", "议案", "建议"], "类型"), (["农业", "交通", "教育"], "类别"),
])  # fmt: skip
def test_a_header_of_two_meanings_goes_by_its_cells(cells, means, township, tmp_path):
    rows = [[f"建议{n}", cell] for n, cell in enumerate(cells)]
    assert matched(csv_file(tmp_path / "a.csv", ["标题", "类型"], *rows), township)["类型"] == means


def test_a_caption_two_header_rows_a_note_and_totals_are_no_cases(township, tmp_path):
    rows = [
        ["会昌县文武坝镇第七届人民代表大会第三次会议代表建议目录"], [],
        ["建议编号", "提建议人", None, "建议标题", "拟主办单位"],
        [None, "单位", "姓名"],
        ["1", "上芦村", "王芳", TITLE, "镇水务站"],
        ["2", "河背村", "李建国", "关于修桥的建议", "镇水务站"],
        ["合计", None, None, "2件"],
        ["注：以上由镇人大办整理"],
    ]  # fmt: skip
    merged = [
        ("A1:E1", rows[0][0]), ("A3:A4", "建议编号"), ("B3:C3", "提建议人"), ("D3:D4", "建议标题"),
        ("E3:E4", "拟主办单位"), ("E5:E6", "镇水务站"),
    ]  # fmt: skip
    plan, _ = bring(excel_file(tmp_path / "a.xlsx", rows, merged), township)
    assert plan.columns == {
        "建议编号": "编号", "提建议人/单位": None, "提建议人/姓名": "提出人", "建议标题": "标题",
        "拟主办单位": "主办单位",
    }  # fmt: skip
    cases = Case.objects.visible_to(OPERATOR).order_by("number")
    assert [(case.number, case.title, case.proposers.get().name, case.units.get().unit.name)
            for case in cases] == [
        ("1", TITLE, "王芳", "镇水务站"), ("2", "关于修桥的建议", "李建国", "镇水务站"),
    ]  # fmt: skip
    assert [why for row, why in said(plan) if row in (7, 8)] == [
        "合计行，没有导入", "说明行，没有导入",
    ]  # fmt: skip


def test_two_header_rows_are_known_without_merged_cells(township, tmp_path):
    path = csv_file(
        tmp_path / "a.csv", ["代表建议目录"], ["编号", "提建议人", "", "标题"], ["", "单位", "姓名", ""],
        ["1", "上芦村", "王芳", TITLE],
    )  # fmt: skip
    plan, _ = bring(path, township)
    assert counts(plan) == 1
    assert plan.columns["提建议人/姓名"] == "提出人"


def test_a_header_that_comes_again_on_each_page_is_passed_over(township, tmp_path):
    header = ["编号", "标题", "提出人"]
    path = csv_file(
        tmp_path / "a.csv", header, ["1", TITLE, "王芳"], header, ["2", "修桥", "李建国"]
    )
    plan, _ = bring(path, township)
    assert counts(plan) == 2
    assert (3, "重复的表头，没有导入") in said(plan)


def test_gb18030_and_a_web_page_called_xls_are_read(township, tmp_path):
    rows = [["案号", "案由", "领衔人"], ["1", TITLE, "阿依古丽·买买提"]]
    plan, _ = bring(csv_file(tmp_path / "a.csv", *rows, encoding="gb18030"), township)
    assert counts(plan) == 1
    lines = "".join(f"<tr><td>{'</td><td>'.join(row)}</td></tr>" for row in rows)
    page = tmp_path / "b.xls"
    page.write_text(f"<html><body><table>{lines}</table></body></html>", encoding="gb18030")
    again, _ = bring(page, township)
    assert counts(again, "unchanged") == 1


def test_only_a_title_is_needed(township, tmp_path):
    plan, _ = bring(csv_file(tmp_path / "a.csv", ["题目"], [TITLE], ["关于修桥的建议"]), township)
    cases = Case.objects.visible_to(OPERATOR).order_by("number")
    assert [(case.number, case.raised_on) for case in cases] == [
        ("未编号-1", None), ("未编号-2", None),
    ]  # fmt: skip
    assert [message for row, message in said(plan) if row is None] == [
        "表里没有提出日期这一列，不计入任何期间", "表里没有类别这一列", "表里没有来源这一列，按“代表”登记",
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
    bring(
        table(tmp_path / "a.csv", ["", "修路", "王芳", "", ""], ["", "修桥", "王芳", "", ""]),
        township,
    )
    plan, _ = bring(table(tmp_path / "b.csv", ["", "修渠", "王芳", "", ""], ["", "修桥", "王芳", "", ""]),
                    township)  # fmt: skip
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
    assert (2, "没有处理方式，按交办登记，日期2024-03-05") in said(plan)


def test_a_deputy_of_the_roster_is_linked(township, tmp_path):
    from deputies.models import Person

    wang = Person(place=township, name="王芳")
    wang.save()
    plan, _ = bring(
        table(tmp_path / "a.csv", ["1", TITLE, "王 芳、李四等3人", "2024-03-05", ""]), township
    )
    proposers = Proposer.objects.visible_to(OPERATOR).order_by("order")
    assert [(each.name, each.person) for each in proposers] == [("王芳", wang), ("李四", None)]
    assert [message for row, message in said(plan) if row == 2] == [
        "“王芳、李四等3人”只登记写明的姓名",
        "代表名册里没有“李四”，请核对姓名，或先在代表名册里加上；先按文字保留",
    ]  # fmt: skip


@pytest.mark.parametrize("written, read", [
    ("A", "A"), ("a类", "A"), ("Ｂ", "B"), ("乙类", "B"), ("C类（列入计划）", "C"), ("已经解决或基本解决", "A"),
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


def test_a_table_without_a_title_is_refused_until_a_person_maps_it(township, tmp_path):
    path = csv_file(tmp_path / "a.csv", ["甲", "乙", "丙"], ["1", TITLE, "王芳"])
    plan = plan_table(path, township, OPERATOR)
    assert [e.message for e in plan.errors] == ["没有找到“标题”这一列，请指定它是哪一列"]
    assert plan.columns == {"甲": None, "乙": None, "丙": None}
    plan = plan_table(path, township, OPERATOR, mapping={"乙": "标题", "丙": "proposers"})
    assert plan.errors == []
    assert plan.columns == {"甲": None, "乙": "标题", "丙": "提出人"}
    commit(plan, new_batch(path, township, OPERATOR))
    plan.remember(township)
    assert matched(path, township) == {"甲": None, "乙": "标题", "丙": "提出人"}


def test_a_mapping_is_remembered_for_its_own_township_only(township, other_township, tmp_path):
    path = csv_file(tmp_path / "a.csv", ["甲", "乙"], ["1", TITLE])
    plan_table(path, township, OPERATOR, mapping={"乙": "标题"}).remember(township)
    assert matched(path, other_township) == {"甲": None, "乙": None}


def test_a_mapping_to_what_the_ledger_does_not_have_is_refused(township, tmp_path):
    path = table(tmp_path / "a.csv", ["1", TITLE, "王芳", "", ""])
    plan = plan_table(path, township, OPERATOR, mapping={"标题": "血型"})
    assert [e.message.split("，")[0] for e in plan.errors] == ["台账里没有“血型”这一列"]


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


def test_a_roster_that_is_not_ours_needs_names_only(township, tmp_path):
    path = csv_file(tmp_path / "a.csv", ["代表花名册"], ["序号", "姓名", "党派", "文化程度", "手机号码(移动)"],
                    ["1", "王 芳", "中共党员", "大专", "13800000001"])  # fmt: skip
    plan, _ = bring(path, township, kind="代表名册")
    assert plan.outcome()["created"] == {"代表名册": 1}
    assert plan.columns == {
        "序号": None, "姓名": "姓名", "党派": "政治面貌", "文化程度": "学历", "手机号码(移动)": "联系电话",
    }  # fmt: skip


def test_an_unknown_kind_and_an_unreadable_file_are_refused(township, tmp_path):
    path = table(tmp_path / "a.csv", ["1", TITLE, "王芳", "", ""])
    unknown = plan_table(path, township, OPERATOR, kind="天气")
    assert [e.message.split("，")[0] for e in unknown.errors] == ["不能导入“天气”"]
    missing = plan_table(tmp_path / "b.csv", township, OPERATOR)
    assert [e.message for e in missing.errors] == ["文件打不开，请检查文件是否还在"]
    assert missing.columns == {}
