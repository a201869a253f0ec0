"""The letter that the government had signed goes out as it was signed."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from suggestions.models import Paper
from suggestions.workflow import StepRefused, advance, current_state
from tests.congress.uploaded import pdf
from tests.suggestions.lives import PATHS, REPLY, SIGNING, Life

pytestmark = pytest.mark.django_db
DRAFTED = {
    "result": "B", "promise": "硬化500米", "due": "2024-12-31", "promise_by": "刘站长",
    "note": "机耕道已列入计划。",
}  # fmt: skip


def at(case, step):
    return reverse("case-step", kwargs={"pk": case.pk, "step": step})


@pytest.fixture
def take(client, sign_in, life):
    """`take(step, person, **fields)`: by the page; the answer."""

    def send(step, person, **fields):
        life.case.refresh_from_db()
        sent = {"on": "2024-04-01", "version": life.case.version, **fields}
        return sign_in(client, life.person(person)).post(at(life.case, step), sent)

    return send


@pytest.fixture
def signed(life, take):
    """A case whose reply was drafted with a letter, checked and signed."""
    case = life.play(PATHS["办理中"])
    life.take("面商", "unit_clerk", data={"form": "登门", "who": "池代表"})
    letter = SimpleUploadedFile("答复稿.pdf", pdf(), "application/pdf")
    take("拟稿", "unit_clerk", files=[letter], **DRAFTED)
    take("核稿", "government")
    take("签发", "government", number="文府函〔2024〕8号", signer="刘镇长")
    return case


def test_the_page_shows_the_letter_and_asks_nothing_of_it_again(client, sign_in, signed, take):
    page = sign_in(client, signed.steps.get(name="拟稿").entered_by).get(at(signed, "答复"))
    assert sorted(page.context["form"].fields) == ["files", "on", "version"]
    assert page.context["form"].letter_words == [
        ("文号", "文府函〔2024〕8号"), ("签发人", "刘镇长"), ("办理结果", "B 正在解决"),
        ("承诺", "硬化500米，2024-12-31前，刘站长"), ("答复主要内容", "机耕道已列入计划。"),
        ("答复函", "答复稿.pdf"),
    ]  # fmt: skip
    assert "签发的答复" in page.content.decode()


def test_what_was_signed_is_sent_whatever_else_is_typed(signed, take, deputy_user):
    signed.refresh_from_db()
    other = {"result": "A", "number": "乱写〔2026〕1号", "promise": "", "no_promise": "on"}
    other |= {"version": signed.version}
    for _twice in range(2):  # a double click
        assert take("答复", "unit_clerk", note="办好了", **other).status_code == 302
    reply = signed.steps.get(name="答复")
    assert (reply.result, reply.due, reply.note, reply.data["number"]) == (
        "B", date(2024, 12, 31), "机耕道已列入计划。", "文府函〔2024〕8号",
    )  # fmt: skip
    assert (reply.data["promise"], reply.data["promise_by"]) == ("硬化500米", "刘站长")
    letters = Paper.objects.visible_to(deputy_user).filter(case=signed)
    assert [(paper.name, paper.kind) for paper in letters] == [("答复稿.pdf", "答复函")]


def test_a_forged_step_sends_what_was_signed(life, unit_clerk):
    case = life.play(PATHS["待发出"])
    advance(case, "答复", user=unit_clerk, on=life.day, result="A", data={"number": "乱写1号"})
    assert case.steps.get(name="答复").data["number"] == "文府函〔2024〕8号"
    assert case.standings.get(ends=None).promised_on == REPLY["due"]


def test_each_of_several_leads_sends_its_own_letter(life, unit, road_office, helper_clerk):
    case = life.play(PATHS["待分办"])
    leads = [unit.pk, road_office.pk]
    life.take("分办", "government", unit=unit, data={"leads": leads})
    life.take("签收", "unit_clerk")
    life.take("面商", "unit_clerk", data={"form": "座谈", "who": "池代表"})
    for step, who, fields in PATHS["待发出"][-3:]:
        life.take(step, who, **fields)
    with pytest.raises(StepRefused, match="签发的是镇水务站的答复，由它发出"):
        advance(case, "答复", user=helper_clerk, on=life.day)
    assert life.take("答复", "unit_clerk").unit == unit


def test_a_further_reply_after_the_letter_went_out_is_asked_for_anew(life, client, sign_in, clerk):
    case = life.play(PATHS["待评价"])
    form = sign_in(client, clerk).get(at(case, "再次答复")).context["form"]
    assert (form.letter, "result" in form.fields) == (None, True)


def test_one_letter_for_two_cases_sends_to_each_what_was_signed_for_it(life, township, request):
    case = life.play(PATHS["待发出"])
    other = Life(township, request.getfixturevalue, "未编号-2")
    other.play(PATHS["待核稿"])
    other.take("核稿", "government")
    other.take("签发", "government", data={"number": "文府函〔2024〕9号", "signer": "刘镇长"})
    for each in (life, other):
        each.take("答复", "unit_clerk")
    numbers = [one.steps.get(name="答复").data["number"] for one in (case, other.case)]
    assert numbers == ["文府函〔2024〕8号", "文府函〔2024〕9号"]


def test_what_was_signed_goes_out_though_its_promise_fell_due_meanwhile(life, unit_clerk):
    life.play(PATHS["待发出"][:-3])
    life.take("拟稿", "unit_clerk", result="B", due=life.day)
    life.take("核稿", "government")
    life.take("签发", "government", data=SIGNING)
    life.take("答复", "unit_clerk", on=life.day)
    assert current_state(life.case) == "待评价"
