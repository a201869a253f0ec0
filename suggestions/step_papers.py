"""Files that come with a step are kept with it; one letter for several cases is one file."""

from congress.upload_kinds import UploadRefused
from suggestions.models import PaperKind
from suggestions.papers import keep, share
from suggestions.signed import signed_papers
from suggestions.workflow import StepRefused

KINDS = {
    "批示": PaperKind.INSTRUCTION,
    "退回": PaperKind.WORKING,
    "申请改办": PaperKind.WORKING,
    "面商": PaperKind.CONTACT,
    "协办意见": PaperKind.OPINION,
    "拟稿": PaperKind.DRAFT,
    "退稿": PaperKind.WORKING,
    "核稿": PaperKind.DRAFT,
    "签发": PaperKind.DRAFT,  # the deputy reads the letter when it is sent, not when it is signed
    "答复": PaperKind.REPLY,
    "再次答复": PaperKind.REPLY,
    "评价": PaperKind.EVALUATION,
}
SENT = ("答复", "再次答复")


def keep_with_steps(steps, files, user, now):
    """Keep `files` (checked uploads) with the first step's case and share them with the others. A
    reply that brings no file sends the letter that was signed. StepRefused: too much for one case.
    """
    first, *others = steps
    for upload in files:
        kind = KINDS.get(first.name, PaperKind.OTHER)
        try:
            paper = keep(first.case, upload, kind=kind, user=user, step=first, now=now)
        except UploadRefused as refused:
            raise StepRefused(str(refused)) from refused
        for step in others:
            share(paper, step.case, step, user=user, now=now)
    if first.name in SENT and not files:
        _send_signed(steps, user, now)


def _send_signed(steps, user, now):
    """The papers of the signing, now that the letter is sent, as the reply of each case."""
    letters = _signed(steps[0])
    for step in steps:
        for paper in _signed(step) or letters:
            share(paper, step.case, step, user=user, now=now, kind=PaperKind.REPLY)


def _signed(reply):
    """The letter that this reply sends."""
    return signed_papers(reply.case.steps.exclude(pk=reply.pk))
