"""我的建议: large-print sheets for deputies without a phone, one by one and for all."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from congress.doors import find, roles
from congress.jobs import enqueue
from congress.phone_accounts import numbers
from congress.roles import BUSINESS_ROLES, Role
from deputies.models import Person
from suggestions.paper_forms.deputy import deputy_sheets
from suggestions.paper_forms.deputy_word import lines_of, write_deputy_sheets
from suggestions.paper_forms.views.forms import AT_ONCE, document_response

READERS = BUSINESS_ROLES | {Role.DEPUTY}
TITLE = "我的建议"


def _people(user):
    """The deputies whose sheet the user may print: those who raised something."""
    people = Person.objects.visible_to(user).filter(raised__isnull=False).distinct()
    return people.select_related("place").order_by("place__code", "pinyin", "pk")


def _page(request, sheets, pks, back):
    drawn = [(sheet, [(case, lines_of(case)) for case in sheet.cases]) for sheet in sheets]
    context = {"sheets": drawn, "pks": pks, "back": back}
    return render(request, "suggestions/forms/deputy_print.html", context)


@require_safe
@roles(*READERS)
def deputy_sheet(request, pk):
    """One deputy's sheet, to print."""
    person = find(_people(request.user), pk=pk)
    sheets = deputy_sheets([person], request.user, timezone.localdate())
    return _page(request, sheets, [pk], request.user.role != Role.DEPUTY)


@require_safe
@roles(*BUSINESS_ROLES)
def deputy_list(request):
    """Choose the deputies whose sheets to print."""
    people = _people(request.user)
    context = {"people": people, "ticked": request.GET.get("tick") == "all", "at_once": AT_ONCE}
    return render(request, "suggestions/forms/deputies.html", context)


@require_POST
@roles(*READERS)
def deputy_sheets_print(request):
    """The ticked deputies' sheets as one page or one Word document; each key is checked. Many are
    made by the worker.
    """
    keys = request.POST.getlist("person")
    people = list(_people(request.user).filter(pk__in=numbers(keys)))
    if len(people) != len(set(keys)):
        raise Http404
    today = timezone.localdate()
    if len(people) > AT_ONCE:
        return redirect("job", pk=_start(request, people, today).pk)
    sheets = deputy_sheets(people, request.user, today)
    if not sheets:
        messages.warning(request, "没有可以打印的：请先勾选代表；一年前就办结的建议不再列出")
        return redirect("deputy-sheets")
    if request.POST.get("as") == "word":
        stem = f"{TITLE} {people[0].name if len(people) == 1 else f'{len(sheets)}人'}"
        return document_response(write_deputy_sheets(sheets, TITLE, today), stem)
    pks = [person.pk for person in people]
    return _page(request, sheets, pks, request.user.role != Role.DEPUTY)


def _start(request, people, today):
    token = request.POST.get("token", "")[:64] or timezone.now().isoformat()
    return enqueue(
        "suggestions.paper_forms.jobs.write_deputies",
        {"people": [person.pk for person in people], "today": today.isoformat()},
        user=request.user,
        place=request.user.place,
        title=f"{TITLE} {len(people)}人",
        key=f"deputy sheets {request.user.pk} {token}",
    )
