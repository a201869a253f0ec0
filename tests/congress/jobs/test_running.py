"""A job runs once for whoever asked, and says plainly why it did not."""

import os

from congress import jobs
from congress.jobs import claim, enqueue, run_due, run_job, sweep
from congress.models import Job
from congress.models.jobs import results_folder
from tests.congress.jobs.conftest import MORNING
from tests.congress.jobs.work import add_up, lose_the_database, refuse, runs, stumble, write_a_file


def test_a_job_runs_for_its_user_and_keeps_its_result(put_down, clock):
    job = put_down(add_up, numbers=[1, 2, 3])
    assert run_job(job.pk, clock)
    job.refresh_from_db()
    assert (job.state, job.result, job.attempts) == ("done", {"sum": 6, "by": "李干事"}, 1)
    assert (job.started, job.ended) == (MORNING, MORNING)


def test_the_same_request_twice_is_one_job(put_down, clock):
    assert put_down(add_up).pk == put_down(add_up).pk
    assert put_down(add_up, key="other").pk != put_down(add_up).pk
    assert run_due(clock) == 2


def test_the_same_key_in_another_place_is_another_job(put_down, stranger, clock):
    theirs = enqueue("x.y", {}, user=stranger, place=stranger.place, title="导入", key="once")
    assert theirs.pk != put_down(add_up).pk


def test_a_finished_job_does_not_run_again(put_down, clock):
    job = put_down(add_up)
    assert [run_job(job.pk, clock), run_job(job.pk, clock)] == [True, False]
    assert runs == [job.pk]


def test_progress_is_written_once_a_second_at_most(put_down, clock, django_assert_num_queries):
    held = claim(put_down(add_up).pk, clock)
    with django_assert_num_queries(2):
        for done in range(1, 1001):
            held.progress(done, 1000)


def test_a_refusal_is_shown_and_not_tried_again(put_down, clock):
    job = put_down(refuse)
    assert run_job(job.pk, clock)
    clock.forward(days=1)
    sweep(clock)
    job.refresh_from_db()
    assert (job.state, job.error, job.attempts) == ("failed", "第3行的日期看不明白", 1)


def test_a_passing_fault_is_tried_again_with_growing_gaps(put_down, clock):
    job = put_down(lose_the_database)
    waits = []
    while not run_job(job.pk, clock):
        job.refresh_from_db()
        waits.append(int((job.next_try - clock.now).total_seconds()))
        assert run_due(clock) == 0
        clock.now = job.next_try
    job.refresh_from_db()
    assert (waits, len(runs)) == ([10, 60, 300, 1800], 5)
    assert (job.state, job.error) == ("failed", jobs.GAVE_UP)


def test_a_fault_in_the_program_leaves_no_half_result(put_down, clock, data_folder):
    job = put_down(stumble)
    run_job(job.pk, clock)
    job.refresh_from_db()
    assert (job.state, job.result_file) == ("failed", "")
    assert job.error == f"处理时出错，没有保存任何结果；请联系系统管理员，并告知任务编号 {job.pk}。"
    assert list(results_folder().iterdir()) == []


def test_a_failed_job_asked_for_again_starts_anew(put_down, clock):
    job = put_down(refuse)
    run_job(job.pk, clock)
    assert put_down(refuse).pk == job.pk
    job.refresh_from_db()
    assert (job.state, job.error, job.attempts) == ("queued", "", 0)


def test_a_result_file_belongs_to_who_asked_and_lives_a_day(
    put_down, clock, data_folder, li_clerk, wang_clerk, stranger
):
    job = put_down(write_a_file)
    run_job(job.pk, clock)
    job.refresh_from_db()
    assert (job.result_name, job.result_path.read_text()) == ("台账.xlsx", "sheet")
    seen = {u: list(Job.objects.visible_to(u)) for u in (li_clerk, wang_clerk, stranger)}
    assert seen == {li_clerk: [job], wang_clerk: [job], stranger: []}
    takers = [
        u for u in (li_clerk, wang_clerk, stranger) if Job.objects.with_results_for(u).exists()
    ]
    assert takers == [li_clerk]
    os.utime(job.result_path, (MORNING.timestamp(), MORNING.timestamp()))
    clock.forward(hours=23)
    sweep(clock)
    assert job.result_path.is_file()
    clock.forward(hours=2)
    sweep(clock)
    job.refresh_from_db()
    assert (job.result_file, job.result_path) == ("", None)
    assert list(results_folder().iterdir()) == []
