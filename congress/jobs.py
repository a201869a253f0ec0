"""Jobs: put down in the caller's transaction, rung by Celery, claimed by one UPDATE, swept up when
somebody died.

A worker may be killed and the broker may lose its messages: the sweeper runs what was left. A job
may therefore run twice, but only the run that still holds the lease can end it, so it has one
result.
"""

import logging
import secrets
from datetime import timedelta

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.module_loading import import_string
from kombu.exceptions import KombuError

from congress import audit
from congress.celery import LONG_QUEUE, SHORT_JOBS
from congress.models.jobs import LEASE, Job, LeaseLost, results_folder
from congress.scoping import OPERATOR
from congress.substitution import stand_in

log = logging.getLogger(__name__)

State = Job.State
GAPS = (10, 60, 300, 1800)  # seconds before the second, third … try
MOST_ATTEMPTS = len(GAPS) + 1
RING_AGAIN = timedelta(minutes=1)
RESULT_LIFE = timedelta(hours=24)  # a result file's link dies after a day
SWEEP_AT_MOST = 200  # a lost broker must not be flooded when it comes back
# Faults of the machine, not of the data: tried again. (A missing file will be missing then, too.)
PASSING_FAULTS = (OperationalError, InterfaceError, OSError)
LASTING_FAULTS = (
    FileNotFoundError,
    FileExistsError,
    IsADirectoryError,
    NotADirectoryError,
    PermissionError,
)

GAVE_UP = "系统多次重试仍未成功，请稍后重新提交；如仍不行，请联系系统管理员。"
INTERRUPTED = "任务多次中断，已停止；请缩小范围后重新提交，或联系系统管理员。"
BROKEN = "处理时出错，没有保存任何结果；请联系系统管理员，并告知任务编号 {pk}。"


class JobRefused(Exception):
    """A task says no for a reason that a retry does not change; the message is shown to the user,
    in Chinese."""


def enqueue(task, payload, *, user, place, title, key, wait=0, clock=timezone.now):
    """Put down the job `task(job, **payload)` and ring the worker when the caller's transaction
    commits.

    task: dotted name of the function. payload: what JSON can hold. key: what makes two requests one
    job at that place (a form's token, "export 2024"); the same key gives the same job, and one that
    failed is tried anew. wait: seconds before it begins; so long `take_back` undoes it.
    """
    due = clock() + timedelta(seconds=wait) if wait else None
    job, new = Job.objects.get_or_create(
        idempotency_key=f"{place.code}:{key}",
        defaults={
            "task": task,
            "payload": payload,
            "title": title,
            "place": place,
            "made_by_id": getattr(user, "pk", None),
            "next_try": due,
        },
    )
    anew = {"state": State.QUEUED, "attempts": 0, "error": "", "ended": None, "next_try": due}
    if not new and _jobs(pk=job.pk, state=State.FAILED).update(**anew):
        job.refresh_from_db()
    if job.state == State.QUEUED:
        transaction.on_commit(lambda: ring(job.pk, task, wait), robust=True)
    return job


def take_back(job):
    """Undo a job that nobody has begun, as if it was never asked for. False: it is too late."""
    return bool(_jobs(pk=job.pk, state=State.QUEUED, attempts=0).delete()[0])


def ring(job_id, task, wait=0):
    """Tell the worker of such tasks that there is work in `wait` seconds. False where the broker
    cannot be reached: the sweeper will ring."""
    from congress.tasks import run

    queue = None if task in SHORT_JOBS else LONG_QUEUE
    try:
        run.apply_async([job_id], queue=queue, retry=False, countdown=wait or None)
    except (KombuError, OSError) as fault:
        log.warning("job %s was not rung: %s", job_id, fault)
        return False
    return True


def run_job(job_id, clock=timezone.now):
    """Run the job if it is free and due. True if this call brought it to its end."""
    job = claim(job_id, clock)
    if job is None:
        return False
    try:
        with audit.acting(job.made_by):
            job.finish(import_string(job.task)(job, **job.payload))
    except LeaseLost:
        _let_go(job)
    except JobRefused as refusal:
        _fail(job, str(refusal))
    except LASTING_FAULTS:
        _break(job)
    except PASSING_FAULTS as fault:
        _try_later(job, fault)
    except Exception:
        _break(job)
    return job.is_over


def claim(job_id, clock=timezone.now):
    """Take the job for the length of a lease; None where another has it, it is over, or it is not
    yet its time."""
    now, holder = clock(), secrets.token_hex(16)
    taken = (
        _due(now)
        .filter(pk=job_id)
        .update(
            state=State.RUNNING,
            holder=holder,
            lease_until=now + LEASE,
            attempts=F("attempts") + 1,
            started=Coalesce(F("started"), now),
            done=0,
            total=0,
            message="",
        )
    )
    if not taken:
        return None
    job = _jobs(pk=job_id, holder=holder).select_related("place", "made_by").first()
    if job:
        job.clock = clock
        if job.made_by:
            stand_in(job.made_by, now.astimezone(timezone.get_default_timezone()).date())
    return job


def sweep(clock=timezone.now):
    """Give back jobs whose worker died, ring for those that nobody took, remove results older than
    a day."""
    now = clock()
    dead = _jobs(state=State.RUNNING, lease_until__lt=now)
    dead.filter(attempts__gte=MOST_ATTEMPTS).update(
        state=State.FAILED, error=INTERRUPTED, ended=now
    )
    dead.update(state=State.QUEUED, next_try=None, rung=None)
    for job_id, task in _unheard(now):
        _jobs(pk=job_id).update(rung=now)
        if not ring(job_id, task):
            break
    _remove_results_before(now - RESULT_LIFE)


def run_due(clock=timezone.now):
    """Run all jobs that are due, here and now, without a broker; how many came to their end."""
    return sum(
        run_job(job_id, clock)
        for job_id in list(_due(clock()).order_by("pk").values_list("pk", flat=True))
    )


def _jobs(**lookup):
    return Job.objects.visible_to(OPERATOR).filter(**lookup)


def _due(now):
    return _jobs(state=State.QUEUED).filter(Q(next_try=None) | Q(next_try__lte=now))


def _unheard(now):
    silent = (
        Q(rung=None, created__lt=now - RING_AGAIN)
        | Q(rung=None, attempts__gt=0)
        | Q(rung__lt=now - RING_AGAIN)
    )
    return list(_due(now).filter(silent).order_by("pk").values_list("pk", "task")[:SWEEP_AT_MOST])


def _remove_results_before(moment):
    """By the files' own age: a killed worker leaves files that no row names."""
    for path in results_folder().glob("*"):
        if path.stat().st_mtime < moment.timestamp():
            path.unlink(missing_ok=True)
    _jobs(ended__lt=moment).exclude(result_file="").update(result_file="")


def _end(job, **values):
    try:
        job.write_held(**values)
    except LeaseLost:
        _let_go(job)
    else:
        job.discard_result_file()


def _let_go(job):
    log.warning("job %s is no longer held by this run", job.pk)
    if not _jobs(pk=job.pk, result_file=job.result_file).exists():
        job.discard_result_file()


def _fail(job, reason):
    _end(job, state=State.FAILED, error=reason, ended=job.clock())


def _break(job):
    log.exception("job %s (%s) broke", job.pk, job.task)
    _fail(job, BROKEN.format(pk=job.pk))


def _try_later(job, fault):
    log.warning("job %s (%s), try %s: %s", job.pk, job.task, job.attempts, fault)
    if job.attempts >= MOST_ATTEMPTS:
        _fail(job, GAVE_UP)
        return
    gap = timedelta(seconds=GAPS[job.attempts - 1])
    _end(job, state=State.QUEUED, next_try=job.clock() + gap, rung=None)
