"""Addresses of the report to the congress, and of what is public."""

from django.urls import path

from reports.views import case_report, public_page

urlpatterns = [
    path("case-report/", case_report.case_report, name="case-report"),
    path("case-report/report.docx", case_report.case_report_word, name="case-report-word"),
    path(
        "case-report/public.docx",
        case_report.case_report_public_word,
        name="case-report-public-word",
    ),
    path("case-report/publish/", case_report.case_report_publish, name="case-report-publish"),
    path(
        "publications/<int:pk>/report.docx", case_report.publication_word, name="publication-word"
    ),
    path(
        "publications/<int:pk>/withdraw/",
        case_report.publication_withdraw,
        name="publication-withdraw",
    ),
    path(
        "publications/<int:pk>/restore/",
        case_report.publication_restore,
        name="publication-restore",
    ),
    path("g/<slug:code>/", public_page.public_page, name="public-page"),
    path("g/<slug:code>/<int:pk>/", public_page.public_case_page, name="public-case"),
    path("g/<slug:code>/reports/<int:pk>/", public_page.public_report, name="public-report"),
    path(
        "g/<slug:code>/reports/<int:pk>/report.docx",
        public_page.public_report_word,
        name="public-report-word",
    ),
]
