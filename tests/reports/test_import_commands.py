"""The commands that bring ledgers and tables in, take them out, and undo an import."""

import json

import pytest
from django.core.management import CommandError, call_command
from python_calamine import CalamineWorkbook

from congress.models import Place
from congress.scoping import OPERATOR
from reports.ledger import SHEETS
from reports.models import ImportBatch
from suggestions.models import Case
from tests.reports.books import CASE
from tests.reports.foreign_files import CIXI, csv_file, table
from tests.reports.ledger_files import write

pytestmark = pytest.mark.django_db
KEYS = ["created", "errors", "findings", "ignored_columns", "unchanged", "updated"]


@pytest.fixture
def ledger(tmp_path):
    return write(
        tmp_path / "台账.xlsx", {"意见建议": [CASE | {"编号": "1"}], "村居": [{"名称": "上芦村"}]}
    )


@pytest.fixture
def run(capsys):
    """`run(name, *words)` → (exit code, what stands on stdout)."""

    def run(name, *words):
        try:
            call_command(name, *map(str, words))
        except SystemExit as end:
            return end.code, capsys.readouterr().out
        return 0, capsys.readouterr().out

    return run


@pytest.fixture
def document(run):
    """`document(name, *words)` → (exit code, the JSON on stdout)."""

    def document(name, *words):
        code, text = run(name, *words, "--json")
        return code, json.loads(text)

    return document


def test_a_ledger_comes_in_and_the_second_time_nothing_changes(document, ledger, township):
    code, told = document("import_ledger", ledger, "--township", "360733100")
    assert (code, sorted(told)) == (0, KEYS)
    assert told["created"] == {"村居": 1, "意见建议": 1}
    code, told = document("import_ledger", ledger, "--township", "360733100")
    assert (told["created"], told["unchanged"]) == (
        {"村居": 0, "意见建议": 0}, {"村居": 1, "意见建议": 1},
    )  # fmt: skip


def test_a_dry_run_writes_nothing(document, ledger, township):
    code, told = document("import_ledger", ledger, "--township", "360733100", "--dry-run")
    assert (code, told["created"]) == (0, {"村居": 1, "意见建议": 1})
    assert Case.objects.visible_to(OPERATOR).count() == 0
    assert ImportBatch.objects.visible_to(OPERATOR).count() == 0


def test_errors_are_told_and_end_with_code_1(document, township, tmp_path):
    wrong = write(tmp_path / "a.xlsx", {"意见建议": [CASE | {"编号": "1", "提出日期": "春天"}]})
    code, told = document("import_ledger", wrong, "--township", "360733100")
    assert code == 1
    assert told["errors"] == [
        {"sheet": "意见建议", "row": 2, "column": "提出日期", "found": "春天",
         "message": "“春天”不是日期，要写成 2026-07-31 这样"},
    ]  # fmt: skip
    assert Case.objects.visible_to(OPERATOR).count() == 0


def test_without_json_the_outcome_is_chinese_prose(run, ledger, township):
    code, text = run("import_ledger", ledger, "--township", "360733100")
    assert text.splitlines() == [
        "村居：新增1条，更新0条，不变0条",
        "意见建议：新增1条，更新0条，不变0条",
        "提示1处：",
        "  意见建议第2行“类别”：“基础设施”不在建议类别词表里，已加入词表",
        "已导入。",
    ]


@pytest.mark.parametrize("code, message", [
    ("999999999", "没有代码为 999999999 的地方；请核对代码，或先用 add_place 999999999 名称 加上"),
    ("文武坝", "“文武坝”不是行政区划代码：县6位、乡镇9位数字，如 360733100"),
    ("360733100201", "“360733100201”要是县（6位）、乡镇（9位）的行政区划代码"),
])  # fmt: skip
def test_an_unknown_township_is_refused(document, ledger, county, code, message):
    end, told = document("import_ledger", ledger, "--township", code)
    assert (end, [error["message"] for error in told["errors"]]) == (1, [message])
    assert told["created"] == {}


def test_a_township_of_a_known_county_is_made_on_its_first_day(document, ledger, db):
    code, told = document("import_ledger", ledger, "--township", "360733105")
    assert code == 0
    assert told["findings"][0]["message"] == "还没有代码为360733105的地方，按“360733105”加入"
    names = Place.objects.visible_to(OPERATOR).exclude(level="村居").values_list("name", flat=True)
    assert list(names) == ["江西省", "赣州市", "会昌县", "360733105"]


def test_a_missing_file_and_a_folder_are_one_error_each(document, township, tmp_path):
    for path in (tmp_path / "没有.xlsx", tmp_path):
        code, told = document("import_ledger", path, "--township", "360733100")
        assert (code, [error["message"] for error in told["errors"]]) == (
            1, ["文件打不开，请检查文件是否还在"],
        )  # fmt: skip


def test_the_real_table_comes_in_under_its_towns(document, db):
    words = ("import_table", CIXI, "--township", "330282", "--by-column", "所属中心组")
    code, told = document(*words)
    assert (code, sorted(told)) == (0, ["columns", *KEYS])
    assert told["created"] == {"意见建议": 287}
    towns = Place.objects.visible_to(OPERATOR).filter(level="乡镇")
    assert (towns.count(), towns.filter(provisional=True).count()) == (19, 19)
    assert document(*words)[1]["unchanged"] == {"意见建议": 287}


def test_columns_are_printed_also_when_the_table_is_refused(document, township, tmp_path):
    path = csv_file(tmp_path / "a.csv", ["编号", "事情"], ["1", "修路"])
    code, told = document("import_table", path, "--township", "360733100")
    assert (code, told["columns"]) == (1, {"编号": "编号", "事情": None})
    code, told = document("import_table", path, "--township", "999999999")
    assert (code, told["columns"]) == (1, {"编号": "编号", "事情": None})


def test_a_mapping_given_once_is_remembered(document, township, tmp_path):
    path = csv_file(tmp_path / "a.csv", ["编号", "事情"], ["1", "修路"])
    words = ("import_table", path, "--township", "360733100")
    assert document(*words, "--map", "事情=标题")[0] == 0
    code, told = document(*words)
    assert (code, told["columns"], told["unchanged"]) == (
        0, {"编号": "编号", "事情": "标题"}, {"意见建议": 1},
    )  # fmt: skip


def test_by_column_needs_a_county_and_a_column_that_is_there(document, county, township, tmp_path):
    path = table(tmp_path / "a.csv", ["1", "修路", "王芳", "", ""])
    words = ("import_table", path, "--by-column")
    _, told = document(*words, "乡镇", "--township", "360733")
    assert [error["message"] for error in told["errors"]] == ["表里没有“乡镇”这一列"]
    _, told = document(*words, "主办单位", "--township", "360733100")
    assert [error["message"] for error in told["errors"]] == [
        "按列分到各乡镇时，代码要写县（6位）的"
    ]


def test_an_import_is_undone_once(run, document, ledger, township):
    document("import_ledger", ledger, "--township", "360733100")
    batch = ImportBatch.objects.visible_to(OPERATOR).get()
    assert run("undo_import", batch.pk) == (0, f"已撤销第 {batch.pk} 批导入：台账.xlsx\n")
    assert Case.objects.visible_to(OPERATOR).count() == 0
    with pytest.raises(CommandError, match=f"第 {batch.pk} 批是“已撤销”，不能撤销"):
        call_command("undo_import", batch.pk)
    with pytest.raises(CommandError, match="没有第 999 批导入"):
        call_command("undo_import", 999)


def test_what_is_exported_comes_in_unchanged(run, document, ledger, township, tmp_path):
    document("import_ledger", ledger, "--township", "360733100")
    path = tmp_path / "出.xlsx"
    assert run("export_ledger", path, "--township", "360733100") == (0, f"已写出 {path}\n")
    _, told = document("import_ledger", path, "--township", "360733100")
    assert told["unchanged"] == {"村居": 1, "意见建议": 1}
    assert told["ignored_columns"] == {}


def test_export_says_what_is_wrong(county, tmp_path):
    with pytest.raises(CommandError, match="没有代码为 360733999 的地方"):
        call_command("export_ledger", str(tmp_path / "a.xlsx"), "--township", "360733999")
    with pytest.raises(CommandError, match="写不了文件"):
        call_command("export_ledger", str(tmp_path / "没有" / "a.xlsx"), "--township", "360733")


def test_the_template_has_every_sheet_and_brings_nothing(run, document, township, tmp_path):
    path = tmp_path / "模板.xlsx"
    assert run("ledger_template", path) == (0, f"已写出 {path}\n")
    with CalamineWorkbook.from_path(str(path)) as book:
        assert [name for name in book.sheet_names if name != "词表"] == [s.name for s in SHEETS]
    code, told = document("import_ledger", path, "--township", "360733100")
    assert (code, set(told["created"].values()), told["ignored_columns"]) == (0, set(), {})
