"""Scans from the drop to the papers of their cases."""

import secrets
from datetime import timedelta
from pathlib import Path

from django.conf import settings

from congress import uploads
from congress.uploads import UploadRefused, checked_bytes
from suggestions import papers
from suggestions.case_codes import cases_of
from suggestions.models import Case, PaperKind, ScanDrop
from suggestions.paper_forms.catalogue import forms
from suggestions.scans.reading import Unreadable, cases_in, pages_of, runs_of

LIFE = timedelta(days=7)
READ = frozenset({"pdf", "jpg", "png", "heic"})
# Bytes that may wait of one user: some 500 pages as an office scanner makes them.
ROOM = 500 * 2**20
NOT_A_SCAN = "这不是扫描件：请放 PDF、JPG、PNG 或 HEIC 文件"


def folder():
    """Where dropped files wait, in the data folder."""
    return Path(settings.DATA) / "scans"


def path_of(drop):
    """The file of a drop."""
    return folder() / drop.stored


def drop_file(upload, *, user, now):
    """Keep an upload until it is read and confirmed. UploadRefused: empty, too large, or too much
    of the user's waits already.
    """
    name = uploads.clean_name(upload.name)
    if not upload.size:
        raise UploadRefused(f"{name}是空文件，没有放进来")
    if upload.size > uploads.LARGEST:
        raise UploadRefused(f"{name}超过 20 MB，没有放进来；请用 200 dpi 扫描或分成几个文件")
    if _waiting(user) + upload.size > ROOM:
        raise UploadRefused(
            f"{name}没有放进来：您放进来还没有归档的已满 {ROOM // 2**20} MB。"
            "请先把下面的归档或丢弃，再放"
        )
    stored = secrets.token_urlsafe(32)
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder() / stored).open("wb") as file:
        for chunk in upload.chunks():
            file.write(chunk)
    drop = ScanDrop(user=user, place=user.place, name=name[:150], stored=stored, dropped_at=now)
    drop.save()
    return drop


def _waiting(user):
    """Bytes of the user's files that nobody confirmed yet."""
    drops = ScanDrop.objects.visible_to(user).only("stored")
    return sum(path_of(drop).stat().st_size for drop in drops if path_of(drop).is_file())


def read_drop(drop, now):
    """Find the cases of a drop's pages; what cannot be read says so in `problem`."""
    drop.problem, drop.runs, drop.read_at = "", [], now
    try:
        ready = checked_bytes(drop.name, path_of(drop).read_bytes())
        if ready.kind not in READ:
            raise UploadRefused(f"{drop.name}：{NOT_A_SCAN}")
        drop.kind = "pdf" if ready.kind == "pdf" else "jpg" if ready.kind == "heic" else ready.kind
        drop.name = ready.name[:150]
        path_of(drop).write_bytes(ready.content)
        runs = runs_of(cases_in(ready.content, drop.kind))
    except UploadRefused as refused:
        drop.problem = str(refused)[:300]
    except Unreadable as refused:
        drop.problem = f"{drop.name}：{refused}"
    except FileNotFoundError:
        drop.problem = f"{drop.name}：文件已经不在了，请再放一次"
    else:
        drop.runs = [_row(run) for run in runs]
    drop.save()


def _row(run):
    code, form = (run.mark.code, run.mark.form) if run.mark else ("", "")
    return {"first": run.first, "last": run.last, "code": code, "form": form, "kept": None}


def cases_found(drops, user):
    """{code: case} of the codes on the sheets of these drops, where this user sees the case."""
    return cases_of({run["code"] for drop in drops for run in drop.runs}, user)


def sheet_before(drop, place):
    """The run before one without a code, whose annex it may be; else the run itself."""
    runs = drop.runs
    return runs[place - 1] if place and not runs[place]["code"] else runs[place]


def kind_of(run):
    """The kind of paper that a run most likely is, by the form in its code."""
    form = forms().get(run["form"])
    return form.paper if form else PaperKind.OTHER.value


def case_numbered(number, user):
    """The case of that number which the user sees. Case.DoesNotExist; MultipleObjectsReturned where
    several townships have one.
    """
    return Case.objects.visible_to(user).get(number=number.strip())


def may_keep(user, case):
    """Whether the user may add papers to this case."""
    standing = case.standings.filter(ends=None).first()
    return papers.may_add(user, case, standing.state if standing else "")


def keep_run(drop, place, case, kind, *, user, now):
    """Make the pages of run `place` of a drop a paper of the case; twice is once."""
    with papers.filing():
        drop = ScanDrop.objects.visible_to(user).select_for_update(of=("self",)).get(pk=drop.pk)
        run = drop.runs[place]
        if run["kept"]:
            return
        papers.keep(case, _file_of(drop, run), kind=kind, user=user, now=now)
        run["kept"] = case.pk
        drop.save()


def _file_of(drop, run):
    content, name = path_of(drop).read_bytes(), drop.name
    if drop.kind == "pdf" and len(drop.runs) > 1:
        content = pages_of(content, run["first"], run["last"])
        stem = name.removesuffix(".pdf")
        name = f"{stem[:120]}-{run['first']}至{run['last']}页.pdf"
    return checked_bytes(name, content)


def throw_away(drops):
    """Forget drops and their files. Outside a transaction: a file does not come back."""
    ScanDrop._base_manager.filter(pk__in=[drop.pk for drop in drops]).delete()
    for drop in drops:
        path_of(drop).unlink(missing_ok=True)


def clean(now):
    """Forget what nobody confirmed in seven days, and files without a row."""
    throw_away(list(ScanDrop._base_manager.filter(dropped_at__lt=now - LIFE)))
    for path in folder().glob("*"):
        if path.stat().st_mtime < (now - LIFE).timestamp():
            path.unlink(missing_ok=True)
