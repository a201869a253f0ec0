"""Deputies who are asked to co-sign (附议), and replies that did not reach a deputy."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from congress.ledger_words import LedgerWords
from congress.records import Record
from congress.scoping import scoped
from suggestions.models.cases import Case, CasePartLookups, Proposer, part_of_case


class Answer(LedgerWords):
    """What an asked deputy said."""

    AGREED = "同意"
    DECLINED = "不同意"


class CoSigningLookups(CasePartLookups):
    """A deputy sees what was asked of them once it was asked, and who was asked for their cases."""

    def for_deputy(self, user):
        if user.pk is None:
            return super().for_deputy(user)
        raised = Proposer.objects.filter(person__user=user).values("case")
        asked = Q(person__user=user, asked_at__isnull=False)
        return self.filter(asked | Q(case__in=raised))

    def waiting(self):
        """Asked and not yet answered."""
        return self.filter(asked_at__isnull=False, answered_at=None)


class CoSigning(Record):
    """A deputy asked to co-sign a case, and what they said. Chosen in a draft, asked when it is
    handed in (`asked_at`); who agrees becomes a proposer. `answered_by`: who typed the answer, the
    deputy or, from paper, the clerk (代录).
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="co_signings")
    person = models.ForeignKey(
        "deputies.Person", models.PROTECT, related_name="+", verbose_name="代表"
    )
    asked_by = models.ForeignKey(
        "congress.User", models.PROTECT, null=True, related_name="+", verbose_name="谁请的"
    )
    asked_at = models.DateTimeField("请求时间", null=True)
    answered_at = models.DateTimeField("答复时间", null=True)
    answered_by = models.ForeignKey(
        "congress.User", models.PROTECT, null=True, related_name="+", verbose_name="谁录的"
    )
    answer = models.CharField("是否附议", max_length=3, choices=Answer.choices, blank=True)

    objects = scoped("case__place__code", base=CoSigningLookups)

    class Meta(Record.Meta):
        ordering = ["pk"]
        verbose_name = "附议"
        constraints = [
            models.UniqueConstraint(fields=["case", "person"], name="asked_once_to_co_sign")
        ]

    def __str__(self):
        return f"{self.case.number} 附议"


class NotReceived(Record):
    """A deputy says that the written reply did not reach them (这份答复我没有收到); the clerk sends
    it again (补送) and notes how. Until then nobody is counted late in evaluating.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="not_received")
    person = models.ForeignKey(
        "deputies.Person", models.PROTECT, related_name="+", verbose_name="代表"
    )
    said_at = models.DateTimeField("说明时间", default=timezone.now)
    resolved_at = models.DateTimeField("补送时间", null=True)
    resolved_by = models.ForeignKey(
        "congress.User", models.PROTECT, null=True, related_name="+", verbose_name="谁补送的"
    )
    how = models.CharField("怎样补送", max_length=60, blank=True)

    objects = part_of_case()

    class Meta(Record.Meta):
        ordering = ["said_at", "pk"]
        verbose_name = "没有收到答复"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "person"],
                condition=Q(resolved_at=None),
                name="not_received_open_once",
            )
        ]

    def __str__(self):
        return f"{self.case.number} 没有收到答复"
