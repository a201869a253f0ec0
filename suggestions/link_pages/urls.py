"""Addresses of one-time links. Those with a token are masked in the logs (congress.logs)."""

from django.urls import path

from suggestions.link_pages.views import evaluation, office, unit

urlpatterns = [
    path("e/<str:token>/", evaluation.evaluate, name="link-evaluate"),
    path("e/<str:token>/papers/<int:pk>/", evaluation.paper, name="link-evaluate-paper"),
    path("u/<str:token>/", unit.case_page, name="link-unit"),
    path("u/<str:token>/papers/<int:pk>/", unit.paper, name="link-unit-paper"),
    path("u/<str:token>/<str:step>/", unit.take_step, name="link-unit-step"),
    path("cases/<int:pk>/links/", office.case_links, name="case-links"),
    path("cases/links/<int:pk>/revoke/", office.revoke_link, name="case-link-revoke"),
]
