"""The commands `figures` and `summary`."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from docx import Document

from reports.catalogue import METAS
from tests.reports.books import deputy_case, enter, enter_cases
from tests.reports.whole_ledger import whole_ledger

YEAR = ("--from", "2024-01-01", "--to", "2024-12-31")


def run(name, place, *options):
    out, err = StringIO(), StringIO()
    call_command(name, "--place", place.code, *options, stdout=out, stderr=err)
    assert err.getvalue() == ""
    return out.getvalue()


def printed(place, *options):
    return json.loads(run("figures", place, *YEAR, *options, "--json"))


def test_json_holds_every_figure_and_nothing_else(township):
    enter(township, **whole_ledger(2))
    document = printed(township)
    assert list(document) == [meta.key for meta in METAS]
    assert document["suggestions.closing_rate"] == {
        "value": 100.0, "unit": "%", "numerator": 2, "denominator": 2, "rows": 2,
        "breakdowns": {
            "unit": {
                "第1站所": {"value": 100.0, "numerator": 1, "denominator": 1},
                "第2站所": {"value": 100.0, "numerator": 1, "denominator": 1},
            },
            "township": {"文武坝镇": {"value": 100.0, "numerator": 2, "denominator": 2}},
        },
    }  # fmt: skip
    assert document["receptions.deputies"]["beside"] == {"persons": 2}
    assert document["meetings.held"]["items"][0]["name"] == "第七届人大第1次会议"
    assert "numerator" not in document["suggestions.collected"]


def test_filters_are_or_ed_by_name_and_and_ed_between_names(township):
    kinds = [{"名称": f"{kind}{n}", "类型": kind, "开始日期": "2024-03-05", "领域": field}
             for n, (kind, field) in enumerate([("视察", "环境整治"), ("调研", "饮水安全"),
                                                ("座谈", "环境整治")])]  # fmt: skip
    enter(township, 代表活动=kinds)
    assert printed(township, "--filter", "kind=视察,调研")["activities.held"]["value"] == 2
    several = ("--filter", "kind=视察", "--filter", "kind=调研", "field=环境整治")
    assert printed(township, *several)["activities.held"]["value"] == 1


def test_a_figure_for_which_a_filter_means_nothing_is_left_out(township):
    assert list(printed(township, "--filter", "outlet=县人大网", "--key", "publicity.articles",
                        "suggestions.collected")) == ["publicity.articles"]  # fmt: skip


def test_the_as_of_date_says_how_things_stood_then(township):
    enter_cases(township, {"撤回日期": "2024-05-01"})
    asked = ("--key", "suggestions.collected")
    assert printed(township, *asked)["suggestions.collected"]["value"] == 0
    before = printed(township, *asked, "--as-of", "2024-04-30")
    assert before["suggestions.collected"]["value"] == 1


def test_without_json_a_person_reads_a_table(township):
    enter_cases(township, {}, {})
    lines = run("figures", township, *YEAR, "--key", "suggestions.collected").splitlines()
    assert lines == ["文武坝镇　2024年1月1日至12月31日", "收集\t收集意见建议\t2 件"]


def test_a_county_counts_its_townships_and_a_township_only_itself(county, township, other_township):
    enter_cases(township, {})
    enter_cases(other_township, {}, {})
    found = [printed(p, "--key", "suggestions.collected")["suggestions.collected"]["value"]
             for p in (county, township, other_township)]  # fmt: skip
    assert found == [3, 1, 2]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--from", "2024-01-01"), "还缺 --to，用法见 --help"),
        (("--from", "2024-13-01", "--to", "2024-12-31"), "开始日期“2024-13-01”不是有效日期"),
        (("--from", "2024-12-31", "--to", "2024-01-01"), "结束日期2024年1月1日早于开始日期"),
        ((*YEAR, "--filter", "kind"), "筛选“kind”看不明白"),
        ((*YEAR, "--filter", "village=上芦村"), "没有“village”这个筛选"),
        ((*YEAR, "--key", "suggestions.liked"), "没有“suggestions.liked”这个指标"),
        ((*YEAR, "--place", "999999999"), "没有代码为“999999999”的乡镇、县或上级地方"),
    ],
)
def test_what_is_wrong_is_told_in_chinese(township, options, message):
    with pytest.raises(CommandError, match=message):
        run("figures", township, *options)


def test_the_summary_and_its_annex_stand_beside_each_other(township, tmp_path):
    cases = [deputy_case(提出人=f"代表乙{n}", 类别="基础设施") for n in (1, 1)]
    ledger = whole_ledger(2)
    enter(township, **ledger)
    enter_cases(township, *cases)
    path = tmp_path / "总结.docx"
    run("summary", township, *YEAR, "--out", str(path))
    text = "\n".join(paragraph.text for paragraph in Document(str(path)).paragraphs)
    assert "共收到代表意见建议4件" in text
    annex = Document(str(tmp_path / "总结-附表.docx"))
    cells = "\n".join(cell.text for row in annex.tables[0].rows for cell in row.cells)
    assert "suggestions.collected.deputy" in cells
    assert "第001号　关于硬化第1村机耕道的建议" in cells


def test_the_same_data_and_period_give_the_same_document(township, tmp_path):
    enter(township, **whole_ledger(2))
    for name in ("a.docx", "b.docx"):
        run("summary", township, *YEAR, "--out", str(tmp_path / name))
    for ending in (".docx", "-附表.docx"):
        assert (tmp_path / f"a{ending}").read_bytes() == (tmp_path / f"b{ending}").read_bytes()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ((), "还缺 --out"),
        (("--out", "总结.docx", "--outline", "nowhere"), "没有这个提纲"),
        (("--out", "/nowhere/at/all/总结.docx"), "写不了文件"),
    ],
)
def test_a_summary_that_cannot_be_written_says_why(township, options, message):
    with pytest.raises(CommandError, match=message):
        run("summary", township, *YEAR, *options)
