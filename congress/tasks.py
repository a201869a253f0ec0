"""What Celery calls: numbers of jobs in, one call of congress.jobs."""

from celery import shared_task
from django.utils import timezone

from congress import jobs, notices


@shared_task
def run(job_id):
    """Run one job."""
    jobs.run_job(job_id, clock=timezone.now)


@shared_task
def sweep():
    """Each half minute: bring back what a dead worker or a lost message left behind."""
    jobs.sweep(clock=timezone.now)


@shared_task
def send_notices():
    """Each half minute: gather what people are to be told, put down the jobs that send it."""
    notices.send_waiting(timezone.now())
