"""Addresses of import and export."""

from django.urls import path

from reports.views import imports

urlpatterns = [
    path("import/", imports.imports, name="import"),
    path("import/<int:pk>/", imports.import_batch, name="import-batch"),
    path("import/<int:pk>/progress/", imports.import_progress, name="import-progress"),
    path("import/<int:pk>/confirm/", imports.import_confirm, name="import-confirm"),
    path("import/<int:pk>/undo/", imports.import_undo, name="import-undo"),
    path("import/<int:pk>/columns/", imports.import_columns, name="import-columns"),
    path("export/ledger.xlsx", imports.ledger_export, name="ledger-export"),
    path("export/template.xlsx", imports.ledger_template, name="ledger-template"),
]
