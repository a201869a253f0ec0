"""Bringing a file in by the pages: upload, look, confirm, take back; each with its job."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from congress.jobs import run_due
from congress.models import Job
from reports.import_forms import LARGEST
from reports.models import ImportBatch
from suggestions.models import Case
from suggestions.workflow import advance
from tests.reports.books import CASE, enter
from tests.reports.foreign_files import csv_file
from tests.reports.ledger_files import write

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01"


@pytest.fixture
def desk(client, clerk, sign_in):
    """The clerk at the import pages."""
    return sign_in(client, clerk)


@pytest.fixture
def ledger(tmp_path):
    """Two cases of citizens."""
    cases = [CASE | {"编号": "1"}, CASE | {"编号": "2", "标题": "修渠"}]
    return write(tmp_path / "台账.xlsx", {"意见建议": cases})


def upload(client, content, name="台账.xlsx", worked=True, **fields):
    """Send a file; the batch it became, checked where the worker `worked`, or the page that refused
    the file.
    """
    file = SimpleUploadedFile(name, content)
    answer = client.post(reverse("import"), {"file": file, "source": "台账"} | fields)
    if answer.status_code != 302:
        return answer
    if worked:
        run_due()
    return ImportBatch._base_manager.latest("pk")


def ask(client, name, batch, method="get", data=None):
    return getattr(client, method)(reverse(name, kwargs={"pk": batch.pk}), data)


def page(client, batch):
    """The page of a batch: its answer with context and text."""
    return ask(client, "import-batch", batch)


def confirm(client, batch):
    ask(client, "import-confirm", batch, "post")
    run_due()
    batch.refresh_from_db()


def take_back(client, batch):
    ask(client, "import-undo", batch, "post")
    run_due()
    batch.refresh_from_db()


def numbers():
    return list(Case._base_manager.order_by("number").values_list("number", flat=True))


def test_an_upload_is_checked_by_a_job_and_saves_nothing(desk, ledger):
    batch = upload(desk, ledger.read_bytes())
    assert (batch.state, batch.file_name, numbers()) == ("待确认", "台账.xlsx", [])
    assert page(desk, batch).context["counts"] == [("意见建议", 2, 0, 0)]
    assert [job.state for job in Job._base_manager.all()] == ["done"]


def test_before_the_job_has_run_the_page_asks_how_far_it_is(desk, ledger):
    batch = upload(desk, ledger.read_bytes(), worked=False)
    assert f'hx-get="{reverse("import-progress", kwargs={"pk": batch.pk})}"' in text(desk, batch)
    assert "HX-Refresh" not in ask(desk, "import-progress", batch).headers
    run_due()
    assert ask(desk, "import-progress", batch).headers["HX-Refresh"] == "true"


def text(client, batch):
    return page(client, batch).content.decode()


def test_what_was_confirmed_is_there(desk, ledger):
    batch = upload(desk, ledger.read_bytes())
    confirm(desk, batch)
    assert (batch.state, numbers()) == ("已导入", ["1", "2"])
    assert "导入完成：新建 2 条，更新 0 条，0 条不变。" in text(desk, batch)


def test_confirming_twice_imports_once(desk, ledger):
    batch = upload(desk, ledger.read_bytes())
    for _ in range(2):
        ask(desk, "import-confirm", batch, "post")
    assert run_due() == 1
    confirm(desk, batch)
    assert numbers() == ["1", "2"]
    assert Job._base_manager.filter(task="reports.import_jobs.run").count() == 1


def test_an_import_is_taken_back(desk, ledger):
    batch = upload(desk, ledger.read_bytes())
    confirm(desk, batch)
    take_back(desk, batch)
    assert (batch.state, numbers()) == ("已撤销", [])
    assert "这次导入已经整批撤销" in text(desk, batch)


def test_an_import_whose_case_was_worked_on_stays_and_the_page_says_why(desk, clerk, ledger):
    batch = upload(desk, ledger.read_bytes())
    confirm(desk, batch)
    advance(Case._base_manager.get(number="2"), "登记", user=clerk, on=date(2024, 3, 2))
    take_back(desk, batch)
    assert (batch.state, numbers()) == ("已导入", ["1", "2"])
    assert "工作表“意见建议”第3行的记录在导入以后改动过，不能整批撤销" in text(desk, batch)


def test_the_same_file_again_is_told_and_changes_nothing(desk, ledger):
    confirm(desk, upload(desk, ledger.read_bytes()))
    again = upload(desk, ledger.read_bytes())
    answer = page(desk, again)
    assert answer.context["counts"] == [("意见建议", 0, 0, 2)]
    assert answer.context["imported_before"].file_name == "台账.xlsx"
    assert "没有要写入的" in answer.content.decode()


def test_an_error_names_sheet_row_column_what_was_found_and_how_to_mend_it(desk, tmp_path):
    cases = [CASE | {"编号": "1"}, CASE | {"编号": "2", "提出日期": "七月底"}]
    batch = upload(desk, write(tmp_path / "a.xlsx", {"意见建议": cases}).read_bytes())
    assert batch.state == "有错误"
    (error,) = page(desk, batch).context["errors"]
    assert (error["sheet"], error["row"], error["column"]) == ("意见建议", 3, "提出日期")
    assert (error["found"], "2026-07-31" in error["message"]) == ("七月底", True)
    confirm(desk, batch)
    assert (batch.state, numbers()) == ("有错误", [])


def test_records_that_moved_between_check_and_import_stop_it(desk, township, tmp_path):
    enter(township, 代表名册=[{"姓名": "王芳", "备注": "上芦村"}])
    cases = [CASE | {"编号": "1", "来源": "代表", "提出人": "王芳"}]
    batch = upload(desk, write(tmp_path / "a.xlsx", {"意见建议": cases}).read_bytes())
    assert batch.state == "待确认"
    enter(township, 代表名册=[{"姓名": "王芳", "备注": "河背村"}])
    confirm(desk, batch)
    assert (batch.state, numbers()) == ("有错误", [])
    said = text(desk, batch)
    assert "核对以后记录有了变化" in said
    assert "有 1 处错误，一条也没有写入" in said


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (PNG, "图片"),
        (b"PK\x03\x04" + b"\0" * 40, "文件"),
        (b"%PDF-1.7\n", "PDF"),
        ("没有,台账\n1,2\n".encode(), "文件里没有台账的工作表"),
    ],
    ids=["a picture", "a broken package", "a PDF", "another table"],
)
def test_what_is_no_ledger_is_refused_in_words_under_its_own_name(desk, content, said):
    batch = upload(desk, content, "照片.xlsx")
    assert batch.state == "有错误"
    (error,) = batch.outcome["errors"]
    assert (error["found"], said in error["message"]) == ("照片.xlsx", True)


def test_an_empty_file_is_refused_at_once(desk):
    answer = upload(desk, b"")
    assert answer.context["form"].errors["file"] == ["这个文件是空的，请核对后再选"]
    assert ImportBatch._base_manager.count() == 0


def test_a_file_that_is_too_large_is_refused_at_once(desk, settings, tmp_path):
    answer = upload(desk, b"\0" * (LARGEST + 1))
    assert answer.context["form"].errors["file"] == ["文件超过 20 MB，请分成几个文件导入"]
    assert ImportBatch._base_manager.count() == 0


def test_a_file_name_is_text_on_the_page(desk, ledger):
    batch = upload(desk, ledger.read_bytes(), "<img src=x>.xlsx")
    assert "<img src=x>" not in text(desk, batch)
    assert "&lt;img src=x&gt;.xlsx" in text(desk, batch)


def test_the_clerk_of_another_township_finds_no_such_import(
    desk, client, stranger, sign_in, ledger
):
    batch = upload(desk, ledger.read_bytes())
    sign_in(client, stranger)
    for name, method in (
        ("import-batch", "get"),
        ("import-progress", "get"),
        ("import-columns", "get"),
        ("import-confirm", "post"),
        ("import-undo", "post"),
    ):
        assert ask(client, name, batch, method).status_code == 404
    assert list(client.get(reverse("import")).context["batches"]) == []
    assert batch.state == "待确认"


@pytest.mark.parametrize("person", ["officer", "unit_clerk", "deputy_user", "sysadmin"])
def test_only_the_offices_import(client, request, person, sign_in, clerk, ledger):
    batch = upload(sign_in(client, clerk), ledger.read_bytes())
    sign_in(client, request.getfixturevalue(person))
    assert client.get(reverse("import")).status_code == 404
    assert client.post(reverse("import"), {"source": "台账"}).status_code == 404
    assert ask(client, "import-confirm", batch, "post").status_code == 404
    assert client.get(reverse("ledger-export")).status_code == 404


HEADERS = ("序", "反映事由", "谁提的", "哪天")
MATCHING = {"c0": "编号", "c1": "标题", "c2": "提出人", "c3": "提出日期"}


@pytest.fixture
def odd_table(tmp_path):
    """A table whose headers nobody could guess."""
    return csv_file(tmp_path / "清单.csv", HEADERS, ("9", "修桥", "廖阿婆", "2024-05-06"))


def test_columns_are_matched_once_and_remembered_for_the_next_such_table(
    desk, township, odd_table, tmp_path
):
    batch = upload(desk, odd_table.read_bytes(), "清单.csv", source="其他表")
    assert batch.state == "有错误"
    answer = ask(desk, "import-columns", batch, "post", MATCHING)
    assert answer.url == reverse("import-batch", kwargs={"pk": batch.pk})
    run_due()
    batch.refresh_from_db()
    assert list(batch.outcome["columns"].values()) == ["编号", "标题", "提出人", "提出日期"]
    confirm(desk, batch)
    case = Case._base_manager.get()
    assert (case.number, case.title, case.raised_on) == ("9", "修桥", date(2024, 5, 6))

    next_one = csv_file(tmp_path / "b.csv", HEADERS, ("10", "修渠", "廖阿婆", "2024-06-06"))
    again = upload(desk, next_one.read_bytes(), "六月清单.csv", source="其他表")
    assert (again.state, again.outcome["created"]["意见建议"]) == ("待确认", 1)


def test_a_matching_without_a_title_or_with_one_field_twice_is_refused(desk, odd_table):
    batch = upload(desk, odd_table.read_bytes(), "清单.csv", source="其他表")
    for wrong, said in (({"c1": ""}, "请选出哪一列是标题"), ({"c0": "标题"}, "有两列对应到同一项")):
        answer = ask(desk, "import-columns", batch, "post", MATCHING | wrong)
        assert said in answer.content.decode()
    assert Job._base_manager.count() == 1


def test_county_staff_say_which_township_and_no_other_countys(
    client, county_user, sign_in, township, other_township, ledger
):
    sign_in(client, county_user)
    answer = upload(client, ledger.read_bytes())
    assert list(answer.context["form"].errors) == ["place"]
    batch = upload(client, ledger.read_bytes(), place=other_township.pk)
    confirm(client, batch)
    assert set(Case._base_manager.values_list("place", flat=True)) == {other_township.pk}
    answer = client.get(reverse("ledger-export"), {"place": "360734100"})
    assert answer.status_code == 404


def test_a_job_that_broke_off_is_tried_again_from_the_page(desk, ledger, settings):
    batch = upload(desk, ledger.read_bytes())
    ask(desk, "import-confirm", batch, "post")
    Job._base_manager.filter(task="reports.import_jobs.run").update(state="failed", error="断电")
    assert "再试一次" in text(desk, batch)
    confirm(desk, batch)
    assert (batch.state, numbers()) == ("已导入", ["1", "2"])
