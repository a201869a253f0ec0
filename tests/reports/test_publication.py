"""The public twin: what it leaves out and says of it; what was published stays as it was."""

import hashlib
import io
import re
import zipfile
from datetime import UTC, date, datetime

import pytest
from docx import Document

from congress.masking import Masker
from congress.models import AuditEntry, Unit
from reports.case_report import case_report
from reports.case_report_word import write_report
from reports.models import Publication
from reports.publication import (
    digest,
    frozen,
    public_twin,
    publish,
    restore,
    thawed,
    withdraw,
)
from suggestions.models import Proposer
from suggestions.workflow import advance
from tests.reports.books import deputy_case, enter_cases
from tests.reports.publicity import (
    HANDED,
    PEOPLE,
    REPLIED,
    YEAR,
    hostile_township,
    leaks,
    numbered,
    twin_of,
)

NOW = datetime(2025, 1, 9, 9, 30, tzinfo=UTC)
AT = {"place": "360733100", "period": "自定义", "from": "2024-01-01", "to": "2024-12-31"}


@pytest.fixture
def twin(township):
    hostile_township(township)
    return twin_of(township)


@pytest.fixture
def published(twin, township, clerk):
    return publish(twin.report, township, user=clerk, now=NOW)[0]


@pytest.fixture
def desk(client, sign_in, clerk, twin):
    return sign_in(client, clerk)


def inside(content):
    """All text of a .docx: every part of the archive, markup taken away."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [archive.read(name).decode("utf-8", "ignore") for name in archive.namelist()]
    return "\n".join(parts) + re.sub(r"<[^>]+>", "", "\n".join(parts))


def printed(report):
    """The checksum of the document: two of them tell apart what a long comparison would."""
    return hashlib.sha256(write_report(report, YEAR.as_of)).hexdigest()


def test_the_report_itself_holds_what_the_twin_must_lose(twin):
    assert leaks(inside(write_report(twin.inside, YEAR.as_of))) != []


def test_nothing_personal_is_in_the_public_document(twin):
    assert leaks(inside(write_report(twin.report, YEAR.as_of))) == []
    assert leaks(str(frozen(twin.report))) == []


def test_cases_that_are_not_public_or_declined_are_gone(twin):
    assert [[line.number for line in annex.lines] for annex in twin.report.lists] == [["2"], ["1"]]
    text = inside(write_report(twin.report, YEAR.as_of))
    assert [title for title in ("隐情", "改判") if title in text] == []


def test_where_numbers_differ_it_says_how_many_are_public(twin):
    assert [annex.told for annex in twin.report.lists] == [
        "代表建议、批评和意见共2件，其中公开1件，列表如下。",
        "群众意见共2件，其中公开1件，列表如下。",
    ]
    assert [annex.told for annex in twin.inside.lists] == [
        "代表建议、批评和意见共2件，列表如下。",
        "群众意见共2件，列表如下。",
    ]


def test_deputies_keep_their_names_and_citizens_are_called_so(twin):
    deputies, citizens = (annex.lines[0].cells for annex in twin.report.lists)
    assert deputies[1:4] == ("关于解决某某等户饮水的建议", "王芳", "李建国")
    assert citizens[1:3] == ("反映某某（［电话不公开］）家门口的路灯不亮", "群众")


def test_a_phone_typed_behind_a_unit_or_a_name_is_taken_out(township):
    enter_cases(township, deputy_case("王芳", **REPLIED, 公开="是"), **PEOPLE)
    Unit._base_manager.filter(name="镇水务站").update(name="镇水务站（老李13812340000）")
    Proposer._base_manager.update(name="王芳 0797-5622345")
    twin = twin_of(township)
    [line] = twin.report.lists[0].lines
    assert line.cells[2:5] == ("王芳 ［电话不公开］", "", "镇水务站（老李［电话不公开］）")
    told = [removal.text for removal in twin.removals if removal.what == "电话"]
    assert told == ["0797-5622345", "13812340000"]


def test_what_was_withdrawn_since_goes_public_no_more(township, clerk):
    enter_cases(township, deputy_case("王芳", **HANDED, 公开="是"), **PEOPLE)
    assert len(twin_of(township).report.lists[0].lines) == 1
    advance(numbered(township, "1"), "作废", user=clerk, on=date(2025, 3, 1), note="重号")
    twin = twin_of(township)
    assert twin.report.lists[0].lines == ()
    assert [line.number for line in twin.inside.lists[0].lines] == ["1"]
    assert [removal.reason for removal in twin.removals if removal.what != "待补写"] == ["已经作废"]


def test_a_list_without_a_public_case_is_a_sentence_and_no_table(township):
    enter_cases(township, deputy_case("王芳", **REPLIED), **PEOPLE)
    document = Document(io.BytesIO(write_report(twin_of(township).report, YEAR.as_of)))
    assert document.tables == []
    assert document.paragraphs[-1].text == "代表建议、批评和意见共1件，其中公开0件。"


def test_every_removal_is_told_with_its_reason(twin):
    assert {(removal.where, removal.what, removal.reason) for removal in twin.removals} == {
        ("正文", "待补写", "还没有写，公开版不列"),
        ("代表建议、批评和意见办理情况一览表，2", "姓名", "群众的姓名不公开"),
        ("代表建议、批评和意见办理情况一览表，3", "整件不列", "没有标明公开"),
        ("群众意见办理情况，1", "姓名", "群众的姓名不公开"),
        ("群众意见办理情况，1", "电话", "电话号码、微信号不公开"),
        ("群众意见办理情况，1", "提出人", "群众的姓名不公开，一律写“群众”"),
        ("群众意见办理情况，4", "整件不列", "不予受理的不公开，件数在正文里"),
    }


def test_the_text_keeps_its_numbers_and_loses_its_gaps(twin):
    kept = [block.text for block in twin.inside.texts if block.kind != "person"]
    assert [block.text for block in twin.report.texts] == kept


def test_a_report_without_secrets_is_its_own_twin_but_for_the_gaps(township):
    enter_cases(township, deputy_case("王芳", 公开="是", **REPLIED), **PEOPLE)
    twin = twin_of(township)
    shown, whole = (report.lists[0] for report in (twin.report, twin.inside))
    assert [line.cells for line in shown.lines] == [line.cells for line in whole.lines]
    assert shown.told == whole.told
    assert {removal.what for removal in twin.removals} == {"待补写"}


def test_what_is_frozen_comes_back_as_it_was(twin):
    content = frozen(twin.report)
    assert frozen(thawed(content)) == content
    assert printed(thawed(content)) == printed(twin.report)


def test_a_published_report_stays_as_it_was_whatever_is_entered_later(published, township):
    before = printed(thawed(published.content))
    enter_cases(township, *[{"编号": "99", "公开": "是"} | HANDED])
    kept = Publication._base_manager.get()
    assert digest(kept.content) == kept.sha256 == published.sha256
    assert printed(thawed(kept.content)) == before
    assert digest(frozen(twin_of(township).report)) != kept.sha256


def test_the_same_report_published_twice_stands_there_once(published, twin, township, clerk):
    again, new = publish(twin.report, township, user=clerk, now=NOW)
    assert (again.pk, new, Publication._base_manager.count()) == (published.pk, False, 1)


def test_a_report_is_withdrawn_and_put_back_once(published, chair):
    assert [withdraw(published, user=chair, now=NOW) for _ in range(2)] == [True, False]
    assert Publication._base_manager.get().withdrawn_by == chair
    assert [restore(published, user=chair) for _ in range(2)] == [True, False]
    actions = AuditEntry._base_manager.filter(model="reports.Publication")
    assert list(actions.order_by("pk").values_list("action", flat=True)) == [
        "publish",
        "withdraw",
        "restore",
    ]


def test_a_withdrawn_report_does_not_come_back_beside_its_like(published, twin, township, clerk):
    withdraw(published, user=clerk, now=NOW)
    publish(twin.report, township, user=clerk, now=NOW)
    assert restore(published, user=clerk) is False


def test_the_page_shows_both_with_what_was_taken_out(desk):
    answer = desk.get("/case-report/", AT)
    page = answer.content.decode()
    assert "<del>阿依古丽•买买提</del>（<del>138-1234-0000</del>）家门口" in page
    assert "反映某某（［电话不公开］）家门口" in page
    assert "不列：没有标明公开" in page
    assert [(what, len(rows)) for what, _, rows in answer.context["removals"]] == [
        ("待补写", 3),
        ("姓名", 2),
        ("整件不列", 1),
        ("电话", 1),
        ("提出人", 1),
        ("整件不列", 1),
    ]


def test_both_documents_are_downloads(desk):
    found = {}
    for name in ("report", "public"):
        answer = desk.get(f"/case-report/{name}.docx", AT)
        assert answer["Content-Disposition"].startswith("attachment")
        found[name] = leaks(inside(b"".join(answer.streaming_content))) != []
    assert found == {"report": True, "public": False}


def fields(desk):
    """What the form 发布 of the page sends."""
    return dict(desk.get("/case-report/", AT).context["publish_fields"])


def test_publishing_freezes_what_was_shown(desk, clerk):
    answer = desk.post("/case-report/publish/?" + query(), fields(desk), follow=True)
    made = Publication._base_manager.get()
    assert (made.published_by, made.sha256) == (clerk, digest(made.content))
    assert [row.pk for row in answer.context["publications"]] == [made.pk]


def query():
    return "&".join(f"{name}={value}" for name, value in AT.items())


def test_what_changed_since_it_was_shown_is_not_published(desk, township):
    shown = fields(desk)
    case = numbered(township, "3")
    type(case)._base_manager.filter(pk=case.pk).update(public=True)
    answer = desk.post("/case-report/publish/?" + query(), shown, follow=True)
    assert "刚才看过以后有变动，这次没有发布" in answer.content.decode()
    assert Publication._base_manager.count() == 0


def test_a_request_sent_once_more_publishes_once(desk, clerk):
    sent = fields(desk)
    for _ in range(2):
        again = desk.post("/case-report/publish/?" + query(), sent, follow=True)
    assert "同样的报告已经在公开页面上，没有重复发布" in again.content.decode()
    withdraw(Publication._base_manager.get(), user=clerk, now=NOW)
    desk.post("/case-report/publish/?" + query(), sent)
    assert Publication._base_manager.filter(withdrawn_at=None).count() == 0
    desk.post("/case-report/publish/?" + query(), fields(desk))
    assert Publication._base_manager.filter(withdrawn_at=None).count() == 1


def test_withdrawing_offers_to_take_it_back(desk, published):
    answer = desk.post(f"/publications/{published.pk}/withdraw/?{query()}", follow=True)
    assert answer.context["undo"].pk == published.pk
    back = desk.post(f"/publications/{published.pk}/restore/?{query()}", follow=True)
    assert (back.context["undo"], Publication._base_manager.get().withdrawn_at) == (None, None)


def test_the_county_looks_and_does_not_publish(client, sign_in, county_user, published):
    there = sign_in(client, county_user)
    answer = there.get("/case-report/", AT)
    assert (answer.context["may_publish"], len(answer.context["publications"])) == (False, 1)
    assert there.post("/case-report/publish/?" + query()).status_code == 404
    assert "请选一个乡镇" in there.get("/case-report/").content.decode()


def test_a_stranger_sees_nothing_of_it(client, sign_in, stranger, published):
    there = sign_in(client, stranger)
    assert there.get("/case-report/", AT).status_code == 404
    assert there.get(f"/publications/{published.pk}/report.docx").status_code == 404
    assert there.post(f"/publications/{published.pk}/withdraw/").status_code == 404
    assert "文武坝镇" not in there.get("/case-report/").content.decode()


def test_the_number_of_queries_of_the_page_does_not_grow(
    client, sign_in, clerk, township, django_assert_max_num_queries
):
    desk = sign_in(client, clerk)
    enter_cases(township, deputy_case(**REPLIED), REPLIED, **PEOPLE)
    desk.get("/case-report/", AT)  # the session's own row
    with django_assert_max_num_queries(1000) as one:
        desk.get("/case-report/", AT)
    more = [{"编号": f"9{n}"} | REPLIED for n in range(6)]
    enter_cases(township, *[deputy_case(**row) for row in more[:3]], *more[3:])
    with django_assert_max_num_queries(1000) as several:
        desk.get("/case-report/", AT)
    assert len(several) == len(one)


def test_the_twin_of_a_user_is_that_of_the_operator(township, clerk, twin):
    report = case_report(clerk, township, YEAR)
    assert frozen(report) == frozen(twin.inside)
    assert public_twin(report, Masker()).report.lists[0].lines[0].cells[2] == "王芳"
