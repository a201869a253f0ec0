"""Binding a phone, signing in on it by six digits, and ending that."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress import devices, renewal
from congress.device_cookie import held_token, leave_token
from congress.doors import find, roles
from congress.forms.devices import NewPinForm, PinForm
from congress.models import Device
from congress.views.open_pages import open_page
from congress.views.sign_in import home_of

BY_SESSION = "django.contrib.auth.backends.ModelBackend"


@open_page
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def bind_device(request, token):
    """The page behind a slip: the person chooses six digits, the phone is bound and signed in.
    Looking at it uses nothing up."""
    now = timezone.now()
    try:
        link = devices.link_of(token, now)
        form = NewPinForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            return _bound(request, token, form.cleaned_data["pin"], now)
    except devices.LinkDead as dead:
        context = {"reason": str(dead), "known": bool(_known(request, now))}
        return render(request, "congress/slip_dead.html", context, status=404)
    context = {"form": form, "person": link.user}
    return render(request, "congress/bind_device.html", context)


def _bound(request, token, pin, now):
    """Bind, sign in, and leave the token in the browser; what was bound there before is no more."""
    device, held = devices.bind(token, pin, request.headers.get("User-Agent", ""), now)
    former = _known(request, now)
    if former:
        devices.end(former, now, "这部手机重新绑定了")
    _open_session(request, device)
    until = devices.day_words(device.expires)
    messages.success(request, f"这部手机绑好了。{until}以前，用它登录只要输 6 位数字密码。")
    response = redirect(home_of(device.user))
    leave_token(response, held, devices.LIFE)
    return response


@open_page
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def pin(request):
    """Sign-in on a bound phone."""
    now = timezone.now()
    device = _known(request, now)
    if device is None or request.user.is_authenticated:
        return redirect(_next(request) or settings.LOGIN_REDIRECT_URL)
    form = PinForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            devices.enter(device, held_token(request), form.cleaned_data["pin"], now)
        except devices.PinRefused as refusal:
            form.add_error("pin", str(refusal))
            status = 429 if refusal.over else 200
        else:
            _open_session(request, device)
            return redirect(_next(request) or home_of(device.user))
    context = {"form": form, "device": device, "next": _next(request)}
    return render(request, "congress/pin.html", context, status=status)


def _open_session(request, device):
    """A new session (its key changes) that lives no longer than the binding."""
    login(request, device.user, backend=BY_SESSION)
    request.session["device"] = device.pk
    renewal.note(request, timezone.now())


def _known(request, now):
    return devices.device_of(held_token(request), now)


def _next(request):
    """Where the person wanted to go, if that is one of ours."""
    address = (request.POST or request.GET).get("next", "")
    hosts = {request.get_host()}
    fits = url_has_allowed_host_and_scheme(address, hosts, require_https=request.is_secure())
    return address if fits else ""


@roles(*devices.ROLES)
@require_safe
def own_devices(request):
    """The phones that are bound to the own account."""
    mine = Device.objects.visible_to(request.user).filter(user=request.user)
    rows = devices.live_devices(mine, timezone.now())
    return render(request, "congress/own_devices.html", {"rows": rows})


@roles(*devices.ROLES)
@require_POST
def own_device_end(request, pk):
    """A phone of one's own is bound no more: lost, sold, or another's."""
    mine = Device.objects.visible_to(request.user).filter(user=request.user)
    device = find(mine, pk=pk)
    devices.end(device, timezone.now(), "本人解除")
    if request.session.get("device") != device.pk:
        messages.success(request, f"{device.name}的绑定解除了。")
    return redirect("own_devices")
