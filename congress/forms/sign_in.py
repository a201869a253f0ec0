"""Signing in and choosing passwords."""

from axes.handlers.proxy import AxesProxyHandler
from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, SetPasswordForm
from django.core.exceptions import ValidationError


class SignInForm(AuthenticationForm):
    """User name and password; says how many tries are left, never which of the two was wrong."""

    def get_invalid_login_error(self):
        credentials = {"username": self.cleaned_data.get("username")}
        failures = AxesProxyHandler.get_failures(self.request, credentials)
        left = settings.AXES_FAILURE_LIMIT - failures
        minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
        return ValidationError(f"用户名或密码不对。再错 {left} 次，要等 {minutes} 分钟才能再试。")


class _NewPassword:
    """The words of the two boxes for a new password."""

    def _name_boxes(self):
        self.fields["new_password1"].label = "新密码"
        self.fields["new_password2"].label = "再输一遍新密码"
        self.fields["new_password2"].help_text = ""


class FirstPasswordForm(_NewPassword, SetPasswordForm):
    """A person's own first password; `t` carries the one-time link's token on."""

    t = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self._name_boxes()


class ChangePasswordForm(_NewPassword, PasswordChangeForm):
    """A new password for oneself; the present one is asked for."""

    error_messages = PasswordChangeForm.error_messages | {
        "password_incorrect": "现在的密码不对，请重新输入。"
    }

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self._name_boxes()
        self.fields["old_password"].label = "现在的密码"
