"""A clerk types in the paper suggestions of a meeting."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from suggestions.entry import (
    AlreadyEntered,
    enter,
    enter_all,
    entered_today,
    is_untouched,
    void,
)
from suggestions.entry_pages.offers import Offers
from suggestions.entry_pages.unfinished import Unfinished
from suggestions.models import Case, EntryDraft
from suggestions.workflow import StepRefused, advance, current_state
from tests.suggestions.sheets_on_paper import NOW, SHEET, TODAY, form_of, furnish, person, values_of


@pytest.fixture(autouse=True)
def furnished(township):
    furnish(township)


def entered(user, token="a", **changes):
    return enter(values_of(user, **changes), user=user, now=NOW, token=token)


def test_a_sheet_becomes_a_registered_case_with_the_next_number(clerk):
    case = entered(clerk, cosigners="李建国；赖小明", villages="上芦村")
    steps = [(step.name, step.on) for step in case.steps.all()]
    assert (current_state(case), case.handed_in) == ("已登记", True)
    assert steps == [("提出", date(2024, 3, 5)), ("登记", TODAY)]
    assert [row.name for row in case.proposers.all()] == ["王芳", "李建国", "赖小明"]
    assert [row.person.name for row in case.proposers.all()] == ["王芳", "李建国", "赖小明"]
    assert [village.name for village in case.villages.all()] == ["上芦村"]
    standing = case.standings.get(ends=None)
    assert (standing.category.text, standing.origin, standing.occasion) == (
        "基础设施",
        "代表",
        "人代会",
    )


def test_numbers_follow_each_other(clerk):
    first, second = entered(clerk, "a"), entered(clerk, "b", title="关于修桥的建议")
    number = int(second.number[-4:-1])
    assert number == int(first.number[-4:-1]) + 1


def test_a_form_sent_twice_makes_one_case(clerk):
    assert entered(clerk).pk == entered(clerk).pk
    assert Case._base_manager.count() == 1


def test_a_form_sent_again_with_other_words_makes_none_and_says_so(clerk):
    case = entered(clerk)
    with pytest.raises(AlreadyEntered) as told:
        entered(clerk, title="关于修桥的建议")
    assert (told.value.case, Case._base_manager.count()) == (case, 1)


def test_the_token_of_another_user_is_another_form(clerk, chair):
    assert entered(clerk).pk != entered(chair).pk


@pytest.mark.django_db(transaction=True)
def test_a_double_click_makes_one_case(clerk):
    values = values_of(clerk)

    def click(_):
        try:
            return enter(values, user=clerk, now=NOW, token="a").pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(click, range(4)))) == 1
    assert Case._base_manager.count() == 1


def test_a_paper_that_is_typed_late_is_registered_on_its_own_day(clerk):
    raised, handed = TODAY - timedelta(days=8), TODAY - timedelta(days=6)
    days = {"raised_on": raised.isoformat(), "registered_on": raised.isoformat()}
    case = entered(clerk, **days)
    assert case.steps.get(name="登记").on == raised
    advance(case, "受理", user=clerk, on=handed)
    advance(case, "交办", user=clerk, on=handed)
    assert case.standings.get(ends=None).handed_on == handed


def test_a_registration_before_the_raising_or_after_today_is_refused(clerk):
    early, late = TODAY - timedelta(days=9), TODAY + timedelta(days=1)
    for day in (early, late):
        form = form_of(clerk, registered_on=day.isoformat(), raised_on=TODAY.isoformat())
        assert list(form.errors) == ["registered_on"]


def test_several_sheets_are_entered_all_or_none(clerk, monkeypatch):
    good = values_of(clerk)
    late = values_of(clerk, title="关于修桥的建议") | {"raised_on": TODAY + timedelta(days=9)}
    with pytest.raises(StepRefused):
        enter_all([good, late], user=clerk, now=NOW, token="a")
    assert Case._base_manager.count() == 0


def test_a_sheet_may_be_merged_into_a_case_of_this_year_at_once(clerk):
    into = entered(clerk)
    case = entered(clerk, "b", title="关于上芦村机耕道硬化的建议", into=str(into.pk))
    assert current_state(case) == "已并案"
    assert case.standings.get(ends=None).merged_into == into


def test_what_is_wrong_is_said_in_words(clerk, township):
    person(township, "王芳", note="上芦村")
    wrong = {
        "lead": "李建囯", "cosigners": "赖小明；赖小明；王芳", "title": "", "category": "没有",
        "villages": "无名村", "raised_on": "2024-07-31", "meeting": "",
    }  # fmt: skip
    errors = {name: found[0] for name, found in form_of(clerk, **wrong).errors.items()}
    assert errors == {
        "lead": "代表名册里没有“李建囯”，请核对姓名，或先在代表名册里加上",
        "title": "案由不能空着，请填写",
        "category": "类别里没有“没有”，请从表里选，或先在“设置”里加上",
        "villages": "村居里没有“无名村”，请核对写法，如有几个用、隔开",
        "meeting": "人代会上提的，请选哪一次会议；没有的另开一页到“会议”里加上，回来再存一次就能选",
        "raised_on": "提出日期是2024年7月31日，晚于今天。请核对纸质件",
    }


def test_only_what_was_raised_at_a_congress_asks_for_the_meeting(clerk):
    assert form_of(clerk, meeting="", occasion="闭会期间").errors == {}
    assert set(form_of(clerk, meeting="没有这次会").errors) == {"meeting"}


def test_a_name_that_two_deputies_have_asks_which(clerk, township):
    person(township, "李建国", note="上芦村")
    person(township, "李建国", note="河背村")
    errors = form_of(clerk, lead="李建国（下芦村）").errors["lead"]
    assert errors == [
        "代表名册里没有“李建国（下芦村）”，同名的有：李建国、李建国（上芦村）、李建国（河背村）"
    ]


def test_a_citizen_is_a_name_and_a_phone(clerk):
    case = entered(clerk, origin="群众", occasion="接待选民", lead="村民甲", phone="13800000000")
    row = case.proposers.get()
    assert (row.person, row.name, case.phone, case.meeting) == (None, "村民甲", "13800000000", None)


def test_an_untouched_sheet_is_declared_void_and_keeps_its_number(clerk):
    case = entered(clerk)
    void(case, user=clerk, today=TODAY)
    assert (current_state(case), Case._base_manager.get().number) == ("已作废", case.number)


def test_a_sheet_that_was_worked_on_is_not_declared_void_here(clerk, chair):
    case = entered(clerk)
    advance(case, "受理", user=chair, on=TODAY)
    assert not is_untouched(case)
    with pytest.raises(StepRefused):
        void(case, user=clerk, today=TODAY)
    assert current_state(case) == "待交办"


def test_the_list_of_today_takes_the_same_queries_for_one_sheet_and_for_three(clerk, chair):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            rows = list(entered_today(clerk, TODAY))
        return len(rows), len(queries)

    entered(clerk)
    entered(chair, "of another")
    one = asked()
    entered(clerk, "b", title="关于修桥的建议")
    entered(clerk, "c", title="关于增设公厕的建议")
    assert (one[0], asked()) == (1, (3, one[1]))


@pytest.fixture
def at_page(client, sign_in, clerk):
    return sign_in(client, clerk)


def sheet_of_today(**changes):
    day = timezone.localdate().isoformat()
    return SHEET | {"raised_on": day, "meeting": "", "occasion": "闭会期间", "token": "t"} | changes


def test_the_page_saves_a_sheet_and_keeps_what_the_next_has_in_common(at_page):
    answer = at_page.post(reverse("entry"), sheet_of_today(public="否", category="其他"))
    case = Case._base_manager.get()
    assert answer.headers["Location"] == f"{reverse('entry')}?saved={case.pk}"
    form = at_page.get(reverse("entry")).context["form"]
    kept = [form[name].value() for name in ("public", "category", "title", "lead")]
    assert kept == ["否", "其他", None, None]


def test_what_is_wrong_leaves_everything_typed(at_page):
    answer = at_page.post(reverse("entry"), sheet_of_today(lead="无此人"))
    assert Case._base_manager.count() == 0
    assert answer.context["form"]["title"].value() == SHEET["title"]
    assert answer.context["token"] == "t"


def test_the_back_button_and_save_again_lose_nothing(at_page):
    at_page.post(reverse("entry"), sheet_of_today())
    answer = at_page.post(reverse("entry"), sheet_of_today(title="关于修桥的建议"))
    assert (Case._base_manager.count(), answer.context["token"] == "t") == (1, False)
    again = sheet_of_today(title="关于修桥的建议", token=answer.context["token"])
    at_page.post(reverse("entry"), again)
    assert Case._base_manager.count() == 2


def test_an_unfinished_sheet_is_there_after_the_next_sign_in(at_page, sign_in, clerk, chair):
    typed = sheet_of_today(lead="", title="关于修桥", phone="13800000000")
    at_page.post(reverse("entry-draft"), typed)
    at_page.logout()
    page = sign_in(at_page, clerk).get(reverse("entry"))
    assert (page.context["form"]["title"].value(), page.context["token"]) == ("关于修桥", "t")
    other = sign_in(at_page, chair).get(reverse("entry"))
    assert other.context["form"]["title"].value() is None
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT sheet FROM {EntryDraft._meta.db_table}")
        assert "13800000000" not in cursor.fetchone()[0]


def test_a_draft_that_comes_after_the_save_is_not_kept(at_page):
    at_page.post(reverse("entry"), sheet_of_today())
    at_page.post(reverse("entry-draft"), sheet_of_today())
    assert EntryDraft._base_manager.get().sheet == ""


def test_a_draft_that_was_written_while_the_sheet_was_saved_does_not_come_back(at_page, clerk):
    Unfinished(clerk).keep(sheet_of_today(), timezone.now())
    overtaken = EntryDraft._base_manager.get()
    at_page.post(reverse("entry"), sheet_of_today())
    overtaken.save()  # the autosave looked before the save and wrote after it
    page = at_page.get(reverse("entry"))
    assert (page.context["form"]["title"].value(), page.context["saved_at"]) == (None, None)
    new = sheet_of_today(title="关于修桥的建议", token=page.context["token"])
    assert at_page.post(reverse("entry"), new).status_code == 302
    assert Case._base_manager.count() == 2


def test_the_page_does_not_say_that_a_draft_was_kept_when_it_was_not(at_page):
    at_page.post(reverse("entry"), sheet_of_today())
    back = at_page.post(reverse("entry-draft"), sheet_of_today(title="关于修桥的建议"))
    assert "草稿已存" not in back.content.decode()
    assert "这张已经录成一件，在上面改的没有存草稿" in back.content.decode()


def test_only_ones_own_sheet_of_today_can_be_declared_void(at_page, clerk, chair):
    now = timezone.now()
    values = values_of(chair) | {"raised_on": timezone.localdate(now)}
    other = enter(values, user=chair, now=now, token="a")
    assert at_page.post(reverse("entry-void", args=[other.pk])).status_code == 404
    own = enter(values, user=clerk, now=now, token="a")
    assert at_page.post(reverse("entry-void", args=[own.pk])).status_code == 302
    assert [current_state(case) for case in (other, own)] == ["已登记", "已作废"]


@pytest.mark.parametrize("origin, public", [(None, "是"), ("代表", "是"), ("群众", "否")])
def test_what_citizens_say_is_public_only_where_somebody_says_so(clerk, origin, public):
    assert Offers(clerk, timezone.localdate()).first_values(origin)["public"] == public
