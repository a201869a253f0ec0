"""Every sheet of the ledger as pages: a list, one record, its form."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from congress.audit import last_change
from congress.pages import list_page
from congress.records import StaleRecord
from congress.roles import OFFICE_ROLES
from congress.sheets.write import write_table
from reports.downloads import workbook_response
from reports.ledger import BY_SLUG
from reports.offers import offer_names
from reports.record_forms import RecordFilter
from reports.records import (
    group_of,
    may_write,
    own_records,
    places_of,
    record_form,
    save_row,
    with_place,
)
from suggestions.bulk import bulk_steps


def _table(slug):
    if slug not in BY_SLUG:
        raise Http404(slug)
    return BY_SLUG[slug]()


def _sorted(table, records, wanted):
    """By the day where the table has one (newest first), or by the asked column of the list."""
    paths = {
        "day": table.dated,
        "-day": f"-{table.dated}" if table.dated else None,
        "entered": "-pk",
    }
    order = paths.get(wanted) or (f"-{table.dated}" if table.dated else None)
    return records.order_by(order, "-pk") if order else records.order_by("pk")


@require_safe
def record_list(request, sheet):
    """The records of one sheet that the user may see: search, filters, order, pages."""
    table = _table(sheet)
    form = RecordFilter(request.GET, table, timezone.localdate(), request.user)
    records = _sorted(table, table.records(request.user), request.GET.get("sort"))
    name, tables = group_of(sheet)
    context = {
        "table": table,
        "columns": [table.sheet.column(field) for field in table.listed],
        "group": name,
        "tabs": [(each.sheet.slug, each.sheet.name) for each in tables],
        "writable": may_write(request.user, sheet),
        "sort": request.GET.get("sort", ""),
        "can_import": request.user.role in OFFICE_ROLES,
        "bulk_steps": bulk_steps(request.user) if sheet == "cases" else (),
    }
    return list_page(request, "reports/records.html", form, records, **context)


@require_safe
def record_list_excel(request, sheet):
    """The narrowed list as a workbook with all columns of the sheet; phones stay masked."""
    table = _table(sheet)
    form = RecordFilter(request.GET, table, timezone.localdate(), request.user)
    records = form.narrow(table.records(request.user))
    rows = [table.sheet.masked_texts(values) for _, values in table.read(records)]
    headers = [column.header for column in table.sheet.columns]
    return workbook_response(
        f"{table.sheet.name}.xlsx", lambda file: write_table(file, headers, rows, table.sheet.name)
    )


@require_safe
def record(request, sheet, pk):
    """One record; a case has a page of its own."""
    table = _table(sheet)
    if sheet == "cases":
        return redirect("case", pk=get_object_or_404(table.records(request.user), pk=pk).pk)
    records = with_place(table.records(request.user))
    found, values = _read_one(table, records, pk)
    if sheet == "process":
        return redirect("case", pk=found.case_id)
    facts = [
        (column.header, column.shown(values.get(column.field))) for column in table.sheet.columns
    ]
    own = may_write(request.user, sheet) and own_records(table, request.user).filter(pk=pk).exists()
    place = places_of(request.user, records, [found])[pk]
    context = {"table": table, "record": found, "name": facts[0][1], "place": place,
               "facts": facts, "writable": own}  # fmt: skip
    return render(request, "reports/record.html", context)


def _read_one(table, records, pk):
    """(record, its values): the one of these records that has this key."""
    found = get_object_or_404(records, pk=pk)
    return table.read(records.filter(pk=found.pk))[0]


@require_http_methods(["GET", "HEAD", "POST"])
def record_new(request, sheet):
    """A new record typed by hand."""
    table = _writable(request, sheet)
    form = record_form(table, request.POST or None, {"raised_on": None})
    if request.method == "POST" and form.is_valid():
        saved = save_row(table, form, request.user, request.user.place)
        if saved is not None:
            return _done(request, sheet, saved, form)
    return _form_page(request, table, form)


@require_http_methods(["GET", "HEAD", "POST"])
def record_edit(request, sheet, pk):
    """A record changed by hand; what another saved meanwhile is told, and nothing typed is lost."""
    table = _writable(request, sheet)
    found, values = _read_one(table, own_records(table, request.user), pk)
    version = getattr(found, "version", None)
    form = record_form(table, request.POST or None, values)
    if request.method == "POST":
        seen = _number(request.POST.get("version"))
        try:
            if form.is_valid() and save_row(
                table, form, request.user, request.user.place, found, seen
            ):
                return _done(request, sheet, found, form)
            version = seen  # what the person has not looked at yet is still to be told
        except StaleRecord:
            _tell_both(table, form, found, values)
    first = table.sheet.columns[0]
    name = first.rule.page_text(values.get(first.field))
    return _form_page(request, table, form, record=found, name=name, version=version)


def _tell_both(table, form, record, values):
    """Say who changed the record meanwhile, and beside each field what is stored now."""
    who = last_change(record)
    form.add_error(None, f"{who}改过这一条。您写的都在，请对照两份再保存")
    texts = table.sheet.masked_texts(values)
    for column, text in zip(table.sheet.columns, texts, strict=True):
        if column.field in form.changed_data:
            form[column.field].help_text = f"现在存的是：{text or '空的'}"


def _form_page(request, table, form, **record):
    context = {
        "table": table,
        "form": form,
        "offers": offer_names(form, table.sheet, request.user.place, request.user),
        **record,
    }
    return render(request, "reports/record_form.html", context)


def _number(text):
    """The version that the form was drawn with; None where the record has none."""
    return int(text) if text and text.isdecimal() else None


def _writable(request, sheet):
    table = _table(sheet)
    if not may_write(request.user, sheet):
        raise Http404(sheet)
    return table


def _done(request, sheet, saved, form):
    messages.success(request, "已保存")
    for problem in form.findings:
        messages.warning(request, f"{problem.column or ''}：{problem.message}")
    return redirect("record", sheet=sheet, pk=saved.pk)
