"""The command `case`: one case with its steps and deadlines, as it was on a day."""

import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from suggestions.models import Case
from tests.suggestions.lives import PATHS, Life, without_layer

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(life, township, capsys):
    """`told(*options)`: what the command says of the case of `life`, or of `number`."""

    def say(*options, number=None):
        number = number or life.case.number
        call_command("case", number, "--township", township.code, "--json", *options)
        return json.loads(capsys.readouterr().out)

    return say


def test_the_command_tells_a_case_as_it_was_on_a_day(life, told):
    life.play(PATHS["重新办理"])
    then = told("--as-of", "2024-03-14")
    assert (then["state"], then["light"]) == ("待评价", None)
    assert [step["name"] for step in then["steps"]] == [step[0] for step in PATHS["待评价"]]
    assert then["steps"][0] | {"entered": ""} == {
        "name": "提出", "date": "2024-03-04", "entered": "", "by": "池代表", "unit": None,
        "due": None, "words": "",
    }  # fmt: skip
    assert [(one["kind"], one["due"], one["why"]) for one in then["deadlines"]] == [
        ("答复期限", "2024-06-07", "交办2024-03-07 + 3个月 = 2024-06-07"),
        ("退回期限", "2024-03-15", "2024-03-08 + 5个工作日 = 2024-03-15（跳过双休日2天）"),
        ("协办意见期限", "2024-04-08", "2024-03-08 + 1个月 = 2024-04-08"),
        (
            "评价期限",
            "2024-04-07",
            "2024-03-14 + 15个工作日 = 2024-04-07"
            "（跳过清明节4月4日至6日、双休日6天，4月7日调休上班）",
        ),
    ]
    assert then["promises"] == [
        {
            "matter": "硬化500米", "by": "", "date": "2024-12-31", "class": "B", "kept": None,
            "state": "未到期",
        }
    ]  # fmt: skip
    now = told("--as-of", "2024-04-20")
    assert (now["state"], now["light"]) == ("重新办理", "red")
    assert now["deadlines"][0]["kind"] == "重新办理期限"


def test_a_merged_case_has_the_deadline_of_the_other_with_its_reckoning(life, told):
    case = life.play(PATHS["已并案"])  # on 7 March
    other = Life.__new__(Life)
    other.case = Case._base_manager.get(pk=case.standings.get(ends=None).merged_into_id)
    other.person, other.day = life.person, life.day
    for step, who, fields in PATHS["待评价"][3:]:
        other.take(step, who, **fields)
    [deadline, *_] = told("--as-of", "2024-03-10")["deadlines"]
    assert deadline["why"] == "交办2024-03-08 + 3个月 = 2024-06-08"
    assert (deadline["light"], deadline["left"]) == ("green", "剩 90 天")
    late = told("--as-of", "2025-01-01")
    assert (late["state"], late["light"], late["deadlines"][0]["met"]) == ("已并案", None, True)


def test_no_light_stays_on_what_was_withdrawn(life, told):
    life.play(PATHS["办理中"])
    life.take("撤回", "deputy_user", note="路已经修好")
    ended = told("--as-of", "2025-01-01")
    assert (ended["state"], ended["light"], ended["lights"]) == ("已撤回", None, {})
    assert ended["deadlines"][0]["due"] == "2024-06-07"


def test_who_did_not_return_a_case_is_not_late(life, told):
    life.play(PATHS["办理中"])
    assert told("--as-of", "2024-03-14")["lights"]["退回期限"] == "orange"
    assert sorted(told("--as-of", "2024-03-18")["lights"]) == ["协办意见期限", "答复期限"]


def test_a_further_reply_takes_the_place_of_what_was_promised(life, told):
    life.play(PATHS["待评价"])
    life.take("再次答复", "clerk", result="A")
    [promise] = told("--as-of", "2025-01-01")["promises"]
    assert (promise["kept"], promise["state"]) == (None, "已由后来的答复代替")


def test_of_several_leads_each_keeps_its_own_promise(
    township, life, told, unit, road_office, helper_clerk
):
    without_layer(township)
    case = life.play(PATHS["待交办"])
    leads = [unit.pk, road_office.pk]
    life.take("交办", "chair", unit=unit, data={"leads": leads})
    life.take("签收", "unit_clerk")
    life.take("签收", "clerk", unit=road_office)  # on paper
    life.take("面商", "unit_clerk", data={"form": "电话", "who": "池代表"})
    life.take("答复", "unit_clerk", result="C", due=date(2024, 12, 31), data={"promise": "修桥"})
    life.take("答复", "helper_clerk", result="B", due=date(2025, 6, 30), data={"promise": "修路"})
    life.take("承诺落实", "unit_clerk")
    kept = case.standings.get(ends=None)
    assert (kept.promised_on, kept.kept_on) == (date(2025, 6, 30), None)
    assert [(one["matter"], one["state"]) for one in told("--as-of", "2025-01-01")["promises"]] == [
        ("修桥", "已兑现"),
        ("修路", "未到期"),
    ]
    life.take("承诺落实", "helper_clerk", on=date(2025, 3, 1))
    assert case.standings.get(ends=None).kept_on == date(2025, 3, 1)


def test_a_number_that_is_not_there_is_named(township):
    with pytest.raises(CommandError, match="文武坝镇没有编号为“9”的意见建议"):
        call_command("case", "9", "--township", township.code)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("", "还缺 编号, --township，用法见 --help"),
        ("1", "还缺 --township，用法见 --help"),
        ("1 --township", "--township 后面要写内容，用法见 --help"),
        ("1 --township 9 --bogus", "没有 --bogus 这样的参数，用法见 --help"),
        ("1 --township 9", "没有代码为 9 的地方"),
    ],
)
def test_wrong_arguments_are_told_in_chinese(db, words, message):
    with pytest.raises(CommandError) as refused:
        call_command("case", *words.split())
    assert str(refused.value) == message


def test_on_a_day_before_the_first_step_nothing_was_raised(life, told):
    life.play(PATHS["办理中"])
    before = told("--as-of", "2024-03-03")
    assert (before["state"], before["steps"], before["deadlines"]) == ("尚未提出", [], [])
