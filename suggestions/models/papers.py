"""The papers of a case: scans, letters and photos, each a file outside any web root."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from congress.ledger_words import LedgerWords
from congress.scoping import scoped
from suggestions.models.cases import Case, CasePartLookups, Proposer


class PaperKind(LedgerWords):
    """What a paper is in the handling of a case (domain.md, “Forms”)."""

    ORIGINAL = "建议原件"
    HAND_OVER = "交办单"
    INSTRUCTION = "批示件"
    DRAFT = "答复稿"
    OPINION = "协办意见"
    CONTACT = "面商记录"
    REPLY = "答复函"
    EVALUATION = "征询意见表"
    PHOTO = "照片"
    WORKING = "内部材料"
    OTHER = "其他"


# The office's own working papers: a deputy is shown the answer, not how it came about.
INTERNAL = frozenset({PaperKind.INSTRUCTION, PaperKind.DRAFT, PaperKind.OPINION, PaperKind.WORKING})
# What a deputy sees who was asked to co-sign and has not agreed.
FOR_ASKED = frozenset({PaperKind.PHOTO, PaperKind.ORIGINAL})


class PaperLookups(CasePartLookups):
    """Papers are seen by whoever sees the case; working papers of the offices not by deputies, and
    by who is only asked to co-sign nothing but what was raised.
    """

    def for_deputy(self, user):
        rows = super().for_deputy(user).exclude(kind__in=INTERNAL)
        if user.pk is None:
            return rows
        raised = Proposer._base_manager.filter(person__user=user).values("case")
        own = Q(case__in=raised) | Q(case__entered_by=user.pk)
        return rows.filter(own | Q(kind__in=FOR_ASKED))


class Paper(models.Model):
    """A file that belongs to a case (案卷材料). One letter that answers several cases is one stored
    file with a row for each. What is taken out stays as a row, so that it can be put back.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="papers")
    # The step it came with, where it came with one.
    step = models.ForeignKey(
        "suggestions.Step", models.SET_NULL, null=True, blank=True, related_name="papers"
    )
    kind = models.CharField(
        "材料", max_length=5, choices=PaperKind.choices, default=PaperKind.OTHER
    )
    name = models.CharField("文件名", max_length=150)
    # Folder and random name under settings.DATA/papers.
    stored = models.CharField(max_length=100, editable=False, db_index=True)
    content_type = models.CharField(max_length=100, editable=False)
    has_small = models.BooleanField(default=False, editable=False)
    size = models.PositiveIntegerField("字节", editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    uploaded_at = models.DateTimeField("上传时间", default=timezone.now)
    uploaded_by = models.ForeignKey(
        "congress.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Who uploaded it without an account of their own: the holder of a one-time link.
    uploaded_as = models.CharField("上传人", max_length=80, blank=True)
    removed_at = models.DateTimeField("移除时间", null=True, blank=True)
    removed_by = models.ForeignKey(
        "congress.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = scoped("case__place__code", base=PaperLookups)

    class Meta:
        ordering = ["uploaded_at", "pk"]
        verbose_name = "案卷材料"
        constraints = [
            # The same file, sent twice by a double click or a replayed request, is one paper.
            models.UniqueConstraint(
                fields=["case", "sha256", "kind"],
                condition=Q(removed_at=None),
                name="paper_once",
            )
        ]

    def __str__(self):
        return self.name

    @property
    def place_id(self):
        """Under which place the audit trail files it."""
        return self.case.place_id

    @property
    def uploader(self):
        """The name of who uploaded it."""
        return self.uploaded_by.name if self.uploaded_by else self.uploaded_as
