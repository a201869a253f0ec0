"""Raising a suggestion on a phone: the draft that nobody else sees, photos, handing in, repair."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from congress.models import AuditEntry, Term, User
from deputies.models import Meeting
from suggestions.models import Case, CoSigning, DraftSheet, Paper
from suggestions.raising import SENT, begin_draft, meeting_on
from suggestions.workflow import advance, current_state
from tests.suggestions.deputies_at_work import (
    TODAY,
    TYPED,
    address,
    fellow,
    handed_over,
    raised,
    sheet,
)  # fmt: skip

pytestmark = pytest.mark.django_db
NOW = timezone.now()
DRAFT = "/my/suggestions/draft/"
NEW = "/my/suggestions/new/"


@pytest.fixture
def me(client, deputy_user, sign_in):
    """The client, signed in as 池代表."""
    return sign_in(client, deputy_user)


def photo(name, colour):
    held = BytesIO()
    Image.new("RGB", (40, 30), colour).save(held, "JPEG")
    return SimpleUploadedFile(name, held.getvalue(), "image/jpeg")


def test_what_is_typed_is_kept_and_seen_by_nobody_else(me, client, clerk, deputy_user, sign_in):
    answer = me.post(DRAFT, TYPED | {"title": "古坊桥头没有路灯"})
    draft = Case._base_manager.get()
    assert answer["HX-Replace-Url"] == address("my-suggestion-edit", draft)
    assert "草稿已存" in answer.content.decode()
    assert (draft.title, draft.handed_in, current_state(draft)) == (
        "古坊桥头没有路灯", False, "草稿",
    )  # fmt: skip
    assert list(Case.objects.visible_to(clerk)) == []
    assert list(Case.objects.visible_to(deputy_user)) == [draft]
    kept = str([entry.change for entry in AuditEntry._base_manager.all()])
    assert "古坊桥头" not in kept


def test_saving_again_changes_the_same_draft(me, village, deputy_user):
    for title in ("桥", "桥头", "桥头路灯"):
        me.post(DRAFT, TYPED | {"title": title, "villages": [village.pk]})
    draft = Case._base_manager.get()
    assert (draft.title, list(draft.villages.all())) == ("桥头路灯", [village])
    form = me.get(address("my-suggestion-edit", draft)).context["form"]
    assert form["public"].value() == "yes"
    assert form["body"].value() == TYPED["body"]


def test_a_suggestion_is_handed_in_once_however_often_the_button_is_pressed(me, deputy_user):
    page = NEW
    answers = [me.post(page, TYPED) for _ in range(2)]
    case = Case._base_manager.get()
    assert {answer.url for answer in answers} == {address("my-suggestion", case)}
    assert (case.handed_in, case.public, case.title) == (True, True, TYPED["title"])
    assert [step.name for step in case.steps.all()] == ["起草", "提出"]
    standing = case.standings.get(ends=None)
    assert (standing.state, standing.origin, standing.occasion) == ("已提交", "代表", "闭会期间")
    assert case.number == "未编号-1"
    assert DraftSheet._base_manager.count() == 0


def test_a_title_a_body_and_a_word_on_publishing_are_asked_for_and_the_rest_stays(me):
    answer = me.post(NEW, {"form_token": "t", "body": "近两年摔车5起"})
    assert set(answer.context["form"].errors) == {"title", "public"}
    assert "近两年摔车5起" in answer.content.decode()
    assert Case._base_manager.count() == 0


def test_on_a_day_of_the_congress_the_occasion_is_the_congress(township, deputy_user):
    term = Term(place=township, level="乡镇", name="第十九届", starts="2021-09-01")
    term.save()
    days = {"starts": date(2026, 6, 30), "ends": date(2026, 7, 1)}
    meeting = Meeting(place=township, term=term, name="第十九届人大第六次会议", **days)
    meeting.save()
    case = raised(deputy_user, NOW, on=TODAY)
    assert case.standings.get(ends=None).occasion == "人代会"
    assert case.meeting == meeting
    assert meeting_on(township, date(2026, 7, 2)) is None


def test_what_came_back_is_mended_and_handed_in_again(me, deputy_user, clerk):
    case = raised(deputy_user, NOW)
    advance(case, "退回补正", user=clerk, on=TODAY, note="请写明在哪座桥")
    page = address("my-suggestion-edit", case)
    assert "请写明在哪座桥" in me.get(page).content.decode()
    mended = TYPED | {"title": "关于给古坊桥装路灯的建议"}
    me.post(page, mended | {"version": me.get(page).context["form"]["version"].value()})
    case.refresh_from_db()
    assert (case.title, current_state(case)) == ("关于给古坊桥装路灯的建议", "已提交")
    assert case.raised_on == TODAY


def test_what_the_office_mended_meanwhile_is_not_written_over_unseen(me, deputy_user, clerk):
    case = raised(deputy_user, NOW)
    advance(case, "退回补正", user=clerk, on=TODAY, note="请写明在哪座桥")
    page = address("my-suggestion-edit", case)
    read = me.get(page).context["form"]["version"].value()
    case.refresh_from_db()
    case.title = "关于给古坊桥装路灯的建议"
    case.save()
    mine = TYPED | {"title": "关于给桥头装路灯的建议", "version": read}
    told = me.post(page, mine)
    assert "改过这一件。您选的和写的都在" in told.content.decode()
    assert (told.context["repairing"], told.context["form"]["title"].value()) == (
        True, mine["title"],
    )  # fmt: skip
    case.refresh_from_db()
    assert (case.title, current_state(case)) == ("关于给古坊桥装路灯的建议", "待补正")
    again = told.context["form"]["version"].value()
    assert me.post(page, mine | {"version": again}).url == address("my-suggestion", case)
    case.refresh_from_db()
    assert (case.title, current_state(case)) == (mine["title"], "已提交")


def test_a_suggestion_under_way_is_not_written_over(me, deputy_user, clerk, unit):
    case = handed_over(raised(deputy_user, NOW), clerk, unit)
    answer = me.post(address("my-suggestion-edit", case), TYPED | {"title": "换一件"})
    assert answer.url == address("my-suggestion", case)
    case.refresh_from_db()
    assert case.title == sheet()["title"]


def test_a_draft_of_another_is_neither_read_nor_written(me, township):
    other = fellow(township, "王代表", "wang")
    begin_draft(other.user, "theirs", today=TODAY)
    answer = me.post(DRAFT, TYPED | {"form_token": "theirs"})
    assert answer.status_code == 404
    assert Case._base_manager.get().title == ""


def test_nine_photos_go_with_a_draft_and_not_ten(me, deputy_user):
    colours = ["red", "green", "blue", "black", "white", "pink", "gold", "gray", "brown"]
    files = [photo(f"{colour}.jpg", colour) for colour in colours]
    me.post(DRAFT, TYPED | {"photos": files})
    draft = Case._base_manager.get()
    assert draft.papers.filter(kind="照片").count() == 9
    answer = me.post(DRAFT, TYPED | {"photos": [photo("x.jpg", "navy")]})
    assert answer.context["photo_errors"] == ["最多 9 张照片，已有 9 张，这次选了 1 张。"]
    first = draft.papers.first()
    me.post(address("my-suggestion-edit", draft), TYPED | {"remove": first.pk})
    assert draft.papers.filter(removed_at=None).count() == 8


def test_no_photo_goes_by_the_old_form_into_a_suggestion_that_is_over_or_comes_out(me, clerk):
    me.post(NEW, TYPED | {"photos": [photo("路.jpg", "red")]})
    case = Case._base_manager.get()
    advance(case, "作废", user=clerk, on=timezone.localdate(), note="重复")
    late = {"photos": [photo("桥.jpg", "green")]}
    assert me.post(DRAFT, TYPED | late).context["errors"] == [SENT]
    for more in ({}, {"keep": "yes"}, {"remove": case.papers.get().pk}):
        late["photos"][0].seek(0)
        assert me.post(NEW, TYPED | late | more).url == address("my-suggestion", case)
    assert [(paper.name, paper.removed_at) for paper in case.papers.all()] == [("路.jpg", None)]


def test_what_is_no_photo_is_refused_by_name(me):
    text = SimpleUploadedFile("说明.jpg", b"no picture at all", "image/jpeg")
    answer = me.post(DRAFT, TYPED | {"photos": [text]})
    assert "说明.jpg" in answer.context["photo_errors"][0]
    assert Paper._base_manager.count() == 0


def test_a_draft_is_thrown_away_and_what_was_handed_in_is_not(me, deputy_user):
    me.post(DRAFT, TYPED)
    draft = Case._base_manager.get()
    case = raised(deputy_user, NOW)
    for each in (draft, case):
        me.post(address("my-suggestion-drop", each))
    assert list(Case._base_manager.all()) == [case]


def test_a_draft_asks_its_co_signers_only_when_it_is_handed_in(me, township):
    wang = fellow(township, "王代表", "wang")
    me.post(DRAFT, TYPED | {"fellows": [wang.pk]})
    assert CoSigning.objects.visible_to(wang.user).count() == 0
    me.post(NEW, TYPED | {"fellows": [wang.pk]})
    assert CoSigning.objects.visible_to(wang.user).count() == 1


def test_the_trail_tells_of_a_draft_only_what_was_handed_in(me, township):
    wang = fellow(township, "王代表", "wang")
    models = ["suggestions.CoSigning", "suggestions.Paper"]
    trail = AuditEntry._base_manager.filter(model__in=models)
    me.post(DRAFT, TYPED | {"fellows": [wang.pk], "photos": [photo("病历.jpg", "red")]})
    draft = Case._base_manager.get()
    taken = draft.papers.get()
    again = TYPED | {"remove": taken.pk, "fellows": [wang.pk]}
    me.post(address("my-suggestion-edit", draft), again)
    assert (draft.papers.get().removed_at is None, trail.count()) == (False, 0)
    me.post(NEW, TYPED | {"fellows": [wang.pk], "photos": [photo("路.jpg", "green")]})
    told = {(entry.action, entry.model.partition(".")[2]) for entry in trail}
    assert (told, trail.count()) == ({("create", "CoSigning"), ("create", "Paper")}, 2)
    assert "病历" not in str([entry.change for entry in trail])


@pytest.mark.parametrize("key", ["²", "9" * 25])
def test_a_photo_of_no_key_stays(me, key):
    me.post(DRAFT, TYPED | {"photos": [photo("路.jpg", "red")]})
    draft = Case._base_manager.get()
    page = address("my-suggestion-edit", draft)
    assert me.post(page, TYPED | {"remove": key}).url == page
    assert draft.papers.get().removed_at is None


def test_an_account_without_a_card_of_the_roster_is_told_so(client, township, sign_in):
    lone = User.objects.create_user("lone", "x", name="无名", role="deputy", place=township)
    sign_in(client, lone)
    assert "还没有同代表名册连上" in client.get("/my/").content.decode()
    assert client.get(NEW).url == "/my/"
    assert client.post(DRAFT, TYPED).status_code == 404


BAD_PHOTO = ("说明.jpg", b"no picture at all")


@pytest.mark.parametrize("page", [DRAFT, NEW])
def test_a_good_photo_stays_although_another_is_refused(me, page):
    files = [photo("路.jpg", "red"), SimpleUploadedFile(*BAD_PHOTO, "image/jpeg")]
    answer = me.post(page, TYPED | {"photos": files})
    told = "“说明.jpg”是文本文件。这里只放 JPG、PNG、HEIC 照片，每个不超过 20 MB。"
    assert answer.context["photo_errors"] == [told]
    draft = Case._base_manager.get()
    assert [paper.name for paper in draft.papers.all()] == ["路.jpg"]
    assert (draft.handed_in, answer.context["photos"]) == (False, list(draft.papers.all()))
    me.post(NEW, TYPED)
    assert (Case._base_manager.get().handed_in, draft.papers.count()) == (True, 1)


def test_photos_stay_although_the_sheet_lacks_a_title(me):
    me.post(NEW, TYPED | {"title": "", "photos": [photo("路.jpg", "red")]})
    draft = Case._base_manager.get()
    assert (draft.handed_in, draft.papers.count()) == (False, 1)


def test_ten_photos_at_once_are_told_how_many_there_may_be(me):
    files = [photo(f"{n}.jpg", (n, n, n)) for n in range(10)]
    answer = me.post(DRAFT, TYPED | {"photos": files})
    told = "一件最多放 9 张照片，这次选了 10 张。请少选几张。"
    assert answer.context["photo_errors"] == [told]
    assert "草稿已存" in answer.content.decode()
    assert Paper._base_manager.count() == 0
