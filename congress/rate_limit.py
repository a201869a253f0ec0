"""How often one address may ask for pages that are open without sign-in.

Counted in the data folder, which all processes of an installation share: one file for an address
and a minute, its size the number of requests (one appended byte is atomic). A cache in memory would
count each process apart, Redis need not be there, and a row in the database would make every
reading page write.
"""

import hashlib
import logging
import os
import shutil
from pathlib import Path

from django.conf import settings

MOST = 300  # requests a minute: a whole government office has one address
FOLDER = "requests"  # below the data folder
log = logging.getLogger("congress.requests")


def is_over(address, now, most=None):
    """Count a request of `address` in the minute of `now`; whether it is one too many. A full disk
    does not shut the pages.
    """
    try:
        return _count(address, now) > (MOST if most is None else most)
    except OSError:
        log.exception("requests of %s are not counted", address)
        return False


def _count(address, now):
    minute = Path(settings.DATA) / FOLDER / f"{now:%Y%m%d%H%M}"
    if not minute.is_dir():
        minute.mkdir(mode=0o700, parents=True, exist_ok=True)
        _sweep(minute)
    name = hashlib.sha256(address.encode()).hexdigest()[:32]
    handle = os.open(minute / name, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, b".")
        return os.fstat(handle).st_size
    finally:
        os.close(handle)


def _sweep(minute):
    """Forget the minutes before; another process may be doing the same."""
    for folder in minute.parent.iterdir():
        if folder.name < minute.name:
            shutil.rmtree(folder, ignore_errors=True)
