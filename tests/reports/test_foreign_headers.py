"""Headers of tables that are not ours: found, matched, mapped by a person and remembered."""

import pytest

from congress.scoping import OPERATOR
from reports.foreign import plan_table
from reports.importing import commit, new_batch
from suggestions.models import Case
from tests.reports.foreign_files import bring, counts, csv_file, excel_file, matched, said, table

pytestmark = pytest.mark.django_db
TITLE = "关于修路的建议"


HEADERS = [
    ("建议编号 提建议人 建议标题 拟主办单位 备注", "编号 提出人 标题 主办单位 -"),
    ("标题 领衔代表 类型 要求结办日期 主办单位", "标题 提出人 类型 答复期限 主办单位"),
    ("标题 提出者姓名 提出时间 联系手机 电子邮箱 回复代表 操作",
     "标题 提出人 提出日期 联系电话 - - -"),
    ("序号 建议标题 领衔 选举单位 主办单位 会办单位 督办领导 具体督办的专委会",
     "- 标题 提出人 - 主办单位 协办单位 - -"),
    ("事由 建议人 建议内容", "标题 提出人 内容"),
    ("案号 领衔人 案由 性质类别 当前环节 交办单位 主办单位 协办单位 类别标记",
     "编号 提出人 标题 类别 - - 主办单位 协办单位 办理结果"),
    ("届 次 层次 标题 代表姓名 是否网上公开 内容 类别", "- - 提出层级 标题 提出人 公开 内容 类型"),
    ("登记号 题目 提案者 收到时间 承办单位 办复时间 满意度",
     "编号 标题 提出人 提出日期 主办单位 首次答复日期 结果评价"),
    ("届次 案号 标题 领衔代表 主办单位 会办单位 类型 是否公开 办理情况 书面答复 满意度 创建时间",
     "会议 编号 标题 提出人 主办单位 协办单位 类型 公开 办理结果 - 结果评价 提出日期"),
]  # fmt: skip


@pytest.mark.parametrize("headers, expected", HEADERS)
def test_headers_of_many_systems_are_recognised(headers, expected, township, tmp_path):
    names = headers.split()
    title = expected.split().index("标题")
    path = csv_file(tmp_path / "a.csv", names, [""] * title + ["关于修路的建议"])
    means = [None if word == "-" else word for word in expected.split()]
    assert matched(path, township) == dict(zip(names, means, strict=True))


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
        tmp_path / "a.csv", ["代表建议目录"], ["编号", "提建议人", "", "标题"],
        ["", "单位", "姓名", ""], ["1", "上芦村", "王芳", TITLE],
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


def test_a_roster_that_is_not_ours_needs_names_only(township, tmp_path):
    header = ["序号", "姓名", "党派", "文化程度", "手机号码(移动)"]
    wang = ["1", "王 芳", "中共党员", "大专", "13800000001"]
    path = csv_file(tmp_path / "a.csv", ["代表花名册"], header, wang)
    plan, _ = bring(path, township, kind="代表名册")
    assert plan.outcome()["created"] == {"代表名册": 1}
    assert plan.columns == {
        "序号": None, "姓名": "姓名", "党派": "政治面貌", "文化程度": "学历",
        "手机号码(移动)": "联系电话",
    }  # fmt: skip


def test_an_unknown_kind_and_an_unreadable_file_are_refused(township, tmp_path):
    path = table(tmp_path / "a.csv", ["1", TITLE, "王芳", "", ""])
    unknown = plan_table(path, township, OPERATOR, kind="天气")
    assert [e.message.split("，")[0] for e in unknown.errors] == ["不能导入“天气”"]
    missing = plan_table(tmp_path / "b.csv", township, OPERATOR)
    assert [e.message for e in missing.errors] == ["文件打不开，请检查文件是否还在"]
    assert missing.columns == {}
