"""The report to the congress on the handling of suggestions (代表法 51(3))."""

import io
import re
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document

from congress.period import Period
from congress.scoping import OPERATOR
from reports.case_report import NoReport, case_report
from reports.case_report_word import write_report
from tests.reports.books import deputy_case, enter_cases, figures
from tests.reports.publicity import HANDED, PEOPLE, REPLIED, YEAR, hostile_township

DATED = date(2025, 1, 9)
PARTS = ["一、基本情况", "二、主要做法", "三、承诺事项", "四、存在的问题", "五、下一步"]


@pytest.fixture
def report(township):
    hostile_township(township)
    return case_report(OPERATOR, township, YEAR)


def opened(report):
    return Document(io.BytesIO(write_report(report, DATED)))


def part(report, heading):
    """The text under a heading."""
    blocks = list(report.texts)
    start = next(n for n, block in enumerate(blocks) if block.text == heading)
    rest = blocks[start + 1 :]
    end = next((n for n, block in enumerate(rest) if block.kind == "heading"), len(rest))
    return "".join(block.text for block in rest[:end])


def test_the_report_has_its_five_parts(report):
    assert [block.text for block in report.texts if block.kind == "heading"] == PARTS
    assert report.title == "关于文武坝镇人大代表建议、批评和意见办理情况的报告"
    assert report.signature == "文武坝镇人民代表大会主席团"


def test_its_numbers_are_the_deputies_alone(report):
    text = part(report, "一、基本情况")
    assert text.startswith("2024年1月1日至12月31日，共收到代表建议2件，闭会期间提出2件。")
    assert "截至2024年12月31日，受理的代表建议中，已书面答复1件，还在办理2件。" in text
    assert "按答复的结果分，正在解决1件。" in text
    assert "办复率为1/2件，按期答复率为1/2件。" in text


def test_a_rate_is_the_one_of_the_figures(township):
    enter_cases(township, *[deputy_case(**row) for row in [REPLIED] * 2 + [HANDED] * 5], **PEOPLE)
    text = part(case_report(OPERATOR, township, YEAR), "一、基本情况")
    [rate] = figures(township, keys=["suggestions.reply_rate"]).values()
    assert (f"办复率为{rate.value}%（2/7件）" in text, rate.value) == (True, 28.57)


def test_promises_and_shortcomings_are_numbers_without_names(report):
    assert "有1件，逾期未兑现1件。" in part(report, "三、承诺事项")
    text = part(report, "四、存在的问题")
    assert text.startswith("截至2024年12月31日，超过期限没有答复的1件，承诺逾期未兑现的1件。")
    assert [name for name in ("王芳", "李建国", "镇水务站") if name in text] == []


def test_what_only_a_person_can_write_is_a_marked_gap(report):
    gaps = [block.text for block in report.texts if block.kind == "person"]
    assert [gap[:6] for gap in gaps] == ["【此处请补写"] * 3
    boxed = [line.text for line in opened(report).paragraphs if line.style.name == "待补写"]
    assert boxed == gaps


def test_the_lists_hold_exactly_the_cases_that_the_numbers_count(report, township):
    counted = figures(
        township, keys=["suggestions.collected.deputy", "suggestions.collected.citizen"]
    )
    assert [len(annex.lines) for annex in report.lists] == [
        result.value for result in counted.values()
    ]
    assert [line.number for line in report.lists[0].lines] == ["2", "3"]


def test_a_line_tells_the_course_of_a_case(report):
    assert report.lists[0].lines[0].cells == (
        "2",
        "关于解决阿依古丽·买买提等户饮水的建议",
        "王芳",
        "李建国",
        "镇水务站",
        "2024-03-10\n2024-05-20",
        "B",
        "—",
        "未办结",
    )
    declined = report.lists[1].lines[1]
    assert declined.cells[-4:] == ("—", "不予受理", "—", "—")


def test_citizens_have_a_part_of_their_own_whose_deadline_is_no_law(report):
    citizens = report.lists[1]
    text = "".join(note.text for note in citizens.notes)
    assert text.startswith("2024年1月1日至12月31日，共收到群众意见2件，不予受理1件，受理1件。")
    assert "答复期限按县里的规定执行，不适用代表法第五十一条。" in text
    assert citizens.headers[2] == "提出人"
    assert "群众" not in "".join(block.text for block in report.texts).replace("代表和群众监督", "")


def test_the_document_carries_text_and_lists(report):
    document = opened(report)
    lines = [paragraph.text for paragraph in document.paragraphs if paragraph.text]
    assert lines[:2] == [report.title, report.subtitle]
    assert [block.text for block in report.texts if block.text not in lines] == []
    assert "附件：1. 代表建议、批评和意见办理情况一览表" in lines
    assert [len(table.rows) for table in document.tables] == [3, 3]
    assert [table.rows[1].cells[0].text for table in document.tables] == ["2", "1"]


def test_the_same_report_gives_the_same_bytes(report):
    assert write_report(report, DATED) == write_report(report, DATED)


def test_without_citizens_opinions_there_is_one_list(township):
    enter_cases(township, deputy_case(**REPLIED), **PEOPLE)
    report = case_report(OPERATOR, township, YEAR)
    assert [annex.title for annex in report.lists] == ["代表建议、批评和意见办理情况一览表"]
    assert "附件：代表建议、批评和意见办理情况一览表" in [
        line.text for line in opened(report).paragraphs
    ]


def test_what_is_nothing_leaves_itself_out(report, township):
    texts = [*report.texts, *(note for annex in report.lists for note in annex.notes)]
    assert [block.text for block in texts if re.search(r"(?<!\d)0[件次%]", block.text)] == []
    first = Period(date(2024, 3, 1), date(2024, 3, 31))
    early = case_report(OPERATOR, township, first)
    assert "三、承诺事项" not in [block.text for block in early.texts]
    assert part(early, "三、存在的问题").startswith("对照代表的期盼，")


def test_a_township_without_cases_reports_none(township):
    report = case_report(OPERATOR, township, YEAR)
    assert report.lists == ()
    assert part(report, "一、基本情况").startswith("2024年1月1日至12月31日，共收到代表建议0件。")


def test_what_came_later_does_not_change_an_earlier_report(township):
    before = Period(date(2024, 1, 1), date(2024, 4, 30))
    enter_cases(township, deputy_case(**REPLIED), **PEOPLE)
    [annex] = case_report(OPERATOR, township, before).lists
    assert annex.lines[0].cells[5:7] == ("2024-03-10\n—", "—")


def test_a_county_is_told_to_choose_a_township(county):
    with pytest.raises(NoReport, match="请选一个乡镇"):
        case_report(OPERATOR, county, YEAR)


def test_the_number_of_queries_does_not_grow(township):
    def queries():
        with CaptureQueriesContext(connection) as caught:
            case_report(OPERATOR, township, YEAR)
        return len(caught)

    enter_cases(township, deputy_case(**HANDED), REPLIED, **PEOPLE)
    one = queries()
    more = [{"编号": f"9{n}"} for n in range(4)]
    enter_cases(township, *[deputy_case(**REPLIED | row) for row in more[:2]], *more[2:])
    assert queries() == one


def command(*more, out):
    days = ("--from", "2024-01-01", "--to", "2024-12-31")
    call_command("case_report", *days, *more, "--out", str(out))
    return Document(out)


def test_the_command_writes_the_report_and_its_public_twin(report, township, tmp_path, capsys):
    place = ("--place", township.code)
    whole = command(*place, out=tmp_path / "report.docx")
    public = command(*place, "--public", out=tmp_path / "public.docx")
    assert [len(table.rows) for table in whole.tables] == [3, 3]
    assert [len(table.rows) for table in public.tables] == [2, 2]
    assert "公开版隐去" in capsys.readouterr().out


def test_the_command_says_what_is_wrong(county, tmp_path):
    for given, told in (
        (("--place", county.code), "请选一个乡镇"),
        (("--place", "999"), "没有代码为“999”"),
        ((), "还缺 --place"),
    ):
        with pytest.raises(CommandError, match=told):
            command(*given, out=tmp_path / "x.docx")
