"""Office files and PDFs that would fetch, run or hide something are refused in a sentence."""

import io
import zipfile

import pytest
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from congress.uploads import UploadRefused, checked_bytes
from tests.congress.uploaded import compound, docx, pdf, pointing, related

OUTSIDE = "“答复.docx”引用了别处的模板或文件，打开时会去读取，不能收。请打印成 PDF 再上传。"
EMBEDDED = "“答复.docx”里嵌入了别的文件，不能收。请删去嵌入的对象，或者打印成 PDF 再上传。"
MACROS = "“答复.docx”里有宏，宏可能夹带病毒，不能收。请去掉宏、另存为 .docx 再上传。"
MORE = "word/_rels/more.xml.rels"


def refusal(content, name="答复.docx"):
    with pytest.raises(UploadRefused) as refused:
        checked_bytes(name, content)
    return str(refused.value)


def renamed(content, old, new, change=lambda part: part):
    """A package with one part under another name, its content changed."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as there,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in there.namelist():
            part = there.read(name)
            made.writestr(*((new, change(part)) if name == old else (name, part)))
    return written.getvalue()


@pytest.mark.parametrize("kind", ["attachedTemplate", "image", "oleObject", "frame"])
def test_what_is_read_from_elsewhere_is_refused(kind):
    links = related(pointing(kind, "http://elsewhere.example/hyperlink.dotm"))
    assert refusal(docx(parts={MORE: links})) == OUTSIDE
    assert refusal(docx(parts={MORE.upper(): links})) == OUTSIDE


def test_the_writers_own_template_is_no_trap_another_machines_is():
    own = related(pointing("attachedTemplate", "file:///C:\\Users\\文经办\\Templates\\函.dotx"))
    content = docx(parts={MORE: own})
    assert checked_bytes("答复.docx", content).content == content
    share = related(pointing("attachedTemplate", "file://///evil/share/a.dotm"))
    assert refusal(docx(parts={MORE: share})) == OUTSIDE


def test_a_link_to_click_on_and_a_part_within_are_kept():
    links = pointing("hyperlink", "http://a.example") + pointing("image", "media/a.png", "")
    content = docx(parts={MORE: related(links)})
    assert checked_bytes("答复.docx", content).content == content


@pytest.mark.parametrize("part", ["word/embeddings/oleObject1.bin", "WORD/Embeddings/A.BIN"])
def test_an_object_laid_in_is_refused(part):
    assert refusal(docx(parts={part: b"x"})) == EMBEDDED


def test_a_pointer_to_an_object_is_refused_whatever_its_part_is_called():
    links = related(pointing("oleObject", "media/a.png", ""))
    assert refusal(docx(parts={MORE: links})) == EMBEDDED


def test_a_pointer_to_macros_is_refused_whatever_their_part_is_called():
    links = related(pointing("vbaProject", "media/a.png", ""))
    assert refusal(docx(parts={MORE: links})) == MACROS


def test_a_list_of_pointers_that_cannot_be_read_is_refused():
    for links in ("<Relationships", "<a><Relationship/></a>"):
        assert refusal(docx(parts={MORE: links})).startswith("“答复.docx”内部结构异常")


def test_the_list_of_kinds_is_read_however_its_name_is_written():
    old = "[Content_Types].xml"

    def macros(part):
        return part.replace(b"openxmlformats-officedocument", b"ms-word.macroEnabled")

    assert refusal(renamed(docx(), old, "[CONTENT_TYPES].XML", macros)) == MACROS


@pytest.mark.parametrize("names", [("WORDDOCUMENT", "_vba_project"), ("x", "ENCRYPTEDpackage")])
def test_the_streams_of_a_compound_file_are_told_however_they_are_written(names):
    assert refusal(compound(*names), "答复.doc").startswith(
        ("“答复.doc”是带宏的", "“答复.doc”是有打开")
    )
    assert checked_bytes("a.doc", compound("worddocument")).kind == "doc"


def test_a_pdf_with_a_form_that_runs_scripts_of_its_own_is_refused():
    def change(writer):
        form = DictionaryObject({NameObject("/XFA"): TextStringObject("<xdp/>")})
        writer.root_object[NameObject("/AcroForm")] = form

    told = "“a.pdf”里夹带了程序或会启动别的程序，不能收。请重新打印成 PDF 再上传。"
    assert refusal(pdf(change=change), "a.pdf") == told
    hidden = pdf(change=change).replace(b"/XFA", b"/X#46A")
    assert refusal(hidden, "a.pdf") == told


@pytest.mark.parametrize("more", [b"<script>alert(1)</script>", b"\n<!DOCTYPE html>", docx()])
def test_a_pdf_that_is_something_else_as_well_is_refused(more):
    told = "“a.pdf”除了 PDF 还夹带了别的内容（压缩包或网页），不能收。请重新打印成 PDF 再上传。"
    assert refusal(pdf() + more, "a.pdf") == told
    assert checked_bytes("a.pdf", pdf() + b"\0\r\n% printed by 1 < 2").kind == "pdf"
