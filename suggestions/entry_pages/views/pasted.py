"""A pasted block becomes rows to check, and then cases."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from suggestions.entry import AlreadyEntered, enter_all
from suggestions.entry_pages.forms import KEPT, EntryForm
from suggestions.entry_pages.offers import Offers
from suggestions.entry_pages.unfinished import Unfinished, new_token
from suggestions.entry_pages.views.sheets import at_the_desk
from suggestions.pasted import FIELDS, MOST, rows_of
from suggestions.workflow import StepRefused

LONGEST = 200_000  # characters of a block


@at_the_desk
@require_http_methods(["GET", "HEAD", "POST"])
def pasted(request):
    """First the block, then its rows; saved only when no ticked row has anything wrong."""
    now = timezone.now()
    offers, unfinished = Offers(request.user, timezone.localdate(now)), Unfinished(request.user)
    kept = unfinished.kept | _given(request.POST, KEPT)
    kept = offers.first_values(kept.get("origin")) | kept
    band = EntryForm(offers=offers, initial=kept)
    rows, problem = _rows(request, kept, offers), ""
    token = request.POST.get("token", "")[:30] or new_token()[:30]
    if "save" in request.POST:
        cases, problem = _saved(request, rows, token, now)
        if cases:
            messages.success(request, _told(cases))
            return redirect("entry")
    elif request.method == "POST" and not rows:
        problem = "没有读出一件。每件写一行，如“王芳：关于……的建议，……”，或从表格里连表头一起复制"
    context = {
        "band": [band[name] for name in KEPT if name != "paper"],
        "category": band["category"],
        "rows": rows,
        "wrong": sum(1 for row in rows if row.take and row.form.errors),
        "taken": sum(1 for row in rows if row.take),
        "problem": problem,
        "token": token,
        "text": request.POST.get("text", "")[:LONGEST],
        "most": MOST,
    }
    return render(request, "suggestions/pasted.html", context)


class PastedRow:
    """One row on the page: its form, already checked, and whether it is to be saved."""

    def __init__(self, number, values, kept, offers, take=True):
        self.number, self.take = number + 1, take
        self.mark = f"row-{number}"
        values = {**kept, **{field: text for field, text in values.items() if text}}
        data = {f"{self.mark}-{field}": text for field, text in values.items()}
        self.form = EntryForm(data, offers=offers, prefix=self.mark)
        self.form.fields["body"].widget.attrs["rows"] = 2
        self._show_unknown_category(values.get("category"))

    def _show_unknown_category(self, text):
        """Shown as it was read, so that it comes again and is told again; it is not accepted."""
        if text and text not in self.form.offers.categories:
            widget = self.form.fields["category"].widget
            widget.choices = [*widget.choices, (text, text)]

    @property
    def cells(self):
        """The fields of the row as the table shows them: (bound field, whether it is wide)."""
        return [(self.form[name], name in ("title", "body")) for name in FIELDS]

    @property
    def others(self):
        """What is wrong beside the cells that the table shows: sentences."""
        errors = self.form.errors.items()
        return [found[0] for name, found in errors if name not in FIELDS]


def _given(data, names):
    return {name: data[name] for name in (*names, "category") if data.get(name)}


def _rows(request, kept, offers):
    data = request.POST
    if "save" not in data:
        found = rows_of(data.get("text", "")[:LONGEST])
        return [PastedRow(n, row, kept, offers) for n, row in enumerate(found)]
    rows = []
    while len(rows) < MOST and f"row-{len(rows)}-title" in data:
        mark = f"row-{len(rows)}"
        values = {field: data.get(f"{mark}-{field}", "") for field in FIELDS}
        rows.append(PastedRow(len(rows), values, kept, offers, f"{mark}-take" in data))
    return rows


def _saved(request, rows, token, now):
    """(cases, ""), or (None, why nothing was saved)."""
    taken = [row.form for row in rows if row.take]
    if not taken:
        return None, "没有勾选要存的行"
    if not all([form.is_valid() for form in taken]):
        return None, "还有要改的地方，一件也没有存。改好标出来的行，或去掉它前面的勾"
    try:
        sheets = [form.cleaned_data for form in taken]
        return enter_all(sheets, user=request.user, now=now, token=token), ""
    except StepRefused as refusal:
        return None, f"一件也没有存：{refusal}"
    except AlreadyEntered as done:
        return None, f"这一批刚才已经存过（{done.case.number}“{done.case.title}”），没有再存"


def _told(cases):
    if len(cases) == 1:
        return f"已存 1 件：{cases[0].number}"
    return f"已存 {len(cases)} 件：{cases[0].number}到{cases[-1].number}"
