"""Papers that not everybody of a case may see, bring, take out or put back."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from congress.models import AuditEntry, Unit, User
from congress.uploads import checked_bytes
from deputies.models import Person
from suggestions import links, papers
from suggestions.case_facts import may_see_phone
from suggestions.co_signing import ask
from suggestions.models import CaseLink, CaseUnit, Paper, PaperKind, ScanDrop, Standing
from suggestions.moment import Moment
from suggestions.paper_pages.shelf import shelf
from suggestions.papers import may_add, may_put_back, may_remove, of_case, take_out
from suggestions.scans.forms import RunForm
from suggestions.step_papers import keep_with_steps
from suggestions.workflow import StepRefused
from tests.congress.uploaded import pdf
from tests.suggestions.kept_papers import NOW, handed_to, kept

pytestmark = pytest.mark.django_db
HANDLING = "办理中"


@pytest.fixture(autouse=True)
def data(settings, tmp_path):
    settings.DATA = tmp_path


@pytest.fixture
def case(township, unit, deputy_user):
    return handed_to(township, unit, deputy_user)


@pytest.fixture
def asked(case, clerk, township):
    """A deputy who is asked to co-sign and has not answered."""
    user = User.objects.create_user("wang", "x", name="王代表", role="deputy", place=township)
    person = Person(place=township, name="王代表", user=user)
    person.save()
    Standing._base_manager.filter(case=case).update(origin="代表")
    ask(case, [person], user=clerk, now=NOW)
    return user


def to(name, row):
    return reverse(name, kwargs={"pk": row.pk})


def kinds(user, case):
    return sorted(paper.kind for paper in of_case(user, case))


def step_with(case, name, *pages, **fields):
    """A step of the case as it stands in the table, taken with files of so many pages."""
    step = case.steps.create(name=name, on=date(2024, 3, 20), order=case.steps.count(), **fields)
    files = [checked_bytes(f"{name}{count}.pdf", pdf(count)) for count in pages]
    keep_with_steps([step], files, fields.pop("entered_by", None), NOW)
    return step


def test_a_unit_takes_out_its_paper_only_while_it_handles_the_case(case, unit_clerk):
    paper = kept(case, unit_clerk)
    assert may_remove(unit_clerk, paper, HANDLING)
    assert [each.removable for each in shelf(unit_clerk, case, HANDLING)["papers"]] == [True]
    case.units.update(ends="2024-04-01")
    assert not may_remove(unit_clerk, paper, HANDLING)


def test_what_the_office_took_out_only_the_office_puts_back(
    client, sign_in, case, clerk, unit_clerk
):
    paper, own = kept(case, unit_clerk), kept(case, unit_clerk, "现场.jpg", "照片")
    take_out(paper, user=clerk, now=NOW)
    take_out(own, user=unit_clerk, now=NOW)
    mine = [may_put_back(unit_clerk, each, HANDLING) for each in (paper, own)]
    assert (mine, may_put_back(clerk, own, HANDLING)) == ([False, True], True)
    assert shelf(unit_clerk, case, HANDLING)["papers_gone"] == [own]
    assert sign_in(client, unit_clerk).post(to("paper-restore", paper)).status_code == 404
    assert client.post(to("paper-restore", own)).status_code == 302
    assert kinds(clerk, case) == ["照片"]


def test_a_deputy_who_is_only_asked_sees_what_was_raised_and_adds_nothing(
    client, sign_in, case, clerk, asked, deputy_user
):
    for kind in ("建议原件", "照片", "面商记录", "答复函", "其他", "内部材料"):
        kept(case, clerk, f"{kind}.pdf", kind)
    assert kinds(asked, case) == ["建议原件", "照片"]
    assert len(kinds(deputy_user, case)) == 5
    assert (may_add(asked, case, HANDLING), may_add(deputy_user, case, HANDLING)) == (False, True)
    sent = {"files": [SimpleUploadedFile("a.pdf", pdf())], "kind": "照片"}
    assert sign_in(client, asked).post(to("case-papers", case), sent).status_code == 404


def test_why_a_unit_gives_a_case_back_is_no_paper_for_the_deputy(case, unit_clerk, deputy_user):
    for name in ("退回", "申请改办", "退稿"):
        step_with(case, name, 1 + len(name), entered_by=unit_clerk)
    assert set(kinds(unit_clerk, case)) == {"内部材料"}
    assert kinds(deputy_user, case) == []


def test_the_signed_letter_is_read_when_it_is_sent(case, government, deputy_user):
    step_with(case, "签发", 2, entered_by=government)
    assert (kinds(government, case), kinds(deputy_user, case)) == (["答复稿"], [])
    reply = step_with(case, "答复", entered_by=government)
    assert [(paper.kind, paper.step) for paper in of_case(deputy_user, case)] == [("答复函", reply)]
    assert Paper._base_manager.values("stored").distinct().count() == 1


def test_a_reply_with_its_own_letter_and_one_without_a_signing_send_no_other(
    case, government, deputy_user
):
    step_with(case, "签发", 2, entered_by=government)
    step_with(case, "答复", 3, entered_by=government)
    assert [paper.name for paper in of_case(deputy_user, case)] == ["答复3.pdf"]
    step_with(case, "再次答复", entered_by=government)
    assert [paper.name for paper in of_case(deputy_user, case)] == ["答复3.pdf"]


def test_units_and_deputies_bring_so_much_to_a_case_and_the_office_more(
    client, sign_in, case, clerk, unit_clerk, deputy_user, monkeypatch
):
    kept(case, unit_clerk)
    monkeypatch.setattr(papers, "ROOM", len(pdf(2)) + 10)
    sent = {"files": [SimpleUploadedFile("a.pdf", pdf())], "kind": "照片"}
    page = sign_in(client, deputy_user).post(to("case-papers", case), sent).content.decode()
    assert "这一件的材料加上“a.pdf”超过 0 MB，不能再收。" in page
    with pytest.raises(StepRefused, match="不能再收"):
        step_with(case, "面商", 3, entered_by=unit_clerk)
    assert kinds(clerk, case) == ["答复函"]
    kept(case, clerk, content=pdf(3))
    assert kinds(clerk, case) == ["答复函", "答复函"]


def test_a_units_right_to_the_phone_ends_with_the_case(case, unit_clerk, clerk):
    def seen(user):
        return may_see_phone(Moment(case, user, date(2024, 6, 1)))

    assert (seen(unit_clerk), seen(clerk)) == (True, True)
    case.standings.filter(ends=None).update(state="已办结")
    assert (seen(unit_clerk), seen(clerk)) == (False, True)


def test_the_government_takes_back_no_evaluation_link(client, sign_in, case, government, clerk):
    case.standings.filter(ends=None).update(state="待评价", replied_on="2024-05-20")
    now = timezone.now()
    link = CaseLink(
        case=case, purpose="评价", token="x", made_by=clerk, made_at=now, expires=now
    )  # fmt: skip
    link.save()
    with pytest.raises(links.LinkRefused):
        links.revoke(link, government, now)
    answer = sign_in(client, government).post(to("case-link-revoke", link))
    assert (answer.status_code, CaseLink._base_manager.get().revoked_at) == (404, None)


def test_a_unit_that_gets_the_case_back_needs_a_new_link(case, clerk, unit, township):
    made = timezone.now()
    token = links.make(case, "办理", clerk, made, unit)[1].split("/")[2]
    today, other = timezone.localdate(made), Unit(place=township, name="镇城建办")
    other.save()

    def opens(*spans):
        case.units.all().delete()
        for role, starts, ends in spans:
            CaseUnit(case=case, unit=unit, role=role, starts=starts, ends=ends).save()
        try:
            return bool(links.guest_of(token, made, "办理"))
        except links.LinkDead:
            return False

    early, later = date(2024, 3, 12), today.replace(year=today.year + 1)
    assert opens(("主办", early, None))
    assert opens(("主办", early, later), ("协办", later, None))  # another part, never out of it
    assert not opens(("主办", early, today), ("主办", later, None))
    assert not opens(("主办", early, today))


def test_scans_are_kept_under_the_kinds_of_the_role(unit_clerk, clerk):
    run = {"first": 1, "last": 1, "code": "", "form": "", "kept": None}

    def offered(user):
        form = RunForm(None, drop=ScanDrop(user=user, runs=[run]), place=0, user=user, cases={})
        return {kind for kind, _ in form.fields["kind"].choices}

    assert offered(clerk) == set(PaperKind.values)
    assert offered(unit_clerk) == {"答复稿", "协办意见", "面商记录", "照片", "其他"}


def test_a_township_adds_no_paper_to_a_case_of_the_county(
    client, sign_in, case, clerk, unit_clerk, deputy_user
):
    type(case)._base_manager.filter(pk=case.pk).update(raised_at="县")
    for user in (clerk, unit_clerk, deputy_user):
        sent = {"files": [SimpleUploadedFile("现场.pdf", pdf(1))], "kind": "其他"}
        assert sign_in(client, user).post(to("case-papers", case), sent).status_code == 404
    page = sign_in(client, clerk).get(to("case-papers", case))
    assert (page.context["may_add"], kinds(clerk, case)) == (False, [])


def test_a_unit_gives_a_letter_to_the_deputy_by_its_reply_alone(
    client, sign_in, case, unit_clerk, deputy_user
):
    file = SimpleUploadedFile("答复函.pdf", pdf(1))
    answer = sign_in(client, unit_clerk).post(
        to("case-papers", case), {"files": [file], "kind": "答复函"}
    )
    assert list(answer.context["paper_form"].errors) == ["kind"]
    assert (kinds(unit_clerk, case), kinds(deputy_user, case)) == ([], [])


def test_a_row_that_is_none_is_not_found(client, sign_in, case, clerk, asked):
    sign_in(client, clerk)
    for key in ("abc", "²", "9" * 25, ""):
        sent = {"row": key, "answer": "同意"}
        assert client.post(to("case-co-signing", case), sent).status_code == 404
    assert AuditEntry._base_manager.filter(model="suggestions.CoSigning").count() == 1
