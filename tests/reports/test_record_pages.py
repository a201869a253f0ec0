"""Every sheet of the ledger as pages: list, record, form; one path for page and import."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from congress.models import AuditEntry
from deputies.models import Person
from liaison_stations.models import Reception
from reports.ledger import BY_SLUG
from suggestions.models import Case
from tests.suggestions.ledger import HANDED, bring

pytestmark = pytest.mark.django_db
CASE = {
    "number": "闭〔2024〕001号",
    "title": "关于修水渠的建议",
    "category": "基础设施",
    "origin": "群众",
    "proposers": "村民乙",
    "raised_on": "2024-04-01",
    "occasion": "走访",
}


def at(name, sheet, **more):
    return reverse(name, kwargs={"sheet": sheet, **more})


@pytest.mark.parametrize("slug", BY_SLUG)
def test_each_list_says_how_to_begin_when_it_is_empty(client, clerk, slug, sign_in):
    text = sign_in(client, clerk).get(at("record-list", slug)).content.decode()
    assert "还没有记录" in text


def test_a_list_takes_as_many_queries_for_one_row_as_for_three(client, clerk, township, sign_in):
    sign_in(client, clerk)
    client.get(at("record-list", "cases"))
    counts = []
    for numbers in (("1",), ("2", "3")):
        bring(township, [HANDED | {"number": number} for number in numbers])
        with CaptureQueriesContext(connection) as queries:
            client.get(at("record-list", "cases"))
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 12


def test_the_list_of_cases_narrows_by_state_and_unit_and_writes_the_matter(
    client, clerk, township, sign_in
):
    bring(township, [HANDED | {"title": "关于修路的建议"}, {"number": "2", "title": "修渠"}])
    sign_in(client, clerk)
    found = {}
    for query in ({"state": "待签收"}, {"state": "已提交"}, {"q": "水务站"}, {"state": "办理"}):
        page = client.get(at("record-list", "cases"), query)
        found[str(query)] = [case.title for case in page.context["page_obj"]]
    assert list(found.values()) == [["关于修路的建议"], ["修渠"], ["关于修路的建议"], []]
    assert ">修路</a>" in client.get(at("record-list", "cases")).content.decode()


def test_the_list_narrows_by_word_and_by_day(client, clerk, township, sign_in):
    bring(
        township, [{"title": "修路"}, {"number": "2", "title": "修渠", "raised_on": "2023-01-02"}]
    )
    sign_in(client, clerk)
    narrowed = client.get(at("record-list", "cases"), {"q": "渠"}).context["page_obj"]
    assert [case.title for case in narrowed] == ["修渠"]
    dated = client.get(at("record-list", "cases"), {"from": "2024-01-01"}).context["page_obj"]
    assert [case.title for case in dated] == ["修路"]


def test_bad_input_narrows_to_nothing_and_says_so(client, clerk, township, sign_in):
    bring(township, [{}])
    answer = sign_in(client, clerk).get(at("record-list", "cases"), {"from": "七月底"})
    assert list(answer.context["page_obj"]) == []
    assert "七月底" in answer.content.decode()


def test_a_case_typed_by_hand_begins_its_life(client, clerk, township, sign_in):
    answer = sign_in(client, clerk).post(at("record-new", "cases"), CASE)
    case = Case._base_manager.get()
    assert answer.url == at("record", "cases", pk=case.pk)
    assert (case.place, case.entered_by) == (township, clerk)
    assert [step.name for step in case.steps.all()] == ["提出"]
    assert AuditEntry._base_manager.filter(model="suggestions.Case", by=clerk).count() == 1


def test_a_double_click_makes_one_case(client, clerk, sign_in):
    sign_in(client, clerk)
    client.post(at("record-new", "cases"), CASE)
    text = client.post(at("record-new", "cases"), CASE).content.decode()
    assert Case._base_manager.count() == 1
    assert "已经有同样的一条" in text


def test_an_error_stands_at_its_field_and_nothing_typed_is_lost(client, clerk, sign_in):
    sent = CASE | {"raised_on": "三月五日"}
    text = sign_in(client, clerk).post(at("record-new", "cases"), sent).content.decode()
    assert Case._base_manager.count() == 0
    assert "三月五日" in text
    assert "关于修水渠的建议" in text


def test_an_edit_keeps_the_steps_that_were_taken(client, clerk, township, sign_in):
    bring(township, [HANDED | {"title": "旧标题"}])
    case = Case._base_manager.get()
    sent = CASE | {"number": "1", "title": "新标题", "version": case.version}
    sent["raised_on"] = "2024-03-01"
    assert (
        sign_in(client, clerk).post(at("record-edit", "cases", pk=case.pk), sent).status_code == 302
    )
    case.refresh_from_db()
    assert (case.title, case.version) == ("新标题", 2)
    assert case.standings.get(ends=None).way == "交办"


def test_the_second_editor_is_told_and_loses_nothing(client, clerk, township, sign_in):
    bring(township, [{}])
    case = Case._base_manager.get()
    sign_in(client, clerk)
    address = at("record-edit", "cases", pk=case.pk)
    client.post(address, CASE | {"title": "第一位", "version": 1})
    text = client.post(address, CASE | {"title": "第二位", "version": 1}).content.decode()
    case.refresh_from_db()
    assert case.title == "第一位"
    assert "第二位" in text
    assert f"{clerk.name} {timezone.localtime():%H:}" in text
    assert "现在存的是：第一位" in text


def test_the_stranger_finds_nothing(client, stranger, township, sign_in):
    bring(township, [{}])
    case = Case._base_manager.get()
    sign_in(client, stranger)
    assert list(client.get(at("record-list", "cases")).context["page_obj"]) == []
    assert client.get(at("record-edit", "cases", pk=case.pk)).status_code == 404
    assert client.post(at("record-edit", "cases", pk=case.pk), CASE).status_code == 404


def test_a_hostile_name_is_text_on_every_page(client, clerk, township, sign_in):
    hostile = "<img src=x onerror=alert(1)>"
    bring(township, [{"title": hostile, "proposers": hostile}])
    case = Case._base_manager.get()
    sign_in(client, clerk)
    for address in (at("record-list", "cases"), reverse("case", kwargs={"pk": case.pk})):
        assert "<img src=x" not in client.get(address).content.decode()


def test_an_officer_keeps_receptions_and_nothing_else(client, officer, township, sign_in):
    bring(
        township,
        stations=[{"name": "镇联络站", "kind": "站"}],
        deputies=[{"name": "阿依古丽·买买提"}],
    )
    sign_in(client, officer)
    assert client.get(at("record-new", "cases")).status_code == 404
    sent = {
        "station": "镇联络站",
        "on": "2024-05-06",
        "deputies": "阿依古丽•买买提",
        "citizens": "8",
    }
    answer = client.post(at("record-new", "receptions"), sent)
    assert answer.status_code == 302, answer.content.decode()
    reception = Reception._base_manager.get()
    assert list(reception.deputies.all()) == list(Person._base_manager.all())


def test_the_list_as_a_workbook_has_no_formula(client, clerk, township, sign_in):
    from io import BytesIO

    from openpyxl import load_workbook

    bring(township, [{"title": "=cmd()"}])
    answer = sign_in(client, clerk).get(at("record-list-excel", "cases"))
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value == "=cmd()"]
    assert [cell.data_type for cell in cells] == ["s"]
