"""Files handed to the browser: always as a download, under their Chinese names (RFC 6266)."""

from io import BytesIO

from django.http import FileResponse

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def workbook_response(name, write):
    """A workbook that `write(file)` fills, as a download."""
    file = BytesIO()
    write(file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)


def document_response(name, content):
    """A Word document given as bytes, as a download."""
    return FileResponse(BytesIO(content), as_attachment=True, filename=name, content_type=DOCX)
