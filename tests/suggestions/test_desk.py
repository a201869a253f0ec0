"""What waits on each desk: every group, every role, and what the reading costs."""

from datetime import date, timedelta

import pytest

from suggestions.desk import group_of, matter, waiting
from suggestions.models import Case
from tests.suggestions.lives import BAD, BEGIN, ON_THE_SPOT, PATHS, without_layer
from tests.suggestions.many_lives import Many

pytestmark = pytest.mark.django_db
EARLY = BEGIN + timedelta(days=20)  # no deadline is near yet
LATE = date(2024, 9, 1)
AGAIN = {"data": {"number": "文府函〔2024〕9号", "signer": "刘镇长"}}
TWICE = (
    *PATHS["重新办理"],
    ("拟稿", "unit_clerk", {"result": "D"}),
    ("核稿", "government", {}),
    ("签发", "government", AGAIN),
    ("再次答复", "unit_clerk", {"result": "D"}),
    ("评价", "deputy_user", BAD),
)
# State → what its case shows as on the desks of office, government and lead unit.
DESKS = {
    "草稿": ({}, {}, {}),
    "已提交": ({"register": ["登记"]}, {}, {}),
    "已登记": ({"accept": ["受理"]}, {}, {}),
    "待补正": ({"repair": ["登记"]}, {}, {}),
    "不予受理": ({}, {}, {}),
    "待交办": ({"hand-over": ["交办"]}, {}, {}),
    "已并案": ({}, {}, {}),
    "待分办": ({"distribute": ["分办"]}, {"distribute": ["分办"]}, {}),
    "待签收": ({}, {}, {"sign-for": ["签收"]}),
    "办理中": ({}, {}, {"handle": ["面商"]}),
    "待核稿": ({}, {"check": ["核稿"]}, {"drafted": [""]}),
    "待签发": ({}, {"sign": ["签发"]}, {"drafted": [""]}),
    "待发出": ({}, {}, {"send": ["答复"]}),
    "待评价": ({"judge": ["评价"]}, {}, {}),
    "重新办理": ({}, {}, {"again": ["拟稿"]}),
    "待办结": ({"close": ["办结"]}, {}, {}),
    "已办结": ({}, {}, {}),
    "已撤回": ({}, {}, {}),
    "已作废": ({}, {}, {}),
}


@pytest.fixture
def desk_of(request):
    """`desk_of(name, today)`: {group: [step]} that waits for that person."""

    def told(name, today=EARLY):
        groups = waiting(request.getfixturevalue(name), today)
        return {group.kind.key: [item.step for item in group.items] for group in groups}

    return told


@pytest.mark.parametrize("state", DESKS)
def test_a_case_waits_on_the_desk_of_who_moves_it_on(life, desk_of, state):
    life.play(PATHS[state])
    office, government, unit = DESKS[state]
    if state == "已并案":  # the case that it went into
        office = {"hand-over": ["交办"]}
    found = [desk_of(name) for name in ("clerk", "chair", "government", "unit_clerk")]
    assert found == [office, office, government, unit]


@pytest.mark.parametrize(
    ("state", "key", "step"),
    [("待分办", "distribute", "分办"), ("待核稿", "check", "核稿"), ("待签发", "sign", "签发")],
)
def test_what_lay_with_the_governments_office_waits_for_the_clerk_once_its_layer_is_off(
    life, desk_of, state, key, step
):
    life.play(PATHS[state])
    without_layer(life.case.place)
    assert [desk_of(name) for name in ("clerk", "government")] == [{key: [step]}, {}]
    assert [desk_of(name, LATE) for name in ("clerk", "government")] == [{"late": [step]}, {}]


def test_the_table_of_desks_has_every_state():
    assert set(DESKS) == set(PATHS)


@pytest.mark.parametrize(
    ("steps", "key", "step"),
    [
        ([("申请延期", "unit_clerk", {"due": date(2024, 8, 1), "note": "等资金"})],
         "extension", "延期"),
        ([("申请改办", "unit_clerk", {"note": "不归水务站管"})], "transfer", "改办"),
    ],
)  # fmt: skip
def test_what_a_unit_asks_for_stands_first(life, desk_of, steps, key, step):
    life.play((*PATHS["办理中"], *steps))
    assert desk_of("chair") == {key: [step]}
    assert desk_of("chair", LATE) == {key: [step]}


def test_a_transfer_is_decided_by_the_government_too(life, desk_of):
    life.play((*PATHS["办理中"], ("申请改办", "unit_clerk", {"note": "不归水务站管"})))
    assert desk_of("government") == {"transfer": ["改办"]}


def test_what_came_back_is_handed_to_another_unit(township, life, desk_of):
    without_layer(township)
    life.play((*PATHS["待交办"], ("交办", "chair", {"units": True}),
               ("退回", "unit_clerk", {"note": "不归水务站管"})))  # fmt: skip
    assert desk_of("clerk") == {"returned": ["改办"]}


@pytest.mark.parametrize("today", [EARLY, LATE])
def test_what_was_answered_on_the_spot_and_found_wanting_is_handed_over(life, desk_of, today):
    life.play(ON_THE_SPOT)
    assert desk_of("clerk", today) == {"hand-over": ["交办"]}
    life.take("交办", "chair", on=date(2024, 3, 11))
    assert desk_of("clerk") == {"distribute": ["分办"]}


@pytest.mark.parametrize(("layer", "who"), [(True, "government"), (False, "clerk")])
def test_what_one_of_several_leads_gave_back_waits_for_who_handed_it_out(
    township, life, desk_of, unit, road_office, layer, who
):
    if not layer:
        without_layer(township)
    leads = {"unit": unit, "data": {"leads": [unit.pk, road_office.pk]}}
    life.play(PATHS["待分办" if layer else "待交办"])
    life.take(*(("分办", "government") if layer else ("交办", "chair")), **leads)
    life.take("签收", "unit_clerk")
    assert desk_of(who) == {}
    life.take("退回", "helper_clerk", note="不归本单位管")
    assert [desk_of(name) for name in (who, "unit_clerk")] == [
        {"one-returned": ["分办"]}, {"handle": ["面商"]},
    ]  # fmt: skip
    life.take("分办", who, unit=unit, data={"leads": [unit.pk]})
    assert desk_of(who) == {}


def test_two_dissatisfied_rounds_go_to_the_presidium(life, desk_of):
    life.play(TWICE)
    assert desk_of("clerk") == {"twice": ["办结"]}


def test_late_and_near_deadlines_come_with_the_step_of_who_looks(life, desk_of):
    case = life.play(PATHS["办理中"])
    due = case.standings.get(ends=None).deadline
    people = ("clerk", "government", "unit_clerk")
    for day, key in (
        (due - timedelta(days=11), None),
        (due - timedelta(days=10), "soon"),
        (due, "soon"),
        (due + timedelta(days=1), "late"),
    ):
        expected = [{key: ["催办"]}, {key: ["催办"]}, {key: ["面商"]}]
        if key is None:
            expected = [{}, {}, {"handle": ["面商"]}]
        assert [desk_of(name, day) for name in people] == expected


def test_the_lights_say_how_many_days_are_left(life, clerk):
    due = life.play(PATHS["办理中"]).standings.get(ends=None).deadline
    found = {}
    for left in (-12, 0, 9):
        [group] = waiting(clerk, due - timedelta(days=left))
        found[left] = [(item.light, item.left, item.who) for item in group.items]
    assert found == {
        -12: [("red", "超期 12 天", "镇水务站")],
        0: [("orange", "今天到期", "镇水务站")],
        9: [("orange", "剩 9 天", "镇水务站")],
    }


def test_a_promise_stands_on_the_desks_from_thirty_days_before_until_it_is_kept(life, desk_of):
    life.play(PATHS["已办结"])  # promised for 2024-12-31
    people = ("clerk", "government", "unit_clerk", "helper_clerk")
    nothing, due = [{}] * 4, [{"promises": ["承诺落实"]}, {}, {"promises": ["承诺落实"]}, {}]
    assert [desk_of(name, date(2024, 11, 30)) for name in people] == nothing
    assert [desk_of(name, date(2024, 12, 1)) for name in people] == due
    assert [desk_of(name, date(2027, 1, 1)) for name in people] == due
    life.take("承诺落实", "unit_clerk")
    assert [desk_of(name, date(2027, 1, 1)) for name in people] == nothing


def test_a_helping_unit_signs_for_and_gives_its_opinion(life, desk_of):
    life.play(PATHS["待签收"])
    assert desk_of("helper_clerk") == {"sign-for": ["签收"]}
    life.take("签收", "helper_clerk")
    assert desk_of("helper_clerk") == {"opinion": ["协办意见"]}
    assert desk_of("unit_clerk") == {"sign-for": ["签收"]}
    life.take("签收", "unit_clerk")
    life.take("协办意见", "helper_clerk", note="同意")
    assert desk_of("helper_clerk", LATE) == {}


def test_of_two_leads_who_has_replied_waits_for_the_other(
    township, life, desk_of, unit, road_office
):
    without_layer(township)
    life.play(PATHS["待交办"])
    life.take("交办", "chair", unit=unit, data={"leads": [unit.pk, road_office.pk]})
    for name in ("unit_clerk", "helper_clerk"):
        life.take("签收", name)
        life.take("面商", name, data={"form": "登门", "who": "池代表"})
    assert [desk_of(name) for name in ("unit_clerk", "helper_clerk")] == [
        {"handle": ["答复"]}, {"handle": ["答复"]},
    ]  # fmt: skip
    life.take("答复", "unit_clerk", result="A")
    assert [desk_of(name) for name in ("unit_clerk", "helper_clerk")] == [
        {}, {"handle": ["答复"]},
    ]  # fmt: skip


@pytest.mark.parametrize("state", ["已提交", "待交办", "待签收", "办理中", "待评价", "待办结"])
def test_neither_another_unit_nor_another_township_has_it_on_the_desk(
    life, desk_of, other_unit_clerk, stranger, state
):
    life.play(PATHS[state])
    assert [desk_of(name, LATE) for name in ("other_unit_clerk", "stranger")] == [{}, {}]


@pytest.fixture
def many(township, request, life):
    """`many(state, number)`: so many more cases in a state."""
    return Many(township, request.getfixturevalue)


def test_a_case_stands_in_one_group(many, clerk):
    many("办理中", 2)
    many("待交办", 1)
    groups = waiting(clerk, LATE)
    assert [(group.kind.key, group.count) for group in groups] == [("late", 2), ("hand-over", 1)]


@pytest.mark.parametrize("person", ["clerk", "government", "unit_clerk"])
def test_the_reading_costs_the_same_for_one_case_and_for_three(
    request, many, person, django_assert_num_queries
):
    user = request.getfixturevalue(person)
    many("办理中", 1)
    with django_assert_num_queries(5 if person != "unit_clerk" else 4):
        waiting(user, LATE)
    many("办理中", 2)
    with django_assert_num_queries(5 if person != "unit_clerk" else 4):
        [group] = waiting(user, LATE)
    assert len(group.items) == 3


@pytest.mark.parametrize(
    ("lines", "shown"),
    [
        (5, [("已超期", 3, 3), ("等我办理", 4, 1), ("等我办理", 1, 1)]),
        (8, [("已超期", 3, 3), ("等我办理", 4, 4), ("等我办理", 1, 1)]),
        (3, [("已超期", 3, 2), ("等我办理", 4, 1), ("等我办理", 1, 0)]),
    ],
)
def test_each_part_of_the_desk_has_its_share_and_the_urgent_one_the_rest(many, clerk, lines, shown):
    many("办理中", 3)
    many("待交办", 4)
    many("已提交", 1)
    groups = waiting(clerk, LATE, lines=lines)
    assert [(group.kind.part, group.count, len(group.items)) for group in groups] == shown


@pytest.mark.parametrize(
    ("number", "short"),
    [
        ("第七届人大第三次会议第012号", "第012号"),
        ("闭〔2026〕005号", "闭〔2026〕005号"),
        ("未编号-3", "未编号-3"),
    ],
)
def test_a_work_list_writes_the_number_without_its_meeting(number, short):
    assert Case(number=number).short_number == short


def test_a_whole_group_is_read_by_its_key(many, clerk):
    many("已提交", 3)
    kind, rows, draw = group_of(clerk, EARLY, "register")
    assert (kind.title, kind.bulk) == ("等我登记", "登记")
    assert [item.step for item in draw(rows)] == ["登记"] * 3
    with pytest.raises(KeyError):
        group_of(clerk, EARLY, "handle")


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("关于硬化上芦村机耕道的建议", "硬化上芦村机耕道"),
        ("关于扶持脐橙产业的议案", "扶持脐橙产业"),
        ("反映路灯不亮", "反映路灯不亮"),
        ("关于修路的情况说明", "关于修路的情况说明"),
    ],
)
def test_a_work_list_says_the_matter_first(title, short):
    assert matter(title) == short
