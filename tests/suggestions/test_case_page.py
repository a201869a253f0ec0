"""The page of a case and the form of its steps."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from suggestions.co_signing import may_be_co_signed
from suggestions.models import Case, Proposer, Standing
from suggestions.workflow import advance, current_state
from tests.suggestions.ledger import HANDED, REPLIED, bring
from tests.suggestions.lives import PATHS

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(township):
    bring(township, [HANDED])
    return Case._base_manager.get(place=township)


def page(case):
    return reverse("case", kwargs={"pk": case.pk})


def step(case, name):
    return reverse("case-step", kwargs={"pk": case.pk, "step": name})


def test_the_page_shows_what_was_done_and_explains_the_deadline(client, clerk, case, sign_in):
    text = sign_in(client, clerk).get(page(case)).content.decode()
    assert "交办2024-03-12 + 3个月 = 2024-06-12" in text
    # A citizen's opinion has the county's deadline; the help beside the page tells both.
    assert "代表法第五十一条" not in text.partition("<main")[2]
    assert "县里规定的期限" in text


def test_a_clerk_takes_a_step(client, clerk, case, sign_in):
    sign_in(client, clerk)
    answer = client.post(step(case, "签收"), {"on": "2024-03-13", "version": case.version})
    assert answer.status_code == 302
    assert current_state(case) == "办理中"


def test_a_second_click_takes_no_second_step(client, clerk, case, sign_in):
    sign_in(client, clerk)
    for _ in range(2):
        client.post(step(case, "签收"), {"on": "2024-03-13", "version": case.version})
    assert case.steps.filter(name="签收").count() == 1


def test_a_stale_page_keeps_what_was_typed(client, clerk, case, sign_in):
    sign_in(client, clerk)
    client.post(step(case, "签收"), {"on": "2024-03-13", "version": 1})
    sent = {"on": "2024-03-14", "version": 1, "note": "电话催了一次"}
    text = client.post(step(case, "催办"), sent).content.decode()
    assert f"{clerk.name} {timezone.localtime():%H:}" in text
    assert "电话催了一次" in text
    assert case.steps.filter(name="催办").count() == 0


def test_what_was_typed_for_a_step_that_another_took_is_still_there(
    client, clerk, unit_clerk, case, sign_in
):
    sent = {"on": "2024-03-13", "version": case.version}
    sign_in(client, unit_clerk).post(step(case, "签收"), sent)
    page = sign_in(client, clerk).post(step(case, "签收"), sent | {"on": "2024-03-14"})
    [error] = page.context["form"].non_field_errors()
    assert (error.split()[0], error.split()[-1]) == (
        unit_clerk.name, "改过这一件，已经签收。您写的还在，没有存",
    )  # fmt: skip
    assert 'value="2024-03-14"' in page.content.decode()


def test_a_second_click_is_told_that_it_is_done(client, clerk, case, sign_in):
    sign_in(client, clerk)
    sent = {"on": "2024-03-13", "version": case.version}
    client.post(step(case, "签收"), sent)
    page = client.post(step(case, "签收"), sent, follow=True)
    assert [str(told) for told in page.context["messages"]][-1] == (
        f"{case.number}：签收已经办好，没有再办一次"
    )


def test_a_day_in_the_future_is_refused_in_words(client, clerk, case, sign_in):
    sent = {"on": "2099-01-01", "version": case.version}
    text = sign_in(client, clerk).post(step(case, "签收"), sent).content.decode()
    assert "晚于今天" in text


def test_the_stranger_finds_no_case(client, stranger, case, sign_in):
    sign_in(client, stranger)
    assert client.get(page(case)).status_code == 404
    assert client.get(step(case, "签收")).status_code == 404
    assert client.post(step(case, "签收"), {"on": "2024-03-13"}).status_code == 404
    assert current_state(case) == "待签收"


def test_a_unit_sees_its_own_cases_only(client, unit_clerk, township, unit, sign_in):
    bring(township, [HANDED, HANDED | {"number": "2", "lead": "镇城建办"}])
    own, other = Case._base_manager.order_by("number")
    sign_in(client, unit_clerk)
    assert client.get(page(own)).status_code == 200
    assert client.get(page(other)).status_code == 404


def test_a_unit_that_gives_a_case_back_lands_on_its_desk_and_is_told(
    client, unit_clerk, township, unit, sign_in
):
    today = timezone.localdate()
    bring(township, [HANDED | {"handed_on": today}])
    case = Case._base_manager.get(place=township)
    sent = {"on": today, "version": case.version, "note": "不归水务站管"}
    sign_in(client, unit_clerk)
    answers = [client.post(step(case, "退回"), sent, follow=True) for _ in range(2)]
    assert [answer.redirect_chain for answer in answers] == [[(reverse("home"), 302)]] * 2
    assert f"1：退回，日期{today}" in answers[0].content.decode()
    assert "退回已经办好，没有再办一次" in answers[1].content.decode()
    assert client.get(step(case, "退回")).status_code == 404
    assert case.steps.filter(name="退回").count() == 1


def test_a_deputy_sees_the_own_case_and_evaluates_it(client, deputy_user, township, sign_in):
    bring(township, [REPLIED, REPLIED | {"number": "2"}])
    own, other = Case._base_manager.order_by("number")
    Proposer._base_manager.filter(case=own).update(person=deputy_user.person)
    sign_in(client, deputy_user)
    assert client.get(page(other)).status_code == 404
    sent = {"on": "2024-06-01", "version": own.version, "attitude": "满意", "evaluation": "满意"}
    assert client.post(step(own, "评价"), sent).status_code == 302
    assert own.standings.get(ends=None).evaluation == "满意"
    assert own.steps.get(name="评价").on == date(2024, 6, 1)


def test_the_page_leads_to_the_cases_above_and_below_in_the_list(client, clerk, township, sign_in):
    days = ("2024-03-05", "2024-03-05", "2024-03-09")
    bring(township, [{"number": f"{n}", "raised_on": day} for n, day in enumerate(days)])
    first, second, third = Case._base_manager.order_by("pk")
    sign_in(client, clerk)
    found = [
        client.get(reverse(name, kwargs={"pk": case.pk})).url
        for name in ("case-above", "case-below")
        for case in (third, second, first)
    ]
    expected = [third, third, second, second, first, first]
    assert found == [page(case) for case in expected]


def test_an_extension_is_a_main_button_only_once_it_was_asked_for(client, clerk, case, sign_in):
    sign_in(client, clerk)

    def where():
        found = client.get(page(case)).context
        return [
            "延期" in {rule.name for rule in found[part]} for part in ("main_rules", "other_rules")
        ]

    assert where() == [False, True]
    more = {"due": date(2024, 8, 1), "note": "等资金"}
    advance(case, "申请延期", user=clerk, on=date(2024, 4, 1), **more)
    assert where() == [True, False]


def test_a_phone_is_masked(client, clerk, township, sign_in):
    bring(township, [{"phone": "13812345678"}])
    case = Case._base_manager.get()
    text = sign_in(client, clerk).get(page(case)).content.decode()
    assert "138****5678" in text
    assert "13812345678" not in text


def test_the_page_takes_the_same_few_queries_with_one_step_and_with_many(
    client, clerk, township, django_assert_max_num_queries, sign_in
):
    bring(township, [{}, REPLIED | {"number": "2", "proposers": "甲；乙；丙"}])
    sign_in(client, clerk)
    for case in Case._base_manager.all():
        with django_assert_max_num_queries(25):
            client.get(page(case))


def test_a_citizens_case_is_worded_as_one(client, clerk, life, sign_in):
    case = life.play(PATHS["待评价"])
    sign_in(client, clerk)
    shown = {}
    for origin in ("代表", "群众"):
        Standing._base_manager.filter(case=case).update(origin=origin)
        text = client.get(page(case)).content.decode()
        words = ("<b>代表评价", "<b>群众评价", "领衔代表", "代表扫码", "群众扫码", ">附议<")
        shown[origin] = [word for word in words if word in text]
    assert shown == {
        "代表": ["<b>代表评价", "领衔代表", "代表扫码", ">附议<"],
        "群众": ["<b>群众评价", "群众扫码"],
    }


def test_nobody_co_signs_what_citizens_said(life):
    case = life.play(PATHS["待交办"])
    now = case.standings.get(ends=None)
    told = []
    for origin in ("代表", "群众"):
        now.origin = origin
        told.append(may_be_co_signed(case, now))
    assert told == [True, False]
