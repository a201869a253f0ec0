"""承诺事项: what replies promised, over the years, for each who has a part in it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from suggestions.promises import may_keep, promises
from tests.suggestions.ledger import REPLIED, bring
from tests.suggestions.lives import PATHS, REPLY
from tests.suggestions.many_lives import Many, play_apart

pytestmark = pytest.mark.django_db
TODAY = date(2025, 3, 1)
PAGE = "/promises/"


def told(user, day=TODAY):
    return [(row.case.number, row.promise, row.matter, row.person) for row in promises(user, day)]


def replied(life, due, promise, person="刘站长"):
    """A case whose reply promises something for a day."""
    reply = REPLY | {"due": due, "data": {"promise": promise, "promise_by": person}}
    play_apart(life, "待评价", life.case.pk + 100, reply)
    return life


@pytest.fixture
def another(township, request, life):
    """`another(due, promise)`: one more case with a promise."""
    many = Many(township, request.getfixturevalue)
    return lambda due, promise="修渠": replied(many.life(), due, promise)


@pytest.fixture
def three(life, another):
    """Broken since 2024, due in 2025, and kept."""
    replied(life, date(2024, 12, 31), "硬化500米")
    another(date(2025, 6, 30), "装灯")
    another(date(2024, 10, 1), "修桥").take("承诺落实", "unit_clerk")
    return life


def test_promises_stay_listed_those_not_kept_first(three, clerk):
    number = three.case.number
    found = told(clerk)
    assert [(promise, matter, person) for _, promise, matter, person in found] == [
        ("逾期未兑现", "硬化500米", "刘站长"),
        ("未到期", "装灯", "刘站长"),
        ("已兑现", "修桥", "刘站长"),
    ]
    assert found[0][0] == number
    assert [row[1] for row in told(clerk, date(2024, 12, 31))] == ["未到期", "未到期", "已兑现"]


def test_office_government_county_and_the_lead_unit_see_them_others_do_not(three, request):
    def number(name):
        return len(told(request.getfixturevalue(name)))

    seeing = ("clerk", "chair", "government", "county_user", "unit_clerk", "helper_clerk")
    assert [number(name) for name in seeing] == [3] * 6
    assert [number(name) for name in ("stranger", "other_unit_clerk", "sysadmin")] == [0] * 3


@pytest.mark.parametrize(
    ("person", "may"),
    [("clerk", True), ("chair", True), ("unit_clerk", True), ("helper_clerk", False),
     ("government", False), ("county_user", False)],
)  # fmt: skip
def test_who_may_note_that_a_promise_was_kept(client, sign_in, three, request, person, may):
    user = request.getfixturevalue(person)
    rows = sign_in(client, user).get(PAGE).context["rows"]
    assert [each["may_keep"] for each in rows] == [may, may, False]
    step = client.get(f"/cases/{rows[0]['case'].pk}/steps/承诺落实/")
    assert (step.status_code == 200) == may


def test_while_a_case_is_handled_again_its_promise_is_not_kept(life, clerk):
    life.play(PATHS["重新办理"])
    [row] = promises(clerk, TODAY)
    assert (row.promise, may_keep(clerk, row)) == ("逾期未兑现", False)


def test_a_new_reply_replaces_the_promise_and_a_void_case_has_none(life, clerk):
    replied(life, date(2024, 12, 31), "硬化500米")
    life.take("再次答复", "clerk", result="B", due=date(2025, 9, 1),
              data={"promise": "硬化800米", "promise_by": "新站长"})  # fmt: skip
    assert [row[1:] for row in told(clerk)] == [("未到期", "硬化800米", "新站长")]
    life.take("作废", "clerk", note="重复登记")
    assert told(clerk) == []


def test_the_filters_narrow_by_state_year_unit_and_words(client, sign_in, three, clerk, unit):
    sign_in(client, clerk)
    year = timezone.localdate().year

    def matters(**query):
        return [each["matter"] for each in client.get(PAGE, query).context["rows"]]

    assert year >= 2026  # by then what was due in 2025 is broken too
    assert matters() == ["硬化500米", "装灯", "修桥"]
    assert matters(state="已兑现") == ["修桥"]
    assert matters(state="逾期未兑现") == ["硬化500米", "装灯"]
    assert matters(year="2025") == ["装灯"]
    assert matters(unit=unit.pk) == ["硬化500米", "装灯", "修桥"]
    assert matters(q="没有这样的") == []
    assert matters(state="乱写") == []
    years = client.get(PAGE).context["form"].fields["year"].choices
    assert years == [("", "全部"), (2025, "2025年"), (2024, "2024年")]


def test_a_unit_chooses_no_unit_and_the_county_a_township(
    client, sign_in, three, unit_clerk, county_user, township, other_township
):
    form = sign_in(client, unit_clerk).get(PAGE).context["form"]
    assert list(form.fields) == ["q", "state", "year"]
    sign_in(client, county_user)
    for place, number in ((township, 3), (other_township, 0)):
        rows = client.get(PAGE, {"place": place.code}).context["rows"]
        assert len(rows) == number


def test_an_imported_promise_without_words_shows_the_matter_of_its_case(
    client, sign_in, township, clerk
):
    bring(township, [REPLIED | {"result": "B", "promised_on": "2024-12-31"}])
    [row] = sign_in(client, clerk).get(PAGE).context["rows"]
    assert row["matter"] == "硬化上芦村机耕道"
    assert row["units"] == "镇水务站"


def test_the_page_costs_the_same_for_one_and_for_three(
    client, sign_in, life, another, clerk, django_assert_max_num_queries
):
    replied(life, date(2024, 12, 31), "硬化500米")
    sign_in(client, clerk).get(PAGE)
    counts = []
    for _ in range(2):
        with django_assert_max_num_queries(12) as asked:
            client.get(PAGE)
        counts.append(len(asked))
        for days in (1, 2):
            another(date(2025, 1, 1) + timedelta(days=days))
    assert counts[0] == counts[1]
