"""Work done outside a page: imports, exports, drafts."""

import secrets
import time
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from congress.scoping import PlaceQuerySet, scoped

LEASE = timedelta(minutes=5)
PROGRESS_EVERY = 1.0  # seconds between two writes of the progress


class LeaseLost(Exception):
    """Another worker took this job over meanwhile: what this one did must not be kept."""


class JobLookups(PlaceQuerySet):
    """Jobs: the offices see those of their places; deputies and units what they started
    themselves."""

    def for_deputy(self, user):
        return self.filter(self.scope(user), made_by=user)

    for_unit = for_government = for_deputy

    def with_results_for(self, user):
        """Jobs whose result file the user may take: a file belongs to the person who asked for
        it."""
        return self.visible_to(user).filter(made_by_id=user.pk).exclude(result_file="")


class Job(models.Model):
    """One piece of work for the worker. This row is the truth; the broker only carries its
    number."""

    class State(models.TextChoices):
        QUEUED = "queued", "排队中"
        RUNNING = "running", "进行中"
        DONE = "done", "已完成"
        FAILED = "failed", "未完成"

    title = models.CharField("事项", max_length=200)
    task = models.CharField(max_length=200, editable=False)
    payload = models.JSONField(default=dict, encoder=DjangoJSONEncoder, editable=False)
    idempotency_key = models.CharField(max_length=250, unique=True, editable=False)
    place = models.ForeignKey(
        "congress.Place", models.PROTECT, verbose_name="地方", related_name="+"
    )
    made_by = models.ForeignKey(
        "congress.User", models.PROTECT, null=True, verbose_name="发起人", related_name="+"
    )
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.QUEUED)
    done = models.PositiveIntegerField("已处理", default=0)
    total = models.PositiveIntegerField("共", default=0)
    message = models.CharField("进展", max_length=200, blank=True)
    result = models.JSONField("结果", null=True, encoder=DjangoJSONEncoder)
    result_file = models.CharField(max_length=100, blank=True, editable=False)
    result_name = models.CharField("文件名", max_length=200, blank=True)
    error = models.TextField("原因", blank=True)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    next_try = models.DateTimeField(null=True, editable=False)
    rung = models.DateTimeField(null=True, editable=False)
    lease_until = models.DateTimeField(null=True, editable=False)
    holder = models.CharField(max_length=40, blank=True, editable=False)
    created = models.DateTimeField("提交时间", default=timezone.now)
    started = models.DateTimeField("开始时间", null=True)
    ended = models.DateTimeField("结束时间", null=True)

    objects = scoped(base=JobLookups)

    class Meta:
        ordering = ["-pk"]
        verbose_name = "后台任务"
        indexes = [models.Index(fields=["state", "next_try"])]

    def __str__(self):
        return self.title

    clock = staticmethod(timezone.now)
    _last_written = 0.0

    @property
    def is_over(self):
        """Whether nothing more will happen to it."""
        return self.state in (self.State.DONE, self.State.FAILED)

    def progress(self, done, total, message=""):
        """Show how far it is (`done` of `total` pieces) and keep the lease; at most one write a
        second.

        LeaseLost: another worker has the job; let the exception through."""
        at = time.monotonic()
        if at - self._last_written < PROGRESS_EVERY and done != total:
            return
        self._last_written = at
        lease = self.clock() + LEASE
        self.write_held(done=done, total=total, message=message[:200], lease_until=lease)

    def finish(self, result=None):
        """Store the result and end the job. Called by the runner with what the task returns; a task
        that changes records calls it as the last line of its own transaction, so that a lost lease
        rolls the records back too.
        """
        if self.is_over:
            return
        self.write_held(
            state=self.State.DONE,
            result=result,
            result_file=self.result_file,
            result_name=self.result_name,
            ended=self.clock(),
            error="",
        )

    def new_result_file(self, name):
        """Path for a file that the job hands back, offered for download as `name`; random, outside
        any web root."""
        self.discard_result_file()
        folder = results_folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.result_file = secrets.token_urlsafe(32) + Path(name).suffix
        self.result_name = name
        return folder / self.result_file

    @property
    def result_path(self):
        """Where the result file lies, or None: there is none, or its day has passed."""
        path = results_folder() / self.result_file
        return path if self.result_file and path.is_file() else None

    def discard_result_file(self):
        """Remove the file from the disk; the row is the caller's to save."""
        if self.result_file:
            (results_folder() / self.result_file).unlink(missing_ok=True)
            self.result_file = ""

    def write_held(self, **values):
        """Write to the row while this run still holds it. LeaseLost: it no longer does."""
        mine = type(self).objects.filter(pk=self.pk, holder=self.holder, state=self.State.RUNNING)
        if not mine.update(**values):
            raise LeaseLost(f"job {self.pk}")
        for name, value in values.items():
            setattr(self, name, value)


def results_folder():
    """The folder of result files, in the data folder."""
    return Path(settings.DATA) / "results"
