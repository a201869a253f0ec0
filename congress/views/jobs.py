"""A job's progress and its result."""

from django.http import FileResponse, Http404
from django.shortcuts import render

from congress.doors import find
from congress.models import Job


def job(request, pk):
    """How far a job is; htmx asks for the bar alone, again and again."""
    job = find(Job.objects.visible_to(request.user), pk=pk)
    taken = Job.objects.with_results_for(request.user).filter(pk=pk).exists()
    context = {"job": job, "has_result": taken and job.result_path is not None}
    template = "congress/_job.html" if request.htmx else "congress/job.html"
    return render(request, template, context)


def job_result(request, pk):
    """The file that a job made; for the person who asked for it, for a day."""
    job = find(Job.objects.with_results_for(request.user), pk=pk)
    path = job.result_path
    if path is None:
        raise Http404
    return FileResponse(path.open("rb"), as_attachment=True, filename=job.result_name)
