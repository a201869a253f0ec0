"""Which reply the world reads in the public list and on the page of a public case."""

import pytest

from tests.reports.books import deputy_case, enter_cases
from tests.reports.publicity import PEOPLE, REPLIED, numbered, turn_on

pytestmark = pytest.mark.django_db
HOME = "/g/360733100/"
PUBLIC = {"公开": "是"}
MERGED = PUBLIC | {"标题": "关于修同一条路的建议", "并入编号": "1"}
REPLY = {"编号": "1", "日期": "2024-05-20", "事项": "答复"}


@pytest.fixture
def enter(township, client):
    """`enter(*cases, events)`: bring them in; what list and page say then of each public case."""
    turn_on(township)

    def entered(*cases, events=()):
        enter_cases(township, *cases, events=events, **PEOPLE)
        listed = {case.number: case for case in client.get(HOME).context["cases"]}
        return {
            number: (case, client.get(f"{HOME}{numbered(township, number).pk}/"))
            for number, case in listed.items()
        }

    return entered


def days(listed, page):
    """The day of the reply as the list tells it, and as the page does."""
    return [f"{day:%m-%d}" for day in (listed.replied_on, page.context["case"]["replied_on"])]


def test_of_two_replies_list_and_page_tell_the_latest(enter):
    judged = {"评价日期": "2024-06-01", "结果评价": "不满意"}
    again = REPLY | {"日期": "2024-07-01", "事项": "再次答复", "说明": "这次修好了"}
    found = enter(deputy_case(**REPLIED | PUBLIC | judged), events=[again])
    assert days(*found["1"]) == ["07-01", "07-01"]
    assert found["1"][1].context["case"]["reply"] == "这次修好了"


def test_a_merged_case_shows_the_reply_that_answers_it(enter):
    citizen = REPLIED | PUBLIC | {"提出人": "廖阿婆", "联系电话": "5622345"}
    reply = REPLY | {"说明": "已告诉廖阿婆（5622345），路修好了。"}
    cases = (citizen, deputy_case(**MERGED), deputy_case(**MERGED | {"并入编号": "2"}))
    found = enter(*cases, events=[reply])
    for number in "23":
        listed, page = found[number]
        assert (listed.state, days(listed, page)) == ("已答复", ["05-20", "05-20"])
        assert page.context["case"]["reply"] == "已告诉某某（［电话不公开］），路修好了。"
        assert "一起答复" in page.content.decode()


def test_the_words_of_a_reply_to_a_case_that_is_not_public_stay_away(enter):
    reply = REPLY | {"说明": "路修好了，另付补偿。"}
    found = enter(deputy_case(**REPLIED), deputy_case(**MERGED), events=[reply])
    listed, page = found["2"]
    assert (listed.state, days(listed, page)) == ("已答复", ["05-20", "05-20"])
    assert (list(found), page.context["case"]["reply"]) == (["2"], "")
    assert "一起答复" in page.content.decode()
