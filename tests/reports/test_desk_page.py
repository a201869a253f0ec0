"""The page of the desk beside its list: the next days, small things left over, a whole group; what
it all costs.
"""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from activities.models import Activity
from congress.models import Station
from congress.scoping import OPERATOR
from liaison_stations.models import StationDetail
from reports.desk_aside import days_ahead, left_over
from reports.findings import findings, note_findings, with_links
from reports.models import ImportBatch, ImportedRow
from suggestions.models import Case, NotReceived
from suggestions.scans.keeping import drop_file
from tests.browser.clerk_ledger import SHEETS, write_ledger
from tests.reports.books import enter_cases
from tests.reports.ledger_files import bring
from tests.suggestions.kept_papers import kept
from tests.suggestions.lives import PATHS

pytestmark = pytest.mark.django_db
TODAY = date(2024, 3, 18)
HANDED = {"处理方式": "交办", "主办单位": "镇水务站", "处理日期": "2024-03-11"}
BUDGET = 15


def seen(user, today=TODAY):
    return [(str(day.on), day.lunar, [text for text, _ in day.lines])
            for day in days_ahead(user, today)]  # fmt: skip


@pytest.fixture
def fortnight(township, clerk, unit):
    """What two weeks bring: a meeting of yesterday, an activity, one called off, a station's
    day, deadlines.
    """
    for name, starts, cancelled in (
        ("视察河道", TODAY - timedelta(days=1), False),
        ("宪法宣传", TODAY + timedelta(days=3), False),
        ("走访企业", TODAY + timedelta(days=4), True),
        ("年终座谈", TODAY + timedelta(days=15), False),
    ):
        Activity(place=township, name=name, kind="视察", starts=starts, cancelled=cancelled).save()
    for name, rule in (("文武坝站", "农历十二"), ("古坊站", "农历十二"), ("林岗站", "看情况")):
        station = Station(place=township, name=name, kind="站")
        station.save()
        StationDetail._base_manager.create(station=station, activity_rule=rule)
    enter_cases(
        township,
        HANDED | {"标题": "修渠", "答复期限": "2024-03-21"},
        HANDED | {"标题": "修路", "答复期限": "2024-03-21"},
        HANDED | {"标题": "修桥", "答复期限": "2024-04-20"},
    )


def test_the_next_days_come_with_their_lunar_day(fortnight, clerk, chair):
    lines = ["宪法宣传", "联络站活动日：文武坝站、古坊站", "2 件答复到期"]
    expected = [("2024-03-21", "二月十二", lines)]
    assert seen(clerk) == expected
    assert seen(chair) == expected


def test_a_unit_is_told_of_its_own_deadlines_alone(
    fortnight, unit_clerk, other_unit_clerk, government, stranger
):
    own = [("2024-03-21", "二月十二", ["2 件答复到期"])]
    assert [seen(user) for user in (unit_clerk, government, other_unit_clerk, stranger)] == [
        own, own, [], [],
    ]  # fmt: skip


def test_a_promise_that_is_due_is_told_too(life, clerk, unit_clerk):
    life.play(PATHS["已办结"])
    day = [("2024-12-31", "十二月初一", ["1 件承诺到期"])]
    assert seen(clerk, date(2024, 12, 24)) == day
    assert seen(unit_clerk, date(2024, 12, 24)) == day


@pytest.fixture
def batch(township, clerk):
    made = ImportBatch(place=township, made_by=clerk, file_name="台账.xlsx", state="已导入")
    made.save()
    return made


class Problem:
    """What a load found in a row."""

    def __init__(self, message, row=2, sheet="意见建议", column="标题", found="修路"):
        self.message, self.row, self.sheet = message, row, sheet
        self.column, self.found = column, found


@pytest.fixture
def leftovers(life, batch, clerk, deputy_user):
    """One of each small thing: a reply that did not arrive, a judgement typed in, a scan, a
    finding.
    """
    life.play(PATHS["待评价"])
    NotReceived(case=life.case, place=life.case.place, person=deputy_user.person).save()
    life.take("评价", "clerk", attitude="满意", result="满意")
    drop_file(SimpleUploadedFile("表.jpg", b"x"), user=clerk, now=timezone.now())
    note_findings(batch, [Problem("看着不对")])


def test_small_things_left_over_are_counted(leftovers, clerk, chair, unit_clerk, stranger):
    assert [(words, number) for words, number, _ in left_over(clerk)] == [
        ("没有归档的扫描件", 1),
        ("没有收到答复", 1),
        ("代录评价还缺扫描件", 1),
        ("导入后待核的问题", 1),
    ]
    assert [number for _, number, _ in left_over(chair)] == [1, 1, 1]
    assert [left_over(user) for user in (unit_clerk, stranger)] == [[], []]


def test_each_of_them_leads_to_its_page(client, sign_in, leftovers, clerk):
    sign_in(client, clerk)
    assert [client.get(url).status_code for _, _, url in left_over(clerk)] == [200] * 4


def test_a_scanned_sheet_settles_a_judgement_that_was_typed_in(life, leftovers, clerk, client,
                                                               sign_in):  # fmt: skip
    page = sign_in(client, clerk).get("/desk/unscanned/")
    assert [case.number for case in page.context["page_obj"]] == [life.case.number]
    kept(life.case, clerk, "表.jpg", "征询意见表")
    assert list(client.get("/desk/unscanned/").context["page_obj"]) == []


def test_neither_a_deputys_own_judgement_nor_an_imported_one_asks_for_a_scan(life, township, clerk):
    life.play(PATHS["待办结"])
    enter_cases(
        township,
        HANDED | {"首次答复日期": "2024-04-01", "办理结果": "A", "评价日期": "2024-04-02",
                  "结果评价": "满意"},
    )  # fmt: skip
    assert left_over(clerk) == []


def test_a_whole_group_is_listed_with_boxes_to_tick(client, sign_in, fortnight, clerk, unit_clerk):
    page = sign_in(client, clerk).get("/desk/groups/late/")
    assert [item.matter for item, _ in page.context["items"]] == ["修渠", "修路", "修桥"]
    assert [step.name for step in page.context["bulk_steps"]] == ["签收", "催办"]
    assert client.get("/desk/groups/sign-for/").status_code == 404
    page = sign_in(client, unit_clerk).get("/desk/groups/late/")
    assert [step.name for step in page.context["bulk_steps"]] == ["签收"]


def test_a_matter_raised_in_an_earlier_year_is_marked_in_its_group(
    client, sign_in, township, unit, clerk
):
    row = HANDED | {"标题": "关于硬化上芦村机耕道的建议"}
    closed = {"首次答复日期": "2023-05-01", "办理结果": "B", "办结日期": "2023-06-01"}
    old = {"提出日期": "2023-03-05", "处理日期": "2023-03-11"}
    enter_cases(township, row | old | closed, row)
    page = sign_in(client, clerk).get("/desk/groups/late/")
    assert [years for _, years in page.context["items"]] == [(2023,)]
    assert page.content.decode().count("第2年提出（2023年提过）") == 1


def test_the_desk_has_one_heading_by_urgency_and_a_link_for_each_kind_of_work(
    client, sign_in, township, unit, clerk
):
    today = timezone.localdate()
    raised = {"提出日期": (today - timedelta(days=9)).isoformat()}
    handed = HANDED | {"处理日期": (today - timedelta(days=120)).isoformat()}
    enter_cases(
        township,
        handed | {"标题": "修渠", "答复期限": (today - timedelta(days=1)).isoformat()},
        raised | {"标题": "修路"},
        handed | {"标题": "修桥", "首次答复日期": today.isoformat(), "办理结果": "A"},
    )
    page = sign_in(client, clerk).get("/")
    told = [
        (heading, number, [group.kind.word for group in groups])
        for heading, number, groups, _ in page.context["parts"]
    ]
    assert told == [("已超期", 1, [""]), ("等我办理", 2, ["待登记", "待评价"])]


def test_the_case_list_has_boxes_for_who_may_do_something(
    client, sign_in, fortnight, clerk, officer, unit_clerk
):
    boxes = {}
    for user in (clerk, unit_clerk, officer):
        content = sign_in(client, user).get("/records/cases/").content.decode()
        boxes[user.role] = (content.count('name="case"'), "data-bulk-bar" in content)
    assert boxes == {"clerk": (3, True), "unit": (3, True), "officer": (0, False)}
    assert 'name="case"' not in sign_in(client, clerk).get("/records/meetings/").content.decode()


def test_the_figures_of_the_year_are_a_part_of_their_own(client, sign_in, clerk, unit_clerk):
    lines = sign_in(client, clerk).get("/desk/figures/").context["lines"]
    assert [result.key for result, _, _ in lines] == [
        "suggestions.collected", "suggestions.closed", "suggestions.solved",
        "suggestions.satisfaction_rate",
    ]  # fmt: skip
    assert sign_in(client, unit_clerk).get("/desk/figures/").status_code == 404


@pytest.mark.parametrize("person", ["clerk", "chair", "government", "unit_clerk"])
def test_the_desk_costs_the_same_for_one_case_and_for_three(
    request, client, sign_in, township, unit, person, django_assert_max_num_queries
):
    sign_in(client, request.getfixturevalue(person))
    client.get("/")
    counts = []
    for number in (1, 3):
        enter_cases(township, *[HANDED | {"标题": f"修渠{number}{n}"} for n in range(number)])
        with django_assert_max_num_queries(BUDGET) as asked:
            page = client.get("/")
        counts.append(len(asked))
        assert page.context["total"] == number
    assert counts[0] == counts[1]


def test_a_group_costs_the_same_for_one_case_and_for_three(
    client, sign_in, township, unit, clerk, django_assert_max_num_queries
):
    sign_in(client, clerk)
    counts = []
    for number in (1, 1, 3):
        enter_cases(township, *[HANDED | {"标题": f"修渠{n}"} for n in range(number)])
        with django_assert_max_num_queries(BUDGET) as asked:
            client.get("/desk/groups/late/")
        counts.append(len(asked))
    assert counts[1] == counts[2]


def test_findings_are_ticked_off_and_stay_done(client, sign_in, batch, clerk, chair):
    note_findings(batch, [Problem("日期晚于今天"), Problem("单位不认识", row=3)])
    sign_in(client, clerk)

    def shown(**query):
        rows = client.get("/findings/", query).context["rows"]
        return [finding.message for finding, _ in rows]

    assert shown() == ["日期晚于今天", "单位不认识"]
    first = findings(clerk).first()
    for _ in range(2):
        client.post("/findings/done/", {"finding": [first.pk], "as": "done"})
    assert (shown(), shown(state="done"), shown(q="单位")) == (
        ["单位不认识"], ["日期晚于今天"], ["单位不认识"],
    )  # fmt: skip
    first.refresh_from_db()
    assert first.done_by == clerk
    sign_in(client, chair).post("/findings/done/", {"finding": [first.pk], "as": "open"})
    assert shown() == ["日期晚于今天", "单位不认识"]


def test_the_same_finding_of_a_later_import_is_not_asked_again(township, batch, clerk):
    note_findings(batch, [Problem("日期晚于今天"), Problem("日期晚于今天", row=9)])
    again = ImportBatch(place=township, made_by=clerk, file_name="再来.xlsx", state="已导入")
    again.save()
    note_findings(again, [Problem("日期晚于今天", row=4), Problem("新的问题")])
    assert [row.message for row in findings(clerk)] == ["新的问题", "日期晚于今天", "日期晚于今天"]


def test_findings_of_an_import_that_was_undone_are_gone(batch, clerk):
    note_findings(batch, [Problem("日期晚于今天")])
    batch.state = "已撤销"
    batch.save()
    assert list(findings(clerk)) == []


def test_a_stranger_neither_sees_nor_ticks_findings(client, sign_in, batch, clerk, stranger):
    note_findings(batch, [Problem("日期晚于今天")])
    [row] = findings(clerk)
    sign_in(client, stranger).post("/findings/done/", {"finding": [row.pk]})
    row.refresh_from_db()
    assert (list(findings(stranger)), row.done_at) == ([], None)


def test_an_import_leaves_its_findings_for_the_list(township, clerk, tmp_path):
    bring(write_ledger(tmp_path / "台账.xlsx", **SHEETS), township)
    batch = ImportBatch.objects.visible_to(OPERATOR).get()
    told = sorted(problem["message"] for problem in batch.outcome["findings"])
    assert sorted(row.message for row in findings(clerk)) == told
    assert told != []


def test_a_finding_leads_to_the_record_that_its_row_became(township, batch, clerk):
    enter_cases(township, {"标题": "修路"})
    case = Case._base_manager.get()
    for model, pk in (("congress.Unit", 7), ("suggestions.Case", case.pk)):
        ImportedRow._base_manager.create(
            batch=batch, sheet="意见建议", row=2, action="create", model=model, record_pk=pk
        )
    note_findings(batch, [Problem("日期晚于今天"), Problem("没有写进去", row=9)])
    links = [url for _, url in with_links(clerk, findings(clerk))]
    assert links == [f"/records/cases/{case.pk}/", ""]
