"""Files that come with a step are kept with it; one letter for several cases is one file."""

from suggestions.models import PaperKind
from suggestions.papers import keep, share

KINDS = {
    "批示": PaperKind.INSTRUCTION,
    "面商": PaperKind.CONTACT,
    "协办意见": PaperKind.OPINION,
    "拟稿": PaperKind.DRAFT,
    "核稿": PaperKind.DRAFT,
    "签发": PaperKind.REPLY,
    "答复": PaperKind.REPLY,
    "再次答复": PaperKind.REPLY,
    "评价": PaperKind.EVALUATION,
}


def keep_with_steps(steps, files, user, now):
    """Keep `files` (checked uploads) with the first step's case and share them with the others."""
    first, *others = steps
    for upload in files:
        kind = KINDS.get(first.name, PaperKind.OTHER)
        paper = keep(first.case, upload, kind=kind, user=user, step=first, now=now)
        for step in others:
            share(paper, step.case, step, user=user, now=now)
