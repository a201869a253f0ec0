"""Makes the files, good and hostile, that the tests of uploading hand in."""

import io
import zipfile

from docx import Document
from PIL import Image
from pypdf import PdfWriter


def picture(form="JPEG", size=(40, 20), **options):
    """A picture: red, its upper left quarter blue."""
    made = Image.new("RGB", size, (200, 30, 30))
    made.paste((30, 30, 200), (0, 0, size[0] // 2, size[1] // 2))
    written = io.BytesIO()
    made.save(written, form, **options)
    return written.getvalue()


def photo():
    """A photo of a telephone that lay on its side, which notes where it was taken and by what."""
    notes = Image.Exif()
    notes[0x0112] = 6  # to be turned right by a quarter
    notes[0x010F] = "Secret-Phone"
    notes.get_ifd(0x8825).update({1: "N", 2: (25.0, 36.0, 1.0)})
    return picture(exif=notes, comment=b"written by hand")


def pdf(pages=1, change=None, **encryption):
    """A PDF of empty pages; `change(writer)` may spoil it."""
    writer, written = PdfWriter(), io.BytesIO()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    if change:
        change(writer)
    if encryption:
        writer.encrypt(**encryption)
    writer.write(written)
    return written.getvalue()


def docx(text="经研究，答复如下。", parts=None):
    """A Word file of one paragraph, with further parts {name: content}."""
    document, written = Document(), io.BytesIO()
    document.add_paragraph(text)
    document.save(written)
    with zipfile.ZipFile(written, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (parts or {}).items():
            archive.writestr(name, content)
    return written.getvalue()


def pointing(kind, target, mode=' TargetMode="External"'):
    """One pointer of a package, of a kind that the standard names."""
    told = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"
    return f'<Relationship Id="r1" Type="{told}" Target="{target}"{mode}/>'


def related(links):
    """A list of pointers, as the part of a package."""
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{links}</Relationships>'


def compound(*streams, locked=False):
    """The least of a compound file (MS-CFB): a header, a directory of streams, the first stream."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    header[30] = 9  # sectors of 512 bytes
    directory = bytearray(512)
    for at, name in enumerate(("Root Entry", *streams)):
        spelt = (name + "\0").encode("utf-16-le")
        directory[at * 128 : at * 128 + len(spelt)] = spelt
        directory[at * 128 + 64] = len(spelt)
        directory[at * 128 + 116] = 1  # begins at the sector after the directory
    stream = bytearray(4096)
    stream[10:12] = (0x0100 if locked else 0).to_bytes(2, "little")
    return bytes(header + directory + stream)
