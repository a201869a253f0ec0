"""Addresses of what goes to WeChat groups and comes back."""

from django.urls import path

from suggestions.groups import views

urlpatterns = [
    path("group-message/", views.group_message, name="group-message"),
    path("chain/", views.chain, name="chain"),
]
