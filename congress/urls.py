"""Every address of the system; the rooms' own lists are joined here."""

from django.urls import path

urlpatterns = []
