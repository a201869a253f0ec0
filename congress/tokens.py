"""Secrets that open one thing to whoever holds them: 256 random bits on the paper or in the cookie,
their digest with us (OWASP ASVS 5.0, 11.5.1).
"""

import hashlib
import secrets


def new():
    """A token for a link or a cookie: 43 letters, digits, - and _."""
    return secrets.token_urlsafe(32)


def digest(token):
    """What is stored of a token, 64 hex digits: who reads the database cannot open anything."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
