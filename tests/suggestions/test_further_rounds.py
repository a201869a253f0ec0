"""A further round of handling: its deadline, and who judges the new reply."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from suggestions.deputy.cases import my_cases
from suggestions.models import Case
from suggestions.workflow import StepRefused
from tests.suggestions.deputies_at_work import fellow
from tests.suggestions.ledger import HANDED, bring
from tests.suggestions.lives import BAD, GOOD, ON_THE_SPOT, PATHS, REPLY, Life, without_layer
from tests.suggestions.printed import sheet_of, texts_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def extended(life):
    """In handling without the government's layer, extended once; to be answered."""
    without_layer(life.case.place)
    life.play(PATHS["待交办"])
    life.take("交办", "chair", units=True)
    life.take("签收", "unit_clerk")
    life.take("面商", "unit_clerk", data={"form": "登门", "who": "池代表"})
    life.take("延期", "chair", due=date(2024, 8, 1))
    return life


def test_a_further_round_is_extended_once_by_itself_and_to_three_months_at_most(extended):
    life = extended
    with pytest.raises(StepRefused, match="已经延期过一次"):
        life.take("延期", "chair", due=date(2024, 8, 15))
    life.take("答复", "unit_clerk", **REPLY)
    life.take("评价", "deputy_user", **BAD)
    begun = life.case.steps.get(name="重新办理").on
    with pytest.raises(StepRefused, match=f"重新办理从{begun}起最长三个月"):
        life.take("延期", "chair", due=begun + timedelta(days=93))
    due = begun + timedelta(days=80)
    life.take("申请延期", "unit_clerk", due=due, note="要等汛期过后")
    life.take("延期", "chair", due=due)
    assert life.case.standings.get(ends=None).deadline == due
    with pytest.raises(StepRefused, match="已经延期过一次"):
        life.take("延期", "chair", due=due + timedelta(days=1))


def test_a_round_is_not_extended_twice_by_beginning_it_again(extended):
    life = extended
    life.take("答复", "unit_clerk", **REPLY)
    life.take("评价", "deputy_user", **BAD)
    life.take("延期", "chair", due=life.day + timedelta(days=50))
    life.take("重新办理", "chair")
    with pytest.raises(StepRefused, match="已经延期过一次"):
        life.take("延期", "chair", due=life.day + timedelta(days=60))
    with pytest.raises(StepRefused, match="重新办理的期限另外起算"):
        life.take("定为疑难", "chair", note="跨乡镇")


def test_the_form_says_until_when_each_round_may_be_extended(client, sign_in, chair, life):
    def said():
        page = reverse("case-step", kwargs={"pk": life.case.pk, "step": "延期"})
        form = sign_in(client, chair).get(page).context["form"]
        return form.fields["due"].help_text

    life.play(PATHS["办理中"])
    assert said() == "最晚到2024-09-07：代表建议从交办起总共不超过六个月（代表法第五十一条）"
    life.take("答复", "clerk", result="A")
    life.take("评价", "deputy_user", **BAD)
    assert said() == "最晚到2024-06-11：重新办理从2024-03-11起最长三个月"


def test_what_was_answered_on_the_spot_and_sent_back_is_extended_from_its_hand_over(life, unit):
    without_layer(life.case.place)
    case = life.play(ON_THE_SPOT)
    life.day += timedelta(days=20)
    life.take("交办", "chair", unit=unit, data={"leads": [unit.pk]})
    life.take("签收", "unit_clerk")
    due = case.standings.get(ends=None).deadline + timedelta(days=30)
    life.take("申请延期", "unit_clerk", due=due, note="要等汛期过后")
    life.take("延期", "chair", due=due)
    assert case.standings.get(ends=None).deadline == due


def test_no_law_is_told_where_a_citizens_opinion_is_extended(client, sign_in, clerk, township):
    bring(township, [HANDED])
    page = reverse("case-step", kwargs={"pk": Case._base_manager.get().pk, "step": "延期"})
    assert sign_in(client, clerk).get(page).context["form"].fields["due"].help_text == ""


def test_who_was_content_with_a_merged_case_is_asked_again_when_the_others_sent_it_back(
    life, deputy_user
):
    merged = life.play(PATHS["已并案"])
    into = Life.__new__(Life)
    into.case = Case._base_manager.get(pk=merged.standings.get(ends=None).merged_into_id)
    into.person, into.day = life.person, life.day
    into.play(PATHS["待评价"][3:])
    life.day = into.day
    life.take("评价", "deputy_user", **GOOD)

    def asked():
        [mine] = [each for each in my_cases(deputy_user, life.day) if each.case == merged]
        return mine.asks

    assert asked() == ""
    into.day = life.day
    into.take("评价", "clerk", **BAD)
    assert asked() == ""  # nothing to judge before the new reply
    into.take("再次答复", "clerk", result="A")
    assert asked() == "evaluate"
    assert merged.standings.get(ends=None).evaluation == "满意"  # until the new one counts
    life.day = into.day
    life.take("评价", "deputy_user", attitude="满意", result="基本满意")
    assert asked() == ""
    assert merged.standings.get(ends=None).evaluation == "基本满意"


def put_together(life, other_deputy):
    """(what leads, what was merged into it) of two deputies; the first has its reply."""
    merged = life.play(PATHS["已并案"])
    into = Life.__new__(Life)
    into.case = Case._base_manager.get(pk=merged.standings.get(ends=None).merged_into_id)
    into.person, into.day = life.person, life.day
    row = {"person": other_deputy.person, "name": other_deputy.name}
    into.case.proposers.update(**row)
    into.play(PATHS["待评价"][3:])
    return into, life


def boxes_of(clerk, case):
    texts = texts_of(sheet_of(clerk, "opinion", case))
    boxes = [texts[texts.index(head) + 1] for head in ("办理态度", "办理结果")]
    return [*boxes, BAD["note"] in texts]


def test_all_are_asked_again_whoever_of_them_sent_the_case_back(life, township, clerk, deputy_user):
    other = fellow(township, "赵代表", "zhao").user
    into, merged = put_together(life, other)

    def asked():
        return [
            {each.case: each.asks for each in my_cases(user, into.day)}[each_life.case]
            for user, each_life in ((other, into), (deputy_user, merged))
        ]

    assert asked() == ["evaluate", "evaluate"]
    into.person = lambda name: other if name == "other" else life.person(name)
    into.take("评价", "other", **GOOD)
    assert asked() == ["", "evaluate"]
    merged.day = into.day
    merged.take("评价", "deputy_user", **BAD)
    into.day = merged.day
    assert boxes_of(clerk, merged.case)[2] is True  # until there is a new reply
    into.take("再次答复", "clerk", result="A")
    assert asked() == ["evaluate", "evaluate"]

    unmarked = ["□满意　　□基本满意　　□不满意"] * 2
    assert [boxes_of(clerk, each.case) for each in (into, merged)] == [[*unmarked, False]] * 2
