"""A draft is looked at for what 具体明确 asks for (代表法 24); it is never refused."""

import pytest
from django.urls import reverse

from suggestions.concreteness import advice, look_at

GOOD = (
    "关于加装古坊桥头路灯和防护栏的建议",
    "古坊桥头弯急坡陡，无路灯、无护栏，村民夜里过桥害怕，近两年发生摔车5起。"
    "建议村镇建设办加装太阳能路灯8盏、波形护栏60米。",
)
EMPTY = (
    "关于进一步加强农村环境卫生工作的建议",
    "要高度重视，提高认识，加强领导，加大投入，建立健全长效机制，狠抓落实。",
)


def keys(title, body="", places=()):
    return [each.key for each in advice(title, body, places)]


def test_a_concrete_sheet_gets_no_advice():
    assert keys(*GOOD) == []
    assert look_at(*GOOD).said == ("地点", "涉及的人", "数量", "事情", "请做什么", "请谁办")


def test_a_sheet_of_stock_phrases_is_told_so_first():
    told = advice(*EMPTY)
    assert told[0].key == "empty_words"
    assert told[0].text.startswith("这些话放到哪里都能用：进一步加强、高度重视、提高认识。")
    assert {"where", "how_many", "asked"} <= set(keys(*EMPTY))


@pytest.mark.parametrize(
    ("part", "body"),
    [
        ("where", "上芦村桥头没有灯"),
        ("where", "老屋下没有灯"),
        ("who", "老人过不了河"),
        ("how_many", "坏了三年"),
        ("how_many", "差 1.5 公里"),
        ("asked", "希望尽快修好"),
        ("of_whom", "水务站来看看"),
        ("matter", "这里一下雨就积水，路面坑坑洼洼，过往的车子常常陷进去，出不来也进不去"),
    ],
)
def test_each_part_is_seen_where_it_is_said(part, body):
    assert part not in keys("灯", body, places=["老屋下"])


@pytest.mark.parametrize("part", ["where", "who", "how_many", "asked", "of_whom", "matter"])
def test_each_part_is_missed_where_nothing_is_said(part):
    assert part in keys("灯不亮", "很黑")


def test_the_countryside_at_large_is_no_place():
    assert "where" in keys("关于美丽乡村和新农村的建议")


@pytest.mark.parametrize(
    "title",
    [
        "关于加装古坊桥头路灯和防护栏的建议",
        "关于培育扶持稳固壮大村级集体经济的建议",
        "关于修复和硬化上芦村机耕道的建议",
    ],
)
def test_one_deed_on_two_things_is_one_matter(title):
    assert "one_matter" not in keys(title)


def test_two_matters_in_one_title_are_told():
    told = advice("关于修建墓园防火通道及扩建停车场的建议", "")[0]
    assert told.key == "one_matter"
    assert told.text.startswith("案由里像是有两件事（“修建墓园防火通道”和“扩建停车场”）")


def test_a_second_matter_in_the_text_is_told():
    assert keys("灯", "请装灯。另外，建议修桥")[0] == "one_matter"


@pytest.mark.parametrize("draft", [("", ""), (" ", "\n")])
def test_an_empty_draft_is_not_judged(draft):
    assert look_at(*draft) == look_at("", "")
    assert advice(*draft) == []


def test_the_part_of_the_page_tells_at_most_three_things(client, sign_in, clerk, village):
    page = sign_in(client, clerk)
    answer = page.post(reverse("advice"), {"title": "灯不亮", "body": ""})
    assert answer.content.decode().count("还可以") == 3
    concrete = page.post(reverse("advice"), {"title": GOOD[0], "body": GOOD[1]})
    assert "写明了地点、涉及的人、数量、事情、请做什么、请谁办。" in concrete.content.decode()
