"""One-time links by which people without an account take part in one case."""

from django.db import models
from django.db.models import Q

from congress.ledger_words import LedgerWords
from suggestions.models.cases import Case, part_of_case


class LinkPurpose(LedgerWords):
    """What a link is for: the lead deputy's evaluation, or a unit's handling of the case."""

    EVALUATE = "评价"
    HANDLE = "办理"


class CaseLink(models.Model):
    """A link, mostly printed as a QR code, that opens one case for one purpose without sign-in.
    Only the digest of its token is stored. `used_at`: when the evaluation was given, which spends
    the link; of a unit's link the latest step.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="links")
    purpose = models.CharField("用途", max_length=2, choices=LinkPurpose.choices)
    unit = models.ForeignKey(
        "congress.Unit", models.PROTECT, null=True, blank=True, related_name="+"
    )
    token = models.CharField(max_length=64, unique=True, editable=False)
    made_by = models.ForeignKey("congress.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField("发出时间")
    expires = models.DateTimeField("有效到")
    used_at = models.DateTimeField("使用时间", null=True, blank=True)
    revoked_at = models.DateTimeField("收回时间", null=True, blank=True)

    objects = part_of_case()

    class Meta:
        ordering = ["-pk"]
        verbose_name = "一次性链接"
        indexes = [models.Index(fields=["case", "purpose"])]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(purpose=LinkPurpose.EVALUATE, used_at=None, revoked_at=None),
                name="one_open_evaluation_link",
            ),
            models.UniqueConstraint(
                fields=["case", "unit"],
                condition=Q(purpose=LinkPurpose.HANDLE, revoked_at=None),
                name="one_open_link_a_unit",
            ),
            models.CheckConstraint(
                condition=Q(purpose=LinkPurpose.EVALUATE, unit=None)
                | Q(purpose=LinkPurpose.HANDLE, unit__isnull=False),
                name="link_of_a_unit_names_it",
            ),
        ]

    @property
    def place_id(self):
        """Under which place the audit trail lists it."""
        return self.case.place_id
