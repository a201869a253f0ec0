"""Addresses of papers and of the files made of them."""

from django.urls import path

from suggestions.archives import views as archives
from suggestions.paper_pages import views

urlpatterns = [
    path("cases/<int:pk>/papers/", views.case_papers, name="case-papers"),
    path("cases/<int:pk>/archive/", archives.case_archive, name="case-archive"),
    path("archives/", archives.archive_year, name="archive-year"),
    path("papers/<int:pk>/", views.paper_file, name="paper"),
    path("papers/<int:pk>/small/", views.paper_small, name="paper-small"),
    path("papers/<int:pk>/remove/", views.paper_remove, name="paper-remove"),
    path("papers/<int:pk>/restore/", views.paper_restore, name="paper-restore"),
]
