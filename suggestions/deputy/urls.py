"""Addresses of a deputy's own pages, and of what the office does for deputies on paper."""

from django.urls import path

from suggestions.deputy.views import answering, co_signing, home, office, raising

urlpatterns = [
    path("my/", home.my_home, name="my-suggestions"),
    path("my/profile/", home.my_profile, name="my-profile"),
    path("my/suggestions/", home.my_list, name="my-suggestion-list"),
    path("my/suggestions/new/", raising.new, name="my-suggestion-new"),
    path("my/suggestions/draft/", raising.keep, name="my-suggestion-draft"),
    path("my/suggestions/<int:pk>/", home.my_case, name="my-suggestion"),
    path("my/suggestions/<int:pk>/letters/<int:letter>/", home.letter, name="my-suggestion-letter"),
    path("my/suggestions/<int:pk>/edit/", raising.edit, name="my-suggestion-edit"),
    path("my/suggestions/<int:pk>/drop/", raising.drop, name="my-suggestion-drop"),
    path("my/suggestions/<int:pk>/evaluate/", answering.evaluate, name="my-suggestion-evaluate"),
    path("my/suggestions/<int:pk>/withdraw/", answering.withdraw, name="my-suggestion-withdraw"),
    path("my/suggestions/<int:pk>/missing/", answering.missing, name="my-suggestion-missing"),
    path("my/suggestions/<int:pk>/ask/", co_signing.ask_fellows, name="my-suggestion-ask"),
    path("my/asked/<int:pk>/", co_signing.asked, name="my-asked"),
    path("cases/<int:pk>/co-signing/", office.co_signing, name="case-co-signing"),
    path("cases/not-received/", office.missing_list, name="not-received"),
    path("cases/not-received/<int:pk>/", office.settle_missing, name="not-received-settle"),
]
