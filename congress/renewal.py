"""The password once more: personal data is shown in full to who gave it within 15 minutes
(security.md, “Roles kept apart and personal data”); an unattended desk shows nothing.
"""

from datetime import timedelta

from django import forms
from django.contrib.auth import authenticate

from congress import devices
from congress.device_cookie import held_token
from congress.forms.devices import PinField

FRESH = timedelta(minutes=15)
KEY = "password given at"


def note(request, now):
    """The person gave the password, or the digits of the bound phone, at this moment."""
    request.session[KEY] = now.timestamp()


def is_due(request, now):
    """Whether this session was given no password for 15 minutes."""
    return now.timestamp() - request.session.get(KEY, 0) > FRESH.total_seconds()


def field(request):
    """The box in which it is asked for."""
    if "device" in request.session:
        return PinField(label="6 位数字密码")
    box = forms.PasswordInput(attrs={"autocomplete": "current-password"})
    minutes = FRESH // timedelta(minutes=1)
    told = f"离上次输密码超过 {minutes} 分钟，请再输一次"
    return forms.CharField(label="登录密码", strip=False, widget=box, help_text=told)


def why_not(request, secret, now):
    """Why what was typed renews nothing, in Chinese; empty where it did. Wrong ones count as they
    do at sign-in.
    """
    if "device" in request.session:
        token = held_token(request)
        device = devices.device_of(token, now)
        if device is None:
            return "这部手机的绑定已经解除，请重新登录。"
        try:
            devices.enter(device, token, secret, now)
        except devices.PinRefused as refusal:
            return str(refusal)
    elif authenticate(request, username=request.user.username, password=secret) != request.user:
        return "密码不对，请再输一遍。"
    note(request, now)
    return ""
