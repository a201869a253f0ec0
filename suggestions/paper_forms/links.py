"""One-time links for evaluation, as the sheets for the deputies carry them."""

from django.conf import settings

from suggestions.links import make, why_not
from suggestions.models import Case, LinkPurpose


def may_link(user, case):
    """Whether the user may print a one-time evaluation link for this case now."""
    return not why_not(case, LinkPurpose.EVALUATE, user)


def evaluation_links(user, pks, now):
    """{key of case: absolute address} of fresh one-time links, for those of the cases that can be
    evaluated now. An earlier link of a case is void from then on.
    """
    root = settings.SITE_ADDRESS.rstrip("/")
    cases = Case.objects.visible_to(user).filter(pk__in=pks).select_related("place")
    return {
        case.pk: root + make(case, LinkPurpose.EVALUATE, user, now)[1]
        for case in cases
        if may_link(user, case)
    }
