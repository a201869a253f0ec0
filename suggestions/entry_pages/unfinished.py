"""The sheet that a clerk is typing: kept on the server, there again after the next sign-in."""

import json
import uuid

from suggestions.entry import was_entered
from suggestions.entry_pages.forms import KEPT, SHEET, typed
from suggestions.models import EntryDraft


def new_token():
    """Names a form that was never saved."""
    return uuid.uuid4().hex


class Unfinished:
    """What is kept for a user; reading it writes nothing. A sheet that became a case is none: it
    may have been kept while it was saved.
    """

    def __init__(self, user):
        self.user = user
        self.row = EntryDraft.objects.visible_to(user).first() or EntryDraft(user=user)
        done = self.row.sheet and was_entered(user, self.row.token)
        self.sheet = json.loads(self.row.sheet) if self.row.sheet and not done else {}
        self.kept = self.row.kept

    @property
    def token(self):
        """Names the form; that of the unfinished sheet where there is one."""
        return self.row.token if self.sheet and self.row.token else new_token()

    @property
    def saved_at(self):
        """When it was kept; None where there is no unfinished sheet."""
        return self.row.saved_at if self.sheet else None

    def keep(self, data, now):
        """Keep what is typed so far; False: its form became a case, nothing is kept."""
        sheet, token = typed(data, SHEET), data.get("token", "")[:40]
        if was_entered(self.user, token):
            return False
        self._write(sheet, typed(data, (*KEPT, "category")), token if sheet else "", now)
        return True

    def begin_next(self, data, now):
        """The sheet became a case: only what each sheet has in common stays, and its category."""
        self._write({}, typed(data, (*KEPT, "category")), "", now)

    def _write(self, sheet, kept, token, now):
        values = {
            "sheet": json.dumps(sheet, ensure_ascii=False) if sheet else "",
            "kept": kept,
            "token": token,
            "saved_at": now,
        }
        EntryDraft.objects.visible_to(self.user).update_or_create(user=self.user, defaults=values)
        self.sheet, self.kept = sheet, kept
