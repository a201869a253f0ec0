"""Where the files of papers lie: settings.DATA/papers, each under a random name of 256 bits.

A file is written before its row: a row never names a file that is not there. Where the row does
not come to stand (rollback), `filing` takes the file away again; what a killed process left is
found by `remove_orphans`.
"""

import os
import secrets
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from congress.scoping import OPERATOR
from suggestions.models import Paper

# What lies beside a file: the small one of a picture, the PDF that was made of an office document.
SMALL, TURNED = ".small", ".turned"
_written = ContextVar("papers_written", default=None)


def folder():
    """The folder of all papers."""
    return Path(settings.DATA) / "papers"


def path_of(stored):
    """Where a stored file lies."""
    return folder() / stored


def small_path_of(stored):
    """Where the small picture of a stored picture lies."""
    return folder() / f"{stored}{SMALL}"


def turned_path_of(stored):
    """Where the PDF lies that was made of a stored office document, once it was made."""
    return folder() / f"{stored}{TURNED}"


@contextmanager
def filing():
    """A transaction in which papers are kept: where it is rolled back, their files go as well."""
    outer, mine = _written.get(), []
    token = _written.set(mine)
    try:
        with transaction.atomic():
            yield
    except BaseException:
        _discard(mine)
        raise
    else:
        if outer is not None:
            outer += mine  # an outer filing may still be rolled back
    finally:
        _written.reset(token)


def _discard(written):
    """After a rollback. A hook that failed after the commit comes here too: then rows stand."""
    if not connection.in_atomic_block:
        written = [stored for stored in written if not named([stored])]
    for stored in written:
        path_of(stored).unlink(missing_ok=True)
        small_path_of(stored).unlink(missing_ok=True)


def named(stored):
    """Those of the stored names that a row has."""
    rows = Paper.objects.visible_to(OPERATOR).filter(stored__in=stored)
    return set(rows.values_list("stored", flat=True))


def write(checked):
    """Write a checked file and its small picture; the name to store. OSError: the disk is full."""
    name = secrets.token_hex(32)
    stored = f"{name[:2]}/{name}{checked.suffix}"
    written = _written.get()
    if written is not None:
        written.append(stored)
    write_beside(path_of(stored), checked.content)
    if checked.small:
        write_beside(small_path_of(stored), checked.small)
    return stored


def write_beside(path, content):
    """Write a file of this folder, whole or not at all: under another name first, then renamed."""
    for place in (folder(), path.parent):
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
    half = path.with_name(f"{path.name}.{secrets.token_hex(4)}.half")
    try:
        handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(half, path)
    except OSError:
        half.unlink(missing_ok=True)
        raise


def remove_orphans(before):
    """Remove files last written before `before` (a moment) that no row names; how many."""
    removed = 0
    for place in folder().glob("??"):
        old = [path for path in place.iterdir() if path.stat().st_mtime < before.timestamp()]
        kept = named({_stored(path) for path in old})
        for path in old:
            if _stored(path) not in kept or path.suffix == ".half":
                path.unlink(missing_ok=True)
                removed += 1
    return removed


def _stored(path):
    return f"{path.parent.name}/{path.name.removesuffix(SMALL).removesuffix(TURNED)}"
