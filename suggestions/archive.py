"""Files (案卷) made as jobs: one case, or all cases of a year in one go."""

import logging
import re
import tempfile
import zipfile
from datetime import timedelta
from functools import partial
from pathlib import Path

from django.db import DatabaseError

from congress.jobs import JobRefused
from congress.models import Place, User
from congress.models.jobs import LeaseLost
from congress.office_pdf import Turner
from congress.pdf_fonts import MISSING, Fonts
from congress.roles import OFFICE_ROLES
from congress.scoping import OPERATOR
from congress.sheets.write import write_table
from suggestions.archives.binding import bound, joined
from suggestions.archives.case_file import read
from suggestions.archives.sheets import ATTACHED, LIST, LOST, RECORD, WORDS, Sheets
from suggestions.models import Case
from suggestions.steps import ENDED

log = logging.getLogger(__name__)

GONE = "这一件现在看不到了：可能已删除，或您的账号没有这项权限了"
TOO_LONG = "一年的案卷太多，这一次没有做完；转换好的材料都留着，再点一次会快得多"
LONGEST = timedelta(minutes=9)  # of a year's job: others wait behind it
LIST_NAME = "总目录.xlsx"
LIST_HEAD = (
    "编号", "标题", "提出人", "主办单位", "提出日期", "办结日期", "状态", "材料件数", "页数",
    "案卷文件", "说明",
)  # fmt: skip
NOT_ENDED = "还没有办结，没有装卷"


def make(job, case_id, user_id):
    """The file of one case as the job's result; a job of congress.jobs."""
    user = _user(user_id)
    case = _cases(user).filter(pk=case_id).first()
    if case is None:
        raise JobRefused(GONE)
    file = read(case, user, job.clock())
    fonts = Fonts(WORDS + file.texts())
    with Turner() as turner:
        pdf, pages = bind(file, fonts, turner, lambda at, all: job.progress(at, all, "正在装卷"))
    job.new_result_file(f"{_plain(file.title)}.pdf").write_bytes(pdf)
    job.progress(1, 1, f"共 {pages} 页。{''.join(file.notes)}")


def bind(file, fonts, turner, tick=lambda at, all: None):
    """(the PDF of a CaseFile as bytes, its pages). tick(at, all): called before each paper."""
    papers = []
    for at, paper in enumerate(file.papers):
        tick(at, len(file.papers) + 1)
        papers.append(bound(paper, turner))
    file.notes += _missing_letters(fonts, file.texts())
    with fonts.in_use():
        return _drawn(file, Sheets(fonts), papers)


def _drawn(file, sheets, papers):
    record = sheets.record(file)
    contents, before = _contents(file, sheets, record, papers)
    pages = before + len(record.pages) + sum(paper.count for paper in papers)
    cover = sheets.cover(file, len(papers), pages)
    parts = [("封面", cover), (LIST, contents), (RECORD, record)]
    parts += [(each.paper.name, each.pages) for each in papers if each.pages]
    attached = [
        (f"{number:02} {each.paper.name}", each.attached)
        for number, each in enumerate(papers, 2)
        if each.attached
    ]
    return joined(file, parts, attached), pages


def _contents(file, sheets, record, papers):
    """(the list, how many pages stand before the record): the list counts its own pages too."""
    before = 2
    for _ in range(3):
        contents = sheets.contents(file, _entries(file, record, papers, before))
        if before == 1 + len(contents.pages):
            break
        before = 1 + len(contents.pages)
    return contents, before


def _entries(file, record, papers, before):
    """The lines of the list; `before`: how many pages stand before the record."""
    first = before + 1
    lines = [(RECORD, file.place, _span(first, len(record.pages)), "")]
    first += len(record.pages)
    for each in papers:
        paper, pages = each.paper, _span(first, each.count) if each.count else ATTACHED
        source = f"{paper.kind}　{paper.uploaded_at:%Y-%m-%d}"
        lines.append(
            (paper.name, source, pages if each.count or each.attached else "", each.remark)
        )
        first += each.count
    return lines


def _span(first, count):
    return str(first) if count == 1 else f"{first}-{first + count - 1}"


def _missing_letters(fonts, text):
    lost = sorted(fonts.missing & set(text))
    if not lost:
        return []
    codes = "、".join(f"U+{ord(sign):04X}" for sign in lost[:20])
    return [LOST.format(len(lost), MISSING, codes)]


def make_year(job, place_id, year, user_id):
    """The files of all ended cases that were raised in a year, as a .zip with a list of all cases;
    one that fails is named and does not stop the others.
    """
    user, until = _user(user_id), job.clock() + LONGEST
    place = Place.objects.visible_to(user).filter(pk=place_id).first()
    if place is None:
        raise JobRefused(GONE)
    files = [read(case, user, job.clock()) for case in year_cases(user, place, year)]
    fonts = Fonts(WORDS + "".join(file.texts() for file in files))
    path = job.new_result_file(f"{place.name}{year}年案卷.zip")
    with Turner() as turner, zipfile.ZipFile(path, "w") as archive:
        rows = []
        for at, file in enumerate(files):
            tick = partial(_tell, job, until, at, len(files), file.case.number)
            tick()
            rows.append(_into(archive, file, fonts, turner, tick))
        _list(archive, rows, f"{place.name}{year}年")
    job.progress(len(files), len(files), _told(rows))
    return {"made": sum(bool(row[-2]) for row in rows), "failed": _failed(rows)}


def year_cases(user, place, year):
    """The cases of a place that were raised in a year, in the order of their numbers."""
    cases = _cases(user).in_place(place).filter(raised_on__year=year)
    return cases.order_by("number", "pk")


def _tell(job, until, at, files, number, *_):
    if job.clock() > until:
        raise JobRefused(TOO_LONG)
    job.progress(at, files, f"正在装卷：{number}")


def _into(archive, file, fonts, turner, tick):
    """Put one file into the .zip; its line of the list."""
    name, pages, remark = "", None, ""
    if file.state not in ENDED:
        return _row(file, name, pages, NOT_ENDED)
    try:
        pdf, pages = bind(file, fonts, turner, tick)
        name = f"{_plain(file.title)}.pdf"
        archive.writestr(name, pdf)
        remark = "；".join(file.notes)
    except (LeaseLost, DatabaseError, JobRefused):
        raise
    except Exception:
        log.exception("the file of case %s was not made", file.case.pk)
        name, pages, remark = "", None, "没有做成，请单独生成这一卷；还不行，请联系系统管理员"
    return _row(file, name, pages, remark)


def _row(file, name, pages, remark):
    case = file.case
    return (
        case.number, case.title, file.names, file.unit, case.raised_on, file.closed_on, file.state,
        len(file.papers), pages, name, remark,
    )  # fmt: skip


def _failed(rows):
    return [row[0] for row in rows if row[-1].startswith("没有做成")]


def _told(rows):
    made, failed = sum(bool(row[-2]) for row in rows), _failed(rows)
    left = len(rows) - made - len(failed)
    told = [
        f"装好 {made} 卷",
        f"{left} 件还没有办结，没有装" if left else "",
        f"{len(failed)} 卷没有做成：{'、'.join(failed)}" if failed else "",
    ]
    return "；".join(filter(None, told))


def _list(archive, rows, title):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / LIST_NAME
        write_table(path, LIST_HEAD, rows, f"{title}总目录")
        archive.write(path, LIST_NAME)


def _plain(name):
    """A file name that every system takes."""
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]', "_", name)[:100].strip(" .")


def _user(user_id):
    """Who asked for it; what they may see is asked again when the job runs."""
    user = User.objects.visible_to(OPERATOR).select_related("place").filter(pk=user_id).first()
    if user is None or user.role not in OFFICE_ROLES or not user.is_active:
        raise JobRefused(GONE)
    return user


def _cases(user):
    return Case.objects.visible_to(user).select_related("place")
