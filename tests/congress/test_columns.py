"""One list of columns: a page's form and an imported row say and refuse the same."""

from datetime import date, time
from decimal import Decimal as Amount

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress.sheets.columns import (
    CellError,
    Choice,
    Code,
    Column,
    Day,
    Decimal,
    Link,
    Month,
    Name,
    Names,
    Number,
    Pair,
    Pairs,
    Phone,
    SeveralChoices,
    Sheet,
    Text,
    Time,
    Words,
    Year,
    YesNo,
    form_for,
    header_key,
    initial_for,
)

LEVEL = Choice(("全国", "省", "市", "县", "乡镇"), aliases={"乡代表": "乡镇", "县级": "县"})
RESULT = Choice(("A", "B", "C", "D"), aliases={"已解决": "A", "正在解决": "B"})

MANDATES = Sheet(
    "代表职务",
    "mandates",
    key=("name", "level"),
    columns=(
        Column("姓名", "name", Name(), True, aliases=("代表姓名",), example="王芳（上芦村）"),
        Column("层级", "level", LEVEL, required=True),
        Column("当选日期", "elected_on", Day(), help="大会选出的那一天"),
        Column("出生年月", "born", Month()),
        Column("开始时间", "starts", Time()),
        Column("入群", "in_group", YesNo()),
        Column("联系户数", "households", Number()),
        Column("年度", "year", Year()),
        Column("总投资（万元）", "cost", Decimal(places=4)),
        Column("代码", "code", Code()),
        Column("链接", "link", Link()),
        Column("联系电话", "phone", Phone()),
        Column("内容", "content", Text(500, lines=True)),
        Column("参加代表", "deputies", Names()),
        Column("设施", "fittings", Words()),
        Column("成果", "outcomes", Pairs()),
        Column("领域", "fields", SeveralChoices(("农业", "教育"))),
    ),
)

CELLS = {
    "姓名": " 王 芳(上芦村)", "层级": "乡代表", "当选日期": "2024年3月5日", "出生年月": 1975.06,
    "开始时间": "８：３０", "入群": "✓", "联系户数": "1,200", "年度": "2024年",
    "总投资（万元）": "12.50", "代码": 360733101201.0, "链接": "https://www.example.cn/新闻?a=1",
    "联系电话": "１３８００００００００", "内容": "=第一行\r\n第二行",
    "参加代表": "王芳、李四、阿依古丽•买买提", "设施": "电脑、打印机；",
    "成果": "插秧机:3台；修路：１．５公里", "领域": "农业、教育、农业",
}  # fmt: skip

VALUES = {
    "name": "王芳（上芦村）", "level": "乡镇", "elected_on": date(2024, 3, 5),
    "born": date(1975, 6, 1), "starts": time(8, 30), "in_group": True, "households": 1200,
    "year": 2024, "cost": Amount("12.5"), "code": "360733101201",
    "link": "https://www.example.cn/新闻?a=1", "phone": "13800000000",
    "content": "=第一行\n第二行", "deputies": ["王芳", "李四", "阿依古丽·买买提"],
    "fittings": ["电脑、打印机"],
    "outcomes": [Pair("插秧机", Amount(3), "台"), Pair("修路", Amount("1.5"), "公里")],
    "fields": ["农业", "教育"],
}  # fmt: skip

Form = form_for(MANDATES)


def imported(cells):
    """What an import makes of the cells of one row."""
    return {c.field: c.parse(cells.get(c.header)) for c in MANDATES.columns}


def typed(cells):
    """The cells as a page sends them: text all of them."""
    sent = {c.field: str(cells[c.header]) for c in MANDATES.columns if c.header in cells}
    return {**sent, "fields": ["农业", "教育"]} if "fields" in sent else sent


def test_a_row_of_cells_becomes_a_row_of_values():
    assert imported(CELLS) == VALUES


def test_a_form_understands_what_an_import_understands():
    form = Form(typed(CELLS))
    assert form.errors == {}
    assert form.cleaned_data == imported(CELLS) == VALUES


def test_an_exported_row_comes_back_the_same():
    texts = dict(zip((c.header for c in MANDATES.columns), MANDATES.texts(VALUES), strict=True))
    assert texts["当选日期"] == date(2024, 3, 5)
    assert texts["总投资（万元）"] == 12.5
    assert texts["设施"] == "电脑、打印机；"
    assert imported(texts) == VALUES


def test_an_empty_row_of_values_exports_empty_cells():
    empty = {c.field: c.rule.empty() for c in MANDATES.columns}
    filled = [text for text in MANDATES.texts(empty) if text != ""]
    assert filled == ["否"]  # 入群


def test_an_unsaved_page_shows_the_stored_row_and_saves_it_unchanged():
    form = Form(initial=initial_for(MANDATES, VALUES))
    sent = {c.field: form[c.field].value() for c in MANDATES.columns}
    again = Form(sent, initial=initial_for(MANDATES, VALUES))
    assert again.is_valid()
    assert again.cleaned_data == VALUES
    assert again.changed_data == []


def test_a_changed_field_is_told():
    sent = typed(CELLS) | {"households": "1201", "elected_on": "2024-03-05"}
    assert Form(sent, initial=initial_for(MANDATES, VALUES)).changed_data == ["households"]


def test_a_form_refuses_with_the_sentence_of_the_import():
    form = Form({"name": "", "level": "村", "elected_on": "七月底"})
    assert {field: list(found) for field, found in form.errors.items()} == {
        "name": ["“姓名”不能空着，请填写，如 王芳（上芦村）"],
        "level": ["“村”不在可选的词里，要写成 全国、省、市、县 或 乡镇"],
        "elected_on": ["“七月底”不是日期，要写成 2026-07-31 这样"],
    }


def test_typed_text_stays_in_the_field_after_a_refusal():
    form = Form({"name": "王芳", "level": "县", "elected_on": "<b>七月底"})
    assert form["elected_on"].value() == "<b>七月底"
    assert "&lt;b&gt;七月底" in str(form["elected_on"])


def test_a_choice_field_offers_the_words_and_a_long_text_a_box():
    fields = Form().fields
    assert fields["level"].widget.choices[1:] == [(word, word) for word in LEVEL.choices]
    assert type(fields["content"].widget).__name__ == "Textarea"
    assert fields["elected_on"].help_text == "大会选出的那一天"
    assert fields["elected_on"].widget.attrs["placeholder"] == "如 2026-07-31"


@pytest.mark.parametrize("written", ["A", "a", "Ａ", " a ", "已解决"])
def test_a_choice_is_understood_by_alias_width_and_case(written):
    assert RESULT.parse(written) == "A"


def test_a_default_stands_for_an_empty_cell():
    rule = Choice(("建议", "议案"), default="建议")
    assert [rule.parse(raw) for raw in ("", None, "清空", "议案")] == ["建议"] * 3 + ["议案"]


def test_clearing_gives_the_nothing_of_each_rule():
    cleared = {c.field: c.rule.parse("清空") for c in MANDATES.columns}
    assert cleared == {c.field: c.rule.empty() for c in MANDATES.columns}
    assert cleared["deputies"] == []
    assert cleared["households"] is None


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)", "JAVASCRIPT:alert(1)", "www.example.cn", "ftp://example.cn/", "http://",
        "https://a b.cn", 'https://a.cn/"onclick=', "data:text/html,x", "//example.cn", "http://[",
    ],
)  # fmt: skip
def test_only_web_addresses_are_links(address):
    with pytest.raises(CellError):
        Link().parse(address)


def test_excel_error_values_are_no_text():
    with pytest.raises(CellError) as refusal:
        Text().parse("#REF!")
    assert refusal.value.message == "单元格里是 Excel 算不出来的错误值“#REF!”，请改成真正的内容"
    assert Text().parse("#1 楼") == "#1 楼"


def test_a_text_too_long_is_refused_with_its_length():
    with pytest.raises(CellError) as refusal:
        Text(5).parse("一二三四五六")
    assert refusal.value.message == "“一二三四五六”有 6 个字，最多 5 个字"
    with pytest.raises(CellError):
        Names(max_length=3).parse("王芳、一二三四")


def test_values_are_equal_whatever_their_nothing():
    assert Text().equal(None, "")
    assert Names().equal((), None)
    assert Pairs().equal([("插秧机", 3, "台")], (Pair("插秧机", Amount("3.0"), "台"),))
    assert not Number().equal(0, None)
    assert not YesNo().equal(False, None)
    assert not Names().equal(["王芳", "李四"], ["李四", "王芳"])


def test_a_header_is_found_with_stars_blanks_and_aliases_once():
    found = MANDATES.match(["姓名 *", "代表姓名", "总投资(万元)", "备注", None, "层级＊"])
    fields = [column and column.field for column in found]
    assert fields == ["name", None, "cost", None, None, "level"]
    assert header_key("总投资（万元）*") == header_key(" 总投资 (万元)")


def test_the_header_is_found_below_a_caption():
    rows = [(1, ["某某镇代表一览表", None]), (3, ["层级", "姓名"]), (4, ["县", "王芳"])]
    assert MANDATES.find_header(rows) == 1


def test_a_column_that_must_be_there_bears_a_star():
    assert MANDATES.column("level").starred == "层级*"
    assert [column.field for column in MANDATES.required] == ["name", "level"]


@given(st.text(max_size=30), st.sampled_from(MANDATES.columns))
def test_any_text_is_either_refused_or_comes_back(text, column):
    try:
        value = column.rule.parse(text)
    except CellError:
        return
    assert column.rule.equal(column.rule.parse(column.rule.text(value)), value)
    assert column.rule.equal(column.rule.parse(column.rule.page_text(value)), value)
