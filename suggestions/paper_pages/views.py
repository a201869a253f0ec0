"""Papers of a case: adding, downloading, taking out and putting back."""

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress.doors import find
from congress.upload_kinds import UploadRefused
from suggestions.models import Case, Paper
from suggestions.paper_pages.forms import PaperForm
from suggestions.paper_pages.shelf import shelf
from suggestions.papers import (
    filing,
    keep,
    may_add,
    may_put_back,
    may_remove,
    open_file,
    open_small,
    put_back,
    take_out,
)  # fmt: skip


def _case(request, pk):
    """(the case, where it stands)."""
    case = find(Case.objects.visible_to(request.user).select_related("place"), pk=pk)
    return case, _state(case)


def _state(case):
    return case.standings.filter(ends=None).values_list("state", flat=True).first()


def _paper(request, pk, **lookup):
    papers = Paper.objects.visible_to(request.user).select_related("case", "uploaded_by")
    return find(papers, pk=pk, **lookup)


def _back(case):
    return redirect(f"{reverse('case', args=[case.pk])}#papers")


@require_http_methods(["GET", "HEAD", "POST"])
def case_papers(request, pk):
    """The papers of a case on a page of their own; adding some."""
    case, state = _case(request, pk)
    form = None
    if request.method == "POST":
        if not may_add(request.user, case, state):
            raise Http404
        form = PaperForm(request.POST, request.FILES, user=request.user)
        if form.is_valid() and _kept(request, case, form):
            return _back(case)
    context = {"case": case, **shelf(request.user, case, state, form)}
    return render(request, "suggestions/papers.html", context)


def _kept(request, case, form):
    """Keep all files, or none: what is wrong stands in the form."""
    files, kind = form.cleaned_data["files"], form.cleaned_data["kind"]
    try:
        with filing():
            for file in files:
                keep(case, file, kind=kind, user=request.user, now=timezone.now())
    except UploadRefused as refused:
        form.add_error("files", str(refused))
        return False
    names = "、".join(file.name for file in files)
    messages.success(request, f"已收 {len(files)} 个文件：{names}")
    return True


@require_safe
def paper_file(request, pk):
    """The file itself, always as a download."""
    paper = _paper(request, pk, removed_at=None)
    try:
        file = open_file(paper)
    except FileNotFoundError:
        told = f"“{paper.name}”的文件不在服务器上，请告诉系统管理员从备份里恢复"
        messages.error(request, told)
        return _back(paper.case)
    return FileResponse(
        file, as_attachment=True, filename=paper.name, content_type=paper.content_type
    )


@require_safe
def paper_small(request, pk):
    """The small picture of a photo."""
    paper = _paper(request, pk, removed_at=None, has_small=True)
    try:
        file = open_small(paper)
    except FileNotFoundError as error:
        raise Http404 from error
    return FileResponse(file, content_type="image/jpeg")


@require_POST
def paper_remove(request, pk):
    """Take a paper out; undone by `paper_restore`."""
    paper = _allowed(request, pk, may_remove)
    if take_out(paper, user=request.user, now=timezone.now()):
        messages.success(request, f"已移除“{paper.name}”。要恢复，在材料下面点“撤销移除”。")
    return _back(paper.case)


@require_POST
def paper_restore(request, pk):
    """Undo of taking out."""
    paper = _allowed(request, pk, may_put_back)
    if put_back(paper):
        messages.success(request, f"“{paper.name}”恢复了。")
    return _back(paper.case)


def _allowed(request, pk, may):
    paper = _paper(request, pk)
    if not may(request.user, paper, _state(paper.case)):
        raise Http404
    return paper
