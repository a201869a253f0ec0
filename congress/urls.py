"""Every address of the system; the rooms' own lists are joined here."""

from django.urls import include, path

urlpatterns = [
    path("", include("congress.ground_urls")),
    path("", include("deputies.urls")),
    path("", include("suggestions.urls")),
    path("", include("reports.urls")),
]
handler400 = "congress.views.errors.bad_request"
handler500 = "congress.views.errors.server_error"
