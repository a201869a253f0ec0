"""Addresses of the paper forms of cases."""

from django.urls import path

from suggestions.paper_forms.views import deputies, forms

urlpatterns = [
    path("c/<slug:code>/", forms.case_code, name="case-code"),
    path("c/<slug:code>/<slug:form>/", forms.case_code, name="case-code"),
    path("cases/<int:pk>/forms/<slug:form>/", forms.case_form, name="case-form"),
    path("cases/<int:pk>/forms/<slug:form>/word/", forms.case_form_word, name="case-form-word"),
    path("forms/", forms.form_list, name="forms"),
    path("forms/print/", forms.forms_print, name="forms-print"),
    path("large-print/", deputies.deputy_list, name="deputy-sheets"),
    path("large-print/print/", deputies.deputy_sheets_print, name="deputy-sheets-print"),
    path("large-print/<int:pk>/", deputies.deputy_sheet, name="deputy-sheet"),
]
