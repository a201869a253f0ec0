"""The index by which cases with a like title are found."""

from django.db import models

from congress.scoping import code_range, scoped
from suggestions.models.cases import Case, CasePartLookups


class GramLookups(CasePartLookups):
    """By the row's own copy of the place: no join with the case. Whether a found case is handed in
    is asked of the case itself.
    """

    def scope(self, user):
        return code_range(self.path, user.place.code)


class CaseGram(models.Model):
    """Two neighbouring characters of a case's title. A cache, written by suggestions.likeness and
    rebuilt by the command `reindex`.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="grams")
    # That of the case, which never moves.
    place = models.ForeignKey("congress.Place", models.CASCADE, related_name="+", db_index=False)
    gram = models.CharField(max_length=2)

    objects = scoped("place__code", base=GramLookups)

    class Meta:
        verbose_name = "标题字对"
        indexes = [models.Index(fields=["gram", "place", "case"], name="gram_to_case")]
