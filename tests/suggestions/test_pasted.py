"""A block copied from WPS or WeChat becomes rows, and then cases."""

import tomllib

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from reports.foreign_words import FILE
from suggestions import pasted
from suggestions.models import Case
from suggestions.pasted import FIELDS, rows_of
from tests.suggestions.sheets_on_paper import KEPT, furnish

TABLE = (
    "序号\t领衔代表\t附议人\t案由\t内容\t类别\n"
    '1\t王芳\t李建国、赖小明\t关于修路的建议\t"上芦村路坏\n请修"\t其他\n'
    "2\t李建国\t\t关于修桥的建议\t桥板断了三块\t\n"
)
CHAT = """#接龙
1. 王芳：关于硬化上芦村机耕道的建议，上芦村机耕道长2公里。
2、李建国、王芳：修桥头护栏。护栏断了三米
请尽快修
3. 关于增设公厕的建议（赖小明）
"""
TALK = """王芳 2024/3/5 10:12
关于给河背村装路灯的建议。河背村没有灯
李建国 10:15:33
反映镇中心小学校车座位不够
"""


def told(text):
    """The rows without their empty fields."""
    return [{field: value for field, value in row.items() if value} for row in rows_of(text)]


def test_a_table_with_its_header_goes_by_the_header():
    assert told(TABLE) == [
        {
            "lead": "王芳",
            "cosigners": "李建国、赖小明",
            "title": "关于修路的建议",
            "body": "上芦村路坏\n请修",
            "category": "其他",
        },
        {"lead": "李建国", "title": "关于修桥的建议", "body": "桥板断了三块"},
    ]


def test_a_table_without_a_header_goes_by_what_the_cells_look_like():
    assert told("1\t王芳、李建国\t关于修路的建议\t上芦村到下洲村的路坏了两公里\n") == [
        {
            "lead": "王芳",
            "cosigners": "李建国",
            "title": "关于修路的建议",
            "body": "上芦村到下洲村的路坏了两公里",
        }
    ]
    assert told("王芳\t建议修路\n赖小明\t建议修桥") == [
        {"lead": "王芳", "title": "建议修路"},
        {"lead": "赖小明", "title": "建议修桥"},
    ]


def test_numbered_lines_of_a_group_are_one_suggestion_each():
    assert told(CHAT) == [
        {"lead": "王芳", "title": "关于硬化上芦村机耕道的建议", "body": "上芦村机耕道长2公里。"},
        {
            "lead": "李建国",
            "cosigners": "王芳",
            "title": "修桥头护栏",
            "body": "护栏断了三米\n请尽快修",
        },
        {"lead": "赖小明", "title": "关于增设公厕的建议"},
    ]


def test_a_blank_parts_the_name_only_from_what_asks_for_something():
    assert told(
        "1. 王芳 建议给上芦村装路灯\n2. 赖小明代表　关于修桥的建议，桥板断了\n3. 村口 路灯不亮"
    ) == [
        {"lead": "王芳", "title": "建议给上芦村装路灯"},
        {"lead": "赖小明", "title": "关于修桥的建议", "body": "桥板断了"},
        {"title": "村口 路灯不亮"},
    ]


def test_messages_of_a_chat_are_by_the_one_who_wrote_them():
    assert told(TALK) == [
        {"lead": "王芳", "title": "关于给河背村装路灯的建议", "body": "河背村没有灯"},
        {"lead": "李建国", "title": "反映镇中心小学校车座位不够"},
    ]


def test_a_line_with_nothing_but_a_name_and_a_colon_says_who_wrote_what_follows():
    assert told(
        "王芳：\n关于给河背村装路灯的建议，河背村没有灯\n存在问题：\n共3处\n\n"
        "李建国代表:\n反映校车座位不够"
    ) == [
        {
            "lead": "王芳",
            "title": "关于给河背村装路灯的建议",
            "body": "河背村没有灯\n存在问题：\n共3处",
        },
        {"lead": "李建国", "title": "反映校车座位不够"},
    ]


def test_a_table_is_read_by_the_headers_that_an_import_knows():
    assert told("提案人\t事由\n王芳\t路灯不亮\n") == [{"lead": "王芳", "title": "路灯不亮"}]
    known, headers = (tomllib.loads(file.read_text("utf-8")) for file in (FILE, pasted.FILE))
    fields = known["意见建议"]["fields"]
    others = {"lead": "proposers", "cosigners": "seconders"}
    missing = {
        field: set(fields[others.get(field, field)]) - set(headers["headers"][field])
        for field in FIELDS
    }
    assert missing == {field: set() for field in FIELDS}


def test_the_heads_of_a_form_are_no_suggestion():
    assert told(
        "提案人：王芳、李建国\n事由：路灯不亮\n内容：河背村没有灯\n请装\n"
        "提案人：赖小明\n事由：关于修桥的建议\n"
    ) == [
        {
            "lead": "王芳",
            "cosigners": "李建国",
            "title": "路灯不亮",
            "body": "河背村没有灯\n请装",
        },
        {"lead": "赖小明", "title": "关于修桥的建议"},
    ]


@pytest.mark.parametrize("text", ["", " \n\t\n", "#接龙", '"\t"', "\t\t\t"])
def test_nothing_gives_no_row(text):
    assert rows_of(text) == []


@pytest.fixture
def at_page(client, sign_in, clerk, township):
    furnish(township)
    return sign_in(client, clerk)


def kept():
    day = timezone.localdate().isoformat()
    return KEPT | {
        "raised_on": day, "meeting": "", "occasion": "闭会期间", "category": "基础设施",
    }  # fmt: skip


def read(page, text):
    return page.post(reverse("pasted"), kept() | {"text": text, "read": "1"})


def as_typed(answer, **changes):
    """What the browser sends for the rows that a page shows."""
    data = kept() | {"save": "1", "token": answer.context["token"]}
    for row in answer.context["rows"]:
        data |= {cell.html_name: cell.value() or "" for cell, _wide in row.cells}
        data |= {f"{row.mark}-take": "on"}
    return {name: text for name, text in (data | changes).items() if text is not None}


def test_rows_are_shown_with_what_is_wrong_and_nothing_is_saved_yet(at_page):
    answer = read(at_page, TABLE.replace("李建国\t\t", "李建囯\t\t"))
    errors = [dict(row.form.errors) for row in answer.context["rows"]]
    assert errors == [{}, {"lead": ["代表名册里没有“李建囯”，请核对姓名，或先在代表名册里加上"]}]
    assert Case._base_manager.count() == 0


def test_one_wrong_row_stops_all_until_it_is_mended_or_left_out(at_page):
    answer = read(at_page, TABLE.replace("李建国\t\t", "李建囯\t\t"))
    at_page.post(reverse("pasted"), as_typed(answer))
    assert Case._base_manager.count() == 0
    at_page.post(reverse("pasted"), as_typed(answer, **{"row-1-lead": "李建国"}))
    cases = Case._base_manager.order_by("pk")
    assert list(cases.values_list("title", flat=True)) == ["关于修路的建议", "关于修桥的建议"]
    standings = [case.standings.get(ends=None) for case in cases]
    assert [str(row.category) for row in standings] == ["其他", "基础设施"]


def test_a_category_that_there_is_not_stays_and_is_told_until_it_is_mended(at_page):
    answer = read(at_page, TABLE.replace("其他", "水利"))
    for _ in range(2):
        cell = answer.context["rows"][0].form["category"]
        assert cell.errors == ["类别里没有“水利”，请从表里选，或先在“设置”里加上"]
        assert '<option value="水利" selected>' in str(cell)
        answer = at_page.post(reverse("pasted"), as_typed(answer))
    assert Case._base_manager.count() == 0


def test_a_row_that_is_not_ticked_is_left_out(at_page):
    answer = read(at_page, TABLE)
    at_page.post(reverse("pasted"), as_typed(answer, **{"row-0-take": None}))
    assert Case._base_manager.get().title == "关于修桥的建议"


def test_a_block_sent_twice_is_saved_once(at_page):
    data = as_typed(read(at_page, TABLE))
    assert [at_page.post(reverse("pasted"), data).status_code for _ in range(2)] == [302, 302]
    assert Case._base_manager.count() == 2


def test_the_page_takes_the_same_queries_for_one_row_and_for_three(at_page):
    def asked(text):
        with CaptureQueriesContext(connection) as queries:
            rows = read(at_page, text).context["rows"]
        return len(rows), len(queries)

    asked(CHAT)
    (one, few), (three, more) = asked("王芳：关于修路的建议"), asked(CHAT)
    assert (one, three, more) == (1, 3, few)
