"""Printing the forms of a case, of many cases, and what the QR code on a sheet opens."""

from dataclasses import dataclass
from io import BytesIO

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress import audit
from congress.doors import find
from congress.jobs import enqueue
from congress.pages import list_page
from congress.roles import WRITING_ROLES, Role
from suggestions.case_codes import case_of
from suggestions.models import Case
from suggestions.paper_forms.catalogue import forms, forms_of_role
from suggestions.paper_forms.choosing import FormFilter, chosen_cases, printable
from suggestions.paper_forms.links import evaluation_links, may_link
from suggestions.paper_forms.printing import form_sheets
from suggestions.paper_forms.word import write_forms

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# Who may print telephone numbers in full: the office, and whoever handles the case.
PHONE_ROLES = frozenset({Role.CLERK, Role.CHAIR, Role.UNIT})
AT_ONCE = 50  # sheets made while one waits; more go to the worker
MOST = 1000  # sheets in one file
LONGEST_REASON = 120
NO_REASON = "没有写为什么要印完整电话，电话仍只印前三位和后四位。请写上再印"


@require_safe
def case_code(request, code, form=""):
    """The short address in the QR code of a sheet: on to the case, for who sees it."""
    case = case_of(code, request.user)
    if case is None:
        raise Http404(code)
    return redirect("case", pk=case.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def case_form(request, pk, form):
    """One form of one case, to print. By POST with telephone numbers in full, which is noted, or
    with a one-time link for evaluation.
    """
    case, asked, sheets = _sheets_of_one(request, pk, form)
    if not sheets:
        return _not_now(request, pk, form)
    context = {
        "sheets": sheets,
        "form": forms()[form],
        "case_pk": pk,
        "phones": asked.phones,
        "reason": asked.reason,
        "linked": bool(sheets[0].link),
        "may_show_phones": request.user.role in PHONE_ROLES,
        "may_link": forms()[form].takes_link and may_link(request.user, case),
    }
    return render(request, "suggestions/forms/print.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def case_form_word(request, pk, form):
    """The same as a Word document."""
    _, _, sheets = _sheets_of_one(request, pk, form)
    if not sheets:
        return _not_now(request, pk, form)
    return _document(sheets, sheets[0].file_stem)


@require_safe
def form_list(request):
    """Choose a form and tick the cases of which to print it."""
    if not forms_of_role(request.user.role):
        raise Http404
    bar = FormFilter(request.GET, request.user)
    context = {"ticked": request.GET.get("tick") == "all", "at_once": AT_ONCE,
               "may_show_phones": request.user.role in PHONE_ROLES,
               "may_link": request.user.role in WRITING_ROLES}  # fmt: skip
    rows = printable(request.user)
    return list_page(request, "suggestions/forms/list.html", bar, rows, **context)


@require_POST
def forms_print(request):
    """The form for the ticked cases (or all that the bar lets through), as one page or file; each
    key is checked. Many sheets are made by the worker.
    """
    key = request.POST.get("form", "")
    if key not in {form.key for form in forms_of_role(request.user.role)}:
        raise Http404(key)
    pks = _asked_cases(request)
    if not pks:
        messages.warning(request, "还没有勾选办件。请先在左边勾选，再点打印")
        return redirect(_path_back(request) or "forms")
    if len(pks) > MOST:
        messages.warning(request, f"一次最多做 {MOST} 张。请用提出日期把件数分开，再分次打印")
        return redirect("forms")
    if len(pks) > AT_ONCE:
        return redirect("job", pk=_start(request, key, pks).pk)
    asked = Asked.of(request, key)
    sheets, out = asked.sheets(request.user, key, pks)
    if not sheets:
        messages.warning(request, f"勾选的办件：{why_not(key)}")
        return redirect("forms")
    if request.POST.get("as") == "word":
        return _document(sheets, f"{forms()[key].name} {len(sheets)}件")
    context = {"sheets": sheets, "form": forms()[key], "left_out": out, "pks": pks,
               "phones": asked.phones, "reason": asked.reason, "why": why_not(key),
               "linked": any(sheet.link for sheet in sheets)}  # fmt: skip
    return render(request, "suggestions/forms/print.html", context)


def _path_back(request):
    """The page of this site on which the cases were ticked."""
    path = request.POST.get("back", "")
    return path if url_has_allowed_host_and_scheme(path, allowed_hosts=None) else ""


@dataclass(frozen=True)
class Asked:
    """What a POST asks for beside the form: telephone numbers in full and why, one-time links."""

    phones: bool
    links: bool
    reason: str = ""

    @classmethod
    def of(cls, request, key):
        """404 where this role may not see telephone numbers; without a reason they stay masked."""
        phones = request.POST.get("phones") == "yes"
        if phones and request.user.role not in PHONE_ROLES:
            raise Http404
        reason = request.POST.get("reason", "").strip()[:LONGEST_REASON] if phones else ""
        if phones and not reason:
            messages.warning(request, NO_REASON)
        links = request.POST.get("link") == "yes" and forms()[key].takes_link
        return cls(bool(reason), links, reason)

    def sheets(self, user, key, pks):
        """(sheets, cases left out), the asking for telephone numbers noted."""
        made = evaluation_links(user, pks, timezone.now()) if self.links else None
        today = timezone.localdate()
        sheets, out = form_sheets(user, key, pks, today, phones=self.phones, links=made)
        if self.phones and sheets:
            note_phones(user, key, pks, self.reason)
        return sheets, out


def _sheets_of_one(request, pk, form):
    """(case, Asked, [sheet], or [] where it cannot be printed now); 404 where this role never
    prints that form.
    """
    case = find(Case.objects.visible_to(request.user), pk=pk)
    if form not in {each.key for each in forms_of_role(request.user.role)}:
        raise Http404(form)
    asked = Asked.of(request, form)
    sheets, _ = asked.sheets(request.user, form, [pk])
    return case, asked, sheets


def why_not(key):
    """Why a form cannot be printed of a case that it does not fit, in Chinese."""
    form = forms()[key]
    return form.why or f"现在的状态不能打印{form.name}"


def _not_now(request, pk, form):
    messages.info(request, why_not(form))
    return redirect("case", pk=pk)


def note_phones(user, form, pks, reason):
    """Leave in the audit trail who took out telephone numbers, on which form and why."""
    with audit.acting(user):
        for case in Case.objects.visible_to(user).filter(pk__in=pks):
            detail = {"form": form, "phones": reason}
            audit.note_trace("print", Case._meta.label, case.pk, case.place_id, detail)


def _asked_cases(request):
    """The keys of the cases asked for; 404 where one of them is hidden."""
    if request.POST.get("every") == "yes":
        rows = FormFilter(request.POST, request.user).narrow(printable(request.user))
        return list(rows.values_list("case", flat=True)[: MOST + 1])
    keys = request.POST.getlist("case")
    if not keys:
        return []
    pks = chosen_cases(request.user, keys)
    if pks is None:
        raise Http404
    return pks


def _start(request, key, pks):
    """The job that makes the file: one for one token of the page."""
    asked, today = Asked.of(request, key), timezone.localdate()
    token = request.POST.get("token", "")[:64] or timezone.now().isoformat()
    if asked.phones:
        note_phones(request.user, key, pks, asked.reason)
    return enqueue(
        "suggestions.paper_forms.jobs.write",
        {"form": key, "cases": pks, "today": today.isoformat(),
         "phones": asked.phones, "links": asked.links},
        user=request.user,
        place=request.user.place,
        title=f"{forms()[key].name} {len(pks)}件",
        key=f"forms {request.user.pk} {token}",
    )  # fmt: skip


def _document(sheets, stem):
    return document_response(write_forms(sheets, stem, timezone.localdate()), stem)


def document_response(content, stem):
    """A Word document given as bytes, as a download."""
    return FileResponse(
        BytesIO(content), as_attachment=True, filename=f"{stem}.docx", content_type=DOCX
    )
