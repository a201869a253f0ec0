"""Addresses of the first page and the search."""

from django.urls import path

from reports.views import home

urlpatterns = [
    path("", home.home, name="home"),
    path("search/", home.search, name="search"),
]
