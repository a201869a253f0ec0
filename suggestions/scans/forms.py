"""The forms of the page of scans."""

from django import forms

from suggestions.models import Case
from suggestions.paper_pages.forms import kinds_for
from suggestions.scans.keeping import (
    case_numbered,
    kind_of,
    may_keep,
    sheet_before,
)

TAKE_NONE = "请写编号，或者去掉前面的勾"
UNKNOWN = "没有找到编号是“{number}”的办件，请核对"
SEVERAL = "编号“{number}”不止一件，请打开那一件，在案卷材料里上传"
NOT_ALLOWED = "这一件现在不能添加材料"


class RunForm(forms.Form):
    """One sheet of a scan: whether to keep it, with which case, as what. Of pages without a code
    the case of the sheet before them is only offered. `cases`: what `cases_found` knows.
    """

    take = forms.BooleanField(label="归档", required=False)
    number = forms.CharField(label="编号", required=False, max_length=60)
    kind = forms.ChoiceField(label="材料")

    def __init__(self, data, *, drop, place, user, cases):
        self.drop, self.place, self.user = drop, place, user
        self.run = drop.runs[place]
        before = sheet_before(drop, place)
        self.offered = cases.get(before["code"])
        self.found = self.offered if before is self.run else None
        self.case = None
        initial = {
            "take": self.found is not None,
            "number": self.offered.number if self.offered else "",
            "kind": kind_of(before),
        }
        super().__init__(data, initial=initial, prefix=f"run-{drop.pk}-{place}")
        self.fields["kind"].choices = [(kind, kind) for kind in kinds_for(user.role)]

    @property
    def pages(self):
        """第2至3页, 第1页."""
        first, last = self.run["first"], self.run["last"]
        return f"第{first}页" if first == last else f"第{first}至{last}页"

    def clean(self):
        values = super().clean()
        if not values.get("take"):
            return values
        number = (values.get("number") or "").strip()
        problem = self._find(number)
        if problem:
            self.add_error("number", problem)
        return values

    def _find(self, number):
        """Set the case; what stands in the way, in Chinese."""
        if not number:
            return TAKE_NONE
        try:
            own = self.offered is not None and self.offered.number == number
            self.case = self.offered if own else case_numbered(number, self.user)
        except Case.DoesNotExist:
            return UNKNOWN.format(number=number)
        except Case.MultipleObjectsReturned:
            return SEVERAL.format(number=number)
        return "" if may_keep(self.user, self.case) else NOT_ALLOWED
