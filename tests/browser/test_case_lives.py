"""Cases as they are lived: each person in a browser of their own."""

from datetime import timedelta

import pytest
from django.utils import timezone

from congress.models import Word
from congress.period import Period
from congress.scoping import OPERATOR
from reports.catalogue import evaluate
from suggestions.models import Case
from suggestions.workflow import current_state
from tests.browser.stepping import Person
from tests.suggestions.lives import PATHS, promising, without_layer

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
def category(township):
    """A category to choose."""
    Word(place=township, kind=Word.Kind.CATEGORY, text="基础设施").save()


@pytest.fixture
def letter(tmp_path):
    """A reply as the unit has it: a small PDF."""
    from pypdf import PdfWriter

    path = tmp_path / "答复函.pdf"
    writer = PdfWriter()
    writer.add_blank_page(width=595, height=842)
    writer.write(path)
    return str(path)


def evaluates(page, case, attitude, result, why=""):
    """The deputy judges the reply on the own phone: two questions, and once more to be sure."""
    page.goto("/my/")
    link = page.locator("article").filter(has_text=case.title).get_by_role("link")
    link.filter(has_text="看答复并评价").click()
    page.locator(f"input[name=attitude][value={attitude}]").check()
    page.locator(f"input[name=result][value={result}]").check()
    page.locator("textarea[name=note]").fill(why)
    page.get_by_role("button", name="提交评价").click()
    page.get_by_text("请再看一遍").wait_for()
    page.get_by_role("button", name="提交评价").click()
    page.wait_for_url(f"**/my/suggestions/{case.pk}/")


def enters(clerk):
    """The clerk types a paper that was handed in; the case is there with its number."""
    page = clerk.page
    page.goto("/suggestions/entry/")
    page.get_by_role("combobox", name="领衔代表").fill("池代表")
    page.locator("[name=title]").fill("关于硬化上芦村机耕道的建议")
    page.locator("[name=body]").fill("上芦村机耕道长500米，雨天56户出行难。建议镇里今年硬化。")
    page.locator("[name=category]").select_option(label="基础设施")
    page.get_by_role("button", name="保存，录下一件").click()
    page.get_by_role("heading", name="今天已录 1 件").wait_for()
    return Case._base_manager.get()


def handles(station, case, letter):
    """The unit signs for the case, talks with the deputy and replies with a promise."""
    station.page.goto("/")
    assert "硬化上芦村机耕道" in station.reads()
    station.takes(case, "签收")
    station.takes(case, "面商", choose=[("面商形式", "登门")], 同谁谈的="池代表")
    promised = timezone.localdate() + timedelta(days=20)
    station.takes(
        case, "答复", choose=[("办理结果", "B 正在解决")], files=letter, 承诺事项="硬化机耕道500米",
        承诺完成日期=f"{promised:%Y-%m-%d}", 责任人="刘站长", 答复主要内容="已列入计划，正在施工",
    )  # fmt: skip


def figures_of_today(township):
    """What the day's figures say of closing, promises and satisfaction."""
    today = Period(timezone.localdate(), timezone.localdate())
    keys = ["suggestions.closed", "suggestions.commitments", "suggestions.satisfaction_rate"]
    results = evaluate(OPERATOR, township, today, keys)
    promises = results["suggestions.commitments"].breakdowns["promise_state"]
    return [results[key].value for key in keys], promises


def test_a_case_lives_from_the_paper_to_the_promise_that_was_kept(
    person, township, unit, unit_clerk, deputy_user, category, letter
):
    without_layer(township)
    clerk, chair, station = person("clerk"), person("chair"), person("unit_clerk")
    case = enters(clerk)
    number = f"闭〔{timezone.localdate().year}〕001号"
    assert (case.number, current_state(case)) == (number, "已登记")
    chair.takes(case, "受理")
    chair.takes(case, "交办", choose=[("主办单位", "镇水务站")])
    handles(station, case, letter)
    evaluates(person("deputy_user", 390).page, case, "满意", "基本满意")
    chair.takes(case, "办结")
    assert chair.state() == "已办结"
    clerk.page.goto("/")
    assert "承诺到期" in clerk.reads()
    assert figures_of_today(township) == ([1, 1, 100], {"未到期": 1})
    station.takes(case, "承诺落实", 怎样兑现的="已硬化并验收")
    chair.opens(case)
    assert "已兑现" in chair.reads()
    assert figures_of_today(township) == ([1, 1, 100], {"已兑现": 1})
    assert [step.name for step in case.steps.all()] == [
        "提出", "登记", "受理", "交办", "签收", "面商", "答复", "评价", "办结", "承诺落实",
    ]  # fmt: skip


def test_dissatisfied_begins_a_second_round_that_ends_well(person, today_life, letter):
    promised = timezone.localdate() + timedelta(days=30)
    case = today_life.play(promising(PATHS["待评价"], promised))
    deputy, unit = person("deputy_user", 390), person("unit_clerk")
    evaluates(deputy.page, case, "满意", "不满意", "只填了坑，没有硬化")
    assert current_state(case) == "重新办理"
    unit.opens(case)
    assert "重新办理期限" in unit.reads()
    unit.takes(
        case, "报送答复稿", choose=[("办理结果", "A 已解决或基本解决")], 答复主要内容="已硬化"
    )
    office = person("government")
    office.takes(case, "核稿")
    office.takes(case, "签发", 文号="文府函〔2026〕9号", 签发人="刘镇长")
    unit.takes(case, "再次答复", files=letter)
    evaluates(deputy.page, case, "满意", "满意")
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
    unit.takes(case, "退回", lands="/", 退回的理由="道路由村镇建设办负责")
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
