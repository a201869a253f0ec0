"""The page of a job, its file, and the pages 设置 and 变更记录."""

import pytest
from django.urls import reverse

from congress.models import Job, Unit

HTMX = {"HX-Request": "true"}


@pytest.fixture
def desk(client, clerk, sign_in):
    return sign_in(client, clerk)


@pytest.fixture
def export(clerk, township, settings, tmp_path):
    """The clerk's finished job with its file."""
    settings.DATA = tmp_path
    job = Job(title="导出台账", idempotency_key="1", place=township, made_by=clerk, state="done")
    job.new_result_file("台账.xlsx").write_bytes(b"workbook")
    job.save()
    return job


def test_the_page_of_a_finished_job_offers_its_file(desk, export):
    page = desk.get(reverse("job", args=[export.pk])).content.decode()
    address = reverse("job_result", args=[export.pk])
    assert f'href="{address}"' in page
    answer = desk.get(address)
    assert b"".join(answer.streaming_content) == b"workbook"
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''%E5%8F%B0%E8%B4%A6.xlsx"


def test_a_running_job_is_asked_again_by_htmx_and_gets_the_bar_alone(desk, clerk, township):
    job = Job(title="导入", idempotency_key="2", place=township, made_by=clerk, state="running")
    job.save()
    part = desk.get(reverse("job", args=[job.pk]), headers=HTMX).content.decode()
    assert ("<html" in part, 'hx-trigger="every 1s"' in part) == (False, True)


def test_a_file_is_for_the_person_who_asked_for_it(desk, chair, stranger, export, sign_in):
    seen = {}
    for user in (chair, stranger):
        sign_in(desk, user)
        names = ("job", "job_result")
        seen[user.name] = [desk.get(reverse(name, args=[export.pk])).status_code for name in names]
    assert seen == {"邹主席": [200, 404], "肖干事": [404, 404]}


def test_a_file_whose_day_has_passed_is_gone(desk, export):
    export.result_path.unlink()
    assert desk.get(reverse("job", args=[export.pk])).context["has_result"] is False
    assert desk.get(reverse("job_result", args=[export.pk])).status_code == 404


def test_each_role_finds_on_the_settings_page_what_it_may_open(
    client, sign_in, clerk, chair, county_user, sysadmin
):
    found = {}
    for user in (clerk, chair, county_user, sysadmin):
        sign_in(client, user)
        pages = client.get(reverse("settings")).context["pages"]
        assert {client.get(page["url"]).status_code for page in pages} == {200}
        found[user.role] = [page["label"] for page in pages]
    kept = ["承办单位", "地方", "届次", "词表", "节假日", "规则和期限"]
    people = ["用户", "单位用手机登录"]
    assert found == {
        "clerk": [
            "用户",
            "代表用手机登录",
            "单位用手机登录",
            *kept,
            "群机器人",
            "请人代班",
            "变更记录",
        ],
        "county": [*people, *kept, "群机器人", "请人代班", "变更记录"],
        "chair": ["承办单位", "届次", "词表", "节假日", "规则和期限", "群机器人"],
        "sysadmin": [*people, *kept, "群机器人"],
    }


@pytest.fixture
def trail(desk, unit, clerk, other_township):
    """The clerk renamed a unit; something happened elsewhere, too."""
    Unit(place=other_township, name="筠门岭水务站").save()
    words = {"name": "镇水利站", "names": "", "version": 1}
    desk.post(reverse("unit_edit", args=[unit.pk]), words)
    return desk


def entries(client, **query):
    rows = client.get(reverse("audit"), query).context["rows"]
    return [(row["entry"].by and row["entry"].by.name, row["action"], row["model"]) for row in rows]


def test_the_trail_shows_what_happened_at_the_own_place(trail):
    assert entries(trail) == [
        ("钟干事", "新建", "单位别名"),
        ("钟干事", "更改", "承办单位"),
        (None, "新建", "承办单位"),
    ]
    change = trail.get(reverse("audit")).context["rows"][1]["changes"]
    assert change == [{"label": "名称", "before": "镇水务站", "after": "镇水利站"}]


def test_the_trail_is_filtered_by_kind_person_and_day(trail, clerk, stranger):
    assert len(entries(trail, model="congress.Unit")) == 2
    assert len(entries(trail, by=clerk.pk)) == 2
    assert entries(trail, by=stranger.pk) == []
    assert entries(trail, until="2020-01-01") == []


def test_the_trail_is_for_county_and_clerk_and_each_sees_the_own(
    trail, sign_in, county_user, stranger, sysadmin, chair
):
    seen = {user.role + user.name: None for user in (county_user, stranger)}
    for user in (county_user, stranger):
        seen[user.role + user.name] = len(entries(sign_in(trail, user)))
    assert seen == {"county曾主任": 4, "clerk肖干事": 1}
    for user in (sysadmin, chair):
        assert sign_in(trail, user).get(reverse("audit")).status_code == 404
