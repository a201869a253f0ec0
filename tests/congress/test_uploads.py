"""Uploaded files are known by what they hold; what could do harm is refused in a sentence."""

import io
import struct
import zlib
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import ValidationError
from openpyxl import Workbook
from PIL import Image
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from congress import upload_packages, upload_pictures
from congress.forms.papers import PapersField
from congress.uploads import LARGEST, UploadRefused, checked, checked_bytes
from tests.congress.uploaded import compound, docx, pdf, photo, picture

FILES = Path(__file__).parent / "files"
ALLOWED = (
    "可以上传 PDF、Word（.docx、.doc、.wps）、Excel（.xlsx）文件和 JPG、PNG、HEIC 照片，"
    "每个不超过 20 MB。"
)
BROKEN = "打不开，可能没有传完整。请在原来的电脑或手机上打开看看，另存一份再上传。"
ACTIVE = "里夹带了程序或会启动别的程序，不能收。请重新打印成 PDF 再上传。"


def refusal(name, content):
    with pytest.raises(UploadRefused) as refused:
        checked_bytes(name, content)
    return str(refused.value)


def opened(content):
    return Image.open(io.BytesIO(content))


def xlsx():
    written = io.BytesIO()
    Workbook().save(written)
    return written.getvalue()


@pytest.mark.parametrize(
    "name, content, kind, kept_name",
    [
        ("答复函.pdf", pdf(), "pdf", "答复函.pdf"),
        ("答复函.docx", docx(), "docx", "答复函.docx"),
        ("名单.xlsx", xlsx(), "xlsx", "名单.xlsx"),
        ("答复函.doc", compound("WordDocument"), "doc", "答复函.doc"),
        ("答复函.wps", compound("WordDocument"), "wps", "答复函.wps"),
        ("现场.JPG", picture(), "jpg", "现场.JPG"),
        ("截图.png", picture("PNG"), "png", "截图.png"),
        ("答复函.jpg", docx(), "docx", "答复函.docx"),
        ("扫描", picture("PNG"), "png", "扫描.png"),
        ("../../etc/答复\u202e函\n.pdf", pdf(), "pdf", "答复函.pdf"),
    ],
)
def test_what_is_allowed_is_kept_under_its_true_kind(name, content, kind, kept_name):
    found = checked_bytes(name, content)
    assert (found.kind, found.name) == (kind, kept_name)


def test_documents_are_kept_as_they_were():
    content = docx()
    assert checked_bytes("a.docx", content).content == content
    assert checked_bytes("a.pdf", pdf(2)).content == pdf(2)


@pytest.mark.parametrize(
    "name, content, what",
    [
        ("现场.jpg", b"<!DOCTYPE html><script>alert(1)</script>", "网页文件"),
        ("现场.jpg", b"  <html><body>", "网页文件"),
        (
            "现场.png",
            b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
            "SVG 图片，里面可以夹带程序，请另存为 JPG 或 PNG 再上传",
        ),
        ("答复.pdf", b"MZ\x90\0" + b"\0" * 99, "程序文件"),
        ("答复.pdf", b" \n" + pdf(), None),
        ("答复.doc", b"{\\rtf1 hello}", "RTF 文件，请另存为 .docx 再上传"),
        ("说明.txt", "你好".encode(), "文本文件"),
        (
            "名单.xls",
            compound("Workbook"),
            "旧格式的 Excel 文件（.xls 或 .et），请另存为 .xlsx 再上传",
        ),
        (
            "答复.docx",
            compound("EncryptedPackage"),
            "有打开密码的文件，请取消密码后再上传",
        ),
        (
            "答复.doc",
            compound("WordDocument", "_VBA_PROJECT"),
            "带宏的文件，宏可能夹带病毒，请去掉宏、另存为 .docx 再上传",
        ),
        (
            "录像.heic",
            b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom",
            "视频、录音或不认识的照片格式，照片请另存为 JPG 再上传",
        ),
        ("照片.gif", picture("GIF"), "GIF 图片，请另存为 JPG 或 PNG 再上传"),
    ],
)
def test_anything_else_is_refused_by_name_and_kind(name, content, what):
    if what is None:  # a PDF behind something else is no PDF
        assert refusal(name, content) != ""
        return
    assert refusal(name, content) == f"“{name}”是{what}。{ALLOWED}"


def test_a_zip_of_other_things_is_no_word_file():
    content = docx().replace(b"word/document.xml", b"word/documentxxxx")
    assert refusal("包.docx", content) == (f"“包.docx”是压缩包，请解压后上传里面的文件。{ALLOWED}")


def test_a_picture_with_a_web_page_behind_it_keeps_the_picture_only():
    found = checked_bytes("现场.jpg", picture() + b"<script>alert(1)</script>")
    assert b"script" not in found.content
    assert opened(found.content).size == (40, 20)


def test_a_photo_stands_upright_and_tells_neither_place_nor_telephone():
    found = checked_bytes("现场.jpg", photo())
    made = opened(found.content)
    assert made.size == (20, 40)
    assert dict(made.getexif()) == {}
    assert made.info.keys() & {"exif", "comment", "icc_profile"} == set()
    assert made.getpixel((15, 5))[2] > 150  # the blue quarter went from upper left to upper right
    assert b"Secret" in photo() and b"Secret" not in found.content
    assert opened(found.small).format == "JPEG"


def test_the_first_picture_of_a_heic_sequence_is_kept_as_jpg():
    found = checked_bytes("IMG_1.HEIC", (FILES / "two.heic").read_bytes())
    made = opened(found.content)
    assert (found.name, found.content_type) == ("IMG_1.jpg", "image/jpeg")
    assert (made.format, made.size, dict(made.getexif())) == ("JPEG", (96, 64), {})
    assert made.getpixel((90, 60))[0] > 150  # red; the second picture is green


def test_a_png_keeps_what_can_be_seen_through():
    see_through = io.BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(see_through, "PNG")
    found = checked_bytes("章.png", see_through.getvalue())
    assert opened(found.content).getpixel((1, 1)) == (0, 0, 0, 0)
    assert opened(found.small).getpixel((1, 1)) == (255, 255, 255)


@pytest.mark.parametrize(
    "name, content",
    [
        ("现场.jpg", picture(size=(400, 400))[:900]),
        ("现场.png", picture("PNG", size=(400, 400))[:200]),
        ("现场.heic", (FILES / "two.heic").read_bytes()[:500]),
        ("答复.pdf", pdf(30)[:2000]),
        ("答复.docx", docx()[:5000]),
    ],
)
def test_a_file_that_broke_off_is_refused(name, content):
    assert refusal(name, content) == f"“{name}”{BROKEN}"


def test_too_large_and_empty_files_are_refused():
    upload = SimpleUploadedFile("大.pdf", b"%PDF-" + b"\0" * (LARGEST - 4))
    with pytest.raises(UploadRefused) as refused:
        checked(upload)
    assert str(refused.value) == ("“大.pdf”有 20.1 MB，超过 20 MB。请压缩或分成几个文件再上传。")
    assert refusal("空.pdf", b"") == "“空.pdf”是空的，请核对后再选一次。"


def test_a_picture_of_too_many_points_is_refused_before_it_is_unpacked():
    assert upload_pictures.MOST_PIXELS == 25_000_000
    huge = bytearray(picture("PNG"))
    huge[16:24] = struct.pack(">LL", 60_000, 60_000)
    huge[29:33] = struct.pack(">L", zlib.crc32(bytes(huge[12:29])))
    assert refusal("图.png", bytes(huge)) == (
        "“图.png”有 3600 百万像素，最多 25 百万。请在手机相册里缩小后再上传。"
    )


def test_a_zip_bomb_is_refused():
    content = docx(parts={"word/media/a.bin": b"\0" * 30_000_000})
    assert refusal("答复.docx", content) == (
        "“答复.docx”展开后太大（最多 300 MB），不能收。请删去多余内容再上传。"
    )


def test_a_zip_bomb_that_lies_about_its_size_is_refused(monkeypatch):
    monkeypatch.setattr(upload_packages, "MAX_UNPACKED", 5_000_000)
    content = docx(parts={"word/media/a.bin": b"\0" * 6_000_000})
    lying = content.replace(struct.pack("<L", 6_000_000), struct.pack("<L", 10))
    assert refusal("答复.docx", lying).startswith("“答复.docx”内部结构异常")


@pytest.mark.parametrize(
    "parts",
    [{"word/vbaProject.bin": b"x"}, {"word/VBAPROJECT.BIN": b"x"}],
)
def test_a_word_file_with_macros_is_refused(parts):
    assert refusal("答复.docx", docx(parts=parts)) == (
        "“答复.docx”里有宏，宏可能夹带病毒，不能收。请去掉宏、另存为 .docx 再上传。"
    )


def test_a_word_file_with_an_entity_trap_is_refused():
    trap = b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
    found = refusal("答复.docx", docx(parts={"word/more.xml": trap}))
    assert found.startswith("“答复.docx”内部结构异常，不能收")


@pytest.mark.parametrize("password", ["1", ""])
def test_a_locked_pdf_is_refused(password):
    locked = pdf(user_password=password, owner_password="x")
    assert refusal("a.pdf", locked) == (
        "“a.pdf”是加了密的 PDF，以后可能打不开。请取消密码或重新打印成 PDF 再上传。"
    )


def test_a_locked_word_file_is_refused():
    assert refusal("a.doc", compound("WordDocument", locked=True)) == (
        "“a.doc”有打开密码。请取消密码后再上传。"
    )


def acting(**action):
    """Spoils a PDF: its first page does this when it is opened."""

    def change(writer):
        named = {NameObject(f"/{key}"): value for key, value in action.items()}
        opening = DictionaryObject({NameObject("/O"): DictionaryObject(named)})
        writer.pages[0][NameObject("/AA")] = opening

    return change


SCRIPT = acting(S=NameObject("/JavaScript"), JS=TextStringObject("app.alert(1)"))
LAUNCH = acting(S=NameObject("/Launch"), F=TextStringObject("cmd.exe"))


@pytest.mark.parametrize("change", [SCRIPT, LAUNCH], ids=["script", "launch"])
def test_a_pdf_that_runs_something_is_refused(change):
    assert refusal("a.pdf", pdf(change=change)) == f"“a.pdf”{ACTIVE}"


def test_a_pdf_that_hides_the_name_of_its_script_is_refused():
    plain = pdf(change=SCRIPT)
    hidden = plain.replace(b"/JavaScript", b"/J#61vaScript").replace(b"/JS", b"/#4aS")
    assert b"/JavaScript" in plain and b"/JavaScript" not in hidden
    assert refusal("a.pdf", hidden) == f"“a.pdf”{ACTIVE}"


def test_the_field_takes_several_and_tells_every_refusal():
    def upload(name, content):
        return SimpleUploadedFile(name, content)

    field = PapersField(most=2)
    assert [f.name for f in field.clean([upload("a.pdf", pdf()), upload("b.jpg", picture())])] == [
        "a.pdf", "b.jpg",
    ]  # fmt: skip
    with pytest.raises(ValidationError) as refused:
        field.clean([upload("a.pdf", b"x"), upload("b.txt", b"<html>")])
    assert refused.value.messages == [
        f"“a.pdf”是文本文件。{ALLOWED}", f"“b.txt”是网页文件。{ALLOWED}",
    ]  # fmt: skip
    with pytest.raises(ValidationError) as refused:
        field.clean([upload(f"{n}.pdf", b"x") for n in range(3)])
    assert refused.value.messages == ["一次最多 2 个，您选了 3 个，请分几次上传"]
    with pytest.raises(ValidationError) as refused:
        field.clean([])
    assert refused.value.messages == ["请先选文件"]
    assert PapersField(required=False).clean([]) == []
