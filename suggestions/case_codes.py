"""The short address of a case, as a QR code on paper holds it: only after sign-in, and only for who
sees the case, it leads anywhere.

The code is the case's key and a keyed fingerprint (128 bits) over it and the moment of its entry:
nobody can guess one, printing a form writes nothing, and a code of a case that is gone is never
that of another.
"""

import base64
import hmac
import re

from django.conf import settings
from django.urls import reverse

from congress.crypto import fingerprint
from suggestions.models import Case

CODE = re.compile(r"(\d{1,18})-([A-Za-z0-9_-]{22})")
LINK = re.compile(rf"/c/({CODE.pattern})/(?:([a-z]{{1,12}})/)?$")


def code_of(case):
    """The unguessable code of a case."""
    seal = fingerprint(f"case {case.pk} entered {case.entered_at:%Y%m%d%H%M%S%f}")[:32]
    return f"{case.pk}-{base64.urlsafe_b64encode(bytes.fromhex(seal)).decode().rstrip('=')}"


def case_of(code, user):
    """The case that a code names, where this user sees it; else None."""
    return cases_of([code], user).get(code)


def cases_of(codes, user):
    """{code: its case} of those cases that this user sees. One query, however many."""
    keys = {code: int(found[1]) for code in codes if (found := CODE.fullmatch(code))}
    cases = Case.objects.visible_to(user).in_bulk(set(keys.values()))
    return {
        code: cases[pk]
        for code, pk in keys.items()
        if pk in cases and hmac.compare_digest(code_of(cases[pk]), code)
    }


def link_of(case, form=""):
    """The absolute address in the QR code of a sheet; `form`: the key of the form it is."""
    named = {"code": code_of(case), **({"form": form} if form else {})}
    return settings.SITE_ADDRESS.rstrip("/") + reverse("case-code", kwargs=named)


def read_link(text):
    """(code, key of the form or "") of what a QR code holds; None: it is none of our sheets."""
    found = LINK.search(text)
    return (found[1], found[4] or "") if found else None
