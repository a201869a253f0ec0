"""Forms of ledger rows: a page's field cleans by the very rule that an imported cell passes."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms

from congress.sheets.values import CellError, several_text

if TYPE_CHECKING:
    from congress.sheets.columns import Column, Sheet


class CellField(forms.Field):
    """The field of one column; what is typed is read as a cell of the ledger would be."""

    def __init__(self, column: "Column", **options: Any) -> None:
        self.column = column
        self.rule = column.rule
        options.setdefault("widget", _widget(column))
        super().__init__(
            required=column.required,
            label=column.header,
            help_text=column.help or self.rule.hint,
            **options,
        )

    def clean(self, value: Any) -> Any:
        """The value by the column's rule. ValidationError with the rule's own sentence."""
        raw = several_text(value) if isinstance(value, list | tuple) else value
        try:
            return self.column.parse(raw)
        except CellError as error:
            raise forms.ValidationError(error.message, code="cell") from error

    def prepare_value(self, value: Any) -> Any:
        """The text of a stored value; what a person typed stays as typed."""
        if isinstance(value, str):
            return value
        if isinstance(self.widget, forms.CheckboxSelectMultiple):
            return list(value or ())
        return self.rule.page_text(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the typed text means something else than the stored value."""
        try:
            return not self.rule.equal(initial, self.clean(data))
        except forms.ValidationError:
            return True


def _widget(column: "Column") -> forms.Widget:
    """The control on the page for a column's kind of value."""
    rule, kind = column.rule, column.rule.widget
    sample = column.example or rule.sample
    hints = {"placeholder": f"如 {sample}"} if sample else {}
    if kind in ("choice", "yes_no"):
        nothing = "请选择" if column.required else "（不填）"
        return forms.Select(choices=[("", nothing), *((word, word) for word in rule.words())])
    if kind == "checks":
        return forms.CheckboxSelectMultiple(choices=[(word, word) for word in rule.words()])
    if kind in ("box", "lines"):
        return forms.Textarea(attrs={"rows": 8 if kind == "box" else 3, **hints})
    return forms.TextInput(attrs={"autocomplete": "off", **hints})


def form_for(sheet: "Sheet") -> type[forms.Form]:
    """The form class of one row of a sheet; its cleaned_data is what an import of the row gives."""
    fields = {column.field: column.rule.field(column) for column in sheet.columns}
    name = sheet.slug.title().replace("_", "") + "Form"
    return type(name, (SheetForm,), {"sheet": sheet, **fields})


class SheetForm(forms.Form):
    """One row of a ledger sheet as a form; made by `form_for`."""

    sheet: "Sheet"


def initial_for(sheet: "Sheet", values: Mapping[str, Any]) -> dict[str, Any]:
    """The start values of a sheet's form for a stored row: only the columns of the sheet."""
    return {column.field: values.get(column.field, column.rule.empty()) for column in sheet.columns}
