"""Addresses of cases."""

from django.urls import include, path

from suggestions.views import beside, bulk, cases, phone, pressing, promises

urlpatterns = [
    path("", include("suggestions.entry_pages.urls")),
    path("cases/<int:pk>/", cases.case_page, name="case"),
    path("cases/<int:pk>/steps/<str:step>/", cases.take_step, name="case-step"),
    path("cases/<int:pk>/above/", beside.case_above, name="case-above"),
    path("cases/<int:pk>/below/", beside.case_below, name="case-below"),
    path("cases/<int:pk>/press/", pressing.press, name="case-press"),
    path("presses/<int:pk>/undo/", pressing.press_undo, name="press-undo"),
    path("cases/<int:pk>/phone/", phone.case_phone, name="case-phone"),
    path("promises/", promises.promise_list, name="promises"),
    path("bulk/", bulk.bulk, name="bulk"),
    path("bulk/<int:pk>/", bulk.bulk_done, name="bulk-done"),
    path("", include("suggestions.paper_forms.urls")),
    path("", include("suggestions.scans.urls")),
    path("", include("suggestions.deputy.urls")),
    path("", include("suggestions.link_pages.urls")),
    path("", include("suggestions.groups.urls")),
    path("", include("suggestions.paper_pages.urls")),
]
