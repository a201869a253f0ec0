"""Secrets that a system makes for itself on its first start and keeps in its data folder."""

import os
import secrets
import tempfile


def _fifty_bytes():
    return secrets.token_urlsafe(50)


def read_or_make(path, make=_fifty_bytes):
    """The secret in the file at `path`; made there by `make` (50 random bytes; mode 0600) where
    there is none.

    Two processes that start at the same moment get the same secret: the file appears whole or not
    at all.
    """
    if not path.exists():
        handle, draft = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "w") as file:
            file.write(make())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            os.unlink(draft)
    return path.read_text().strip()
