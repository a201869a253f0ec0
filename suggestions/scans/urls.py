"""Addresses of the page of scans."""

from django.urls import path

from suggestions.scans import views

urlpatterns = [
    path("scans/", views.scans, name="scans"),
    path("scans/drop/", views.scans_drop, name="scans-drop"),
    path("scans/read/", views.scans_read, name="scans-read"),
    path("scans/progress/", views.scans_progress, name="scans-progress"),
    path("scans/keep/", views.scans_keep, name="scans-keep"),
    path("scans/<int:pk>/file/", views.scan_file, name="scan-file"),
    path("scans/<int:pk>/discard/", views.scan_discard, name="scan-discard"),
]
