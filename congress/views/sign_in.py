"""Signing in and out, and choosing one's password."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, LogoutView
from django.shortcuts import redirect, render, resolve_url
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters

from congress import devices, first_passwords, passwords, renewal
from congress.device_cookie import held_token
from congress.forms.sign_in import ChangePasswordForm, FirstPasswordForm, SignInForm
from congress.roles import Role


def home_of(user):
    """Where a person begins: the desk; the administrator, who has none, at the settings."""
    if user.role == Role.SYSADMIN:
        return resolve_url("settings")
    try:
        return resolve_url(settings.LOGIN_REDIRECT_URL)
    except NoReverseMatch:
        return "/"


class SignIn(LoginView):
    """Sign-in by user name; back to the page that asked for it, if that is one of ours. A bound
    phone is asked for its digits instead, unless the person wants to use the password.
    """

    template_name = "congress/sign_in.html"
    form_class = SignInForm
    redirect_authenticated_user = True

    def get(self, request, *args, **kwargs):
        token, next_page = held_token(request), request.GET.get("next")
        if "password" not in request.GET and devices.device_of(token, timezone.now()):
            return redirect(reverse("pin", query={"next": next_page} if next_page else None))
        return super().get(request, *args, **kwargs)

    def form_valid(self, form):
        answer = super().form_valid(form)
        renewal.note(self.request, timezone.now())
        return answer

    def get_default_redirect_url(self):
        return self.next_page or home_of(self.request.user)


class SignOut(LogoutView):
    """Sign-out, by POST only; the browser forgets what it kept of our pages."""

    http_method_names = ["post", "options"]

    def dispatch(self, request, *args, **kwargs):
        response = super().dispatch(request, *args, **kwargs)
        response["Clear-Site-Data"] = '"cache", "storage"'
        return response


@sensitive_post_parameters()
def change_password(request):
    """A new password for oneself, wanted or due; all other sessions of the account end."""
    now = timezone.now()
    form = ChangePasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        first_passwords.choose(request.user, form.cleaned_data["new_password1"], now)
        update_session_auth_hash(request, request.user)
        messages.success(request, "密码已换成新的，下次登录用新密码。")
        return redirect(home_of(request.user))
    context = {"form": form, "due": passwords.must_change(request.user, now)}
    return render(request, "congress/change_password.html", context)


@login_not_required
@sensitive_post_parameters()
def first_password(request):
    """The page behind a one-time link: the person chooses a password. A dead link is 404 and says
    what to do."""
    token = (request.POST if request.method == "POST" else request.GET).get("t", "")
    now = timezone.now()
    user = first_passwords.user_of(token, now)
    if user is None:
        return render(request, "congress/link_dead.html", status=404)
    form = FirstPasswordForm(user, request.POST or None, initial={"t": token})
    if request.method == "POST" and form.is_valid():
        first_passwords.choose(user, form.cleaned_data["new_password1"], now)
        messages.success(request, f"密码设好了。请用用户名 {user.username} 和刚设的密码登录。")
        return redirect("sign_in")
    return render(request, "congress/first_password.html", {"form": form, "person": user})
