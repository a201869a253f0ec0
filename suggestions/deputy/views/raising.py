"""Raising a suggestion on a phone: what is typed is kept, then handed in once."""

import secrets

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from congress.doors import roles
from congress.models import Place
from congress.phone_accounts import numbers
from congress.records import StaleRecord
from congress.roles import Role
from congress.upload_kinds import UploadRefused
from suggestions.attempts import overtaken
from suggestions.concreteness import look_at
from suggestions.deputy.cases import person_of
from suggestions.deputy.forms import NO, YES, RaiseForm
from suggestions.deputy.one_case import editable, repair_note
from suggestions.deputy.views.home import found
from suggestions.models import DraftSheet
from suggestions.raising import (
    begin_draft,
    draft_of,
    drop_draft,
    hand_in,
    keep_draft,
    keep_photos,
    photos_of,
    remove_photo,
)  # fmt: skip
from suggestions.words import State
from suggestions.workflow import StepRefused


@require_http_methods(["GET", "HEAD", "POST"])
@roles(Role.DEPUTY)
def new(request):
    """An empty sheet; nothing is stored before something is typed."""
    if person_of(request.user) is None:
        return redirect("my-suggestions")
    if request.method == "POST":
        return _sent(request, draft_of(request.user, request.POST.get("form_token", "")))
    form = _form(request, None, initial={"form_token": secrets.token_urlsafe(24)})
    return _page(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
@roles(Role.DEPUTY)
def edit(request, pk):
    """A draft, or what came back for repair."""
    mine = found(request, pk, timezone.localdate())
    if not editable(mine):
        return redirect("my-suggestion", pk=pk)
    if request.method == "POST":
        return _sent(request, mine.case)
    form = _form(request, mine.case, initial=_initial(request, mine))
    return _page(request, form, mine.case)


@require_POST
@roles(Role.DEPUTY)
def keep(request):
    """What is typed so far, sent by the page itself; answers with the line under the heading."""
    user, now = request.user, timezone.now()
    case = draft_of(user, request.POST.get("form_token", ""))
    form = _form(request, case, request.POST, request.FILES, draft=True)
    if person_of(user) is None:
        raise Http404
    if form.is_valid() or set(form.errors) == {"photos"}:
        case = _draft(request, form)
        try:
            _keep(request, case, form)
        except UploadRefused as refused:
            form.add_error("photos", str(refused))
        except StepRefused as refused:  # handed in while this was on its way
            form.add_error(None, str(refused))
    context = _photo_context(request, case, form) | _look_context(request, form)
    errors = [error for name, found in form.errors.items() if name != "photos" for error in found]
    context |= {"errors": errors, "saved_at": timezone.localtime(now), "case": case}
    context["with_photos"] = bool(request.FILES)
    answer = render(request, "suggestions/deputy/_saved.html", context)
    if case is not None:
        answer["HX-Replace-Url"] = reverse("my-suggestion-edit", kwargs={"pk": case.pk})
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@roles(Role.DEPUTY)
def drop(request, pk):
    """Throw a draft away, asked once more."""
    mine = found(request, pk, timezone.localdate())
    if mine.state != State.DRAFT:
        return redirect("my-suggestion", pk=pk)
    if request.method == "POST":
        drop_draft(mine.case, user=request.user)
        messages.success(request, "草稿已经删掉")
        return redirect("my-suggestions")
    return render(request, "suggestions/deputy/drop.html", {"case": mine.case})


def _sent(request, case):
    """The whole form: handed in, or kept by the button for it."""
    keeping = "keep" in request.POST or "remove" in request.POST
    form = _form(request, case, request.POST, request.FILES, draft=keeping)
    if not form.is_valid():
        return _page(request, form, _with_good_photos(request, form, case))
    case = case or _draft(request, form)
    try:
        if keeping:
            return _kept(request, case, form)
        keep_photos(case, form.cleaned_data["photos"], user=request.user, now=timezone.now())
        hand_in(
            case, form.cleaned_data, user=request.user, today=timezone.localdate(),
            now=timezone.now(),
        )  # fmt: skip
    except UploadRefused as refused:
        form.add_error("photos", str(refused))
        return _page(request, form, case)
    except StaleRecord:
        overtaken(form, case)
        return _page(request, form, case)
    except StepRefused as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, "已经提交给乡镇人大。办到哪一步，这里都看得到")
    return redirect("my-suggestion", pk=case.pk)


def _with_good_photos(request, form, case):
    """The case with the photos that are good, although something else of the sheet is to be mended:
    a page cannot choose files anew by itself.
    """
    photos = form.good_photos()
    if photos:
        case = case or _draft(request, form)
        try:
            keep_photos(case, photos, user=request.user, now=timezone.now())
        except (UploadRefused, StepRefused) as refused:
            form.add_error("photos", str(refused))
    return case


def _kept(request, case, form):
    _keep(request, case, form)
    for removed in numbers([request.POST.get("remove", "")]):
        remove_photo(case, removed, user=request.user, now=timezone.now())
    messages.success(request, "草稿已存")
    return redirect("my-suggestion-edit", pk=case.pk)


def _keep(request, case, form):
    values, now = form.cleaned_data, timezone.now()
    keep_draft(case, values, user=request.user, now=now)
    keep_photos(case, form.good_photos(), user=request.user, now=now)


def _draft(request, form):
    token = form.cleaned_data.get("form_token")
    case = begin_draft(request.user, token, today=timezone.localdate()) if token else None
    if case is None:  # no token, or that of another's form
        raise Http404
    return case


def _form(request, case, *data, **options):
    kept = photos_of(case, request.user).count() if case else 0
    today = timezone.localdate()
    return RaiseForm(*data, user=request.user, today=today, kept=kept, **options)


def _initial(request, mine):
    """What the case holds: a draft also what it has no columns for."""
    case = mine.case
    sheet = DraftSheet.objects.visible_to(request.user).filter(case=case).first()
    public = case.public if case.handed_in else sheet and sheet.public
    return {
        "form_token": case.form_token,
        "version": case.version,
        "title": case.title,
        "body": case.body,
        "villages": list(case.villages.values_list("pk", flat=True)),
        "category": sheet.category_id if sheet else mine.standing and mine.standing.category_id,
        "fellows": list(case.co_signings.filter(asked_at=None).values_list("person", flat=True)),
        "public": {True: YES, False: NO}.get(public),
    }


def _page(request, form, case):
    repairing = case is not None and case.handed_in
    context = {
        "form": form,
        "case": case,
        "repairing": repairing,
        "repair_note": repair_note(case) if repairing else "",
        **_photo_context(request, case, form),
        **_look_context(request, form),
    }
    return render(request, "suggestions/deputy/raise.html", context)


def _photo_context(request, case, form):
    return {
        "photos": list(photos_of(case, request.user)) if case else [],
        "photo_errors": form.errors.get("photos", []) if form.is_bound else [],
        "instant": case is None or not case.handed_in,
    }


def _look_context(request, form):
    """What the draft says already and could say better; it advises only."""
    user = request.user
    names = Place.objects.visible_to(user).in_place(user.place).villages()
    title, body = form["title"].value() or "", form["body"].value() or ""
    return {"look": look_at(title, body, list(names.values_list("name", flat=True)))}
