"""Six digits: chosen when a phone is bound, typed when it is used."""

import unicodedata

from django import forms

from congress.pins import DIGITS, why_not

BOX = {
    "inputmode": "numeric",
    "autocomplete": "off",
    "maxlength": DIGITS,
    "pattern": "[0-9]*",
}


class PinField(forms.CharField):
    """Six digits, typed in half or full width."""

    def __init__(self, **options):
        options.setdefault("widget", forms.PasswordInput(attrs=BOX))
        super().__init__(**options)
        self.error_messages["required"] = "请输 6 位数字。"

    def to_python(self, value):
        return unicodedata.normalize("NFKC", super().to_python(value))


class PinForm(forms.Form):
    """The digits of a bound phone."""

    pin = PinField(label="6 位数字密码")


class NewPinForm(forms.Form):
    """Digits of one's own, typed twice."""

    pin = PinField(label="定一个 6 位数字密码", help_text="不要用生日、连着的数字、六个一样的。")
    again = PinField(label="再输一遍")

    def clean_pin(self):
        reason = why_not(self.cleaned_data["pin"])
        if reason:
            raise forms.ValidationError(reason)
        return self.cleaned_data["pin"]

    def clean(self):
        chosen = super().clean()
        pin, again = chosen.get("pin"), chosen.get("again")
        if pin and again and pin != again:
            self.add_error("again", "两遍输的不一样，请再输一遍。")
        return chosen
