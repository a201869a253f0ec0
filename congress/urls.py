"""Every address of the system; the rooms' own lists are joined here."""

from importlib.util import find_spec

from django.urls import include, path

urlpatterns = [
    path("", include("congress.ground_urls")),
    path("", include("suggestions.urls")),
]
if find_spec("reports.urls"):
    urlpatterns.append(path("", include("reports.urls")))
