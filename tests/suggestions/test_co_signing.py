"""Co-signing (附议): asked on handing in, answered by the deputy or, from paper, by the clerk."""

import pytest
from django.urls import reverse
from django.utils import timezone

from congress.models import AuditEntry
from suggestions.co_signing import CoSigningRefused, ask, say
from suggestions.deputy.cases import asked_of
from suggestions.models import Case, CoSigning
from tests.suggestions.deputies_at_work import fellow, handed_over, raised, replied

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def wang(township):
    return fellow(township, "王代表", "wang")


@pytest.fixture
def case(deputy_user, wang):
    """Raised by 池代表, who asks 王代表 to co-sign."""
    return raised(deputy_user, NOW, fellows=[wang])


@pytest.fixture
def row(case):
    return CoSigning._base_manager.get(case=case)


def names(case):
    return [row.name for row in case.proposers.all()]


def asked_page(row):
    return reverse("my-asked", kwargs={"pk": row.pk})


def test_who_was_chosen_is_asked_when_the_suggestion_is_handed_in(row, wang, deputy_user):
    assert (row.person, row.asked_by, row.answer) == (wang, deputy_user, "")
    assert row.asked_at == NOW


def test_an_asked_deputy_reads_the_matter_before_answering(client, row, wang, sign_in):
    text = sign_in(client, wang.user).get(asked_page(row)).content.decode()
    assert "关于给古坊桥头装路灯的建议" in text
    assert "近两年摔车5起" in text


def test_who_agrees_becomes_the_last_proposer_and_it_is_noted(client, case, row, wang, sign_in):
    answer = sign_in(client, wang.user).post(asked_page(row), {"answer": "同意"})
    assert answer.url == reverse("my-suggestion", kwargs={"pk": case.pk})
    assert names(case) == ["池代表", "王代表"]
    assert list(case.proposers.values_list("order", flat=True)) == [0, 1]
    noted = AuditEntry._base_manager.filter(model="suggestions.Proposer", by=wang.user)
    assert [entry.change for entry in noted] == [{"detail": "附议：王代表"}]


def test_nobody_is_asked_any_more_once_the_reply_is_there(case, wang, clerk, unit):
    assert [each.case for each in asked_of(wang.user)] == [case]
    replied(handed_over(case, clerk, unit), clerk, unit)
    assert list(asked_of(wang.user)) == []


def test_who_declines_is_no_proposer(client, case, row, wang, sign_in):
    answer = sign_in(client, wang.user).post(asked_page(row), {"answer": "不同意"})
    assert answer.url == reverse("my-suggestions")
    assert names(case) == ["池代表"]
    assert CoSigning._base_manager.get(pk=row.pk).answer == "不同意"


def test_an_answer_sent_twice_counts_once_and_is_not_turned(client, case, row, wang, sign_in):
    sign_in(client, wang.user)
    for answer in ("同意", "同意", "不同意"):
        client.post(asked_page(row), {"answer": answer})
    assert names(case) == ["池代表", "王代表"]
    assert CoSigning._base_manager.get(pk=row.pk).answer == "同意"


def test_nobody_co_signs_after_the_reply(client, case, row, wang, clerk, unit, sign_in):
    replied(handed_over(case, clerk, unit), clerk, unit)
    sign_in(client, wang.user).post(asked_page(row), {"answer": "同意"})
    assert names(case) == ["池代表"]
    assert "不能再附议" in client.get(asked_page(row)).content.decode()
    with pytest.raises(CoSigningRefused):
        ask(case, [wang], user=clerk, now=NOW)


def test_a_township_types_no_co_signer_into_a_case_of_the_county(
    client, case, row, wang, clerk, deputy_user, sign_in
):
    Case._base_manager.filter(pk=case.pk).update(raised_at="县")
    page = sign_in(client, clerk).get(reverse("case-co-signing", kwargs={"pk": case.pk}))
    assert page.context["still_open"] is False
    for sent in ({"row": row.pk, "answer": "同意"}, {"fellows": [wang.pk]}):
        client.post(reverse("case-co-signing", kwargs={"pk": case.pk}), sent)
    sign_in(client, wang.user).post(asked_page(row), {"answer": "同意"})
    sign_in(client, deputy_user)
    mine = client.get(reverse("my-suggestion", kwargs={"pk": case.pk}))
    assert (mine.context["may_ask"], names(case)) == (False, ["池代表"])


def test_who_was_not_asked_finds_nothing(client, case, row, township, stranger, sign_in):
    other = fellow(township, "李代表", "li")
    for user in (other.user, stranger):
        sign_in(client, user)
        assert client.get(asked_page(row)).status_code == 404
        assert client.post(asked_page(row), {"answer": "同意"}).status_code == 404
    assert names(case) == ["池代表"]
    assert CoSigning.objects.visible_to(other.user).count() == 0
    assert CoSigning.objects.visible_to(stranger).count() == 0


def test_the_lead_deputy_sees_who_has_answered_and_asks_more(
    client, case, row, wang, township, deputy_user, sign_in
):
    li = fellow(township, "李代表")
    sign_in(client, deputy_user)
    page = reverse("my-suggestion", kwargs={"pk": case.pk})
    assert "王代表：还没有答复" in client.get(page).content.decode()
    client.post(reverse("my-suggestion-ask", kwargs={"pk": case.pk}), {"fellows": [li.pk]})
    say(row, "不同意", user=wang.user, now=NOW)
    text = client.get(page).content.decode()
    assert "王代表：不附议" in text
    assert "李代表：还没有答复" in text


def test_the_clerk_types_in_an_answer_and_a_signature_from_paper(
    client, case, row, wang, township, clerk, sign_in
):
    li = fellow(township, "李代表")
    page = reverse("case-co-signing", kwargs={"pk": case.pk})
    sign_in(client, clerk)
    client.post(page, {"row": row.pk, "answer": "同意"})
    client.post(page, {"fellows": [li.pk]})
    assert names(case) == ["池代表", "王代表", "李代表"]
    assert set(CoSigning._base_manager.values_list("answered_by", flat=True)) == {clerk.pk}
    assert "钟干事代录" in client.get(page).content.decode()


def test_another_townships_clerk_types_in_nothing(client, case, row, stranger, sign_in):
    page = reverse("case-co-signing", kwargs={"pk": case.pk})
    sign_in(client, stranger)
    assert client.get(page).status_code == 404
    assert client.post(page, {"row": row.pk, "answer": "同意"}).status_code == 404
    assert names(case) == ["池代表"]


def test_the_version_of_the_case_moves_on_so_that_a_clerk_is_told(case, row, wang):
    before = case.version
    say(row, "同意", user=wang.user, now=NOW)
    assert Case._base_manager.get(pk=case.pk).version == before + 1
