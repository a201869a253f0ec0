"""Numbers of cases and documents: never two alike, none left out."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection, transaction

from congress.models import Setting, Term
from congress.scoping import OPERATOR
from deputies.models import Meeting
from suggestions.models import Case, Counter, Step
from suggestions.numbers import (
    document_number,
    give_number,
    peek,
    peek_document,
    placeholder_number,
    step_past,
)
from suggestions.workflow import StepRefused

DAY = date(2024, 6, 18)


def a_case(place, number):
    case = Case(place=place, number=number, title="关于修路的建议")
    case.save()
    return case


def register(case, on=DAY, meeting=None, occasion=""):
    """What 登记 does: the number and the case in one transaction."""
    with transaction.atomic():
        case.number = give_number(case, on, meeting, occasion)
        case.save()
    return case.number


def registered(place, *numbers, **options):
    return [register(a_case(place, f"未编号-{n}"), **options) for n in numbers]


@pytest.fixture
def meeting(township):
    term = Term(place=township, level="乡镇", name="第七届")
    term.save()
    made = Meeting(place=township, term=term, name="第七届人大第三次会议", starts=date(2024, 3, 1))
    made.save()
    return made


def set_to(place, key, value):
    Setting(place=place, key=key, value=value, valid_from=date(2000, 1, 1)).save()


def test_numbers_begin_anew_with_each_year(township):
    assert registered(township, 1, 2) == ["闭〔2024〕001号", "闭〔2024〕002号"]
    assert registered(township, 3, on=date(2025, 1, 2)) == ["闭〔2025〕001号"]
    assert registered(township, 4) == ["闭〔2024〕003号"]


def test_numbers_of_a_meeting_are_its_own(township, meeting):
    other = Meeting(
        place=township, term=meeting.term, name="第七届人大第四次会议", starts=date(2025, 3, 1)
    )
    other.save()
    assert registered(township, 1, 2, meeting=meeting, occasion="人代会") == [
        "第七届人大第三次会议第001号", "第七届人大第三次会议第002号",
    ]  # fmt: skip
    assert registered(township, 3, meeting=other) == ["第七届人大第四次会议第001号"]
    assert registered(township, 4, occasion="接待选民") == ["闭〔2024〕001号"]


def test_a_meeting_of_the_presidium_is_between_the_meetings(township, meeting):
    meeting.kind = "主席团会议"
    assert registered(township, 1, meeting=meeting) == ["闭〔2024〕001号"]


def test_the_session_comes_from_the_term_where_the_meeting_does_not_name_it(township, meeting):
    meeting.name = "2024年第三次会议"
    assert peek(township, meeting, DAY, "人代会") == "第七届人大第三次会议第001号"


def test_raised_at_a_meeting_that_nobody_named_it_is_numbered_by_year(township):
    assert peek(township, None, DAY, "人代会") == "〔2024〕001号"


def test_a_county_may_number_by_year_alone(township, county, meeting):
    set_to(county, "suggestions.number_series", "年度")
    set_to(county, "suggestions.number_yearly", "{简称}〔{年}〕{号:2}号")
    assert registered(township, 1, meeting=meeting) == ["文武坝〔2024〕01号"]
    assert registered(township, 2) == ["文武坝〔2024〕02号"]


def test_each_township_counts_for_itself(township, other_township):
    assert registered(township, 1) == registered(other_township, 1) == ["闭〔2024〕001号"]


def test_looking_takes_no_number(township):
    assert [peek(township, None, DAY) for _ in range(2)] == ["闭〔2024〕001号"] * 2
    assert Counter.objects.visible_to(OPERATOR).count() == 0
    registered(township, 1)
    assert peek(township, None, DAY) == "闭〔2024〕002号"


def test_a_series_goes_on_behind_what_was_there_before_it(township):
    a_case(township, "闭〔2024〕012号")
    a_case(township, "闭〔2023〕040号")
    assert registered(township, 1) == ["闭〔2024〕013号"]


def test_a_number_that_somebody_typed_is_skipped(township):
    registered(township, 1)
    a_case(township, "闭〔2024〕002号")
    a_case(township, "闭〔2024〕004号")
    assert peek(township, None, DAY) == "闭〔2024〕003号"
    assert registered(township, 2, 3) == ["闭〔2024〕003号", "闭〔2024〕005号"]


def test_numbers_that_are_imported_are_stepped_past(township, other_township, meeting):
    registered(township, 1)
    registered(other_township, 1)
    step_past(township, ["闭〔2024〕017号", "闭〔2024〕9号", "第99号", "", "闭〔2023〕055号"])
    assert registered(township, 2) == ["闭〔2024〕018号"]
    assert registered(other_township, 2) == ["闭〔2024〕002号"]
    step_past(township, ["闭〔2024〕003号"])
    assert registered(township, 3) == ["闭〔2024〕019号"]


def test_a_case_not_yet_registered_has_a_number_of_its_own(township):
    a_case(township, "未编号-3")
    with transaction.atomic():
        assert [placeholder_number(township) for _ in range(2)] == ["未编号-4", "未编号-5"]


def test_reply_documents_are_counted_by_organ_and_year(township):
    case = a_case(township, "闭〔2024〕001号")
    Step(case=case, name="签发", on=DAY, data={"number": "文府函〔2024〕8号"}).save()
    assert peek_document(township, DAY, "文府") == "文府函〔2024〕9号"
    assert document_number(township, DAY, "文府") == "文府函〔2024〕9号"
    Step(case=case, name="签发", on=DAY, data={"number": "文府函〔2024〕10号"}).save()
    assert document_number(township, DAY, "文府") == "文府函〔2024〕11号"
    assert document_number(township, date(2025, 1, 2), "文府") == "文府函〔2025〕1号"
    assert document_number(township, DAY, "文水") == "文水函〔2024〕1号"


def test_a_number_that_is_too_long_is_refused_in_words(township, meeting):
    set_to(township, "suggestions.number_at_meeting", "{会议}第{号}号")
    meeting.name = "会" * 80
    with pytest.raises(StepRefused) as refused:
        peek(township, meeting, DAY, "人代会")
    assert str(refused.value).endswith("有83个字，最多60个，请到“设置、规则和期限”改短编号的写法")


def test_registering_takes_a_fixed_number_of_queries(township, django_assert_num_queries):
    registered(township, *range(1, 20))
    case = a_case(township, "未编号-20")
    with transaction.atomic(), django_assert_num_queries(7):
        give_number(case, DAY)


def test_a_case_gets_its_number_when_the_clerk_registers_it(life):
    life.play((("提出", "deputy_user", {"data": {"origin": "代表"}}),))
    assert life.case.number == "未编号-1"
    assert life.play((("登记", "clerk", {}),)).number == "闭〔2024〕001号"


@pytest.mark.django_db(transaction=True)
def test_a_save_that_failed_leaves_no_gap(township):
    case = a_case(township, "未编号-1")
    with pytest.raises(RuntimeError), transaction.atomic():
        case.number = give_number(case, DAY)
        assert case.number == "闭〔2024〕001号"
        raise RuntimeError("the disk is full")
    assert registered(township, 2) == ["闭〔2024〕001号"]


@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_get_fifty_different_numbers_without_a_gap(township):
    cases = [a_case(township, f"未编号-{n}") for n in range(50)]

    def work(case):
        """Every fifth breaks off once behind the taking of its number, and comes again."""
        try:
            if case.pk % 5 == 0:
                with pytest.raises(RuntimeError), transaction.atomic():
                    give_number(case, DAY)
                    raise RuntimeError("the line broke")
            return register(case)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(work, cases))
    assert sorted(numbers) == [f"闭〔2024〕{n:03d}号" for n in range(1, 51)]
