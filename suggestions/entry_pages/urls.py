"""Addresses of the pages on which suggestions are typed in, and of the advice beside a form."""

from django.urls import path

from suggestions.entry_pages import pasted_views, views

urlpatterns = [
    path("suggestions/entry/", views.entry, name="entry"),
    path("suggestions/entry/draft/", views.entry_draft, name="entry-draft"),
    path("suggestions/entry/<int:pk>/void/", views.entry_void, name="entry-void"),
    path("suggestions/pasted/", pasted_views.pasted, name="pasted"),
    path("suggestions/alike/", views.alike_cases, name="alike"),
    path("suggestions/advice/", views.advice_on_draft, name="advice"),
]
