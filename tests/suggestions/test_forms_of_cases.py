"""Which paper forms a case has in each part of its life, and what of it they print."""

from datetime import date

import pytest
from django.urls import reverse

from congress.models import Setting, Unit
from congress.period import chinese_day
from suggestions.models import Case, Standing
from suggestions.paper_forms.catalogue import forms
from suggestions.paper_forms.facts import read_cases, replies_of, standing_of
from suggestions.paper_forms.printing import form_sheets
from tests.suggestions.ledger import HANDED, REPLIED, bring
from tests.suggestions.lives import PATHS, without_layer
from tests.suggestions.printed import DAY, form_url, sheet_of, texts_of

pytestmark = pytest.mark.django_db

DEPUTY = {"origin": "代表", "proposers": "池代表"}


def test_a_draft_is_a_letter_while_it_is_checked_and_no_deputys_business(
    deputy_user, clerk, unit_clerk, life
):
    case = life.play(PATHS["待核稿"])
    assert sheet_of(unit_clerk, "reply", case).corner == "B类"
    (read,) = read_cases(clerk, [case.pk])
    told = [replies_of(read, standing_of(read), user) for user in (clerk, deputy_user)]
    assert [[step.name for step in steps] for steps in told] == [["拟稿"], []]
    life.take("退稿", "government", note="写明哪年修")
    assert form_sheets(clerk, "reply", [case.pk], DAY) == ([], [case])


def test_a_case_without_a_reply_has_no_letter_and_says_why(client, clerk, life, sign_in):
    case = life.play(PATHS["办理中"])
    sign_in(client, clerk)
    why = "还没有书面答复，也没有报送答复稿，没有答复函可印"
    assert f"答复函：{why}" in client.get(reverse("case", args=[case.pk])).content.decode()
    for name in ("case-form", "case-form-word"):
        page = client.get(form_url(case, "reply", name), follow=True)
        assert (page.redirect_chain[0][0], why in page.content.decode()) == (
            reverse("case", args=[case.pk]), True,
        )  # fmt: skip
    sent = {"form": "reply", "case": [case.pk]}
    assert why in client.post(reverse("forms-print"), sent, follow=True).content.decode()


def test_each_of_several_lead_units_has_its_own_letter(clerk, unit_clerk, life, unit, road_office):
    without_layer(life.case.place)
    life.play(PATHS["待交办"])
    data = {"leads": [unit.pk, road_office.pk], "helpers": []}
    life.take("交办", "chair", unit=unit, data=data)
    life.take("签收", "clerk", unit=unit)
    for each in (unit, road_office):
        life.take("面商", "clerk", data={"form": "电话", "who": "池代表"})
        life.take("答复", "clerk", unit=each, result="A", note=f"{each}答复")
    told = [form_sheets(user, "reply", [life.case.pk], DAY)[0] for user in (clerk, unit_clerk)]
    assert [[sheet.issuer for sheet in sheets] for sheets in told] == [
        ["镇水务站", "村镇建设办"], ["镇水务站"],
    ]  # fmt: skip


@pytest.mark.parametrize("key", list(forms()))
def test_a_list_offers_a_form_of_the_same_cases_that_a_page_does(key, clerk, township, unit):
    bring(township, [
        row | origin | {"number": f"{n}-{m}"}
        for n, row in enumerate(({}, HANDED, REPLIED, REPLIED | {"closed_on": "2024-06-01"}))
        for m, origin in enumerate(({}, DEPUTY | {"proposers": "李秀梅（名册外）"}))
    ])  # fmt: skip
    rows = Standing.objects.visible_to(clerk).filter(ends=None)
    assert set(forms()[key].narrow(rows)) == {row for row in rows if forms()[key].fits(row)}


def test_a_citizens_case_has_a_record_of_its_own_kind_of_form(clerk, township):
    names = "阿依古丽·买买提；𠮷田发；村民丙"
    bring(township, [HANDED | {"proposers": names, "occasion": "接待选民"}])
    case = Case._base_manager.get()
    sheet = sheet_of(clerk, "reception", case)
    texts = texts_of(sheet)
    assert sheet.title[1] == "接待选民登记表"
    assert texts[texts.index("一同反映") + 1] == "𠮷田发、村民丙"
    assert form_sheets(clerk, "register", [case.pk], DAY) == ([], [case])
    notice = texts_of(sheet_of(clerk, "handover", case))
    assert notice[notice.index("提出人") + 2 :][:2] == ["一同反映", "𠮷田发、村民丙"]
    for key in ("supervise", "extension"):
        assert "法" not in "".join(sheet_of(clerk, key, case).notes)


def test_telephones_of_the_office_and_the_unit_are_printed(clerk, unit_clerk, unit, life):
    unit.phone = "0797-5550166"
    unit.save()
    setting = {"key": "suggestions.office_phone", "value": "0797-5550188"}
    Setting(place=life.case.place, valid_from=date(2024, 1, 1), **setting).save()
    case = life.play(PATHS["待评价"])
    told = sheet_of(clerk, "handover", case).notes[1]
    assert told == "联系人：钟干事　电话：0797-5550188"
    assert sheet_of(clerk, "reply", case).record[0] == "承办人：文经办　联系电话：0797-5550166"


def test_the_notice_carries_its_number_and_of_a_second_round_says_so(clerk, life):
    case = life.play(PATHS["待交办"])
    life.take("交办", "chair", data={"number": "文人大交〔2024〕12号"})
    assert sheet_of(clerk, "handover", case).number == "文人大交〔2024〕12号"
    life.play(PATHS["重新办理"][len(PATHS["待分办"]) :])
    sheet = sheet_of(clerk, "handover", case)
    assert sheet.title == ("代表建议重新办理通知单",)
    assert sheet.day == chinese_day(case.steps.get(name="重新办理").on)


def test_a_long_list_of_units_stands_across_the_page(clerk, life, township):
    case = life.play(PATHS["待评价"])
    short = [len(row.cells) for row in sheet_of(clerk, "handover", case).rows]
    for number in range(10):
        unit = Unit(place=township, name=f"县住房和城乡建设局{number}")
        unit.save()
        case.units.create(unit=unit, role="协办", starts=DAY)
    long = [len(row.cells) for row in sheet_of(clerk, "handover", case).rows]
    assert (short, long) == ([2, 2, 4, 4, 4, 2, 2, 4], [2, 2, 4, 2, 2, 4, 2, 2, 4])
