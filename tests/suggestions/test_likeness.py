"""The same again: cases whose titles are alike, and matters raised in a second or third year."""

import csv
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from suggestions.again import raised_again
from suggestions.likeness import alike, grams, index
from suggestions.models import Case, CaseGram
from tests.suggestions.ledger import HANDED, bring

TODAY = date(2024, 6, 1)
REAL = Path(__file__).parents[1] / "data" / "cixi-2017-deputy-suggestions.csv"
ROAD = "关于硬化上芦村机耕道的建议"


def raise_cases(place, *titles, on="2024-03-05", **fields):
    """Cases of these titles, in the index."""
    taken = Case._base_manager.filter(place=place).count()
    rows = [
        {"number": f"{taken + n}", "title": title, "raised_on": on} | fields
        for n, title in enumerate(titles, 1)
    ]
    bring(place, rows)
    made = Case._base_manager.filter(place=place).order_by("pk")[taken:]
    index(made)
    return list(made)


def found(user, title, place=None, **options):
    """Titles of what is alike, the most alike first."""
    return [
        each.case.title for each in alike(user, place or user.place, title, today=TODAY, **options)
    ]


def test_fillers_are_left_out_of_a_title():
    assert grams("关于尽快硬化机耕道的建议") == {"硬化", "化机", "机耕", "耕道"}
    assert grams("关于进一步加强工作的建议") != set()
    assert grams("") == set()


def test_the_same_matter_in_other_words_is_found(clerk, township):
    raise_cases(township, "关于进一步规范燃放烟花爆竹的建议", "关于增设公交站的建议")
    assert found(clerk, "关于禁止燃放烟花爆竹的议案") == ["关于进一步规范燃放烟花爆竹的建议"]


def test_the_same_matter_in_another_village_is_another(clerk, township, village):
    from congress.models import Place

    Place.objects.create(code="360733100202", name="下洲村", level="村居")
    raise_cases(township, ROAD)
    assert found(clerk, "关于硬化下洲村机耕道的建议") == []
    assert found(clerk, "请求硬化上芦机耕道") == [ROAD]


def test_a_stranger_and_another_township_find_nothing(clerk, stranger, county_user, township):
    raise_cases(township, ROAD)
    assert (found(stranger, ROAD), found(county_user, ROAD)) == ([], [ROAD])
    assert found(clerk, ROAD) == [ROAD]


def test_a_deputy_finds_only_cases_with_the_own_name_on_them(deputy_user, township):
    raise_cases(township, ROAD)
    assert found(deputy_user, ROAD) == []
    case = Case._base_manager.get()
    case.proposers.update(person=deputy_user.person)
    assert found(deputy_user, ROAD) == [ROAD]


def test_the_draft_of_another_is_not_told(clerk, chair, township):
    raise_cases(township, ROAD)
    Case._base_manager.update(handed_in=False, entered_by=chair.pk)
    assert (found(clerk, ROAD), found(chair, ROAD)) == ([], [ROAD])


def test_void_cases_and_the_case_itself_are_left_out(clerk, township):
    void, own = raise_cases(township, ROAD, ROAD)
    bring(township, process=[{"number": void.number, "on": "2024-03-06", "step": "作废"}])
    assert [each.case for each in alike(clerk, township, ROAD, today=TODAY)] == [own]
    assert found(clerk, ROAD, besides=own.pk) == []


def test_an_earlier_reply_and_its_promise_are_told(clerk, township, unit):
    replied = HANDED | {"replied_on": "2023-05-20", "result": "B", "promised_on": "2023-12-31"}
    raise_cases(
        township, ROAD, on="2023-03-05", **replied | {"handed_on": "2023-03-12", "lead": unit.name}
    )
    told = alike(clerk, township, ROAD, today=TODAY)[0]
    assert (told.same_year, told.result_class, told.replied_on, told.promised_on) == (
        False,
        "B",
        date(2023, 5, 20),
        date(2023, 12, 31),
    )
    assert (told.score, told.can_merge) == (1.0, False)


def test_a_case_of_this_year_that_runs_may_be_merged_into(clerk, township):
    raise_cases(township, ROAD)
    told = alike(clerk, township, ROAD, today=TODAY)[0]
    assert (told.same_year, told.can_merge) == (True, True)


def test_what_is_alike_takes_the_same_queries_for_one_case_and_for_three(clerk, township):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            count = len(alike(clerk, township, ROAD, today=TODAY))
        return count, len(queries)

    raise_cases(township, ROAD)
    one = asked()
    raise_cases(township, ROAD, ROAD)
    assert (one[0], asked()) == (1, (3, one[1]))


def test_a_changed_title_is_found_by_its_new_words(clerk, township):
    case = raise_cases(township, ROAD)[0]
    case.title = "关于增设公厕的建议"
    case.save()
    index([case])
    assert (found(clerk, ROAD), found(clerk, "增设公厕")) == ([], ["关于增设公厕的建议"])


def test_the_index_is_rebuilt_by_a_command(clerk, township, capsys):
    raise_cases(township, ROAD)
    CaseGram._base_manager.all().delete()
    assert found(clerk, ROAD) == []
    call_command("reindex")
    assert found(clerk, ROAD) == [ROAD]
    assert capsys.readouterr().out == "已重建 1 件的标题索引\n"


def test_a_matter_raised_in_a_third_year_is_marked_with_the_earlier_years(township, other_township):
    raise_cases(township, ROAD, on="2022-03-05")
    raise_cases(township, "请求尽快硬化上芦村机耕道", on="2023-03-05")
    raise_cases(other_township, ROAD, on="2021-03-05")
    latest, other, twin = raise_cases(township, ROAD, "关于增设公厕的建议", ROAD, on="2024-03-05")
    assert raised_again([latest, other, twin]) == {
        latest.pk: (2022, 2023),
        twin.pk: (2022, 2023),
    }


def test_years_take_the_same_queries_for_one_case_and_for_three(township):
    def asked(cases):
        with CaptureQueriesContext(connection) as queries:
            raised_again(cases)
        return len(queries)

    raise_cases(township, ROAD, on="2022-03-05")
    cases = raise_cases(township, ROAD, "关于增设公厕的建议", "关于修桥的建议")
    assert asked(cases[:1]) == asked(cases)


@pytest.mark.parametrize(
    ("title", "same"),
    [
        ("关于切实解决外来民工子女就学难的建议", "关于解决外来务工子女就学难的建议"),
        ("关于禁止燃放烟花爆竹的建议", "关于进一步规范燃放烟花爆竹的建议"),
        ("关于适当提高农村老干部补贴的建议", "关于进一步提升我市农村老干部待遇的建议"),
        ("关于切实壮大村级集体经济的建议", "关于培育扶持稳固壮大村级集体经济的建议"),
        ("关于加强老小区物业管理的建议", "关于加强老小区物业管理和业主委工作的建议"),
    ],
)
def test_among_the_suggestions_of_a_real_session_the_same_comes_first(clerk, township, title, same):
    with REAL.open(encoding="utf-8-sig", newline="") as lines:
        titles = {row["案由"].strip() for row in csv.DictReader(lines)} - {"新建", title}
    cases = [
        Case(place=township, number=str(n), title=text, raised_on=date(2024, 3, 5))
        for n, text in enumerate(sorted(titles))
    ]
    Case._base_manager.bulk_create(cases)
    index(cases)
    assert found(clerk, title)[0] == same


def test_the_part_of_the_page_tells_what_is_alike_or_nothing(client, sign_in, clerk, township):
    raise_cases(township, ROAD)
    page = sign_in(client, clerk)
    told = page.get(reverse("alike"), {"title": ROAD}).content.decode()
    assert ("机耕道" in told, "存了就并入" in told) == (True, False)
    assert page.get(reverse("alike"), {"title": "量子计算机"}).content.decode().strip() == ""
    none = page.get(reverse("alike"), {"title": "量子计算机", "told": "1"}).content.decode()
    assert "没有找到相近的" in none
    choosing = page.get(reverse("alike"), {"title": ROAD, "choosing": "1"}).content.decode()
    assert "存了就并入" not in choosing  # of another year than today's
