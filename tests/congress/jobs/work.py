"""Small tasks that the tests of jobs put down."""

from django.db import OperationalError, transaction

from congress import audit
from congress.jobs import JobRefused, run_job, sweep
from congress.models import Job, Place

runs = []


def add_up(job, numbers=()):
    runs.append(job.pk)
    return {"sum": sum(numbers), "by": audit.actor().name}


def refuse(job):
    raise JobRefused("第3行的日期看不明白")


def lose_the_database(job):
    runs.append(job.pk)
    raise OperationalError("database is locked")


def stumble(job):
    job.new_result_file("半份.xlsx").write_text("half")
    raise ZeroDivisionError


def write_a_file(job):
    job.new_result_file("台账.xlsx").write_text("sheet")


def be_overtaken(job):
    """While this one works, its lease ends and another worker does the same job."""
    job.clock.forward(minutes=6)
    runs.append("slow")
    if runs.count("slow") == 1:
        sweep(job.clock)
        run_job(job.pk, job.clock)
    job.progress(1, 1)
    return {"run": len(runs)}


def create_then_finish(job):
    with transaction.atomic():
        Place.objects.create(code=f"36073310020{len(runs)}", name="古坊村", level="村居")
        runs.append(job.pk)
        Job.objects.filter(pk=job.pk).update(holder="another")
        job.finish({"created": 1})
