"""Addresses of cases."""

from django.urls import path

from suggestions import views

urlpatterns = [
    path("cases/<int:pk>/", views.case_page, name="case"),
    path("cases/<int:pk>/steps/<str:step>/", views.take_step, name="case-step"),
]
