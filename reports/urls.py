"""Addresses of this room: figures and summaries here, the rest in lists of their own."""

from django.urls import include, path

from reports.views import figures, summary

urlpatterns = [
    path("", include("reports.home_urls")),
    path("", include("reports.record_urls")),
    path("", include("reports.import_urls")),
    path("", include("reports.publicity_urls")),
    path("figures/", figures.figures, name="figures"),
    path("figures/export.xlsx", figures.figures_excel, name="figures-excel"),
    path("figures/<str:key>/", figures.figure, name="figure"),
    path("figures/<str:key>/rows.xlsx", figures.figure_rows_excel, name="figure-rows-excel"),
    path("summary/", summary.summary, name="summary"),
    path("summary/draft.docx", summary.summary_word, name="summary-word"),
    path("summary/annex.docx", summary.summary_annex, name="summary-annex"),
]
