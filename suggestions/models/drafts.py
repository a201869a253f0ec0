"""What is typed and not yet a case."""

from django.db import models

from congress.crypto import EncryptedTextField
from congress.scoping import ScopedQuerySet


class OwnDrafts(ScopedQuerySet):
    """Nobody sees what another is typing."""

    def visible_to(self, user):
        return self.filter(user=user.pk) if user.is_active and user.pk else self.none()


class EntryDraft(models.Model):
    """The unfinished sheet of a clerk who types in paper suggestions (批量录入), and what is kept
    from sheet to sheet.
    """

    user = models.OneToOneField("congress.User", models.CASCADE, related_name="entry_draft")
    # JSON {field: text}; it may hold a citizen's phone.
    sheet = EncryptedTextField("未录完的一张", blank=True, default="")
    kept = models.JSONField("每件沿用", default=dict, blank=True)
    token = models.CharField(max_length=40, blank=True)
    saved_at = models.DateTimeField("存草稿时间")

    objects = OwnDrafts.as_manager()

    class Meta:
        verbose_name = "录入草稿"
