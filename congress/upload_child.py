"""PDFs and pictures opened in a process of their own, with limits of memory and time: the
libraries that read them are large, and files may be made to harm them.
"""

import os
import resource
import subprocess
import sys
from pathlib import Path

from congress.upload_kinds import UploadRefused, refusal

MEMORY = 1536 * 2**20  # bytes
SECONDS = 40
_ROOT = Path(__file__).resolve().parents[1]
_HEADER = 40  # bytes: verdict and the length of the first part


def look_through(name, kind, content):
    """(content to keep, small picture or nothing). UploadRefused where the file is no good."""
    order = [sys.executable, "-m", "congress.upload_child", kind]
    env = {"PYTHONUTF8": "1", "PATH": os.environ.get("PATH", "")}
    try:
        child = subprocess.run(
            order, input=content, capture_output=True, cwd=_ROOT, env=env, timeout=SECONDS
        )
    except subprocess.TimeoutExpired as error:
        raise refusal("heavy", name) from error
    if child.returncode:
        raise refusal("heavy", name)
    head, body = child.stdout[:_HEADER].decode().split(), child.stdout[_HEADER:]
    if head[0] != "kept":
        raise refusal(head[0], name, millions=head[1])
    length = int(head[1])
    return (content if kind == "pdf" else body[:length]), body[length:]


def main():
    """The child: the kind as its argument, the file on stdin; answers on stdout."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from congress import upload_documents, upload_pictures

    kind, content = sys.argv[1], sys.stdin.buffer.read()
    try:
        if kind == "pdf":
            upload_documents.check_pdf(content)
            parts = (b"", b"")
        else:
            parts = upload_pictures.made_anew(kind, content)
        verdict, number = "kept", len(parts[0])
    except UploadRefused as refused:
        (verdict, number), parts = refused.args, (b"", b"")
    sys.stdout.buffer.write(f"{verdict} {number}".ljust(_HEADER).encode() + parts[0] + parts[1])


if __name__ == "__main__":
    main()
