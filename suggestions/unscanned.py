"""Judgements that the office typed in (代录评价) from a signed sheet whose scan is not yet kept
with the case.
"""

from django.db.models import Exists, F, OuterRef

from congress.roles import Role
from suggestions.models import Case, Paper, PaperKind, Step


def unscanned(user):
    """The cases that somebody else than a deputy judged here, and of which no scanned sheet is
    kept. What came with the import of a case is not asked for.
    """
    typed = Step.objects.visible_to(user).filter(
        case=OuterRef("pk"), name="评价", superseded_at=None, entered_by__isnull=False
    )
    typed = typed.exclude(entered_by__role=Role.DEPUTY).exclude(entered_at=F("case__entered_at"))
    kept = Paper.objects.visible_to(user).filter(
        case=OuterRef("pk"), kind=PaperKind.EVALUATION, removed_at=None
    )
    return Case.objects.visible_to(user).filter(Exists(typed), ~Exists(kept))
