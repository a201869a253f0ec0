"""The command `case`: one case with its steps and deadlines, as it was on a day."""

import json

import pytest
from django.core.management import CommandError, call_command

from tests.suggestions.lives import PATHS

pytestmark = pytest.mark.django_db


def test_the_command_tells_a_case_as_it_was_on_a_day(life, township, capsys):
    case = life.play(PATHS["重新办理"])

    def told(*options):
        call_command("case", case.number, "--township", township.code, "--json", *options)
        return json.loads(capsys.readouterr().out)

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


def test_a_number_that_is_not_there_is_named(township):
    with pytest.raises(CommandError, match="文武坝镇没有编号为“9”的意见建议"):
        call_command("case", "9", "--township", township.code)
