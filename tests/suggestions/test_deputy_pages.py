"""A deputy's own pages: what asks something of me, evaluating, withdrawing, 没有收到."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from congress.models import Term
from deputies.models import Mandate
from suggestions.corrections import correct_date
from suggestions.models import Case, NotReceived, Proposer
from suggestions.not_received import not_received, settle
from suggestions.workflow import StepRefused, advance, current_state
from tests.suggestions.deputies_at_work import (
    TODAY,
    TYPED,
    address,
    fellow,
    handed_over,
    raised,
    replied,
)  # fmt: skip

pytestmark = pytest.mark.django_db
NOW = timezone.now()
HOME = "/my/"


@pytest.fixture
def me(client, deputy_user, sign_in):
    """The client, signed in as 池代表."""
    return sign_in(client, deputy_user)


@pytest.fixture
def waiting(deputy_user, clerk, unit):
    """A suggestion with its reply, to be evaluated."""
    return replied(handed_over(raised(deputy_user, NOW), clerk, unit), clerk, unit)


def sections(client):
    context = client.get(HOME).context
    told = {name: [row.case.pk for row in context[name]] for name in ("asking", "drafts", "shown")}
    return told | {"asked": [row.case_id for row in context["asked"]]}


def test_the_first_page_is_the_deputys_home(me):
    assert me.get("/").url == HOME
    assert "池代表代表，您好" in me.get(HOME).content.decode()


def test_what_asks_something_stands_before_the_rest(me, waiting, deputy_user, clerk, township):
    running = raised(deputy_user, NOW, token="t-2")
    repair = raised(deputy_user, NOW, token="t-3")
    advance(repair, "退回补正", user=clerk, on=TODAY, note="请写明地点")
    other = fellow(township, "王代表", "wang")
    asked = raised(other.user, NOW, token="t-4", fellows=[deputy_user.person])
    me.post(reverse("my-suggestion-draft"), TYPED)
    draft = Case._base_manager.get(handed_in=False)
    assert sections(me) == {
        "asking": [repair.pk, waiting.pk],
        "asked": [asked.pk],
        "drafts": [draft.pk],
        "shown": [running.pk],
    }


def test_each_case_has_its_sentence_and_its_dots(me, deputy_user, clerk, unit):
    handed_over(raised(deputy_user, NOW), clerk, unit)
    shown = me.get(HOME).context["shown"][0]
    assert shown.plain.sentence.startswith("已经交给镇水务站，")
    assert (shown.plain.done, shown.leading, shown.asks) == (2, True, "")


def test_who_seconded_is_asked_for_nothing(client, waiting, township, sign_in):
    wang = fellow(township, "王代表", "wang")
    Proposer(case=waiting, person=wang, name=wang.name, order=1).save()
    sign_in(client, wang.user)
    assert sections(client) == {"asking": [], "asked": [], "drafts": [], "shown": [waiting.pk]}
    assert client.get(address("my-suggestion-evaluate", waiting)).status_code == 302


PAGES = ["", "-edit", "-drop", "-evaluate", "-withdraw", "-missing", "-ask"]


@pytest.mark.parametrize("name", PAGES)
def test_another_deputys_case_does_not_exist(client, waiting, township, name, sign_in):
    wang = fellow(township, "王代表", "wang")
    sign_in(client, wang.user)
    page = address(f"my-suggestion{name}", waiting)
    assert client.get(page).status_code == 404
    if name:
        assert client.post(page, {"note": "x", "version": waiting.version}).status_code == 404
    assert current_state(waiting) == "待评价"


@pytest.mark.parametrize("page", [HOME, "/my/suggestions/"])
def test_three_cases_take_as_many_queries_as_one(
    me, deputy_user, clerk, unit, page, django_assert_num_queries
):
    replied(handed_over(raised(deputy_user, NOW), clerk, unit), clerk, unit)
    me.get(page)
    with CaptureQueriesContext(connection) as one:
        me.get(page)
    for token in ("t-2", "t-3"):
        again = raised(deputy_user, NOW, token=token)
        replied(handed_over(again, clerk, unit), clerk, unit)
    with django_assert_num_queries(len(one)):
        me.get(page)


def test_the_page_of_a_case_tells_its_history_in_plain_words(me, waiting):
    answer = me.get(address("my-suggestion", waiting))
    told = [words for _, words, _ in answer.context["history"]]
    assert told == [
        "镇水务站书面答复", "镇水务站签收", "转给镇水务站办理", "人大受理", "人大登记", "交到人大",
    ]  # fmt: skip
    reply = answer.context["replies"][0]
    assert reply["class_words"] == "已经解决或基本解决"
    assert reply["step"].note == "圩日前装好路灯8盏，已经通电。"


def judged(case, **values):
    return {
        "version": case.version,
        "attitude": "满意",
        "result": "满意",
        "confirmed": "yes",
    } | values


def test_an_evaluation_is_asked_once_more_before_it_counts(me, waiting):
    page = address("my-suggestion-evaluate", waiting)
    first = me.post(page, judged(waiting, confirmed=""))
    assert first.context["confirming"] is True
    assert current_state(waiting) == "待评价"
    assert me.post(page, judged(waiting)).url == address("my-suggestion", waiting)
    standing = waiting.standings.get(ends=None)
    assert (standing.state, standing.attitude, standing.evaluation) == ("待办结", "满意", "满意")


@pytest.mark.parametrize("bad", [{"attitude": "不满意"}, {"result": "不满意"}])
def test_a_bad_judgement_needs_its_reason(me, waiting, bad):
    answer = me.post(address("my-suggestion-evaluate", waiting), judged(waiting, **bad))
    assert list(answer.context["form"].errors) == ["note"]
    assert current_state(waiting) == "待评价"


def test_each_reply_is_evaluated_by_itself(me, waiting, clerk, unit):
    page = address("my-suggestion-evaluate", waiting)
    me.post(page, judged(waiting, result="不满意", note="只装了两盏"))
    assert current_state(waiting) == "重新办理"
    waiting.refresh_from_db()
    replied(waiting, clerk, unit, on=timezone.localdate(), again=True)
    assert current_state(waiting) == "待评价"
    me.post(page, judged(waiting))
    given = waiting.steps.filter(name="评价").values_list("result", flat=True)
    assert list(given) == ["不满意", "满意"]


def test_who_abstains_is_asked_no_more_and_may_still_judge(me, waiting):
    page = address("my-suggestion-evaluate", waiting)
    me.post(page, judged(waiting, attitude="未表态", result="未表态"))
    assert sections(me)["asking"] == []
    assert sections(me)["shown"] == [waiting.pk]
    assert me.get(address("my-suggestion", waiting)).context["may_evaluate"] is True
    waiting.refresh_from_db()
    me.post(page, judged(waiting))
    assert waiting.standings.get(ends=None).evaluation == "满意"


def test_what_the_office_types_in_is_called_so_on_both_pages(me, waiting, clerk, client, sign_in):
    given = {"attitude": "满意", "result": "基本满意", "note": "路灯亮了"}
    advance(waiting, "评价", user=clerk, on=TODAY, **given)
    history = me.get(address("my-suggestion", waiting)).context["history"]
    assert history[0][1:] == ("代表评价：基本满意（乡镇人大代录）", "路灯亮了")
    course = sign_in(client, clerk).get(address("case", waiting)).context["course"]
    assert course[-1][1] == "结果基本满意　态度满意　代录　路灯亮了"


def test_what_the_deputy_judged_is_not_called_typed_in_when_its_day_is_corrected(
    me, waiting, clerk
):
    me.post(address("my-suggestion-evaluate", waiting), judged(waiting))
    step, day = waiting.steps.get(name="评价"), timezone.localdate()
    waiting.refresh_from_db()
    correct_date(waiting, step, user=clerk, on=day - timedelta(days=1), reason="笔误")
    told = me.get(address("my-suggestion", waiting)).context["history"]
    assert "代表评价：满意" in [words for _, words, _ in told]


def test_a_case_is_not_closed_over_a_reply_that_did_not_arrive(me, waiting, clerk):
    late = timezone.localdate() + timedelta(days=60)
    me.post(address("my-suggestion-missing", waiting))
    with pytest.raises(StepRefused, match="没有收到答复"):
        advance(waiting, "办结", user=clerk, on=late)
    settle(NotReceived._base_manager.get(), "当面送到", user=clerk, now=timezone.now())
    advance(waiting, "办结", user=clerk, on=late)
    assert current_state(waiting) == "已办结"


def test_of_two_who_settle_a_lost_reply_at_once_the_first_counts(me, waiting, clerk, chair):
    me.post(address("my-suggestion-missing", waiting))
    first, second = NotReceived._base_manager.get(), NotReceived._base_manager.get()
    settle(first, "当面送到", user=clerk, now=timezone.now())
    settle(second, "邮寄", user=chair, now=timezone.now())
    kept = NotReceived._base_manager.get()
    assert (kept.how, kept.resolved_by) == ("当面送到", clerk)


def test_a_question_that_was_left_out_is_linked_to_its_first_answer(me, waiting):
    answer = me.post(address("my-suggestion-evaluate", waiting), {"version": waiting.version})
    assert 'href="#id_attitude_0"' in answer.content.decode()


def test_a_second_press_evaluates_nothing_twice(me, waiting):
    page = address("my-suggestion-evaluate", waiting)
    for _ in range(2):
        me.post(page, judged(waiting))
    assert waiting.steps.filter(name="评价").count() == 1


def test_a_suggestion_is_withdrawn_with_a_reason_before_its_reply(me, deputy_user, clerk, unit):
    case = handed_over(raised(deputy_user, NOW), clerk, unit)
    page = address("my-suggestion-withdraw", case)
    assert list(me.post(page, {"version": case.version}).context["form"].errors) == ["note"]
    me.post(page, {"version": case.version, "note": "村里已经装好"})
    assert current_state(case) == "已撤回"
    assert case.steps.get(name="撤回").note == "村里已经装好"


def test_after_the_reply_nothing_is_withdrawn(me, waiting):
    sent = {"version": waiting.version, "note": "不提了"}
    assert me.post(address("my-suggestion-withdraw", waiting), sent).status_code == 302
    assert current_state(waiting) == "待评价"


def test_a_reply_that_did_not_arrive_is_told_once_and_settled_by_the_clerk(
    me, client, waiting, clerk, deputy_user, stranger, sign_in
):
    for _ in range(2):
        me.post(address("my-suggestion-missing", waiting))
    row = NotReceived._base_manager.get()
    assert [each.pk for each in not_received(clerk)] == [row.pk]
    assert list(not_received(stranger)) == []
    assert me.get(HOME).context["asking"][0].missing == row
    settled = reverse("not-received-settle", kwargs={"pk": row.pk})
    assert sign_in(client, stranger).post(settled, {"how": "当面"}).status_code == 404
    sign_in(client, clerk).post(settled, {"how": "当面送到"})
    row.refresh_from_db()
    assert (row.how, row.resolved_by) == ("当面送到", clerk)
    assert list(not_received(clerk)) == []


def test_without_a_reply_there_is_nothing_to_miss(me, deputy_user):
    case = raised(deputy_user, NOW)
    me.post(address("my-suggestion-missing", case))
    assert NotReceived._base_manager.count() == 0


def test_my_page_names_my_seat(me, deputy_user, township):
    term = Term(place=township, level="乡镇", name="第十九届", starts="2021-09-01")
    term.save()
    days = {"elected_on": date(2021, 8, 1), "starts": date(2021, 9, 1)}
    Mandate(
        place=township, person=deputy_user.person, level="乡镇", term=term,
        constituency="第三选区", **days,
    ).save()  # fmt: skip
    assert "第三选区" in me.get(reverse("my-profile")).content.decode()


def test_of_a_reopened_case_it_is_told_what_is_done_now(me, waiting, clerk):
    advance(waiting, "评价", user=clerk, on=TODAY, attitude="满意", result="满意")
    advance(waiting, "办结", user=clerk, on=TODAY)
    advance(waiting, "重开", user=clerk, on=TODAY, note="没有修完")
    answer = me.get(address("my-suggestion-missing", waiting), follow=True)
    told = [str(message) for message in answer.context["messages"]]
    sentence = answer.context["mine"].plain.sentence
    assert told == [f"现在没有要补送的答复。{sentence}"]
