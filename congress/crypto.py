"""Personal data: encrypted in the database, found by a keyed fingerprint, masked on every page.

The keys are derived from the setting FIELD_KEY (any long secret text; settings.py keeps it in a
file of the data folder), or from SECRET_KEY where that is empty. Whoever loses it loses every phone
number: it belongs in the backup.
"""

import base64
import hashlib
import hmac
import os
import re
import unicodedata
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models

SCHEME = "aes256gcm:v1:"
NONCE_BYTES = 12
HIDDEN = "***"

PHONE = re.compile(r"\d(?:[\d\s\-()]{5,}\d)")
COUNTRY_CODE = re.compile(r"^(?:00)?86(?=1\d{10}$)")
VILLAGE = re.compile(r"^(?:.*?[镇乡])?.*?(?:村|社区|居委会)")
WIDER_PLACE = re.compile(r"^.*?(?:[镇乡]|街道)|^.*[县区市]")


class CannotDecrypt(Exception):
    """A stored value does not belong to the present key, or was tampered with."""


def _secret():
    return (getattr(settings, "FIELD_KEY", "") or settings.SECRET_KEY).encode()


@lru_cache(maxsize=16)
def _derive(secret, purpose):
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(secret)


def _field_key():
    return _derive(_secret(), b"congress personal fields, aes256gcm v1")


def encrypt(text):
    """The stored form of `text`, never twice the same; empty stays empty."""
    if not text:
        return text
    nonce = os.urandom(NONCE_BYTES)
    sealed = AESGCM(_field_key()).encrypt(nonce, str(text).encode(), SCHEME.encode())
    return SCHEME + base64.b64encode(nonce + sealed).decode()


def decrypt(stored):
    """The text behind a stored form; empty stays empty. CannotDecrypt: another key, another scheme,
    damage."""
    if not stored:
        return stored
    if not stored.startswith(SCHEME):
        raise CannotDecrypt("个人信息不是以本系统的方式加密的")
    try:
        sealed = base64.b64decode(stored.removeprefix(SCHEME), validate=True)
        key = AESGCM(_field_key())
        return key.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], SCHEME.encode()).decode()
    except (InvalidTag, ValueError) as fault:
        raise CannotDecrypt("个人信息无法解密：密钥与数据不符，或数据已损坏") from fault


class EncryptedTextField(models.TextField):
    """Text of a person (phone, address, birth date) that the database holds encrypted.

    Equal texts are stored differently, so the database cannot search it: keep `fingerprint(text)`
    in a column beside it and search there. Any lookup but `isnull` is refused.
    """

    def get_prep_value(self, value):
        return encrypt(super().get_prep_value(value))

    def from_db_value(self, value, expression, connection):
        return decrypt(value)

    def get_lookup(self, lookup_name):
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is encrypted: search the column of its fingerprint")
        return super().get_lookup(lookup_name)


def normalised(text):
    """A phone number as digits without the country code; any other text in half width, upper case,
    no spaces."""
    plain = "".join(
        c for c in unicodedata.normalize("NFKC", str(text or "")).upper() if c.isalnum()
    )
    return COUNTRY_CODE.sub("", plain)


def fingerprint(text):
    """64 hex digits by which a phone number is found however it was typed; empty for an empty
    text."""
    plain = normalised(text)
    if not plain:
        return ""
    key = _derive(_secret(), b"congress search fingerprints v1")
    return hmac.new(key, plain.encode(), hashlib.sha256).hexdigest()


def _mask_number(match):
    digits = re.sub(r"\D", "", match.group())
    return f"{digits[:3]}****{digits[-4:]}" if len(digits) >= 11 else f"****{digits[-2:]}"


def mask_phone(text):
    """13800000000 → 138****0000, several numbers one by one; what is no number is hidden
    altogether."""
    numbers = [
        _mask_number(found) for found in PHONE.finditer(unicodedata.normalize("NFKC", text or ""))
    ]
    return "、".join(numbers) or (HIDDEN if text else "")


def mask_name(text):
    """张小三 → 张*三, 张三 → 张*."""
    name = (text or "").strip()
    if len(name) <= 2:
        return name[:1] + "*" if name else ""
    return name[0] + "*" * (len(name) - 2) + name[-1]


def mask_address(text):
    """An address as far as the village; what lies behind it is hidden."""
    address = (text or "").strip()
    found = VILLAGE.match(address) or WIDER_PLACE.match(address)
    shown = found.group() if found else ""
    return shown if shown == address else shown + HIDDEN
