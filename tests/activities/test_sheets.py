"""Each sheet of activities: in, out again the same, a change found, mistakes named."""

from datetime import date
from decimal import Decimal

import pytest

from activities.models import Activity, Honour, Project, Publication, Training
from activities.tables import TABLES
from congress.models import Place
from congress.scoping import OPERATOR
from congress.sheets.columns import Pair
from congress.sheets.load import parse_row
from tests.activities.ledger import brought, deputy, planned, summary, table_of

INSPECTION = {
    "名称": "饮水安全视察",
    "类型": "视察",
    "主题活动": "聚焦八大行动",
    "领域": "饮水安全；乡村振兴",
    "开始日期": "2024年3月5日",
    "结束日期": date(2024, 3, 6),
    "地点": "水厂",
    "覆盖村居": "上芦村、河背村",
    "参加代表": "李建国、王 芳",
    "其他参加人员": "企业代表：６人；村干部:4人",
    "对策建议条数": 3,
    "调研报告": "关于饮水的报告；关于饮水的报告",
    "成果": "宣传单:300份；修管道:1.5公里",
    "参加领导": "刘志强(县人大常委会副主任)；周敏（镇长）",
    "涉及法规": "《江西省农村供水条例》",
    "重点项目": "集中供水工程",
}
HISTORY = {
    "名称": "卡口值守",
    "类型": "志愿服务",
    "组织单位": "县人大",
    "开始日期": "2022-03-01",
    "参加代表人次": "1,200",
    "已取消": "√",
}
ROWS = {
    "activities": [INSPECTION, HISTORY],
    "trainings": [
        {
            "主题": "代表法", "开始日期": "20240320", "结束日期": "2024-03-21", "学时": 4.5,
            "授课人": "周敏", "参加代表": "王芳；李建国",
        },
        {"主题": "预算怎么看", "开始日期": "2024-06-01"},
    ],
    "publications": [
        {
            "标题": "代表问水", "平台": "江西数字人大", "平台层级": "全国", "类型": "稿件",
            "日期": "2024-03-08", "链接": "https://www.example.cn/1",
        },
        {"标题": "代表进村", "平台": "公众号", "类型": "信息", "日期": "2024-03-09"},
    ],
    "honours": [
        {"名称": "工作评比", "名次": "第三名", "授予单位": "县人大", "日期": "2024-12-20"},
        {"名称": "先进集体", "日期": "2024-12-21"},
    ],
    "projects": [
        {
            "年度": "2024年", "名称": "供水工程", "总投资（万元）": "120.50",
            "资金来源": "省级补助、自筹", "责任单位": "水务站", "完成时限": "2024-11-30",
            "候选": "是", "票决日期": "2024-01-18", "得票": 52, "入选": "是",
            "完成日期": "2024-11-12", "评价满意": 40, "评价基本满意": 8, "评价不满意": 2,
        },
        {"年度": 2024, "名称": "路灯"},
    ],
}  # fmt: skip
# For each sheet what a later file says otherwise.
CHANGED = {
    "activities": {"参加代表": "王芳", "成果": "宣传单:350份", "地点": "上芦村水厂"},
    "trainings": {"参加代表": "李建国"},
    "publications": {"链接": "https://www.example.cn/2"},
    "honours": {"名次": "第二名"},
    "projects": {"得票": 53},
}
SLUGS = sorted(ROWS)


@pytest.fixture
def ledger(township, deputies):
    return brought(township, ROWS)


def test_an_activity_keeps_all_its_columns(ledger):
    load = ledger
    table = table_of(load, "activities")
    _, values = table.read(Activity.objects.visible_to(OPERATOR).filter(name="饮水安全视察"))[0]
    assert values == {
        "name": "饮水安全视察",
        "kind": "视察",
        "organiser": "主席团",
        "campaign": "聚焦八大行动",
        "fields": ["饮水安全", "乡村振兴"],
        "starts": date(2024, 3, 5),
        "ends": date(2024, 3, 6),
        "where": "水厂",
        "villages": ["上芦村", "河背村"],
        "deputies": ["李建国", "王芳"],
        "unnamed_deputies": 0,
        "outsiders": [Pair("企业代表", Decimal(6), "人"), Pair("村干部", Decimal(4), "人")],
        "recommendations": 3,
        "reports": ["关于饮水的报告", "关于饮水的报告"],
        "outcomes": [Pair("宣传单", Decimal(300), "份"), Pair("修管道", Decimal("1.5"), "公里")],
        "leaders": ["刘志强（县人大常委会副主任）", "周敏（镇长）"],
        "law": "《江西省农村供水条例》",
        "project": "集中供水工程",
        "cancelled": False,
    }


def test_history_without_names_keeps_its_number_and_that_it_was_called_off(ledger):
    shift = Activity.objects.visible_to(OPERATOR).get(name="卡口值守")
    assert (shift.unnamed_deputies, shift.cancelled, shift.organiser) == (1200, True, "县人大")
    assert (shift.ends, shift.where, shift.recommendations) == (None, "", 0)


def test_the_other_sheets_make_their_records(ledger):
    training = Training.objects.visible_to(OPERATOR).get(topic="代表法")
    assert (training.hours, training.deputies.count()) == (Decimal("4.5"), 2)
    article = Publication.objects.visible_to(OPERATOR).get(title="代表问水")
    assert (article.level, article.kind, article.on) == ("国家", "稿件", date(2024, 3, 8))
    assert Honour.objects.visible_to(OPERATOR).get(name="工作评比").rank == "第三名"
    project = Project.objects.visible_to(OPERATOR).get(name="供水工程")
    assert (project.year, project.cost, project.chosen) == (2024, Decimal("120.5"), True)
    assert (project.satisfied, project.fairly_satisfied, project.dissatisfied) == (40, 8, 2)


@pytest.mark.parametrize("slug", SLUGS)
def test_two_rows_make_two_records_and_the_same_rows_again_change_nothing(slug, township, deputies):
    assert summary(brought(township, {slug: ROWS[slug]}), slug) == (2, 0, 0)
    assert summary(brought(township, {slug: ROWS[slug]}), slug) == (0, 0, 2)


@pytest.mark.parametrize("slug", SLUGS)
def test_what_is_read_is_what_its_exported_row_parses_to(slug, ledger):
    table = table_of(ledger, slug)
    for _, values in table.read(table.records(OPERATOR)):
        texts = dict(zip(table.sheet.by_field, table.sheet.texts(values), strict=True))
        row = parse_row(table.sheet, 2, texts, errors := [])
        assert errors == []
        assert row.values == {k: v for k, v in values.items() if v not in ("", None, [])}


@pytest.mark.parametrize("slug", SLUGS)
def test_a_change_is_found_and_written_once(slug, ledger, township):
    rows = {slug: [ROWS[slug][0] | CHANGED[slug]]}
    load = planned(township, rows)
    change = load.changes[table_of(load, slug)][0]
    headers = {change.row.sheet.column(name).header for name in change.fields}
    assert headers == set(CHANGED[slug])
    load.commit()
    assert change.record.version == 2
    assert summary(planned(township, rows), slug) == (0, 0, 1)


def test_a_change_leaves_the_other_columns_of_an_activity(ledger, township):
    brought(township, {"activities": [INSPECTION | {"成果": "清空", "覆盖村居": "河背村"}]})
    table = table_of(ledger, "activities")
    _, values = table.read(Activity.objects.visible_to(OPERATOR).filter(name="饮水安全视察"))[0]
    assert (values["outcomes"], values["villages"]) == ([], ["河背村"])
    assert values["outsiders"] == [
        Pair("企业代表", Decimal(6), "人"),
        Pair("村干部", Decimal(4), "人"),
    ]
    assert values["reports"] == ["关于饮水的报告", "关于饮水的报告"]


def test_an_empty_cell_leaves_what_is_there(ledger, township):
    row = {"名称": "饮水安全视察", "类型": "视察", "开始日期": "2024-03-05", "参加代表": ""}
    assert summary(planned(township, {"activities": [row]}), "activities") == (0, 0, 1)


def test_a_column_that_was_cleared_is_clear_the_second_time(ledger, township):
    rows = {
        "activities": [HISTORY | {"已取消": "清空", "参加代表人次": "清空", "组织单位": "清空"}]
    }
    assert summary(brought(township, rows), "activities") == (0, 1, 0)
    shift = Activity.objects.visible_to(OPERATOR).get(name="卡口值守")
    assert (shift.unnamed_deputies, shift.cancelled, shift.organiser) == (0, False, "主席团")
    assert summary(planned(township, rows), "activities") == (0, 0, 1)


def problems(found):
    return [(problem.sheet, problem.row, problem.column) for problem in found]


def test_mistakes_are_named_by_sheet_row_and_column(township, deputies):
    good = {"名称": "座谈会", "类型": "座谈", "开始日期": "2024-05-01"}
    load = planned(
        township,
        {
            "activities": [
                good | {"结束日期": "2024-04-30"},
                good | {"名称": "二", "参加代表": "王芳；不认识"},
                good | {"名称": "三", "其他参加人员": "企业代表:1.5人"},
                good | {"名称": "四", "成果": "宣传单"},
                good | {"名称": "五", "类型": "聚餐"},
                good | {"名称": "六", "开始日期": "2024-02-30"},
            ],
            "trainings": [{"主题": "代表法", "开始日期": "2024-03-20", "结束日期": "2024-03-19"}],
            "publications": [{"标题": "一", "平台": "报", "类型": "稿件"}],
            "projects": [{"年度": 2024, "名称": "路灯", "总投资（万元）": 10**11}],
        },
    )
    assert sorted(set(problems(load.errors)), key=str) == sorted(
        [
            ("代表活动", 2, "结束日期"),
            ("代表活动", 3, "参加代表"),
            ("代表活动", 4, "其他参加人员"),
            ("代表活动", 5, "成果"),
            ("代表活动", 6, "类型"),
            ("代表活动", 7, "开始日期"),
            ("学习培训", 2, "结束日期"),
            ("宣传报道", 2, "日期"),
            ("民生实事", 2, "总投资（万元）"),
        ],
        key=str,
    )


def test_a_bare_name_that_fits_two_is_an_error_and_the_note_tells_them_apart(township):
    start = date(2021, 11, 1)
    deputy(township, "王芳", ("乡镇", start, None), note="上芦村")
    hers = deputy(township, "王芳", ("乡镇", start, None), note="河背村")
    row = {"主题": "代表法", "开始日期": "2024-03-20"}
    load = planned(township, {"trainings": [row | {"参加代表": "王芳"}]})
    assert problems(load.errors) == [("学习培训", 2, "参加代表")]
    brought(township, {"trainings": [row | {"参加代表": "王芳(河背村)"}]})
    training = Training.objects.visible_to(OPERATOR).get()
    assert list(training.deputies.values_list("pk", flat=True)) == [hers.pk]


def test_what_is_odd_is_saved_with_a_finding(township, deputies):
    load = brought(
        township,
        {
            "activities": [
                {
                    "名称": "清明走访", "类型": "走访", "开始日期": "2024-04-01",
                    "参加代表": "赵强、王芳", "参加代表人次": 9, "覆盖村居": "新村",
                }
            ],
            "projects": [
                {"年度": 2024, "名称": "路灯", "入选": "是", "完成日期": "2024-05-01"},
            ],
        },
    )  # fmt: skip
    assert sorted(problems(load.findings), key=str) == [
        ("代表活动", 2, "参加代表"),
        ("代表活动", 2, "参加代表人次"),
        ("代表活动", 2, "覆盖村居"),
        ("民生实事", 2, "候选"),
        ("民生实事", 2, "票决日期"),
    ]
    assert [f.message for f in load.findings if f.column == "参加代表"] == [
        "赵强在2024-04-01不在任"
    ]
    assert Place.objects.visible_to(OPERATOR).get(name="新村").provisional


def test_of_activities_of_one_name_the_latest_bears_it(township):
    row = {"名称": "河长巡河", "类型": "视察"}
    load = brought(
        township,
        {"activities": [row | {"开始日期": "2024-06-01"}, row | {"开始日期": "2024-03-01"}]},
    )
    latest = Activity.objects.visible_to(OPERATOR).get(starts=date(2024, 6, 1))
    assert load.names("activity") == {"河长巡河": latest.pk}


def test_other_townships_know_nothing_of_it(ledger, other_township):
    table = table_of(ledger, "activities")
    assert list(table.records(OPERATOR, other_township)) == []


@pytest.mark.parametrize("slug", SLUGS)
def test_reading_costs_as_many_queries_for_one_record_as_for_two(
    slug, township, deputies, django_assert_num_queries
):
    load = brought(township, {slug: ROWS[slug][:1]})
    table = table_of(load, slug)
    cost = {"activities": 5, "trainings": 2}.get(slug, 1)
    with django_assert_num_queries(cost):
        table.read(table.records(OPERATOR))
    brought(township, {slug: ROWS[slug][1:]})
    with django_assert_num_queries(cost):
        table.read(table.records(OPERATOR))


def test_every_example_of_the_template_can_be_read():
    told = [column for table in TABLES for column in table.sheet.columns if column.example]
    assert [column.header for column in told if column.parse(column.example) is None] == []
