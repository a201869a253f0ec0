"""Papers as pages, and all pages as one numbered PDF."""

import io
from dataclasses import dataclass

from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from congress.office_pdf import NotTurned
from suggestions.archives.sheets import MISSING_FILE, UNREADABLE, UNTURNED, stamps
from suggestions.models import Paper
from suggestions.paper_files import path_of, turned_path_of, write_beside
from suggestions.papers import open_file

PICTURE_SIDE = 2400  # pixels: about 200 to the inch on A4
_BROKEN = (
    PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError,
    NotImplementedError,
)  # fmt: skip


@dataclass
class Bound:
    """A paper in a file: its pages, or why it has none; `attached`: its bytes, laid in as they
    are.
    """

    paper: Paper
    pages: PdfReader | None = None
    remark: str = ""
    attached: bytes = b""

    @property
    def count(self):
        return len(self.pages.pages) if self.pages else 0


def bound(paper, turner):
    """A paper made ready for its file."""
    try:
        with open_file(paper) as file:
            content = file.read()
    except FileNotFoundError:
        return Bound(paper, remark=MISSING_FILE)
    try:
        return Bound(paper, _pages(paper, content, turner))
    except NotTurned as reason:
        return Bound(paper, remark=UNTURNED.format(reason), attached=content)
    except (*_BROKEN, OSError):
        return Bound(paper, remark=UNREADABLE, attached=content)


def _pages(paper, content, turner):
    if paper.content_type.startswith("image/"):
        return _copy(_picture(content))
    if paper.content_type == "application/pdf":
        return _copy(content)
    turned = turned_path_of(paper.stored)
    if not turned.is_file():
        write_beside(turned, turner.pdf_of(content, path_of(paper.stored).suffix))
    return _copy(turned.read_bytes())


def _copy(content):
    """A PDF written anew, upright and whole: what cannot be read shows here, not in the file."""
    writer, written = PdfWriter(), io.BytesIO()
    for page in PdfReader(io.BytesIO(content), strict=False).pages:
        writer.add_page(page).transfer_rotation_to_content()
    writer.write(written)
    return PdfReader(written)


def _picture(content):
    """A picture on a page, lying where it is broad."""
    picture = Image.open(io.BytesIO(content), formats=["JPEG", "PNG"])
    picture.draft("RGB", (PICTURE_SIDE, PICTURE_SIDE))
    picture.thumbnail((PICTURE_SIDE, PICTURE_SIDE))
    seen, written = io.BytesIO(), io.BytesIO()
    _on_white(picture).save(seen, "JPEG", quality=85)
    seen.seek(0)
    width, height = landscape(A4) if picture.width > picture.height else A4
    canvas = Canvas(written, pagesize=(width, height))
    edge = 15 * mm
    canvas.drawImage(
        ImageReader(seen), edge, edge, width - 2 * edge, height - 2 * edge,
        preserveAspectRatio=True, anchor="c",
    )  # fmt: skip
    canvas.save()
    return written.getvalue()


def _on_white(picture):
    if picture.mode in ("L", "RGB"):
        return picture
    clear = picture.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", clear.size, "white"), clear).convert("RGB")


def joined(file, parts, attached):
    """One PDF: parts [(title, reader)] one after the other, every page numbered; attached
    [(name, bytes)] laid in. file: the CaseFile, for the properties.
    """
    writer = PdfWriter()
    for title, reader in parts:
        first = len(writer.pages)
        for page in reader.pages:
            writer.add_page(page)
        if reader.pages:
            writer.add_outline_item(title=title, page_number=first)
    numbers = stamps([_size(page) for page in writer.pages])
    for page, number in zip(writer.pages, numbers.pages, strict=True):
        box = page.cropbox
        page.merge_translated_page(number, float(box.left), float(box.bottom))
    for name, content in attached:
        writer.add_attachment(name, content)
    writer.add_metadata({"/Title": file.title, "/Author": file.place, "/Creator": file.maker})
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def _size(page):
    return float(page.cropbox.width), float(page.cropbox.height)
