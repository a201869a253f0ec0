"""What the part `suggestions/_papers.html` is drawn from."""

import secrets

from congress.roles import OFFICE_ROLES
from suggestions.models import Paper
from suggestions.paper_pages.forms import PaperForm
from suggestions.papers import may_add, may_put_back, may_remove
from suggestions.steps import ENDED


def shelf(user, case, state, form=None):
    """The context of the part: papers, papers_gone (what may be put back), may_add, paper_form,
    may_archive, archive_token. One query, for a unit or a deputy two. state: where the case stands.
    """
    rows = Paper.objects.visible_to(user).filter(case=case).select_related("uploaded_by", "step")
    papers = list(rows)
    adding = may_add(user, case, state)
    gone = [paper for paper in papers if paper.removed_at]
    for paper in papers:
        paper.removable = may_remove(user, paper, state, handling=adding)
    return {
        "papers": [paper for paper in papers if paper.removed_at is None],
        "papers_gone": [each for each in gone if may_put_back(user, each, state, handling=adding)],
        "may_add": adding,
        "paper_form": (form or PaperForm(user=user)) if adding else None,
        "may_archive": user.role in OFFICE_ROLES and state in ENDED,
        "archive_token": secrets.token_urlsafe(16),
    }
