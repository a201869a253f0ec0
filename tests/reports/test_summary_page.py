"""The page of the work summary: the draft with live numbers, and its documents."""

from io import BytesIO

import pytest
from docx import Document

from tests.reports.books import deputy_case, enter, enter_cases
from tests.reports.whole_ledger import whole_ledger

YEAR = {"period": "2024"}


@pytest.fixture
def desk(client, sign_in, clerk, township):
    enter(township, **whole_ledger(2))
    return sign_in(client, clerk)


def draft(client, asked=YEAR):
    answer = client.get("/summary/", asked)
    assert answer.status_code == 200
    return answer


def runs(answer, kind):
    return [run for block in answer.context["blocks"] for run in block.runs if run.kind == kind]


def test_the_draft_is_the_text_of_the_outline_with_the_numbers_of_the_records(desk):
    answer = draft(desk)
    text = answer.context["draft"].text
    assert text.startswith("文武坝镇人大工作总结\n2024年，文武坝镇人大由县人大常委会指导")
    assert "共收到代表意见建议2件" in text
    assert f"约 {answer.context['draft'].minutes} 分钟读完" in answer.content.decode()


def test_a_number_opens_its_definition_and_exactly_its_rows(desk, township):
    enter_cases(township, deputy_case("代表乙1", 标题="甲", 类别="产业发展"))
    numbers = {run.title.split("：")[0]: run for run in runs(draft(desk), "number")}
    number = numbers["代表意见建议"]
    assert number.text == "1"
    opened = desk.get(number.url)
    assert [text for row in opened.context["rows"] for text, url in row if url] == ["甲"]
    panel = desk.get(number.url, headers={"HX-Request": "true", "HX-Target": "panel"})
    assert "由代表提出的" in panel.content.decode()


def test_every_number_leads_to_rows_or_a_list(desk):
    for run in runs(draft(desk), "number"):
        opened = desk.get(run.url)
        figure = opened.context["figure"]
        assert (run.text, bool(figure.result.rows or figure.lists)) == (run.text, True)


def test_what_only_a_person_can_write_is_marked(desk):
    answer = draft(desk)
    page = answer.content.decode()
    asked_for = [block for block in answer.context["blocks"] if block.kind == "person"]
    assert len(asked_for) == 2
    assert page.count('<div class="mine"') == 2


def test_the_outline_leads_to_the_headings(desk):
    page = draft(desk).content.decode()
    for block in draft(desk).context["blocks"]:
        if block.kind == "heading":
            assert f'href="#{block.anchor}">{block.text}' in page
            assert f'id="{block.anchor}">{block.text}' in page


def test_the_word_draft_has_the_text_of_the_page(desk):
    answer = desk.get("/summary/draft.docx", YEAR)
    assert "filename*=utf-8''" in answer["Content-Disposition"]
    document = Document(BytesIO(b"".join(answer.streaming_content)))
    words = [paragraph.text for paragraph in document.paragraphs]
    for block in draft(desk).context["draft"].blocks:
        assert block.text in words


def test_the_annex_has_a_line_for_every_number(desk):
    answer = desk.get("/summary/annex.docx", YEAR)
    table = Document(BytesIO(b"".join(answer.streaming_content))).tables[0]
    numbered = [row.cells[0].text for row in table.rows if row.cells[0].text.isdigit()]
    assert len(numbered) == len(draft(desk).context["draft"].numbers)


def test_an_unknown_period_or_outline_is_told(desk):
    for asked, told in (
        ({"period": "2024-17"}, "时段“2024-17”看不明白"),
        (YEAR | {"outline": "nowhere"}, "没有这个提纲"),
    ):
        assert told in draft(desk, asked).content.decode()
        assert desk.get("/summary/draft.docx", asked).status_code == 404


def test_a_stranger_writes_of_the_own_township(client, sign_in, stranger, desk, township):
    there = sign_in(client, stranger)
    assert "文武坝镇" not in draft(there).content.decode()
    for name in ("", "draft.docx", "annex.docx"):
        answer = there.get(f"/summary/{name}", YEAR | {"place": township.code})
        assert (name, answer.status_code) == (name, 404)


def test_the_county_writes_for_a_township(client, sign_in, county_user, desk, township):
    there = sign_in(client, county_user)
    answer = draft(there, YEAR | {"place": township.code})
    assert answer.context["draft"].title == "文武坝镇人大工作总结"
    assert "place=360733100" in answer.context["word_url"]
