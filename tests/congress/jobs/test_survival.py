"""Jobs survive killed workers and lost brokers, and have one result."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from celery.signals import before_task_publish
from django.db import connection
from django.utils.module_loading import import_string

from congress import jobs
from congress.celery import LONG_QUEUE, SHORT_JOBS, app
from congress.jobs import claim, ring, run_due, run_job, sweep
from congress.models import Job, Place
from congress.models.jobs import LeaseLost
from tests.congress.jobs.work import add_up, be_overtaken, create_then_finish, runs


def kill(job, clock):
    """The worker takes the job and dies: nothing more comes from it."""
    assert claim(job.pk, clock).pk == job.pk


def test_two_claimers_one_run(put_down, clock):
    job = put_down(add_up)
    assert claim(job.pk, clock).attempts == 1
    assert claim(job.pk, clock) is None
    assert run_job(job.pk, clock) is False
    assert runs == []


def test_a_killed_workers_job_is_finished_by_the_next_after_its_lease(put_down, clock):
    job = put_down(add_up, numbers=[4])
    kill(job, clock)
    sweep(clock)
    assert run_due(clock) == 0
    clock.forward(minutes=6)
    sweep(clock)
    assert run_due(clock) == 1
    job.refresh_from_db()
    assert (job.state, job.result["sum"], job.attempts) == ("done", 4, 2)


def test_progress_keeps_the_lease(put_down, clock):
    job = put_down(add_up)
    held = claim(job.pk, clock)
    clock.forward(minutes=4)
    held.progress(50, 100, "已读 50 行")
    clock.forward(minutes=4)
    sweep(clock)
    job.refresh_from_db()
    assert (job.state, job.done, job.total, job.message) == ("running", 50, 100, "已读 50 行")


def test_a_job_that_runs_twice_has_one_result(put_down, clock):
    job = put_down(be_overtaken)
    assert run_job(job.pk, clock) is False
    job.refresh_from_db()
    assert (job.state, job.result, runs) == ("done", {"run": 2}, ["slow", "slow"])


def test_records_of_a_run_that_lost_its_lease_are_rolled_back(put_down, clock):
    run_job(put_down(create_then_finish).pk, clock)
    assert len(runs) == 1
    assert Place.objects.filter(level="村居").count() == 0


def test_who_lost_the_lease_is_told_at_the_next_progress(put_down, clock):
    held = claim(put_down(add_up).pk, clock)
    clock.forward(minutes=6)
    sweep(clock)
    with pytest.raises(LeaseLost):
        held.progress(1, 1)


def test_a_job_that_kills_each_worker_is_given_up(put_down, clock):
    job = put_down(add_up)
    for _ in range(jobs.MOST_ATTEMPTS):
        kill(job, clock)
        clock.forward(minutes=6)
        sweep(clock)
    job.refresh_from_db()
    assert (job.state, job.error) == ("failed", jobs.INTERRUPTED)


@pytest.fixture
def broker_down():
    """Redis at a port where nobody listens."""
    before = app.conf.broker_url, app.conf.broker_transport_options
    app.pool.force_close_all()
    app.conf.broker_url = "redis://127.0.0.1:1/0"
    app.conf.broker_transport_options = {"socket_connect_timeout": 2, "max_retries": 0}
    yield
    app.pool.force_close_all()
    app.conf.broker_url, app.conf.broker_transport_options = before


@pytest.mark.usefixtures("broker_down")
def test_with_the_broker_down_nobody_waits_and_the_row_remains(
    put_down, li_clerk, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        job = put_down(add_up)
    begun = time.monotonic()
    assert ring(job.pk, job.task) is False
    assert time.monotonic() - begun < 5
    assert list(Job.objects.visible_to(li_clerk).filter(state="queued")) == [job]


@pytest.mark.usefixtures("broker_down")
def test_what_is_short_never_waits_behind_long_jobs():
    queues = []

    def note(routing_key, **_):
        queues.append(routing_key)

    before_task_publish.connect(note)
    for task in ("congress.notice_sending.send", "suggestions.archive.make_year"):
        ring(1, task)
    before_task_publish.disconnect(note)
    assert queues == [app.conf.task_default_queue, LONG_QUEUE]
    assert all(callable(import_string(task)) for task in SHORT_JOBS)


def test_a_job_that_nobody_heard_of_is_rung_again_by_the_sweep(put_down, clock, bell):
    job = put_down(add_up)
    Job.objects.filter(pk=job.pk).update(created=clock.now)
    sweep(clock)
    assert bell == []
    clock.forward(minutes=2)
    sweep(clock)
    sweep(clock)
    assert bell == [job.pk]
    clock.forward(minutes=2)
    sweep(clock)
    assert bell == [job.pk, job.pk]
    assert run_due(clock) == 1


@pytest.mark.django_db(transaction=True)
def test_of_eight_workers_at_once_one_gets_the_job(put_down):
    job = put_down(add_up)
    start = threading.Barrier(8)

    def work(_):
        start.wait()
        try:
            return claim(job.pk) is not None
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as workers:
        assert sorted(workers.map(work, range(8))) == [False] * 7 + [True]
