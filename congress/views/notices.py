"""What a person was told, and how one wants to be told."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import F
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress.doors import find
from congress.forms.notices import NoticeAddressForm, NoticeFilter
from congress.models import Delivery, Notice, NoticeAddress
from congress.notices import mail_is_set, open_failures
from congress.pages import list_page

LATEST = 5


@require_safe
def notice_list(request):
    """A person's own notices, the unread and urgent ones first."""
    rows = Notice.objects.visible_to(request.user).order_by(
        F("read_at").asc(nulls_first=True), "-urgent", "-made_at", "-pk"
    )
    failed = open_failures(Delivery.objects.visible_to(request.user), timezone.now()).count()
    unread = Notice.objects.visible_to(request.user).unread().count()
    form = NoticeFilter(request.GET)
    return list_page(request, "congress/notices.html", form, rows, failed=failed, unread=unread)


@login_not_required
@require_safe
def notice_count(request):
    """How many are unread: the number at the bell, which each page asks for by htmx. Who is not (or
    no longer) signed in gets none: a number never leads away from a page.
    """
    signed_in = request.user.is_authenticated
    count = Notice.objects.visible_to(request.user).unread().count() if signed_in else 0
    return render(request, "congress/_notice_count.html", {"count": count})


@require_safe
def notices_latest(request):
    """The latest unread ones, as a part that a first page may show."""
    rows = Notice.objects.visible_to(request.user).unread().order_by("-urgent", "-made_at", "-pk")
    return render(request, "congress/_notices_latest.html", {"rows": rows[:LATEST]})


@require_POST
def notice_open(request, pk):
    """Mark one notice as read and go where it leads."""
    notice = find(Notice.objects.visible_to(request.user), pk=pk)
    Notice.objects.visible_to(request.user).unread().filter(pk=pk).update(read_at=timezone.now())
    if not url_has_allowed_host_and_scheme(notice.path, allowed_hosts=None):
        raise Http404
    return redirect(notice.path)


@require_POST
def notice_read(request, pk):
    """Mark one notice as read."""
    find(Notice.objects.visible_to(request.user), pk=pk)
    Notice.objects.visible_to(request.user).unread().filter(pk=pk).update(read_at=timezone.now())
    return redirect("notices")


@require_POST
def notices_read(request):
    """Mark all of one's notices as read."""
    unread = Notice.objects.visible_to(request.user).unread()
    count = unread.update(read_at=timezone.now())
    messages.success(request, f"{count} 条通知标为已读。" if count else "没有未读的通知。")
    return redirect("notices")


@require_http_methods(["GET", "HEAD", "POST"])
def notice_settings(request):
    """Where a person wants notices besides the page."""
    own = NoticeAddress.objects.visible_to(request.user).first()
    form = NoticeAddressForm(request.POST or None, instance=own or NoticeAddress(user=request.user))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "通知方式存好了。")
        return redirect("notices")
    context = {"form": form, "mail": mail_is_set()}
    return render(request, "congress/notice_settings.html", context)
