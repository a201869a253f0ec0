"""Cases as they are lived: each person in a browser of their own."""

from datetime import timedelta

import pytest
from django.utils import timezone

from suggestions.models import Case
from suggestions.workflow import current_state
from tests.browser.stepping import Person
from tests.suggestions.lives import PATHS

pytestmark = pytest.mark.browser


@pytest.fixture
def person(browser, live_server, request):
    """`person("clerk")`: that person at an own browser; what its pages complain of fails the
    test.
    """
    entered = {}

    def enter(name, width=1366):
        if name not in entered:
            user = request.getfixturevalue(name)
            entered[name] = Person(browser, live_server.url, user, width)
        return entered[name]

    yield enter
    assert {name: each.complaints for name, each in entered.items()} == dict.fromkeys(entered, [])


@pytest.fixture
def today_life(life):
    """A life whose steps all happened today."""
    life.day = timezone.localdate() - timedelta(days=len(PATHS["待评价"]))
    return life


@pytest.fixture
def letter(tmp_path):
    """A reply as the unit has it: a small PDF."""
    from pypdf import PdfWriter

    path = tmp_path / "答复函.pdf"
    writer = PdfWriter()
    writer.add_blank_page(width=595, height=842)
    writer.write(path)
    return str(path)


def test_dissatisfied_begins_a_second_round_that_ends_well(person, today_life, letter):
    case = today_life.play(PATHS["待评价"])
    deputy, unit = person("deputy_user", 390), person("unit_clerk")
    deputy.takes(
        case, "评价", tick=[("attitude", "满意"), ("evaluation", "不满意")],
        意见和建议="只填了坑，没有硬化",
    )  # fmt: skip
    assert current_state(case) == "重新办理"
    unit.opens(case)
    assert "重新办理期限" in unit.reads()
    unit.takes(case, "报送答复稿", choose=[("办理结果", "A 已解决或基本解决")], 答复主要内容="已硬化")
    office = person("government")
    office.takes(case, "核稿")
    office.takes(case, "签发", 文号="文府函〔2026〕9号", 签发人="刘镇长")
    unit.takes(case, "再次答复", files=letter)
    deputy.takes(case, "评价", tick=[("attitude", "满意"), ("evaluation", "满意")])
    clerk = person("clerk")
    clerk.takes(case, "办结")
    assert clerk.state() == "已办结"
    names = [step.name for step in case.steps.filter(superseded_at=None)]
    assert names[-8:] == ["评价", "重新办理", "拟稿", "核稿", "签发", "再次答复", "评价", "办结"]
    assert [paper.name for paper in case.papers.all()] == ["答复函.pdf"]


def test_a_return_within_the_window_and_an_extension(person, today_life, road_office, helper_clerk):
    case = today_life.play(PATHS["待分办"])
    office, unit = person("government"), person("unit_clerk")
    office.takes(case, "分办", choose=[("主办单位", "镇水务站")])
    unit.takes(case, "退回", 退回的理由="道路由村镇建设办负责")
    assert current_state(case) == "待分办"
    office.takes(case, "改办", choose=[("改由哪个单位主办", "村镇建设办")])
    roads = person("helper_clerk")
    roads.takes(case, "签收")
    later = timezone.localdate() + timedelta(days=120)
    roads.takes(case, "申请延期", 申请延期到=f"{later:%Y-%m-%d}", 延期的原因="等汛期过后施工")
    roads.opens(case)
    assert "等主席团决定" in roads.reads()
    chair = person("chair")
    chair.takes(case, "同意延期")
    roads.opens(case)
    assert f"延期批准至{later:%Y-%m-%d}" in roads.reads()
    assert "已延期 1 次" in roads.reads()
    unit.page.goto(f"/cases/{case.pk}/")
    assert case.standings.get(ends=None).deadline == later
    assert Case._base_manager.get().units.filter(ends=None).get().unit == road_office
