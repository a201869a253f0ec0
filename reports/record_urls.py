"""Addresses of the ledger's records."""

from django.urls import path

from reports.views import overview, records

urlpatterns = [
    path("records/<slug:sheet>/", records.record_list, name="record-list"),
    path("records/<slug:sheet>/excel/", records.record_list_excel, name="record-list-excel"),
    path("records/<slug:sheet>/new/", records.record_new, name="record-new"),
    path("records/<slug:sheet>/<int:pk>/", records.record, name="record"),
    path("records/<slug:sheet>/<int:pk>/edit/", records.record_edit, name="record-edit"),
    path("overview/", overview.overview, name="overview"),
    path("overview/word/", overview.overview_word, name="overview-word"),
    path("overview/excel/", overview.overview_excel, name="overview-excel"),
]
