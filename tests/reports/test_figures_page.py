"""The pages of figures: the table, one figure opened, exactly its rows, files."""

import re
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from reports.catalogue import FIGURES, METAS
from reports.row_columns import table_of
from tests.reports.books import deputy_case, enter, enter_cases
from tests.reports.whole_ledger import whole_ledger

YEAR = {"period": "2024"}
HANDED = {"处理方式": "交办", "处理日期": "2024-03-10", "主办单位": "镇水务站"}
CLOSED = HANDED | {"首次答复日期": "2024-05-01", "办理结果": "A", "办结日期": "2024-06-01"}
TAGS = re.compile(r"<[^>]+>")


@pytest.fixture
def desk(client, sign_in, clerk):
    return sign_in(client, clerk)


def page(client, path="", asked=YEAR, target=None):
    headers = {"HX-Request": "true", "HX-Target": target} if target else {}
    answer = client.get(f"/figures/{path}", asked, headers=headers)
    assert answer.status_code == 200
    return answer


def lines(answer):
    """{name: value} of the table."""
    return {line.meta.name: line.value for _, found in answer.context["groups"] for line in found}


def titles(answer):
    return [text for row in answer.context["rows"] for text, url in row if url]


def sheet(answer):
    book = load_workbook(BytesIO(b"".join(answer.streaming_content)))
    return [[cell.value for cell in row] for row in book.active.iter_rows()]


def test_the_table_shows_every_figure_under_its_group_with_its_definition(desk, township):
    enter_cases(township, CLOSED, {}, {})
    answer = page(desk)
    groups = answer.context["groups"]
    assert [group for group, _ in groups] == [
        "收集", "办理", "结果", "代表", "述职", "班子", "会议", "联络站", "接待", "活动", "培训",
        "宣传", "民生实事",
    ]  # fmt: skip
    assert sum(len(found) for _, found in groups) == len(METAS)
    first = groups[0][1][0]
    assert (first.meta.name, first.value, first.sum, first.last) == (
        "收集意见建议", "3 件", "0 + 3", "0 件",
    )  # fmt: skip
    assert "期间内提出的代表建议、议案和群众意见，按提出日期算" in answer.content.decode()


def test_last_year_stands_beside(desk, township):
    enter_cases(township, {}, {"提出日期": "2023-05-05"}, {"提出日期": "2023-06-06"})
    line = page(desk).context["groups"][0][1][0]
    assert (line.value, line.last) == ("1 件", "2 件")


def test_of_fewer_than_five_no_percentage_is_given(desk, township):
    enter_cases(township, CLOSED, CLOSED, {})
    assert lines(page(desk))["办结率"] == "2 / 3 件"
    enter_cases(township, *[CLOSED] * 4, {})
    assert lines(page(desk))["办结率"] == "80%"
    assert lines(page(desk))["出席率"] == "—"


@pytest.mark.parametrize(
    ("asked", "days"),
    [
        ({"period": "2024Q1"}, "2024年1月1日至3月31日"),
        ({"period": "2024-02"}, "2024年2月1日至29日"),
        ({"period": "2024H2"}, "2024年7月1日至12月31日"),
        ({"period": "自定义", "from": "2024-03-05", "to": "2024-04-06"}, "2024年3月5日至4月6日"),
    ],
)
def test_the_period_is_the_one_of_the_address(desk, asked, days):
    answer = page(desk, asked=asked)
    assert answer.context["asked"].period.text() == days
    assert days in answer.content.decode()


def test_a_period_that_cannot_be_is_told_and_nothing_is_counted(desk):
    answer = page(desk, asked={"period": "自定义", "from": "2024-13-01", "to": "2024-12-31"})
    assert answer.context["groups"] == []
    assert "开始日期“2024-13-01”不是有效日期" in answer.content.decode()


def test_since_the_term_began_needs_a_term(desk, township):
    assert "还没有登记本届的开始日期" in page(desk, asked={"period": "换届以来"}).content.decode()
    enter(township, 届次=[{"层级": "乡镇", "届次": "第七届", "开始日期": "2021-12-01"}])
    asked = page(desk, asked={"period": "换届以来"}).context["asked"]
    assert asked.period.start.isoformat() == "2021-12-01"


def test_a_filter_narrows_and_leaves_out_what_it_has_no_meaning_for(desk, township):
    enter_cases(township, {}, {"类别": "产业发展"})
    found = lines(page(desk, asked=YEAR | {"category": "产业发展"}))
    assert found["收集意见建议"] == "1 件"
    assert "在任代表" not in found


def test_figures_are_found_by_name(desk):
    found = lines(page(desk, asked=YEAR | {"q": "满意率"}))
    assert list(found) == ["办理满意率", "选民满意率", "民生实事满意率"]


def test_a_rate_shows_which_rows_are_in_its_numerator(desk, township):
    enter_cases(township, CLOSED | {"标题": "甲"}, {"标题": "乙"}, CLOSED | {"标题": "丙"})
    closing = "suggestions.closing_rate/"
    shown = {shelf: titles(page(desk, closing, YEAR | {"shelf": shelf}))
             for shelf in ("all", "in", "out")}  # fmt: skip
    assert {shelf: sorted(found) for shelf, found in shown.items()} == {
        "all": sorted("甲乙丙"), "in": sorted("甲丙"), "out": ["乙"],
    }  # fmt: skip


def test_a_label_of_a_breakdown_opens_its_rows(desk, township):
    enter_cases(township, HANDED | {"标题": "甲"}, HANDED | {"标题": "乙", "主办单位": "镇城建办"})
    answer = page(desk, "suggestions.assigned/")
    ((name, bars, rest),) = answer.context["figure"].breakdowns
    assert (name, [(bar.label, bar.text) for bar in bars], rest) == (
        "单位", [("镇城建办", "1 件"), ("镇水务站", "1 件")], [],
    )  # fmt: skip
    opened = desk.get(bars[1].url)
    assert titles(opened) == ["甲"]
    assert "单位：<b>镇水务站</b>" in opened.content.decode()


def test_rows_open_the_record_pages(desk, township):
    enter(township, **whole_ledger(1))
    for key in ("suggestions.pressed", "activities.participations", "elections.elected"):
        urls = [url for row in page(desk, f"{key}/").context["rows"] for _, url in row if url]
        assert len(urls) == 1
        assert desk.get(urls[0], follow=True).status_code == 200


def test_every_figure_can_be_opened(desk, township):
    enter(township, **whole_ledger(2))
    for meta in METAS:
        answer = page(desk, f"{meta.key}/")
        figure, shelf = answer.context["figure"], answer.context["shelf"]
        assert (meta.key, figure.meta.name) == (meta.key, meta.name)
        if FIGURES[meta.key].parts and figure.result.rows:
            assert (meta.key, answer.context["page_obj"].paginator.count > 0) == (meta.key, True)
        assert shelf is None or table_of(shelf.queryset.model).headers == shelf.table.headers


def test_htmx_gets_the_row_the_panel_or_the_list_alone(desk, township):
    enter_cases(township, *[{}] * 9)
    path = "suggestions.collected/"
    whole = page(desk, path).content.decode()
    row = page(desk, path, target="open-suggestions-collected").content.decode()
    panel = page(desk, path, target="panel").content.decode()
    part = page(desk, path, target="list").content.decode()
    assert ["<html" in text for text in (whole, row, panel, part)] == [True, False, False, False]
    assert row.lstrip().startswith("<td") and "看全部 9 件" in row
    assert panel.lstrip().startswith("<section") and "期间内提出的代表建议" in panel
    assert part.count("<tr>") == 10 and len(page(desk, path).context["rows"]) == 9


@pytest.mark.parametrize(
    "asked",
    [
        {"from": "0001-01-01", "to": "2024-12-31"},
        {"from": "2024-01-01", "to": "9999-12-31"},
        {"period": "9999"},
        {"period": "今年以来", "as_of": "9999-12-31"},
    ],
)
def test_a_year_that_nobody_means_is_told_beside_the_period(desk, township, asked):
    told = page(desk, asked=asked).context["error"]
    assert re.search("的年份不对，要在1900到2100年之间|看不明白", told)
    assert desk.get("/summary/", asked).status_code == 200


@pytest.mark.parametrize("year", ["1900", "2100"])
def test_the_first_and_the_last_year_have_figures_too(desk, township, year):
    assert lines(page(desk, asked={"period": year}))["收集意见建议"] == "0 件"


def test_a_row_is_folded_by_asking_for_nothing(desk):
    assert page(desk, "suggestions.collected/", {"fold": "1"}).content == b""


def test_an_unknown_figure_is_not_there(desk):
    assert desk.get("/figures/suggestions.liked/").status_code == 404


def test_the_rows_go_into_a_workbook(desk, township):
    enter_cases(township, CLOSED | {"标题": "甲"}, {"标题": "乙"})
    answer = desk.get("/figures/suggestions.closing_rate/rows.xlsx", YEAR | {"shelf": "in"})
    rows = sheet(answer)
    assert rows[0][:3] == ["编号", "标题", "提出人"]
    assert [row[:4] for row in rows[1:]] == [["1", "甲", "廖阿婆", "2024-03-01"]]


def test_the_table_goes_into_a_workbook(desk, township):
    enter_cases(township, {})
    rows = sheet(desk.get("/figures/export.xlsx", YEAR))
    assert rows[0] == ["分组", "指标", "数值", "算式", "去年同期", "怎么算的", "编码"]
    assert rows[1][:5] == ["收集", "收集意见建议", "1 件", "0 + 1", "0 件"]
    assert len(rows) == len(METAS) + 1


def test_a_stranger_counts_nothing_of_it(client, sign_in, stranger, township):
    enter_cases(township, CLOSED | {"标题": "甲"})
    there = sign_in(client, stranger)
    assert lines(page(there))["收集意见建议"] == "0 件"
    assert titles(page(there, "suggestions.collected/")) == []
    for path in ("", "suggestions.collected/", "export.xlsx", "suggestions.collected/rows.xlsx"):
        asked = YEAR | {"place": township.code}
        assert (path, there.get(f"/figures/{path}", asked).status_code) == (path, 404)


def test_the_county_looks_into_its_townships(
    client, sign_in, county_user, township, other_township
):
    enter_cases(township, {})
    enter_cases(other_township, {}, {})
    there = sign_in(client, county_user)
    assert lines(page(there))["收集意见建议"] == "3 件"
    assert lines(page(there, asked=YEAR | {"place": township.code}))["收集意见建议"] == "1 件"
    rows = page(there, "suggestions.collected/").context["rows"]
    assert sorted(row[0][0] for row in rows) == ["文武坝镇", "筠门岭镇", "筠门岭镇"]


@pytest.mark.parametrize("key", ["suggestions.closing_rate", "receptions.held",
                                 "activities.participations", "deputies.in_station"])  # fmt: skip
def test_a_figures_page_takes_as_many_queries_for_one_row_as_for_three(desk, township, key):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            page(desk, f"{key}/")
        return len(captured)

    enter(township, **whole_ledger(1))
    page(desk, f"{key}/")
    one = queries()
    enter(township, **whole_ledger(3))
    assert queries() == one


def test_deputies_of_two_levels_are_told_apart(desk, township):
    enter(township, **whole_ledger(1))
    enter_cases(township, deputy_case("代表乙1"))
    found = lines(page(desk, asked=YEAR | {"level": "乡镇"}))
    assert (found["代表意见建议"], found["在任代表"]) == ("2 件", "1 人")
    assert lines(page(desk, asked=YEAR | {"level": "县"}))["代表意见建议"] == "0 件"
