"""What Celery calls in this room."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from suggestions import day_notices, reckoning_again, step_notices
from suggestions.paper_files import remove_orphans
from suggestions.scans.keeping import clean


@shared_task
def make_notices():
    """Each half minute: tell people of new steps and requests, and once a day of days that come
    nearer.
    """
    now = timezone.now()
    step_notices.tell_steps(now)
    day_notices.tell_requests(now)
    day_notices.tell_days(now)


@shared_task
def reckon_again():
    """Every ten minutes: open deadlines of places whose calendar or settings changed."""
    reckoning_again.reckon_where_changed(timezone.localdate())


@shared_task
def tidy():
    """Each day: scans that nobody claimed in a week, files that no paper names."""
    now = timezone.now()
    clean(now)
    remove_orphans(now - timedelta(days=1))
