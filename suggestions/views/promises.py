"""承诺事项: what the replies promised, over the years, until it is kept."""

from django import forms
from django.utils import timezone
from django.views.decorators.http import require_safe

from congress.doors import roles
from congress.forms.filters import FilterForm, choice
from congress.ledger_words import Level
from congress.models import Place, Unit
from congress.pages import list_page
from congress.roles import OFFICE_ROLES, Role
from suggestions.desk import matter
from suggestions.models import CaseUnit
from suggestions.promises import KEEPING, may_keep, promises
from suggestions.words import PromiseState

SHAPES = {PromiseState.KEPT: "done", PromiseState.DUE: "wait", PromiseState.BROKEN: "late"}


class PromiseFilter(FilterForm):
    """By words, state, the year in which it is due, the unit that promised it and, for who looks
    after several, the township.
    """

    searched = ("case__number", "case__title")

    state = choice("状态", PromiseState.choices)

    def __init__(self, data, *, user, rows):
        super().__init__(data)
        plain = rows.order_by()
        years = sorted({day.year for day in plain.dates("promised_on", "year")}, reverse=True)
        self.fields["year"] = choice("到期年份", [(year, f"{year}年") for year in years])
        if user.role != Role.UNIT:
            held = CaseUnit.objects.visible_to(user).filter(
                ends=None, case__in=plain.values("case")
            )
            units = Unit.objects.visible_to(user).filter(pk__in=held.values("unit"))
            self.fields["unit"] = forms.ModelChoiceField(
                units, label="单位", required=False, empty_label="全部"
            )
        if user.place.level != Level.TOWNSHIP:
            places = Place.objects.visible_to(user).in_place(user.place)
            self.fields["place"] = forms.ModelChoiceField(
                places.filter(level=Level.TOWNSHIP), label="乡镇", required=False,
                empty_label="全部", to_field_name="code",
            )  # fmt: skip

    def narrow_more(self, rows, chosen):
        if chosen["state"]:
            rows = rows.filter(promise=chosen["state"])
        if chosen["year"]:
            rows = rows.filter(promised_on__year=int(chosen["year"]))
        if chosen.get("unit"):
            held = CaseUnit._base_manager.filter(unit=chosen["unit"], ends=None)
            rows = rows.filter(case__in=held.values("case"))
        return rows.in_place(chosen["place"]) if chosen.get("place") else rows


@roles(*OFFICE_ROLES, Role.GOVERNMENT, Role.UNIT)
@require_safe
def promise_list(request):
    """The list; a kept promise stays on it."""
    user = request.user
    rows = promises(user, timezone.localdate())

    def draw(row):
        return {
            "row": row,
            "case": row.case,
            "matter": row.matter or matter(row.case.title),
            "units": "、".join(held.unit.name for held in row.case.held),
            "shape": SHAPES[row.promise],
            "may_keep": may_keep(user, row),
        }

    form = PromiseFilter(request.GET, user=user, rows=rows)
    several = user.place.level != Level.TOWNSHIP
    return list_page(
        request, "suggestions/promises.html", form, rows, draw=draw, several=several, step=KEEPING
    )
