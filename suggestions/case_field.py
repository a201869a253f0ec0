"""Another case, named by its number as people say it."""

import re
import unicodedata

from django import forms

from suggestions.steps import OPEN

MOST = 3  # numbers named where a short one fits several cases
_SHORT = re.compile(r"第?(\d+)号?")
_LAST = re.compile(r"(\d+)\D*$")


class CaseField(forms.ModelChoiceField):
    """Takes the whole number, or the last part of it (028, 第028号) where it fits one case alone,
    or one of those that run; the list beside it (step.html) offers `alike`.
    """

    widget = forms.TextInput(attrs={"list": "alike-cases", "autocomplete": "off"})
    alike = ()

    def __init__(self, cases, **options):
        errors = {"invalid_choice": "没有这个编号的意见建议，请核对"}
        told = "完整的编号；只写最后的号数也行，如 028"
        options = {"error_messages": errors, "help_text": told} | options
        super().__init__(cases, to_field_name="number", **options)

    def offer(self, alike):
        """Cases to choose from without typing a number."""
        self.alike = alike
        self.help_text += "；相似的几件列在框里，点一下就看得到" if alike else ""

    def to_python(self, value):
        typed = unicodedata.normalize("NFKC", value or "").strip()
        short = _SHORT.fullmatch(typed)
        if not short or self.queryset.filter(number=value).exists():
            return super().to_python(value)
        found = [case for case in self._with(short[1]) if _last(case.number) == int(short[1])]
        found = self._running(found) or found
        if len(found) > 1:
            names = "、".join(case.number for case in found[:MOST])
            raise forms.ValidationError(f"{typed}有{len(found)}件：{names}。请写完整的编号")
        return found[0] if found else super().to_python(value)

    def _with(self, digits):
        return self.queryset.filter(number__contains=digits.lstrip("0") or "0")

    def _running(self, cases):
        open_now = {"standings__ends": None, "standings__state__in": OPEN}
        return list(self.queryset.filter(pk__in=[case.pk for case in cases], **open_now))


def _last(number):
    """The last digits of a number, as a number."""
    found = _LAST.search(number)
    return int(found[1]) if found else None
