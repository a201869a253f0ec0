"""A case that was merged into one that was merged in turn: all are handled and answered as one."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from reports.public_cases import plain_state
from suggestions import links
from suggestions.deputy.one_case import one_case
from suggestions.groups.purposes import proposers_of
from suggestions.merging import handled_with, roots_of
from suggestions.models import Case, PaperKind, Proposer, Standing, Step
from suggestions.paper_forms.catalogue import forms, forms_for
from suggestions.paper_forms.deputy import deputy_sheets
from suggestions.paper_forms.facts import gather, read_cases
from suggestions.paper_forms.printing import answered_with, form_sheets
from suggestions.people import People
from suggestions.plain_words import plain
from suggestions.workflow import StepRefused, advance
from tests.suggestions.deputies_at_work import address, fellow
from tests.suggestions.kept_papers import kept
from tests.suggestions.lives import BAD, GOOD, PATHS, Life

pytestmark = pytest.mark.django_db
BUDGET = 24  # of the 25 that a case's page may take
LETTER = "机耕道六月底前硬化完。"


@pytest.fixture
def lives(township, life, request):
    """(A, B, C): C was merged into B, B into A; A was replied to. C is 池代表's own."""
    between, last = (Life(township, request.getfixturevalue, f"未编号-{n}") for n in (7, 8))
    for each in (life, between, last):
        each.play(PATHS["待交办"])
    for each, name in ((life, "赵代表"), (between, "兰代表")):
        person = fellow(township, name, f"d{each.case.pk}")
        row = Proposer._base_manager.filter(case=each.case)
        row.update(person=person, name=name)
    last.take("并案", "clerk", data={"into": between.case.pk})
    between.take("并案", "clerk", data={"into": life.case.pk})
    life.play(PATHS["待评价"][3:])
    Step._base_manager.filter(case=life.case, name="答复").update(note=LETTER)
    return life, between, last


@pytest.fixture
def cases(lives):
    return [Case._base_manager.get(pk=each.case.pk) for each in lives]


@pytest.fixture
def letter(cases, clerk):
    """The letter that A was answered with."""
    return kept(cases[0], clerk)


def download(client, address):
    answer = client.get(address)
    list(answer)  # a streamed file is read to its end
    return answer.status_code


def test_each_case_of_a_chain_is_handled_as_the_last_one(cases):
    head, between, last = cases
    now = Standing._base_manager.filter(ends=None, case__in=cases)
    assert roots_of(list(now)) == {case.pk: head.pk for case in cases}
    assert handled_with([head.pk, between.pk]) == {
        head.pk: [between.pk, last.pk],
        between.pk: [last.pk],
    }


def test_two_cases_that_a_ledger_merged_into_each_other_lead_nowhere(cases):
    head, between, _ = cases
    Standing._base_manager.filter(case=head, ends=None).update(merged_into=between)
    now = list(Standing._base_manager.filter(ends=None, case__in=[head, between]))
    assert set(roots_of(now)) == {head.pk, between.pk}
    assert sorted(handled_with([head.pk])[head.pk])[0] == between.pk


@pytest.mark.parametrize("page", ["my-suggestion", "my-suggestion-evaluate"])
def test_a_deputy_reads_the_reply_and_the_letter_that_answer_the_own_merged_case(
    client, sign_in, deputy_user, cases, letter, page
):
    answer = sign_in(client, deputy_user).get(address(page, cases[2]))
    assert [reply["step"].note for reply in answer.context["replies"]] == [LETTER]
    letter_page = reverse("my-suggestion-letter", args=[cases[2].pk, letter.pk])
    assert letter_page in answer.content.decode()
    assert download(client, letter_page) == 200
    assert client.get(reverse("paper", args=[letter.pk])).status_code == 404


def test_nothing_but_the_letter_of_the_other_case_is_given(
    client, sign_in, deputy_user, cases, clerk, letter
):
    sign_in(client, deputy_user)
    other = kept(cases[0], clerk, "照片.jpg", PaperKind.PHOTO)
    foreign = reverse("my-suggestion-letter", args=[cases[0].pk, letter.pk])
    pages = [foreign, reverse("my-suggestion-letter", args=[cases[2].pk, other.pk])]
    assert [client.get(page).status_code for page in pages] == [404, 404]


def test_the_evaluation_link_shows_the_reply_and_the_letter(cases, clerk, letter):
    path = links.make(cases[2], "评价", clerk, timezone.now())[1]
    page = Client().get(path)
    assert [reply["step"].note for reply in page.context["replies"]] == [LETTER]
    assert (page.context["merged"], page.context["papers"]) == (True, [letter])
    assert download(Client(), f"{path}papers/{letter.pk}/") == 200


def test_all_whose_cases_went_into_one_are_told_of_their_own(cases, deputy_user):
    told = People([cases[0]]).of("lead", cases[0])
    assert [case for _, case in told] == cases
    assert told[2] == (deputy_user.pk, cases[2])


def test_all_whose_cases_went_into_one_may_answer_the_call(cases, deputy_user):
    assert sorted(person.name for person in proposers_of(cases[0])) == [
        "兰代表", "池代表", "赵代表",
    ]  # fmt: skip


def test_paper_tells_the_reply_and_the_reckoning_of_the_case_that_answers(
    cases, clerk, deputy_user
):
    [sheet] = deputy_sheets([deputy_user.person], deputy_user, date(2024, 6, 1))
    assert [case.reply for case in sheet.cases] == [LETTER]
    found = gather(read_cases(clerk, [case.pk for case in cases]), date(2024, 6, 1), user=clerk)
    told = [(each.texts["reckoning"], each.texts["reply"]) for each in found]
    assert told[0][0].startswith("交办2024-03-07")
    assert told == [told[0]] * 3


def test_one_letter_answers_all_that_went_into_the_case(cases, clerk):
    (head,) = read_cases(clerk, [cases[0].pk])
    assert answered_with(head, clerk) == [cases[1].pk, cases[2].pk]


def test_the_page_of_a_merged_case_names_the_promise(client, sign_in, clerk, cases):
    page = sign_in(client, clerk).get(reverse("case", args=[cases[2].pk]))
    assert page.context["promise"][0] == "硬化500米"


def test_who_handles_a_case_reads_which_were_merged_into_it_and_who_raised_them(
    client, sign_in, cases, clerk, unit_clerk, unit
):
    told = [(each.title, [row.name for row in each.proposers.all()]) for each in cases[1:]]
    path = links.make(cases[0], "办理", clerk, timezone.now(), unit=unit)[1]
    for page in (
        sign_in(client, unit_clerk).get(reverse("case", args=[cases[0].pk])),
        Client().get(path),
    ):
        shown = page.context["joined"]
        assert [(e.title, [row.name for row in e.proposers.all()]) for e in shown] == told
        assert all(str(each.number) in page.content.decode() for each in shown)
        assert [name for name in ("兰代表", "池代表") if name not in page.content.decode()] == []


def test_the_letter_of_the_unit_addresses_all_who_are_answered_with_it(cases, unit_clerk):
    [sheet], _ = form_sheets(unit_clerk, "reply", [cases[0].pk], date(2024, 6, 1))
    assert sheet.paragraphs[0] == ("to", "赵代表、兰代表、池代表代表：")


def test_a_citizen_among_them_is_not_addressed_as_a_deputy(cases, unit_clerk):
    cases[1].standings.update(origin="群众")
    [sheet], _ = form_sheets(unit_clerk, "reply", [cases[0].pk], date(2024, 6, 1))
    assert sheet.paragraphs[0] == ("to", "赵代表、池代表代表，兰代表：")


@pytest.mark.parametrize("key", ["reply", "opinion"])
def test_of_a_merged_case_the_papers_of_its_deputy_are_printed(cases, clerk, key):
    standing = cases[2].standings.get(ends=None)
    now = Standing._base_manager.filter(ends=None, case=cases[2])
    assert key in {form.key for form in forms_for(clerk, standing)}
    assert forms()[key].narrow(now).exists()
    [sheet], out = form_sheets(clerk, key, [cases[2].pk], date(2024, 6, 1))
    whose = cases[0] if key == "reply" else cases[2]  # one letter answers all three
    assert (sheet.case_number, out) == (whose.number, [])


def test_before_the_reply_a_merged_case_has_no_letter_and_no_form_to_judge(life, clerk):
    case = life.play(PATHS["已并案"])
    standing, now = case.standings.get(ends=None), Standing._base_manager.filter(ends=None)
    assert [form.key for form in forms_for(clerk, standing)] == ["register"]
    for key in ("reply", "opinion"):
        assert list(forms()[key].narrow(now.filter(case=case))) == []


def test_a_letter_asked_for_all_merged_cases_is_printed_once(cases, clerk):
    sheets, out = form_sheets(clerk, "reply", [case.pk for case in cases], date(2024, 6, 1))
    assert (len(sheets), out) == (1, [])


def test_the_course_says_into_which_case_one_was_merged(client, sign_in, clerk, cases):
    page = sign_in(client, clerk).get(reverse("case", args=[cases[2].pk]))
    told = {step.name: words for step, words in page.context["course"]}
    assert told["并案"] == f"并入{cases[1].number}"


def test_what_was_sent_back_by_the_deputy_of_a_merged_case_says_whose_it_is(cases, deputy_user):
    advance(cases[2], "评价", user=deputy_user, on=date(2024, 6, 3), **BAD)
    [again] = cases[0].steps.filter(name="重新办理")
    assert again.note == f"并入的{cases[2].number}的代表对办理结果不满意"


def mine_of(deputy_user, case, day=date(2024, 6, 4)):
    return one_case(deputy_user, case.pk, day)


def test_the_deputy_of_a_merged_case_follows_a_further_round_and_judges_it_again(
    lives, cases, deputy_user
):
    last, head = cases[2], lives[0]
    assert mine_of(deputy_user, last).asks == "evaluate"
    advance(last, "评价", user=deputy_user, on=date(2024, 6, 3), **BAD)
    mine = mine_of(deputy_user, last)
    assert mine.plain.sentence.startswith(
        "与另一件同样的建议合并办理。对上次的答复您不满意，镇水务站正在重新办理，"
    )
    assert (mine.plain.done, mine.asks) == (2, "")
    assert plain_state(mine.standing) == "办理中"
    head.case.refresh_from_db()
    head.take("再次答复", "clerk", on=date(2024, 6, 4), result="A")
    mine = mine_of(deputy_user, last)
    assert "镇水务站已书面答复，请您" in mine.plain.sentence
    assert (mine.asks, plain_state(mine.standing)) == ("evaluate", "已答复")
    advance(last, "评价", user=deputy_user, on=date(2024, 6, 5), **GOOD)
    mine = mine_of(deputy_user, last)
    assert "您评价“满意”，等主席团办结。" in mine.plain.sentence
    assert mine.asks == ""


def test_what_is_closed_may_be_judged_by_the_deputy_of_a_merged_case_but_asks_no_more(
    lives, cases, deputy_user
):
    lives[0].case.refresh_from_db()
    lives[0].take("办结", "chair", on=date(2024, 8, 1))
    mine = mine_of(deputy_user, cases[2], date(2024, 8, 2))
    assert "镇水务站已书面答复，您还没有评价，可以评价。" in mine.plain.sentence
    assert "办理已经结束" not in mine.plain.sentence
    assert (mine.may_judge, mine.asks, plain_state(mine.standing)) == (True, "", "已办结")
    advance(cases[1], "评价", user=lives[1].person("clerk"), on=date(2024, 8, 2), **GOOD)
    now = Standing._base_manager.get(case=cases[1], ends=None)
    assert "办理已经结束。" in plain(now, [], date(2024, 8, 3)).sentence


def test_a_reply_that_did_not_reach_the_deputy_of_a_merged_case_keeps_the_other_open(
    client, sign_in, lives, cases, deputy_user
):
    sign_in(client, deputy_user).post(address("my-suggestion-missing", cases[2]))
    lives[0].case.refresh_from_db()
    with pytest.raises(StepRefused, match="代表说没有收到答复"):
        lives[0].take("办结", "chair", on=date(2024, 8, 1))


def test_the_pages_of_merged_cases_keep_to_the_budget(
    client, sign_in, cases, clerk, unit_clerk, county_user, django_assert_max_num_queries
):
    for person in (clerk, unit_clerk, county_user):
        sign_in(client, person)
        for case in cases:
            with django_assert_max_num_queries(BUDGET):
                assert client.get(f"/cases/{case.pk}/").status_code == 200
