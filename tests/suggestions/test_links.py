"""Links that open one case without sign-in: the deputy's evaluation, the unit's handling."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfWriter

from congress.models import AuditEntry, Unit
from congress.scoping import OPERATOR
from suggestions import links
from suggestions.models import Case, CaseLink, Paper, Proposer
from suggestions.papers import keep
from suggestions.workflow import advance, current_state
from tests.suggestions.ledger import HANDED, REPLIED, bring

pytestmark = pytest.mark.django_db
DEPUTY = {"origin": "代表", "proposers": "池代表"}
GOOD = {"attitude": "满意", "result": "基本满意", "note": ""}
BAD = {"attitude": "满意", "result": "不满意", "note": "路面又坏了"}


def bring_case(township, deputy_user, row, **more):
    bring(township, [row | DEPUTY | more])
    case = Case._base_manager.get(number=more.get("number", "1"))
    Proposer._base_manager.filter(case=case).update(person=deputy_user.person)
    return case


@pytest.fixture
def replied(township, deputy_user, unit):
    return bring_case(township, deputy_user, REPLIED)


@pytest.fixture
def handed(township, deputy_user, unit):
    return bring_case(township, deputy_user, HANDED)


@pytest.fixture
def sheet(replied, clerk):
    """The path behind the QR code of the evaluation sheet."""
    return links.make(replied, "评价", clerk, timezone.now())[1]


@pytest.fixture
def desk(handed, clerk, unit):
    """The path of the unit's page."""
    return links.make(handed, "办理", clerk, timezone.now(), unit)[1]


def token_of(path):
    return path.split("/")[2]


def evaluate(path, judged, version, **more):
    return Client().post(path, judged | {"version": version, "confirmed": "yes"} | more)


def evaluations(case):
    return list(case.steps.filter(name="评价").values_list("attitude", "result", "note"))


def test_the_deputy_reads_the_reply_and_evaluates_it_without_signing_in(replied, sheet):
    page = Client().get(sheet)
    assert (page["Referrer-Policy"], page["Cache-Control"]) == ("strict-origin", "no-store")
    [reply] = page.context["replies"]
    assert (reply["step"].on, reply["step"].result) == (date(2024, 5, 20), "A")
    asked = Client().post(sheet, GOOD | {"version": replied.version})
    assert (asked.context["confirming"], evaluations(replied)) == (True, [])
    assert evaluate(sheet, GOOD, replied.version).url == sheet
    assert evaluations(replied) == [("满意", "基本满意", "")]
    step = replied.steps.get(name="评价")
    assert (step.entered_by, step.entered_as) == (None, "池代表（评价链接）")
    assert "您的评价已收到" in Client().get(sheet).content.decode()


def test_looking_never_uses_the_link_up(replied, sheet):
    assert [Client().get(sheet).status_code for _ in range(3)] == [200] * 3
    Client().post(sheet, GOOD | {"version": replied.version})
    assert CaseLink._base_manager.get().used_at is None


def test_a_double_click_gives_one_evaluation(replied, sheet):
    evaluate(sheet, GOOD, replied.version)
    again = evaluate(sheet, BAD, replied.version + 1)
    assert "刚才选的没有记进去" in again.content.decode()
    assert evaluations(replied) == [("满意", "基本满意", "")]


@pytest.mark.django_db(transaction=True)
def test_of_clicks_at_the_same_moment_one_evaluates_and_all_are_told_so(replied, sheet):
    def click(_):
        try:
            answer = Client().post(sheet, GOOD | {"version": 1, "confirmed": "yes"}, follow=True)
            return "您的评价已收到" in answer.content.decode()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(click, range(4))) == [True] * 4
    assert len(evaluations(replied)) == 1


def test_a_dissatisfied_result_needs_a_reason_and_begins_the_second_round(replied, sheet):
    refused = evaluate(sheet, BAD | {"note": ""}, replied.version)
    assert list(refused.context["form"].errors) == ["note"]
    assert evaluate(sheet, BAD, replied.version).status_code == 302
    assert evaluations(replied) == [("满意", "不满意", "路面又坏了")]
    assert current_state(replied) == "重新办理"


def test_who_decided_on_an_old_page_keeps_link_and_words(replied, sheet, clerk):
    advance(replied, "催办", user=clerk, on=date(2024, 6, 1))
    page = evaluate(sheet, BAD, replied.version)
    assert page.context["form"].data["note"] == "路面又坏了"
    assert evaluations(replied) == []
    replied.refresh_from_db()
    assert evaluate(sheet, BAD, replied.version).status_code == 302


def test_an_evaluation_link_dies_after_thirty_days_when_revoked_and_when_made_anew(
    replied, sheet, clerk
):
    now = timezone.now()
    with pytest.raises(links.LinkDead, match="过期"):
        links.guest_of(token_of(sheet), now + timedelta(days=30), "评价")
    link, newer = links.make(replied, "评价", clerk, now)
    for path, kind in ((sheet, links.REVOKED), ("/e/x/", links.UNKNOWN)):
        with pytest.raises(links.LinkDead) as death:
            links.guest_of(token_of(path), now, "评价")
        assert death.value.kind == kind
        assert Client().get(path).status_code == 404
    assert links.revoke(link, clerk, now) is True
    assert evaluate(newer, GOOD, replied.version).status_code == 404
    assert evaluations(replied) == []


def test_there_is_nothing_to_evaluate_before_the_reply(handed, clerk):
    with pytest.raises(links.LinkRefused, match="还没有答复"):
        links.make(handed, "评价", clerk, timezone.now())


def test_the_government_hands_out_handling_but_not_the_evaluation_of_itself(
    replied, government, unit
):
    now = timezone.now()
    with pytest.raises(links.LinkRefused):
        links.make(replied, "评价", government, now)
    assert links.make(replied, "办理", government, now, unit)[0].unit == unit


def test_only_the_digest_is_stored_and_the_trail_tells_who_made_it(replied, sheet, clerk):
    link = CaseLink._base_manager.get()
    assert token_of(sheet) not in str(link.__dict__)
    entry = AuditEntry.objects.visible_to(clerk).filter(model="suggestions.CaseLink").get()
    assert (entry.by, entry.change) == (clerk, {"detail": "1：发评价二维码"})


def test_a_unit_signs_for_contacts_and_replies_with_a_file_by_its_link(handed, desk, pdf, unit):
    page = Client().get(desk)
    assert page.context["next_step"] == "签收"
    today = timezone.localdate()

    def take(name, **fields):
        handed.refresh_from_db()
        sent = {"on": today, "version": handed.version, **fields}
        return Client().post(f"{desk}{name}/", sent).status_code

    assert take("签收") == 302
    assert take("面商", form="电话", who="同池代表谈") == 302
    assert take("答复", result="A", note="已经修好", files=pdf) == 302
    steps = list(handed.steps.filter(entered_as="镇水务站（办理链接）").order_by("pk"))
    assert [(step.name, step.unit) for step in steps] == [
        ("签收", unit), ("面商", unit), ("答复", unit),
    ]  # fmt: skip
    paper = Paper._base_manager.get()
    assert (paper.case, paper.step, paper.uploaded_as) == (
        handed, steps[-1], "镇水务站（办理链接）",
    )  # fmt: skip


@pytest.fixture
def pdf():
    sheet, writer = BytesIO(), PdfWriter()
    writer.add_blank_page(100, 100)
    writer.write(sheet)
    return SimpleUploadedFile("答复.pdf", sheet.getvalue())


def test_a_units_link_shows_only_its_case_and_the_phone_masked(township, deputy_user, unit, clerk):
    bring_case(township, deputy_user, HANDED, phone="13812345678")
    other = bring_case(township, deputy_user, HANDED, number="2", title="关于路灯的建议")
    case = Case._base_manager.get(number="1")
    path = links.make(case, "办理", clerk, timezone.now(), unit)[1]
    text = Client().get(path).content.decode()
    told = [words in text for words in (case.title, "138****5678", "13812345678", other.title)]
    assert told == [True, True, False, False]


def download(address):
    answer = Client().get(address)
    list(answer)  # a streamed file is read to its end
    return answer.status_code


def test_a_link_gives_papers_of_its_own_case_only(
    replied, sheet, township, deputy_user, clerk, pdf
):
    other = bring_case(township, deputy_user, REPLIED, number="2")
    now = timezone.now()
    own = keep(replied, pdf, kind="答复函", user=clerk, now=now)
    foreign = keep(other, pdf, kind="答复函", user=clerk, now=now)
    secret = keep(replied, pdf, kind="批示件", user=clerk, now=now)
    codes = [download(f"{sheet}papers/{paper.pk}/") for paper in (own, foreign, secret)]
    assert codes == [200, 404, 404]


def test_an_evaluation_link_is_no_units_link_and_does_no_other_step(replied, sheet, desk_of_unit):
    assert Client().get(sheet.replace("/e/", "/u/")).status_code == 404
    assert Client().get(desk_of_unit.replace("/u/", "/e/")).status_code == 404


@pytest.fixture
def desk_of_unit(replied, clerk, unit):
    return links.make(replied, "办理", clerk, timezone.now(), unit)[1]


def test_what_is_not_open_to_the_unit_is_no_page(handed, desk):
    for name in ("办结", "评价", "没有这一步"):
        assert Client().get(f"{desk}{name}/").url == desk
        assert Client().post(f"{desk}{name}/", {"on": "2024-03-13", "version": 1}).url == desk
    assert current_state(handed) == "待签收"


def test_a_units_link_dies_with_the_case_and_when_another_unit_takes_over(
    handed, desk, clerk, township
):
    other = Unit(place=township, name="镇城建办")
    other.save()
    token, now = token_of(desk), timezone.now()
    with pytest.raises(links.LinkDead, match="过期"):
        links.guest_of(token, now + timedelta(days=120), "办理")
    data = {"leads": [other.pk]}
    advance(handed, "改办", user=clerk, on=date(2024, 3, 14), unit=other, data=data)
    with pytest.raises(links.LinkDead, match="别的单位"):
        links.guest_of(token, now, "办理")
    path = links.make(handed, "办理", clerk, now, other)[1]
    advance(handed, "作废", user=clerk, on=date(2024, 3, 15), note="重复")
    with pytest.raises(links.LinkDead, match="结束"):
        links.guest_of(token_of(path), now, "办理")


def test_the_office_sends_and_takes_back_on_the_page(client, replied, clerk, unit, sign_in):
    sign_in(client, clerk)
    page = reverse("case-links", args=[replied.pk])
    rows = [(row["purpose"], row["unit"]) for row in client.get(page).context["case_links"]]
    assert rows == [("评价", None), ("办理", unit)]
    slip = client.post(page, {"purpose": "评价"})
    path = slip.context["address"].removeprefix("http://testserver")
    assert Client().get(path).status_code == 200
    [first, _] = client.get(page).context["case_links"]
    assert client.post(reverse("case-link-revoke", args=[first["link"].pk])).url == page
    assert Client().get(path).status_code == 404
    for sent in ({}, {"purpose": "x"}, {"purpose": "办理", "unit": "x"}):
        assert client.post(page, sent).url == page


def test_a_stranger_finds_neither_the_page_nor_the_link(client, replied, sheet, stranger, sign_in):
    sign_in(client, stranger)
    link = CaseLink.objects.visible_to(OPERATOR).get()
    page = reverse("case-links", args=[replied.pk])
    back = reverse("case-link-revoke", args=[link.pk])
    answers = [client.get(page), client.post(page, {"purpose": "评价"}), client.post(back)]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert Client().get(sheet).status_code == 200


def test_the_list_of_links_takes_the_same_queries_for_one_unit_and_for_three(
    township, deputy_user, clerk, unit
):
    one = bring_case(township, deputy_user, REPLIED)
    three = bring_case(township, deputy_user, REPLIED, number="2", helpers="镇城建办；镇农业办")
    counts = []
    for case in (one, three):
        for row in links.on_page(clerk, case, timezone.now()):
            links.make(case, row["purpose"], clerk, timezone.now(), row["unit"])
        with CaptureQueriesContext(connection) as queries:
            rows = links.on_page(clerk, case, timezone.now())
        counts.append((len(rows), len(queries)))
    assert [rows for rows, _ in counts] == [2, 4]
    assert counts[0][1] == counts[1][1]
