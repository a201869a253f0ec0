"""A 接龙 pasted from WeChat: read, resolved to deputies, put right, saved as 代录; and the texts
that go into the group.
"""

from datetime import date

import pytest
from django.template import engines
from django.urls import reverse

from congress.chains import read_chain
from congress.models import Station
from suggestions.groups.purposes import PURPOSES
from suggestions.models import CoSigning, Proposer, Standing, Step
from tests.suggestions.deputies_at_work import fellow
from tests.suggestions.lives import PATHS

WORDS = ("满意", "基本满意", "不满意", "未表态")
HEAD = "#接龙\n对答复的评价\n例 张三 满意\n\n"


def read(text):
    rows = read_chain(HEAD + text, WORDS).rows
    return [(row.number, row.name, row.answers, row.rest) for row in rows]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("1. 王芳 满意", (1, "王芳", ["满意"], "")),
        ("2. 李四，基本满意，谢谢", (2, "李四", ["基本满意"], "谢谢")),
        ("3、赵六不满意 路还没修", (3, "赵六", ["不满意"], "路还没修")),
        ("４．孙八：基本满意", (4, "孙八", ["基本满意"], "")),
        ("5. 周九（上芦村） 满意 基本满意", (5, "周九（上芦村）", ["满意", "基本满意"], "")),
        ("6) 吴十", (6, "吴十", [], "")),
        ("7. 郑一\u200b \u2005满意", (7, "郑一", ["满意"], "")),
        ("8. 冯二-满意\n还要感谢水务站", (8, "冯二", ["满意"], "还要感谢水务站")),
    ],
)
def test_an_entry_is_read_however_it_is_written(line, expected):
    assert read(line) == [expected]


@pytest.mark.parametrize("words", ["不太满意", "不怎么满意", "没有不满意", "不是很满意"])
def test_what_may_mean_the_contrary_is_left_to_a_person(words):
    (row,) = read_chain(f"1. 王芳 {words}", WORDS).rows
    assert (row.name, row.answers, row.unclear) == ("王芳", [], True)


def test_topic_and_example_are_no_entries():
    chain = read_chain(HEAD + "1. 王芳 满意\r\n2. \r\n", WORDS)
    assert (chain.topic, len(chain.rows)) == ("对答复的评价", 1)


def test_a_text_without_numbers_has_no_entry():
    assert read_chain("大家好\n满意", WORDS).rows == []


# ---- the page ------------------------------------------------------------------------------------


@pytest.fixture
def replied(life, township):
    """A case that waits for its evaluation, raised by 池代表 with 兰代表 beside."""
    case = life.play(PATHS["待评价"])
    beside = fellow(township, "兰代表")
    Proposer._base_manager.create(case=case, order=1, person=beside, name=beside.name)
    return case


@pytest.fixture
def ask(client, sign_in, clerk, replied):
    """`ask(text, **more)`: the clerk posts a 接龙 for that case."""
    sign_in(client, clerk)

    def asked(text, purpose="evaluate", **more):
        form = {"purpose": purpose, "number": replied.number, "on": "2024-06-03", "text": text}
        return client.post(reverse("chain"), form | more)

    return asked


def table(answer):
    return [
        (row.entry.row.name, row.entry.taken, row.entry.problem) for row in answer.context["rows"]
    ]


def test_names_are_found_in_the_roster_and_doubtful_ones_wait(ask, township):
    fellow(township, "赖代表")
    answer = ask("1. 池代表 满意\n2. 赖代表 满意\n3. 钟三 满意\n4. 兰代表\n5. 池代表 基本满意")
    assert table(answer) == [
        ("池代表", False, "后面第5条又接了一次，以后面的为准"),
        ("赖代表", False, "赖代表不是这一件的提出人"),
        ("钟三", False, "代表名册里没有“钟三”，请核对姓名，或先在代表名册里加上"),
        ("兰代表", False, "没有写答复"),
        ("池代表", True, ""),
    ]
    assert Step._base_manager.filter(name="评价").count() == 0


def test_a_name_with_the_word_deputy_behind_it_is_found(ask, township):
    from deputies.models import Person

    person = Person(place=township, name="温大山")
    person.save()
    Proposer._base_manager.filter(order=1).update(person=person)
    assert table(ask("1. 温大山代表 满意"))[0][1] is True


def test_namesakes_are_named_to_choose_from(ask, township, replied):
    from deputies.models import Person

    for note in ("上芦村", "河背村"):
        Person(place=township, name="温大山", note=note).save()
    (row,) = ask("1. 温大山 附议", purpose="co-sign").context["rows"]
    assert [name for _key, name in row.entry.choices] == ["温大山（上芦村）", "温大山（河背村）"]
    assert "有2位，请写明是哪一位" in row.entry.problem


def test_checked_answers_are_saved_as_typed_in_for_the_deputies(ask, replied, clerk, deputy_user):
    text = "1. 池代表 满意 基本满意 路平了\n2. 兰代表 满意"
    beside = Proposer._base_manager.get(order=1).person
    rows = {
        "row-0-take": "on", "row-0-person": deputy_user.person.pk, "row-0-answer0": "满意",
        "row-0-answer1": "基本满意", "row-0-note": "路平了",
        "row-1-take": "on", "row-1-person": beside.pk, "row-1-answer0": "",
        "row-1-answer1": "满意", "row-1-note": "",
    }  # fmt: skip
    for _twice in range(2):  # the same request once more judges nothing
        answer = ask(text, save="1", **rows)
        assert (answer.status_code, answer.url) == (302, reverse("case", args=[replied.pk]))
    step = Step._base_manager.get(name="评价")
    assert (step.attitude, step.result, step.note) == ("满意", "基本满意", "微信接龙代录：路平了")
    assert (step.on, step.entered_by) == (date(2024, 6, 3), clerk)
    assert step.data == {
        "source": "微信接龙代录", "for": "池代表", "others": [["兰代表", "满意"]]
    }  # fmt: skip
    assert Standing._base_manager.get(case=replied, ends=None).state == "待办结"


def refusal(ask, text, **rows):
    answer = ask(text, save="1", **rows)
    errors = answer.context["form"].non_field_errors()
    return [*errors, *(error for row in answer.context["rows"] for error in row.non_field_errors())]


def test_the_lead_deputys_word_is_needed(ask, replied):
    beside = Proposer._base_manager.get(order=1).person
    rows = {"row-0-take": "on", "row-0-person": beside.pk, "row-0-answer1": "满意"}
    assert refusal(ask, "1. 兰代表 满意", **rows) == [
        "接龙里没有领衔代表，评价以领衔代表的为准，先不能代录"
    ]


def test_dissatisfaction_needs_its_reason_and_nothing_is_saved(ask, deputy_user):
    rows = {
        "row-0-take": "on", "row-0-person": deputy_user.person.pk, "row-0-answer1": "不满意",
        "row-0-note": "",
    }  # fmt: skip
    assert refusal(ask, "1. 池代表 不满意", **rows) == [
        "池代表不满意，请补上原因，承办单位才知道怎么改"
    ]
    assert Step._base_manager.filter(name="评价").count() == 0


def test_an_entry_that_is_taken_says_who_and_what(ask, deputy_user):
    text = "1. 池代表"
    assert refusal(ask, text, **{"row-0-take": "on", "row-0-person": deputy_user.person.pk}) == [
        "第1条：请选答复，或者不采用"
    ]
    assert refusal(ask, text) == ["一条也没有采用"]


def test_nobody_of_another_township_can_be_named(ask, other_township):
    foreign = fellow(other_township, "外代表")
    rows = {"row-0-take": "on", "row-0-person": foreign.pk, "row-0-answer1": "满意"}
    assert ask("1. 外代表 满意", save="1", **rows).context["rows"][0].errors != {}
    assert Step._base_manager.filter(name="评价").count() == 0


def test_co_signers_join_the_case(client, sign_in, clerk, life, township):
    case = life.play(PATHS["已登记"])
    person = fellow(township, "温代表")
    rows = {"row-0-take": "on", "row-0-person": person.pk, "row-0-answer0": "同意"}
    form = {"purpose": "co-sign", "number": case.number, "on": "2024-06-03", "save": "1"}
    sign_in(client, clerk).post(reverse("chain"), form | {"text": "1. 温代表 附议"} | rows)
    assert CoSigning._base_manager.get().answer == "同意"
    assert list(case.proposers.values_list("name", flat=True)) == ["池代表", "温代表"]


def test_who_comes_is_a_list_only(ask, township):
    for name in ("温代表", "赖代表"):
        fellow(township, name)
    answer = ask("1. 温代表 参加\n2. 赖代表 请假", purpose="come", save="1")
    assert dict(answer.context["counts"]) == {"来": 1, "不来": 0, "请假": 1}


def test_there_is_a_button_for_what_can_be_kept(ask, monkeypatch):
    # As in use: what a template cannot call is nothing there, and no fault.
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", "")
    pages = {key: ask("1. 池代表 来", purpose=key).content.decode() for key in PURPOSES}
    buttons = {key: 'name="save"' in page for key, page in pages.items()}
    assert buttons == {"evaluate": True, "co-sign": True, "come": False}


def test_a_case_of_another_township_is_not_found(client, sign_in, stranger, replied):
    form = {
        "purpose": "evaluate",
        "number": replied.number,
        "on": "2024-06-03",
        "text": "1. 池 满意",
    }
    answer = sign_in(client, stranger).post(reverse("chain"), form)
    assert answer.context["form"].errors["number"] == [
        f"没有编号是“{replied.number}”的建议，请核对。"
    ]


# ---- texts for the group -------------------------------------------------------------------------


def shown(client, **query):
    return client.get(reverse("group-message"), query).context["text"]


def test_what_waits_for_evaluation_is_listed_without_names_and_phones(
    client, sign_in, clerk, replied
):
    Proposer._base_manager.create(case=replied, order=2, name="村民甲")
    title = "关于给村民甲（138 0013 8000）家门口装路灯的建议"
    rows = type(replied)._base_manager.filter(pk=replied.pk)
    rows.update(title=title, public=True)
    due = Standing._base_manager.get(case=replied, ends=None).evaluate_by
    text = shown(sign_in(client, clerk))
    assert text.splitlines()[1] == (
        f"1. {replied.number} 给某某（［电话不公开］）家门口装路灯（{due:%Y-%m-%d}前）"
    )
    rows.update(public=False)
    assert shown(client).splitlines()[1] == f"1. {replied.number} 不公开的建议（{due:%Y-%m-%d}前）"
    Standing._base_manager.filter(case=replied).update(origin="群众")
    assert shown(client).splitlines()[1] == f"1. {replied.number} 群众意见（{due:%Y-%m-%d}前）"


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("0797-5622345", "［电话不公开］"),
        ("１３８００１３８０００", "［电话不公开］"),
        ("QQ：123456789", "QQ：［电话不公开］"),
        ("36073319750612003X", "［证件号码不公开］"),
        ("3栋2单元501室", "［住址不公开］"),
        ("5622-345", "［电话不公开］"),  # that of the case
    ],
)
def test_no_number_of_a_person_is_in_a_text(client, sign_in, clerk, replied, number, said):
    replied.title, replied.public, replied.phone = f"关于装路灯，{number}的建议", True, "5622345"
    replied.save()
    assert f"{replied.number} 装路灯，{said}（" in shown(sign_in(client, clerk))


def test_nothing_of_another_township_is_in_a_text(client, sign_in, stranger, replied):
    assert shown(sign_in(client, stranger)) == "现在没有等代表评价的答复。"


def test_a_reception_day_says_when_and_where(client, sign_in, clerk, township):
    station = Station(place=township, name="上芦村联络室", kind="室")
    station.save()
    sign_in(client, clerk)
    assert shown(client, kind="reception") == ""
    text = shown(client, kind="reception", day="2024-07-15", hours="上午9点", station=station.pk)
    assert text.startswith("【代表接待日】2024年7月15日 上午9点，在上芦村联络室，代表接待群众")
