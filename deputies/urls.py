"""Addresses of pages about deputies."""

from django.urls import path

from deputies.views import accounts

urlpatterns = [
    path("deputies/accounts/", accounts.deputy_accounts, name="deputy_accounts"),
]
