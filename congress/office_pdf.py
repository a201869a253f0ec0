"""Office documents turned into PDF by LibreOffice, where the machine has it.

A document may name pictures elsewhere, and LibreOffice fetches them: it runs without network
(`unshare`), with a profile, a time limit and a memory limit of its own. Where the machine cannot
take the network away, only packages that name nothing elsewhere are turned.
"""

import io
import os
import shutil
import signal
import subprocess
import tempfile
import zipfile
from functools import cache
from pathlib import Path

from congress.package_links import OddLinks, relationships

SECONDS = 60
MEMORY = 4 * 2**30  # bytes of address space
NO_PROGRAM = "服务器没有安装 LibreOffice，不能转成 PDF"
ELSEWHERE = "里面引用了外部内容，没有转成 PDF"
NOT_OPENED = "LibreOffice 打不开它，没有转成 PDF"
TOO_SLOW = f"转换超过 {SECONDS} 秒，没有转成 PDF"
REASONS = (NO_PROGRAM, ELSEWHERE, NOT_OPENED, TOO_SLOW)
_AS = {".wps": ".doc"}  # the same format; LibreOffice goes by the name


class NotTurned(Exception):
    """The document stays as it is; the message says why, in Chinese."""


class Turner:
    """One LibreOffice profile for several documents; use it as a context manager."""

    def __enter__(self):
        self._folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        return self

    def __exit__(self, *_):
        self._folder.cleanup()

    def pdf_of(self, content, suffix):
        """The document as bytes of a PDF. NotTurned: why not."""
        program = shutil.which("soffice") or shutil.which("libreoffice")
        if program is None:
            raise NotTurned(NO_PROGRAM)
        if not _without_network() and _names_elsewhere(content, suffix):
            raise NotTurned(ELSEWHERE)
        folder = Path(self._folder.name)
        source = folder / f"paper{_AS.get(suffix, suffix)}"
        made = source.with_suffix(".pdf")
        made.unlink(missing_ok=True)
        source.write_bytes(content)
        _run([*_without_network(), *_limited(), program, *_options(folder), str(source)])
        if not made.is_file():
            raise NotTurned(NOT_OPENED)
        return made.read_bytes()


def _options(folder):
    profile = (folder / "profile").as_uri()
    return [
        f"-env:UserInstallation={profile}", "--headless", "--norestore", "--nolockcheck",
        "--convert-to", "pdf", "--outdir", str(folder),
    ]  # fmt: skip


def _run(order):
    """Run it in a process group of its own, which ends with it."""
    silent = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
    process = subprocess.Popen(order, **silent, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        process.wait(SECONDS)
    except subprocess.TimeoutExpired as error:
        raise NotTurned(TOO_SLOW) from error
    finally:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        process.wait()


@cache
def _without_network():
    """The words before an order that take its network away; none where the machine cannot."""
    words = ["unshare", "--map-root-user", "--net", "--"]
    try:
        tried = subprocess.run([*words, "true"], capture_output=True, timeout=10)
    except (OSError, subprocess.TimeoutExpired):
        return []
    return words if tried.returncode == 0 else []


@cache
def _limited():
    return ["prlimit", f"--as={MEMORY}", "--"] if shutil.which("prlimit") else []


def _names_elsewhere(content, suffix):
    """Whether a document may make LibreOffice fetch something; links to click on do not."""
    if suffix not in (".docx", ".xlsx"):
        return True
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [name for name in archive.namelist() if name.lower().endswith(".rels")]
        try:
            links = [link for part in parts for link in relationships(archive.read(part))]
        except OddLinks:
            return True
    return any(link.is_fetched for link in links)
