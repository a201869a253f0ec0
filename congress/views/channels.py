"""Robots of work groups, and what became of the messages that left the system."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress.doors import KEEPER_ROLES, find, own, roles
from congress.forms.notices import ChannelFilter, ChannelForm, DeliveryFilter
from congress.models import Channel, Delivery
from congress.notices import hand_to_job, mail_is_set, send_again, try_robot
from congress.pages import list_page


@roles(*KEEPER_ROLES)
@require_safe
def channel_list(request):
    """The robots of the own places."""
    rows = own(Channel, request.user).select_related("place")
    form = ChannelFilter(request.GET)
    return list_page(request, "congress/channels.html", form, rows, mail=mail_is_set())


@roles(*KEEPER_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def channel_add(request):
    """A robot of the own place."""
    form = ChannelForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.saved():
        messages.success(request, f"{form.instance}接好了，可以试发一条。")
        return redirect("channel_list")
    return render(request, "congress/channel_add.html", {"form": form})


@roles(*KEEPER_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def channel_edit(request, pk):
    """One robot."""
    robot = find(own(Channel, request.user).select_related("place"), pk=pk)
    name = str(robot)
    form = ChannelForm(request.POST or None, instance=robot, user=request.user)
    if request.method == "POST" and form.saved():
        messages.success(request, f"{robot}改好了。")
        return redirect("channel_list")
    context = {"form": form, "robot": robot, "name": name}
    return render(request, "congress/channel.html", context)


@roles(*KEEPER_ROLES)
@require_POST
def channel_try(request, pk):
    """Post one trial line to the group; the record tells what became of it."""
    robot = find(own(Channel, request.user).select_related("place"), pk=pk, in_use=True)
    hand_to_job(try_robot(robot, timezone.now()), request.user)
    messages.success(request, f"{robot}：试发的一条正在发，过几秒刷新这一页看结果。")
    return redirect("delivery_list")


@roles(*KEEPER_ROLES)
@require_safe
def delivery_list(request):
    """Messages to persons and groups, and what became of each."""
    rows = Delivery.objects.visible_to(request.user).select_related("user", "channel", "place")
    return list_page(request, "congress/deliveries.html", DeliveryFilter(request.GET), rows)


@roles(*KEEPER_ROLES)
@require_POST
def delivery_again(request, pk):
    """Send once more what certainly did not arrive."""
    delivery = find(Delivery.objects.visible_to(request.user), pk=pk)
    if send_again(delivery, timezone.now()):
        messages.success(request, f"{delivery.receiver}：已重新排队，两分钟内发出。")
    else:
        messages.info(request, f"{delivery.receiver}：这一条不能再发，请看它的状态。")
    return redirect("delivery_list")
