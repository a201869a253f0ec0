"""Papers of a case: kept outside any web root, taken by who sees the case, never lost."""

import hashlib
import os
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congress.models import AuditEntry, Unit, User
from congress.scoping import Guest
from suggestions.models import Paper
from suggestions.paper_files import filing, folder, path_of, remove_orphans, small_path_of
from suggestions.paper_pages.shelf import shelf
from suggestions.papers import of_case, put_back, share, take_out
from tests.congress.uploaded import pdf, picture
from tests.suggestions.kept_papers import NOW, handed_to, kept

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def data(settings, tmp_path):
    settings.DATA = tmp_path
    return tmp_path


@pytest.fixture
def case(township, unit, deputy_user):
    return handed_to(township, unit, deputy_user)


@pytest.fixture
def other_unit_clerk(township):
    unit = Unit(place=township, name="镇民政办")
    unit.save()
    return User.objects.create_user("he", name="何经办", role="unit", place=township, unit=unit)


def files():
    return sorted(path.name for path in folder().rglob("*") if path.is_file())


def to(name, row):
    return reverse(name, kwargs={"pk": row.pk})


def upload(name="答复函.pdf", content=None):
    return SimpleUploadedFile(name, content or pdf())


def test_a_file_lies_under_a_random_name_that_only_the_system_reads(case, clerk, data):
    paper = kept(case, clerk, "现场.jpg", "照片")
    stored = path_of(paper.stored)
    assert len(stored.stem) == 64 and stored.parent.name == stored.stem[:2]
    assert [oct(os.stat(p).st_mode & 0o777) for p in (stored, stored.parent, folder())] == [
        "0o600", "0o700", "0o700",
    ]  # fmt: skip
    assert files() == [stored.name, f"{stored.name}.small"]
    assert hashlib.sha256(stored.read_bytes()).hexdigest() == paper.sha256
    assert (paper.name, paper.size, paper.uploader) == (
        "现场.jpg", stored.stat().st_size, "钟干事",
    )  # fmt: skip


def test_where_the_row_does_not_come_to_stand_the_file_goes_again(case, clerk):
    with pytest.raises(RuntimeError), filing():
        kept(case, clerk, "现场.jpg", "照片")
        assert len(files()) == 2
        raise RuntimeError
    assert files() == []
    assert Paper._base_manager.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_fault_after_the_commit_takes_no_file_away(township, unit, clerk):
    case = handed_to(township, unit)

    def broken():
        raise RuntimeError

    with pytest.raises(RuntimeError), filing():
        paper = kept(case, clerk)
        transaction.on_commit(broken)
    assert path_of(paper.stored).read_bytes() == pdf(2)


def test_an_inner_part_that_fails_takes_its_own_files_only(case, clerk):
    with filing():
        paper = kept(case, clerk)
        with pytest.raises(RuntimeError), filing():
            kept(case, clerk, "现场.jpg", "照片")
            raise RuntimeError
    assert files() == [path_of(paper.stored).name]


def test_files_that_no_row_names_are_found_and_removed(case, clerk):
    paper, lost = kept(case, clerk, "现场.jpg", "照片"), kept(case, clerk)
    Paper._base_manager.filter(pk=lost.pk).delete()
    written = os.stat(path_of(paper.stored)).st_mtime
    long_ago, soon = (
        NOW.fromtimestamp(written - 60, NOW.tzinfo),
        NOW.fromtimestamp(written + 60, NOW.tzinfo),
    )
    assert remove_orphans(long_ago) == 0
    assert remove_orphans(soon) == 1
    assert files() == [path_of(paper.stored).name, small_path_of(paper.stored).name]


def test_the_same_file_twice_is_one_paper(case, clerk):
    assert kept(case, clerk).pk == kept(case, clerk).pk
    assert kept(case, clerk, kind="其他").pk != kept(case, clerk).pk
    assert len(files()) == 2


def test_one_letter_answers_two_cases_with_one_file(case, clerk, township, unit):
    other = handed_to(township, unit, number="2")
    paper = kept(case, clerk)
    copy = share(paper, other, user=clerk, now=NOW)
    assert share(paper, other, user=clerk, now=NOW).pk == copy.pk
    assert (copy.stored, of_case(clerk, other)) == (paper.stored, [copy])
    assert len(files()) == 1


def test_the_holder_of_a_link_is_kept_by_name(case, unit, township):
    guest = Guest(
        role="unit", place=township, name="镇水务站（链接）", only=case.pk, unit_id=unit.pk
    )
    paper = kept(case, guest)
    assert (paper.uploaded_by, paper.uploaded_as, paper.uploader) == (
        None, "镇水务站（链接）", "镇水务站（链接）",
    )  # fmt: skip
    assert of_case(guest, case) == [paper]


def test_who_sees_the_case_sees_its_papers_and_nobody_else(
    case, clerk, chair, county_user, government, unit_clerk, deputy_user, stranger,
    other_unit_clerk, sysadmin,
):  # fmt: skip
    kept(case, clerk)
    people = [
        clerk, chair, county_user, government, unit_clerk, deputy_user, stranger,
        other_unit_clerk, sysadmin,
    ]  # fmt: skip
    seen = {user.name for user in people if of_case(user, case)}
    assert seen == {"钟干事", "邹主席", "曾主任", "廖文书", "文经办", "池代表"}


def test_a_deputy_is_not_shown_the_offices_working_papers(case, clerk, deputy_user):
    for kind in ("批示件", "答复稿", "协办意见", "答复函"):
        kept(case, clerk, f"{kind}.pdf", kind)
    assert [paper.kind for paper in of_case(deputy_user, case)] == ["答复函"]


def test_a_download_is_a_download(client, sign_in, case, unit_clerk, clerk):
    paper = kept(case, clerk)
    answer = sign_in(client, unit_clerk).get(to("paper", paper))
    assert b"".join(answer.streaming_content) == pdf(2)
    assert {name: answer[name] for name in ("Content-Type", "Content-Disposition")} == {
        "Content-Type": "application/pdf",
        "Content-Disposition": "attachment; filename*=utf-8''%E7%AD%94%E5%A4%8D%E5%87%BD.pdf",
    }
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "no-store")


def test_a_photo_has_a_small_picture_and_a_letter_has_none(client, sign_in, case, clerk):
    photo, letter = kept(case, clerk, "现场.jpg", "照片"), kept(case, clerk)
    sign_in(client, clerk)
    small = client.get(to("paper-small", photo))
    assert small["Content-Type"] == "image/jpeg"
    assert b"".join(small.streaming_content)[:3] == b"\xff\xd8\xff"
    assert client.get(to("paper-small", letter)).status_code == 404


@pytest.mark.parametrize("name", ["paper", "paper-small", "case-papers"])
def test_for_others_neither_paper_nor_page_exists(
    client, sign_in, case, clerk, stranger, other_unit_clerk, name
):
    row = case if name == "case-papers" else kept(case, clerk, "现场.jpg", "照片")
    codes = []
    for user in (stranger, other_unit_clerk, clerk):
        answer = sign_in(client, user).get(to(name, row))
        codes.append(answer.status_code)
        list(answer)  # a file is read to its end
    assert codes == [404, 404, 200]


def test_a_missing_file_is_told_on_the_page_of_the_case(client, sign_in, case, clerk):
    paper = kept(case, clerk)
    path_of(paper.stored).unlink()
    answer = sign_in(client, clerk).get(to("paper", paper), follow=True)
    assert "“答复函.pdf”的文件不在服务器上" in answer.content.decode()


def test_several_files_are_uploaded_at_once(client, sign_in, case, unit_clerk):
    sent = {"files": [upload(), upload("现场.jpg", picture())], "kind": "面商记录"}
    answer = sign_in(client, unit_clerk).post(to("case-papers", case), sent)
    assert answer["Location"] == f"{to('case', case)}#papers"
    assert [(p.name, p.kind, p.uploaded_by) for p in of_case(unit_clerk, case)] == [
        ("答复函.pdf", "面商记录", unit_clerk), ("现场.jpg", "面商记录", unit_clerk),
    ]  # fmt: skip


def test_a_refused_file_is_told_and_none_is_kept(client, sign_in, case, clerk):
    sent = {"files": [upload(), upload("现场.jpg", b"<html>")], "kind": "照片"}
    text = sign_in(client, clerk).post(to("case-papers", case), sent).content.decode()
    assert "“现场.jpg”是网页文件。" in text
    assert (of_case(clerk, case), folder().exists()) == ([], False)


def test_a_unit_that_handled_the_case_before_does_not_find_it_now(
    client, sign_in, case, unit_clerk
):
    case.units.update(ends="2024-04-01")
    sign_in(client, unit_clerk)
    assert client.get(to("case-papers", case)).status_code == 404
    sent = {"files": [upload()], "kind": "答复函"}
    assert client.post(to("case-papers", case), sent).status_code == 404


def test_taking_out_is_noted_and_undone(client, sign_in, case, clerk):
    paper = kept(case, clerk)
    sign_in(client, clerk)
    client.post(to("paper-remove", paper))
    assert client.get(to("paper", paper)).status_code == 404
    assert of_case(clerk, case) == []
    page = client.get(to("case-papers", case)).content.decode()
    assert "移除了 1 件" in page
    client.post(to("paper-restore", paper))
    assert of_case(clerk, case) == [paper]
    noted = AuditEntry._base_manager.filter(model="suggestions.Paper").order_by("pk")
    assert [(entry.action, entry.by, entry.place_id) for entry in noted] == [
        ("create", None, case.place_id),
        ("update", clerk, case.place_id),
        ("update", clerk, case.place_id),
    ]


def test_others_take_out_only_what_they_brought_themselves(
    client, sign_in, case, clerk, unit_clerk, deputy_user
):
    mine, letter = kept(case, unit_clerk), kept(case, clerk, "现场.jpg", "照片")
    step = case.steps.first()
    with_step = kept(case, unit_clerk, "答复函.docx", step=step)
    sign_in(client, unit_clerk)
    codes = {
        paper.pk: client.post(to("paper-remove", paper)).status_code
        for paper in (mine, letter, with_step)
    }
    assert codes == {mine.pk: 302, letter.pk: 404, with_step.pk: 404}
    assert sign_in(client, deputy_user).post(to("paper-remove", letter)).status_code == 404


def test_what_was_added_anew_meanwhile_is_not_put_back_twice(case, clerk):
    paper = kept(case, clerk)
    assert take_out(paper, user=clerk, now=NOW + timedelta(hours=1))
    again = kept(case, clerk)
    assert not put_back(paper)
    assert of_case(clerk, case) == [again]


@pytest.mark.parametrize("count", [1, 3])
def test_the_shelf_costs_one_query_for_the_office_however_many_papers(case, clerk, count):
    for number in range(count):
        kept(case, clerk, f"{number}.pdf", content=pdf(number + 1))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert len(shelf(clerk, case, "办理中")["papers"]) == count
    assert len(asked) == 1


def test_the_check_names_what_is_missing_or_changed(case, clerk, capsys):
    good, lost, changed = (kept(case, clerk, f"{n}.pdf", content=pdf(n)) for n in (1, 2, 3))
    path_of(lost.stored).unlink()
    path_of(changed.stored).write_bytes(b"x")
    with pytest.raises(CommandError):
        call_command("check_papers")
    assert capsys.readouterr().out.splitlines() == [
        f"{lost.pk} 2.pdf：文件不见了",
        f"{changed.pk} 3.pdf：文件和登记时不一样",
        "3 件材料，2 件有问题",
    ]
    assert path_of(good.stored).exists()
