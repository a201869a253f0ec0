"""The addresses of bound phones. Those with a token are masked in the logs (congress.logs)."""

from django.urls import path

from congress.views import devices, slips

urlpatterns = [
    path("bind/<str:token>/", devices.bind_device, name="bind_device"),
    path("pin/", devices.pin, name="pin"),
    path("devices/", devices.own_devices, name="own_devices"),
    path("devices/<int:pk>/end/", devices.own_device_end, name="own_device_end"),
    path("settings/users/<int:pk>/slip/", slips.user_slip, name="user_slip"),
    path("settings/users/<int:pk>/devices/end/", slips.user_devices_end, name="user_devices_end"),
    path("settings/unit-slips/", slips.unit_slips, name="unit_slips"),
]
