"""Filled forms as tests read them."""

import io
from datetime import date

from django.urls import reverse
from docx import Document

from suggestions.paper_forms.printing import form_sheets

DAY = date(2024, 6, 1)


def sheet_of(user, key, case, **more):
    sheets, _ = form_sheets(user, key, [case.pk], DAY, **more)
    return sheets[0]


def texts_of(sheet):
    """All texts of the table of a sheet, in order."""
    return [line for row in sheet.rows for cell in row.cells for line in cell.lines]


def word_texts(content):
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def form_url(case, key, name="case-form"):
    return reverse(name, kwargs={"pk": case.pk, "form": key})
