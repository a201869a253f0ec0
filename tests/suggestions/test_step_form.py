"""The one step form: what it asks, what it offers, and what comes of it."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfWriter

from congress.models import Unit
from suggestions.likeness import index
from suggestions.models import Case
from suggestions.numbers import peek_document
from suggestions.workflow import StepRefused, advance, current_state
from tests.suggestions.lives import ON_THE_SPOT, PATHS, Life, without_layer

pytestmark = pytest.mark.django_db


def at(case, step):
    return reverse("case-step", kwargs={"pk": case.pk, "step": step})


def sent(case, **fields):
    case.refresh_from_db()
    return {"on": "2024-04-01", "version": case.version, **fields}


def letter():
    file, writer = io.BytesIO(), PdfWriter()
    writer.add_blank_page(width=595, height=842)
    writer.write(file)
    return SimpleUploadedFile("答复函.pdf", file.getvalue(), "application/pdf")


@pytest.fixture
def handling(township, life, request):
    """Two cases that the same unit handles, without the government's layer."""
    without_layer(township)
    second = Life(township, request.getfixturevalue, "未编号-2")
    for one in (life, second):
        one.play(PATHS["待交办"])
        one.take("交办", "chair", units=True)
        one.take("签收", "unit_clerk")
        one.take("面商", "unit_clerk", data={"form": "座谈", "who": "池代表"})
    return life.case, second.case


def test_one_letter_answers_several_cases(client, sign_in, unit_clerk, handling):
    case, other = handling
    values = sent(case, result="A", note="已经办好", cases=[other.pk], files=letter())
    answer = sign_in(client, unit_clerk).post(at(case, "答复"), values)
    assert answer.status_code == 302
    assert [current_state(one) for one in handling] == ["待评价", "待评价"]
    papers = [one.papers.get() for one in handling]
    assert papers[0].stored == papers[1].stored
    assert {paper.step.name for paper in papers} == {"答复"}


def test_a_letter_is_offered_only_for_cases_that_wait_too(client, sign_in, unit_clerk, handling):
    case, other = handling
    form = sign_in(client, unit_clerk).get(at(case, "答复")).context["form"]
    assert list(form.fields["cases"].queryset) == [other]


def test_a_promising_class_asks_for_matter_date_and_person(client, sign_in, unit_clerk, handling):
    case, _ = handling
    page = sign_in(client, unit_clerk).post(
        at(case, "答复"), sent(case, result="C", note="列入计划")
    )
    assert set(page.context["form"].errors) == {"promise", "due", "promise_by"}
    values = sent(case, result="C", note="列入计划", promise="硬化500米", due="2024-12-31",
                  promise_by="刘镇长")  # fmt: skip
    assert client.post(at(case, "答复"), values).status_code == 302
    step = case.steps.get(name="答复")
    assert (step.due.isoformat(), step.data["promise"]) == ("2024-12-31", "硬化500米")
    assert (
        "硬化500米，2024-12-31前，刘镇长负责" in client.get(f"/cases/{case.pk}/").content.decode()
    )


def test_a_reply_may_say_that_nothing_is_promised(client, sign_in, unit_clerk, handling):
    case, _ = handling
    values = sent(case, result="B", note="正在办", no_promise="on")
    assert sign_in(client, unit_clerk).post(at(case, "答复"), values).status_code == 302


def test_a_refused_file_leaves_the_case_as_it_was(client, sign_in, unit_clerk, handling):
    case, _ = handling
    bad = SimpleUploadedFile("答复函.pdf", b"<html><script>1</script></html>", "application/pdf")
    page = sign_in(client, unit_clerk).post(at(case, "答复"), sent(case, result="A", files=bad))
    assert "files" in page.context["form"].errors
    assert current_state(case) == "办理中"
    assert not case.papers.exists()


def test_another_reason_for_declining_is_written_out(client, sign_in, chair, life):
    case = life.play(PATHS["已登记"])
    values = sent(case, decline_reason="其他", note=" ")
    page = sign_in(client, chair).post(at(case, "不予受理"), values)
    assert "理由选“其他”的，请写明是什么理由" in page.content.decode()
    assert current_state(case) == "已登记"
    client.post(at(case, "不予受理"), values | {"note": "已由县里统一办理"})
    assert case.steps.get(name="不予受理").note == "其他：已由县里统一办理"


def test_a_body_of_the_county_is_handed_a_case_by_other_steps_than_to_the_township(
    client, sign_in, chair, life, county, unit
):
    without_layer(life.case.place)
    above = Unit(place=county, name="县水利局")
    above.save()
    case = life.play(PATHS["待交办"])
    sign_in(client, chair)
    offered = {
        name: set(client.get(at(case, name)).context["form"].fields["unit"].queryset)
        for name in ("交办", "转办", "转交上级")
    }
    assert [above in units for units in offered.values()] == [False, True, True]
    assert unit in offered["交办"]
    with pytest.raises(StepRefused, match="县水利局请用“转办”或“转交上级”"):
        life.take("交办", "chair", unit=unit, data={"leads": [unit.pk, above.pk]})
    life.take("转办", "chair", unit=above)
    assert current_state(case) == "待签收"


def test_what_went_to_the_township_stays_with_its_units_until_it_is_returned(
    client, sign_in, chair, life, county, unit
):
    above = Unit(place=county, name="县水利局")
    above.save()
    case = life.play(PATHS["待分办"])
    sign_in(client, chair)

    def offered(name):
        return above in client.get(at(case, name)).context["form"].fields["unit"].queryset

    assert (offered("分办"), offered("改办")) == (False, False)
    for name in ("分办", "改办"):
        with pytest.raises(StepRefused, match="县水利局请先“退回”乡镇人大，再用“转办”"):
            life.take(name, "chair", unit=above)
    life.take("退回", "government", note="归县里管")
    life.take("转办", "chair", unit=above)
    assert (offered("改办"), current_state(case)) == (True, "待签收")


def test_in_a_second_round_a_case_may_go_to_a_body_of_the_county(chair, life, county):
    above = Unit(place=county, name="县水利局")
    above.save()
    case = life.play(PATHS["重新办理"])
    life.take("改办", "chair", unit=above)
    assert [row.unit for row in case.units.filter(ends=None, role="主办")] == [above]


def test_what_was_answered_on_the_spot_goes_to_a_body_of_the_county_by_transfer(
    chair, life, county
):
    above = Unit(place=county, name="县水利局")
    above.save()
    life.play(ON_THE_SPOT)
    with pytest.raises(StepRefused, match="县水利局请用“转办”或“转交上级”"):
        life.take("交办", "chair", unit=above)


def test_the_government_gives_a_body_of_the_county_nothing_in_a_second_round_either(
    client, sign_in, chair, government, life, county
):
    above = Unit(place=county, name="县水利局")
    above.save()
    case = life.play(PATHS["重新办理"])
    form = sign_in(client, government).get(at(case, "改办")).context["form"]
    assert above not in form.fields["unit"].queryset
    for name, who in (("改办", "government"), ("分办", "government"), ("分办", "chair")):
        with pytest.raises(StepRefused, match="县水利局要由乡镇人大用“改办”交给它"):
            life.take(name, who, unit=above)


def test_an_answer_on_the_spot_says_what_was_answered(client, sign_in, chair, life):
    case = life.play(PATHS["待交办"])
    page = sign_in(client, chair).post(at(case, "当场答复"), sent(case))
    assert list(page.context["form"].errors) == ["note"]
    client.post(at(case, "当场答复"), sent(case, note="路灯下周就装"))
    assert current_state(case) == "待办结"


def test_with_the_layer_the_hand_over_names_no_unit_or_proposes_one(
    client, sign_in, chair, life, unit
):
    case = life.play(PATHS["待交办"])
    values = sent(case, unit=unit.pk)
    field = sign_in(client, chair).get(at(case, "交办")).context["form"]["unit"]
    assert (field.label, field.field.required) == ("建议主办单位", False)
    assert client.post(at(case, "交办"), values).status_code == 302
    assert current_state(case) == "待分办"
    assert case.steps.get(name="交办").data["proposed"] == [unit.pk]
    assert "建议主办 镇水务站" in client.get(f"/cases/{case.pk}/").content.decode()


def test_the_document_number_that_is_offered_is_taken(client, sign_in, government, life):
    case = life.play(PATHS["待签发"])
    form = sign_in(client, government).get(at(case, "签发")).context["form"]
    offered = form.initial["number"]
    today = timezone.localdate()
    assert offered == f"政府函〔{today.year}〕1号"
    values = sent(case, number=offered, signer="刘镇长") | {"on": today.isoformat()}
    assert client.post(at(case, "签发"), values).status_code == 302
    assert case.steps.get(name="签发").data["number"] == offered
    assert peek_document(case.place, today, "政府") == f"政府函〔{today.year}〕2号"


def test_a_wrong_date_is_mended_by_the_page(client, sign_in, clerk, life):
    case = life.play(PATHS["办理中"])
    handed = case.steps.get(name="交办")
    values = sent(case, step=handed.pk, note="笔误") | {"on": "2024-03-06"}
    assert sign_in(client, clerk).post(at(case, "更正日期"), values).status_code == 302
    told = client.get(f"/cases/{case.pk}/").content.decode()
    assert "（日期由2024-03-07更正：笔误）" in told
    late = sent(case, step=case.steps.get(name="交办", superseded_at=None).pk, note="x")
    page = client.post(at(case, "更正日期"), late)
    assert "晚于后一步“分办”" in page.content.decode()


@pytest.mark.parametrize(
    ("field", "day", "told"),
    [
        ("due", "2000-01-01", "期限或承诺日期2000-01-01早于这一步的日期2024-04-01，请核对"),
        ("due", "9999-12-31", "“9999-12-31”的年份不对，要在 1900 到 2100 年之间，如 2026-07-31"),
        ("on", "0001-01-01", "“0001-01-01”的年份不对，要在 1900 到 2100 年之间，如 2026-07-31"),
    ],
)
def test_a_mistyped_day_is_told_beside_its_field(
    client, sign_in, clerk, life, unit, field, day, told
):
    case = life.play(PATHS["待交办"])
    values = sent(case, unit=unit.pk) | {field: day}
    page = sign_in(client, clerk).post(at(case, "转办"), values)
    assert page.context["form"].errors == {field: [told]}
    assert current_state(case) == "待交办"


@pytest.fixture
def three(township, request):
    """Cases with numbers as a township has them: one to merge, two that have 028 in them."""
    numbers = ("闭〔2024〕036号", "闭〔2024〕028号", "闭〔2023〕28号")
    found = [Life(township, request.getfixturevalue, number) for number in numbers]
    return [one.play(PATHS["待交办"]) for one in found]


@pytest.mark.parametrize("typed", ["36", "036", "第036号", "０３６", "闭〔2024〕036号"])
def test_the_case_to_merge_into_is_found_by_the_last_part_of_its_number(
    client, sign_in, clerk, three, typed
):
    case, other = three[1], three[0]
    sign_in(client, clerk).post(at(case, "并案"), sent(case, into=typed))
    assert case.standings.get(ends=None).merged_into == other


def test_a_short_number_that_fits_several_or_none_is_asked_for_whole(client, sign_in, clerk, three):
    sign_in(client, clerk)
    told = {}
    for typed in ("028", "27", "路灯"):
        answer = client.post(at(three[0], "并案"), sent(three[0], into=typed))
        told[typed] = answer.context["form"].errors["into"]
    assert told == {
        "028": ["028有2件：闭〔2023〕28号、闭〔2024〕028号。请写完整的编号"],
        "27": ["没有这个编号的意见建议，请核对"],
        "路灯": ["没有这个编号的意见建议，请核对"],
    }


def test_of_several_that_a_short_number_fits_the_one_that_runs_is_taken(
    client, sign_in, clerk, three
):
    case, elder, other = three[0], three[2], three[1]
    advance(elder, "撤回", user=clerk, on=date(2024, 3, 20), note="已经办好")
    sign_in(client, clerk).post(at(case, "并案"), sent(case, into="028"))
    assert case.standings.get(ends=None).merged_into == other


def test_the_cases_that_are_alike_are_offered_to_merge_into(client, sign_in, clerk, three):
    Case._base_manager.update(raised_on=timezone.localdate())  # of this year
    index(three)
    page = sign_in(client, clerk).get(at(three[0], "并案")).content.decode()
    assert [f'value="{case.number}"' in page for case in three] == [False, True, True]
