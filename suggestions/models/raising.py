"""What of a deputy's draft has no column of its own until it is handed in."""

from django.db import models

from suggestions.models.cases import Case, part_of_case


class DraftSheet(models.Model):
    """The category and the answer to 能不能公开 that a deputy chose in a draft (草稿). Seen with
    the draft, by who types it alone; gone with the handing in.
    """

    case = models.OneToOneField(Case, models.CASCADE, related_name="draft_sheet")
    category = models.ForeignKey(
        "congress.Word", models.SET_NULL, null=True, related_name="+", verbose_name="类别"
    )
    public = models.BooleanField("公开", null=True)
    saved_at = models.DateTimeField("存草稿时间")

    objects = part_of_case()

    class Meta:
        verbose_name = "代表草稿"
