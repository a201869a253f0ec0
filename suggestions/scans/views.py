"""扫描件: drop scanned sheets, see which case each belongs to, keep them there."""

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from congress.doors import find, roles
from congress.jobs import enqueue
from congress.roles import WRITING_ROLES, Role
from congress.uploads import UploadRefused
from suggestions.models import ScanDrop
from suggestions.scans.forms import RunForm
from suggestions.scans.keeping import cases_found, clean, drop_file, keep_run, path_of, throw_away

DROPPERS = WRITING_ROLES | {Role.UNIT, Role.GOVERNMENT}
MOST_FILES = 60


def _drops(user):
    return ScanDrop.objects.visible_to(user).select_related("job")


def _page(request, data=None):
    """(context, forms): the drops that were read with a form for each sheet not yet kept."""
    drops, forms = list(_drops(request.user)), []
    cases = cases_found(drops, request.user)
    for drop in drops:
        forms += [
            RunForm(data, drop=drop, place=place, user=request.user, cases=cases)
            for place, run in enumerate(drop.runs)
            if not run["kept"]
        ]
    unread = [drop for drop in drops if drop.read_at is None]
    job = next((drop.job for drop in unread if drop.job and not drop.job.is_over), None)
    context = {
        "forms": forms,
        "drops": drops,
        "problems": [drop for drop in drops if drop.problem],
        "unread": unread,
        "job": job,
    }
    return context, forms


@require_safe
@roles(*DROPPERS)
def scans(request):
    """Drop files; below, what was read and waits to be confirmed."""
    context, _ = _page(request)
    return render(request, "suggestions/scans/scans.html", context)


@require_POST
@roles(*DROPPERS)
def scans_drop(request):
    """Keep the dropped files and have them read."""
    files = request.FILES.getlist("files")
    if not files:
        messages.warning(request, "还没有选文件。请把扫描件拖到框里，或者点一下选择")
    if len(files) > MOST_FILES:
        messages.warning(request, f"一次最多放 {MOST_FILES} 个，这次有 {len(files)} 个，请分几次放")
        return redirect("scans")
    kept, now = [], timezone.now()
    clean(now)
    for file in files:
        try:
            kept.append(drop_file(file, user=request.user, now=now))
        except UploadRefused as refused:
            messages.warning(request, str(refused))
    if kept:
        _start(request, kept)
    return redirect("scans")


def _start(request, drops):
    """The job that reads these drops."""
    keys = [drop.pk for drop in drops]
    with transaction.atomic():
        job = enqueue(
            "suggestions.scans.tasks.read",
            {"drops": keys},
            user=request.user,
            place=request.user.place,
            title=f"识别扫描件 {len(drops)} 个",
            key=f"scans {request.user.pk} {timezone.now().isoformat()}",
        )
        _drops(request.user).filter(pk__in=keys).update(job=job)


@require_POST
@roles(*DROPPERS)
def scans_read(request):
    """Read again what was not read because the job broke off."""
    unread = list(_drops(request.user).filter(read_at=None))
    if unread and not any(drop.job and not drop.job.is_over for drop in unread):
        _start(request, unread)
    return redirect("scans")


@require_safe
@roles(*DROPPERS)
def scans_progress(request):
    """How far the reading is; when it is over the page is drawn anew."""
    context, _ = _page(request)
    response = render(request, "suggestions/scans/_progress.html", context)
    if context["job"] is None:
        response["HX-Refresh"] = "true"
    return response


@require_POST
@roles(*DROPPERS)
def scans_keep(request):
    """Keep the ticked sheets as papers of their cases; what is wrong stands beside its sheet."""
    context, forms = _page(request, request.POST)
    good = [form for form in forms if form.is_valid() and form.case]
    now = timezone.now()
    refused = [problem for problem in (_keep(form, request.user, now) for form in good) if problem]
    for problem in refused:
        messages.warning(request, problem)
    if len(good) > len(refused):
        messages.success(request, f"已归档 {len(good) - len(refused)} 份，在各件的案卷材料里")
    throw_away([drop for drop in _drops(request.user) if drop.runs and _is_done(drop)])
    if all(form.is_valid() for form in forms):
        return redirect("scans")
    done = {id(form) for form in good}
    context["forms"] = [form for form in forms if id(form) not in done]
    return render(request, "suggestions/scans/scans.html", context)


def _keep(form, user, now):
    """What stood in the way, in Chinese; else nothing."""
    try:
        kind = form.cleaned_data["kind"]
        keep_run(form.drop, form.place, form.case, kind, user=user, now=now)
    except UploadRefused as refused:
        return str(refused)
    return ""


def _is_done(drop):
    return all(run["kept"] for run in drop.runs)


@require_safe
@roles(*DROPPERS)
def scan_file(request, pk):
    """The dropped file, as a download, to see what it is."""
    drop = find(_drops(request.user), pk=pk)
    if not path_of(drop).is_file():
        raise Http404(drop.name)
    return FileResponse(path_of(drop).open("rb"), as_attachment=True, filename=drop.name)


@require_POST
@roles(*DROPPERS)
def scan_discard(request, pk):
    """Throw a dropped file away; what of it was kept stays with its cases."""
    drop = find(_drops(request.user), pk=pk)
    throw_away([drop])
    messages.info(request, f"{drop.name} 没有归档的部分已丢弃")
    return redirect("scans")
