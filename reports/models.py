"""What an import did, row by row, so that it can be undone as a whole; remembered column
matchings.
"""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone

from congress.ledger_words import LedgerWords
from congress.ordered_json import OrderedJSONField
from congress.roles import OFFICE_ROLES
from congress.scoping import scoped


class ImportBatch(models.Model):
    """One file that was read into one place: what it would do, what it did, if it was undone."""

    class State(LedgerWords):
        CHECKING = "核对中"
        READY = "待确认"
        REFUSED = "有错误"
        RUNNING = "导入中"
        DONE = "已导入"
        UNDONE = "已撤销"

    place = models.ForeignKey(
        "congress.Place", models.PROTECT, related_name="+", verbose_name="地方"
    )
    file_name = models.CharField("文件名", max_length=200)
    stored_as = models.CharField(max_length=80, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    source = models.CharField("格式", max_length=10, default="台账")
    options = models.JSONField(default=dict, blank=True)
    state = models.CharField("状态", max_length=4, choices=State.choices, default=State.CHECKING)
    outcome = OrderedJSONField("结果", default=dict, encoder=DjangoJSONEncoder, blank=True)
    made_by = models.ForeignKey(
        "congress.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField("时间", default=timezone.now)
    done_at = models.DateTimeField("导入时间", null=True, blank=True)
    undone_at = models.DateTimeField("撤销时间", null=True, blank=True)
    undone_by = models.ForeignKey(
        "congress.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = scoped(roles=OFFICE_ROLES)

    class Meta:
        ordering = ["-pk"]
        verbose_name = "导入批次"

    def __str__(self):
        return self.file_name


class ImportedRow(models.Model):
    """One record that an import made or changed: its row in the file, what was before, the version
    after.
    """

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="rows")
    sheet = models.CharField("工作表", max_length=40)
    row = models.PositiveIntegerField("行")
    action = models.CharField("动作", max_length=8)
    model = models.CharField("记录种类", max_length=60)
    record_pk = models.BigIntegerField("记录号")
    before = models.JSONField("原值", default=dict, encoder=DjangoJSONEncoder, blank=True)
    version_after = models.PositiveIntegerField("版本", null=True)

    objects = scoped("batch__place__code", roles=OFFICE_ROLES)

    class Meta:
        ordering = ["pk"]
        verbose_name = "导入的行"
        indexes = [models.Index(fields=["model", "record_pk"])]


class Finding(models.Model):
    """Something odd in a row that was imported all the same: work for a person, who looks at it
    and ticks it off (已核).
    """

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="findings")
    sheet = models.CharField("工作表", max_length=60, blank=True)
    row = models.PositiveIntegerField("行", null=True)
    column = models.CharField("列", max_length=60, blank=True)
    found = models.CharField("写的是", max_length=200, blank=True)
    message = models.TextField("说明")
    done_at = models.DateTimeField("核对时间", null=True)
    done_by = models.ForeignKey(
        "congress.User", models.PROTECT, null=True, related_name="+", verbose_name="谁核的"
    )

    objects = scoped("batch__place__code", roles=OFFICE_ROLES)

    class Meta:
        ordering = ["-batch_id", "pk"]
        verbose_name = "待核问题"
        indexes = [models.Index(fields=["batch", "done_at"])]

    def __str__(self):
        return self.message


class ColumnMatching(models.Model):
    """How a township matched the headers of a table that is not ours; used again for the next such
    table.
    """

    place = models.ForeignKey(
        "congress.Place", models.PROTECT, related_name="+", verbose_name="地方"
    )
    headers = models.CharField("表头", max_length=64)
    columns = models.JSONField("对应", default=dict)

    objects = scoped(roles=OFFICE_ROLES)

    class Meta:
        verbose_name = "列对应"
        constraints = [models.UniqueConstraint(fields=["place", "headers"], name="matching_once")]


class Publication(models.Model):
    """A report as a township made it public on a day (代表法 51(3)): the frozen text and lists,
    with their checksum; shown as it was, never computed again.
    """

    class Kind(LedgerWords):
        HANDLING = "办理情况报告"

    place = models.ForeignKey(
        "congress.Place", models.PROTECT, related_name="+", verbose_name="地方"
    )
    kind = models.CharField("种类", max_length=10, choices=Kind.choices, default=Kind.HANDLING)
    title = models.CharField("标题", max_length=200)
    starts = models.DateField("开始日期")
    ends = models.DateField("结束日期")
    as_of = models.DateField("截至日期")
    content = OrderedJSONField("内容", default=dict, encoder=DjangoJSONEncoder)
    sha256 = models.CharField("校验码", max_length=64)
    published_at = models.DateTimeField("发布时间")
    published_by = models.ForeignKey("congress.User", models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField("撤下时间", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        "congress.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = scoped(roles=OFFICE_ROLES)

    class Meta:
        ordering = ["-published_at", "-pk"]
        verbose_name = "公开的报告"
        constraints = [
            models.UniqueConstraint(
                fields=["place", "sha256"],
                condition=Q(withdrawn_at=None),
                name="published_once_at_a_time",
            )
        ]

    def __str__(self):
        return self.title
