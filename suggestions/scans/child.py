"""Reads and parts scanned files, in a process of its own with limits of memory and time: the
libraries that do it are large, and files may be made to harm them. Knows nothing of the project.

`python -m suggestions.scans.child read pdf` — the file on stdin, on stdout a JSON list: for each
page the texts of its QR codes, null for an empty one. `… split 2 3` — on stdout a PDF of those
pages, counted from 1.
"""

import io
import json
import resource
import sys

MEMORY = 1536 * 2**20  # bytes
SECONDS = 120
MOST_PAGES = 200
TOO_LONG = 3  # the exit status for a PDF of more pages: none of them is read
# Longest sides in pixels at which a page is looked at, one after the other until a code is found:
# an A4 page of 1700 has 145 dots an inch.
SIDES = (1700, 2600, 3600)
MOST_PIXELS = 60_000_000
DARKER = 50  # of 256 greys: so much darker than the paper is ink
SPECKS = 1 / 20_000  # of a page: less ink is dust


def main():
    """One order from the command line."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    order, *words = sys.argv[1:]
    content = sys.stdin.buffer.read()
    if order == "split":
        sys.stdout.buffer.write(split(content, *map(int, words)))
        return
    found = read_pdf(content) if words == ["pdf"] else [read_picture(content)]
    sys.stdout.write(json.dumps(found))


def read_pdf(content):
    """The texts of the codes on each page; None for one with nothing on it: a sheet's back."""
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    if len(document) > MOST_PAGES:
        sys.exit(TOO_LONG)
    return [_read_page(page) for page in document]


def _read_page(page):
    longest = max(page.get_size()) or 1
    for side in SIDES:
        picture = page.render(scale=side / longest, grayscale=True).to_pil()
        texts = codes(picture)
        if texts:
            return texts
        if side == SIDES[0] and is_empty(picture):
            return None
    return []


def is_empty(picture):
    """Whether a grey page holds hardly a dark spot; its edges, where shadows lie, aside."""
    edge = min(picture.size) // 20
    inner = picture.crop((edge, edge, picture.width - edge, picture.height - edge))
    counts, whole = inner.histogram(), inner.width * inner.height
    paper = next(grey for grey in range(256) if sum(counts[: grey + 1]) * 2 >= whole)
    return sum(counts[: max(paper - DARKER, 0)]) < whole * SPECKS


def read_picture(content):
    """The texts of the codes on a picture."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    with Image.open(io.BytesIO(content)) as opened:
        opened.draft("L", (SIDES[-1], SIDES[-1]))
        grey = opened.convert("L")
    for side in SIDES:
        smaller = grey.copy()
        smaller.thumbnail((side, side))
        texts = codes(smaller)
        if texts or smaller.size == grey.size:
            return texts
    return []


def codes(picture):
    """The texts of the QR codes in a grey picture, as it is, then with its contrast stretched."""
    import zxingcpp
    from PIL import ImageOps

    for shown in (picture, ImageOps.autocontrast(picture, cutoff=2)):
        found = zxingcpp.read_barcodes(shown, formats=zxingcpp.BarcodeFormat.QRCode)
        if found:
            return [code.text for code in found]
    return []


def split(content, first, last):
    """A PDF of some pages of another."""
    from pypdf import PdfReader, PdfWriter

    writer, made = PdfWriter(), io.BytesIO()
    for page in PdfReader(io.BytesIO(content)).pages[first - 1 : last]:
        writer.add_page(page)
    writer.write(made)
    return made.getvalue()


if __name__ == "__main__":
    main()
