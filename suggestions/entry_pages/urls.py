"""Addresses of the pages on which suggestions are typed in, and of the advice beside a form."""

from django.urls import path

from suggestions.entry_pages.views import pasted, sheets

urlpatterns = [
    path("suggestions/entry/", sheets.entry, name="entry"),
    path("suggestions/entry/draft/", sheets.entry_draft, name="entry-draft"),
    path("suggestions/entry/<int:pk>/void/", sheets.entry_void, name="entry-void"),
    path("suggestions/pasted/", pasted.pasted, name="pasted"),
    path("suggestions/alike/", sheets.alike_cases, name="alike"),
    path("suggestions/advice/", sheets.advice_on_draft, name="advice"),
]
