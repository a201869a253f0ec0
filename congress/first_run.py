"""The one-time link that opens the first-run guide of a system without users.

A file in the data folder holds digests only: first of the link's token, then, once the guide was
begun with it, of the claim that the beginner's session carries. A newer link, 72 hours or the first
user make both void.
"""

import hashlib
import json
import os
import secrets
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils.crypto import constant_time_compare

from congress.models import User
from congress.scoping import OPERATOR

LIFE = timedelta(hours=72)


def is_set_up():
    """Whether the system has a user: then nobody needs the guide any more."""
    return User.objects.visible_to(OPERATOR).exists()


def new_token(now):
    """The token of a new link; earlier ones, and a guide that was begun, are void."""
    return _keep("token", now + LIFE)


def begin(token, now):
    """Use up the link: the claim for the session of whoever came with it, or None where the token
    is not good."""
    kept = _read(now)
    if not _fits(token, kept.get("token")):
        return None
    return _keep("claim", datetime.fromisoformat(kept["expires"]))


def opens(token, now):
    """Whether the guide can be begun with this token."""
    return _fits(token, _read(now).get("token"))


def holds(claim, now):
    """Whether this is the claim of the guide that was begun."""
    return _fits(claim, _read(now).get("claim"))


def finish():
    """The guide is done."""
    _file().unlink(missing_ok=True)


def _file():
    return Path(settings.DATA) / "first_run.json"


def _digest(secret):
    return hashlib.sha256(secret.encode()).hexdigest()


def _fits(secret, digest):
    return bool(secret and digest) and constant_time_compare(_digest(secret), digest)


def _read(now):
    """What the file holds, or nothing where it is dead."""
    try:
        kept = json.loads(_file().read_text())
    except FileNotFoundError:
        return {}
    return {} if is_set_up() or now >= datetime.fromisoformat(kept["expires"]) else kept


def _keep(kind, expires):
    """Make a secret, keep its digest in place of all others."""
    secret = secrets.token_urlsafe(32)
    draft = _file().with_suffix(".new")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        json.dump({kind: _digest(secret), "expires": expires.isoformat()}, file)
    draft.replace(_file())
    return secret
