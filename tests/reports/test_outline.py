"""Outlines: how they are written, what is refused, what a draft says where numbers are missing."""

import re
from datetime import date
from types import SimpleNamespace

import pytest

from congress.period import Period
from reports.outline import OutlineError, load_outline, outline_choices
from reports.summary import compose
from tests.reports.township import TERM, XIAZHOU, Figures, figures, outline_of, text_of, whole_draft

SPEECH = {
    ("meetings.held", ()),
    ("meetings.reports_heard", ()),
    ("activities.inspections_and_research", ()),
    ("activities.participations", (("kind", ("视察", "调研", "执法检查")),)),
    ("receptions.fewest_in_a_month", ()),
    ("receptions.fewest_per_deputy", ()),
    ("suggestions.outcomes", (("outcome", ("插秧机",)),)),
    ("suggestions.outcomes", (("outcome", ("翻耕机",)),)),
    ("suggestions.outcomes", (("outcome", ("解决饮水安全村",)),)),
    ("suggestions.collected.deputy", ()),
    ("suggestions.collected.deputy", (("category", ("产业发展",)),)),
    ("suggestions.collected.deputy", (("category", ("基础设施",)),)),
    ("suggestions.collected.deputy", (("category", ("环境卫生城镇建设",)),)),
    ("suggestions.collected.deputy", (("category", ("其他",)),)),
    ("suggestions.solved", (("origin", ("代表",)),)),
    ("suggestions.escalated", (("origin", ("代表",)),)),
}
ADDED = {("training.held", ()), ("training.participations", ()), ("training.topics", ())}


def test_the_outline_asks_for_every_number_of_the_speech_and_for_training():
    outline = load_outline("congress-term", figures())
    asked = {
        (p.key, p.filters) for sentence in outline.sentences() for p in sentence.placeholders()
    }
    assert asked == SPEECH | ADDED


def test_outlines_are_offered_by_their_chinese_names():
    assert outline_choices() == [("congress-term", "乡镇人大工作总结（总结、不足、打算）")]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("收到{代表意见建意}件", "没有“代表意见建意”这个指标，是不是“代表意见建议”？"),
        (
            "参加{参加活动代表}人",
            "叫“参加活动代表”的指标不止一个，请写明单位或编码：activities.participations、activities.deputies",
        ),
        ("收到{代表意见建议|类型别=产业}件", "没有“类型别”这个筛选，是不是“类型”？"),
        ("收到{代表意见建议|写法=约}件", "没有“约”这种写法"),
        ("收到{代表意见建议|分列=颜色}件", "没有“颜色”这种分组"),
        ("收到{代表意见建议|类别}件", "“类别”后面要写“=”和值"),
        ("收到{代表意见建议件", "“{”后面缺少“}”"),
        ("收到[{代表意见建议}件", "“[”后面缺少“]”"),
        ("收到{代表意见建议}件]", "多了一个“]”"),
        ("〔明年〕收到{代表意见建议}件", "没有“明年”这个期间"),
        (
            "# 收到{代表意见建议}件",
            "这里不能用指标“代表意见建议”，只能用地方、乡镇、期间、起止、截至",
        ),
    ],
)
def test_a_fault_is_told_in_chinese_with_its_line(line, message):
    with pytest.raises(OutlineError) as told:
        outline_of(f"开头。\n\n{line}")
    assert str(told.value) == f"sample.toml 第8行：{message}"


def test_a_figure_is_found_by_name_name_with_unit_or_key():
    text = "{解决|来源=代表}、{参加活动代表（人）}、{activities.deputies}。"
    assert text_of(text) == ["61、58、58。"]


def test_a_sentence_whose_numbers_are_all_nothing_leaves_itself_out():
    text = "收建议{代表意见建议}件，培训{学习培训}次。\n满意率{办理满意率}%。\n完。"
    gone = {"suggestions.collected.deputy": 0, "training.held": 0}
    assert text_of(text, gone) == ["满意率98.5%。完。"]
    assert text_of(text, {"training.held": 0}) == ["收建议97件，培训0次。满意率98.5%。完。"]


def test_a_null_rate_takes_its_sentence_with_it_even_beside_a_number():
    text = "收到建议{代表意见建议}件，满意率{办理满意率}%。\n培训{学习培训}次。"
    assert text_of(text, {"suggestions.satisfaction_rate": None}) == ["培训6次。"]


def test_a_sentence_marked_so_stays_when_its_numbers_are_nothing():
    gone = {"training.held": 0, "suggestions.satisfaction_rate": None}
    assert text_of("〔必写〕培训{学习培训}次。\n〔必写〕满意率{办理满意率}%。", gone) == [
        "培训0次。满意率—%。"
    ]


def test_a_clause_leaves_itself_out_and_the_rest_stays():
    text = "收到建议{代表意见建议}件[，培训{学习培训}次][，满意率{办理满意率}%]。"
    gone = {"training.held": 0, "suggestions.satisfaction_rate": None}
    assert text_of(text, gone) == ["收到建议97件。"]
    assert text_of(text) == ["收到建议97件，培训6次，满意率98.5%。"]


def test_a_list_keeps_what_is_something_in_order_or_largest_first():
    labels = {"其他": "其他", "产业": "产业发展", "设施": "基础设施"}
    members = "；".join(f"{k}{{代表意见建议|类别={v}}}件" for k, v in labels.items())
    assert text_of(f"[列举：{members}]。") == ["其他9件、产业28件和设施41件。"]
    assert text_of(f"[大者先：{members}]。") == ["设施41件、产业28件和其他9件。"]
    assert text_of("添置[列举：插秧机{办理成效|成效=插秧机}台；推车{办理成效|成效=推车}台]。") == [
        "添置插秧机3台。"
    ]


def test_a_breakdown_is_written_largest_first_with_the_rest_last():
    by = {"suggestions.collected.deputy": {"category": {"产业": 5, "其他": 30, "水利": 19}}}
    text = "；".join(f"{{代表意见建议|{share}=类别}}" for share in ("最多", "分列", "名目", "首项"))
    assert text_of(text, breakdowns=by) == [
        "水利最多，占19件；水利19件、产业5件和其他30件；水利和产业；水利"
    ]


def test_a_number_of_a_breakdown_carries_the_label_as_its_filter():
    by = {"suggestions.collected.deputy": {"category": {"水利": 19}}}
    draft = compose(outline_of("{代表意见建议|最多=类别}。"), XIAZHOU, TERM, Figures(breakdowns=by))
    assert [number.filters for _, number in draft.numbers] == [{"category": ("水利",)}]


def test_points_are_numbered_by_what_remains_and_one_alone_is_not():
    text = "- 开会。\n开{召开人民代表大会会议|写法=会议}。\n\n- 学习。\n培训{学习培训}次。"
    text += "\n\n- 走访。\n视察{视察调研}次。"
    assert text_of(text, {"training.held": 0}) == [
        "一是开会。开第七届人民代表大会第一、二、三次会议。",
        "二是走访。视察14次。",
    ]
    gone = {"training.held": 0, "meetings.held": 0}
    assert text_of(text, gone) == ["走访。视察14次。"]


def test_points_inside_a_paragraph_run_on():
    assert text_of("打算：\n+ 走深。\n+ 走实。\n再走深。") == ["打算：一是走深。二是走实。再走深。"]


def test_a_heading_under_which_nothing_is_left_goes_and_numbers_close_up():
    text = "# 学习\n## 培训\n培训{学习培训}次。\n# 会议\n## 召开\n"
    text += "共{召开人民代表大会会议}次。\n# 打算\n多走。"
    assert text_of(text, {"training.held": 0}) == [
        "一、会议",
        "（一）召开",
        "共3次。",
        "二、打算",
        "多走。",
    ]


def test_what_only_a_person_can_write_stands_as_a_block_of_its_own():
    draft = compose(
        outline_of("开头。\n【此处请写事例】\n结尾，【此处请写姓名】。"), XIAZHOU, TERM, Figures()
    )
    assert [(block.kind, block.text) for block in draft.blocks] == [
        ("paragraph", "开头。"),
        ("person", "【此处请写事例】"),
        ("paragraph", "结尾，【此处请写姓名】。"),
    ]
    assert [run.kind for run in draft.blocks[2].runs] == ["text", "person", "text"]


def test_words_of_the_place_and_period_are_filled_in():
    assert text_of("{期间}，我{乡镇}在{地方}，{起止}，截至{截至}。") == [
        "换届以来，我镇在下洲镇，2023年1月1日至2024年12月31日，截至2024年12月31日。"
    ]


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [
        ("今年以来", date(2024, 1, 1), date(2024, 12, 31)),
        ("上半年", date(2024, 1, 1), date(2024, 6, 30)),
        ("去年", date(2023, 1, 1), date(2023, 12, 31)),
        ("换届以来", date(2021, 11, 6), date(2024, 12, 31)),
        ("2023年", date(2023, 1, 1), date(2023, 12, 31)),
    ],
)
def test_a_sentence_may_have_a_period_of_its_own(name, start, end):
    outline = outline_of(f"〔{name}〕培训{{学习培训}}次。")
    draft = compose(outline, XIAZHOU, TERM, Figures(), term_start=date(2021, 11, 6))
    [(_, number)] = draft.numbers
    assert (number.period.start, number.period.end, number.period.as_of) == (start, end, TERM.as_of)


def test_figures_of_one_period_and_filter_are_asked_for_together():
    ask = Figures()
    text = "{代表意见建议}件、{学习培训}次、{解决|来源=代表}件、{转交上级|来源=代表}件。"
    text += "\n〔上半年〕{学习培训}次。"
    compose(outline_of(text), XIAZHOU, TERM, ask)
    assert ask.calls == [
        ("换届以来", ("suggestions.collected.deputy", "training.held"), {}),
        ("换届以来", ("suggestions.escalated", "suggestions.solved"), {"origin": ("代表",)}),
        ("2024年上半年", ("training.held",), {}),
    ]


def test_a_number_says_where_it_comes_from():
    draft = compose(
        outline_of("参加{参加活动代表（人次）|类型=视察、调研、执法检查|写法=余}人次。"),
        XIAZHOU,
        TERM,
        Figures(),
    )
    [(sentence, number)] = draft.numbers
    assert sentence == "参加260余人次。"
    assert (number.text, number.key, number.name, number.unit) == (
        "260余",
        "activities.participations",
        "参加活动代表",
        "人次",
    )
    assert number.filters == {"kind": ("视察", "调研", "执法检查")}
    assert (number.result.value, number.period, number.definition) == (
        263,
        TERM,
        "参加活动代表的口径",
    )


def test_the_same_data_and_period_give_the_same_text():
    assert whole_draft().text == whole_draft().text


def test_the_summary_is_built_of_three_parts_with_four_points():
    draft = whole_draft()
    assert [block.text for block in draft.blocks if block.kind == "heading"] == [
        "一、工作总结",
        "1.依章办会，议事更有质量",
        "2.依民所盼，履职更有分量",
        "二、存在不足",
        "三、下一步工作打算",
    ]
    points = [
        block.text.split("，")[0]
        for block in draft.blocks
        if re.match("[一二三四五]是", block.text)
    ]
    assert points == [
        "一是走下去",
        "二是坐下来",
        "三是沉住气",
        "四是盯到底",
        "一是往深处走。紧扣镇党委的部署",
    ]
    assert [block.kind for block in draft.blocks].count("person") == 2


def test_the_summary_says_each_number_once_in_prose():
    numbers = [number.text for _, number in whole_draft().numbers]
    assert numbers == [
        "第七届人民代表大会第一、二、三次会议",
        "镇政府工作报告、财政预算报告和乡村振兴情况报告",
        *["环境整治、营商环境和饮水安全", "14", "260余", "2", "3", "3", "2", "4"],
        *["6", "318", "代表法与履职以及预算怎么看"],
        *["97", "41", "28", "19", "9", "61", "9"],
    ]


def test_no_breath_of_the_summary_is_longer_than_thirty_five_characters():
    text = "".join(
        run.text if run.kind == "text" else "00"
        for block in whole_draft().blocks
        for run in block.runs
    )
    assert [part for part in re.split("[，。；：、\n]", text) if len(part) > 35] == []


def test_a_xiang_calls_itself_xiang_throughout():
    text = whole_draft(place=SimpleNamespace(name="小密乡")).text
    titles = "镇政府工作报告、财政预算报告和乡村振兴情况报告"
    assert "镇" not in text.replace(titles, "").replace("环境卫生城镇建设", "")


def test_a_township_without_any_record_gets_no_empty_sentence():
    ask = Figures(changed=dict.fromkeys({figure.key for figure in figures()}, 0))
    period = Period(date(2024, 1, 1), date(2024, 12, 31))
    draft = compose(load_outline("congress-term", figures()), XIAZHOU, period, ask)
    assert draft.numbers == []
    assert [b.text for b in draft.blocks if b.kind == "heading"] == [
        "一、存在不足",
        "二、下一步工作打算",
    ]
