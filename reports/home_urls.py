"""Addresses of the first page and the search."""

from django.urls import path

from reports.views import desk, home

urlpatterns = [
    path("", home.home, name="home"),
    path("search/", home.search, name="search"),
    path("desk/figures/", desk.desk_figures, name="desk-figures"),
    path("desk/unscanned/", desk.unscanned_list, name="unscanned"),
    path("desk/groups/<slug:key>/", desk.desk_group, name="desk-group"),
    path("findings/", desk.finding_list, name="findings"),
    path("findings/done/", desk.findings_done, name="findings-done"),
]
