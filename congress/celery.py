"""The Celery application. The broker only rings: the truth about work to do is a job's row in the
database.
"""

import os
from datetime import timedelta

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "congress.settings")

# What may take minutes has a queue and a worker of its own: what is short never waits behind it.
LONG_QUEUE = "long"
SHORT_JOBS = {"congress.notice_sending.send", "suggestions.pressing.run"}

app = Celery("congress")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {
    "sweep jobs": {"task": "congress.tasks.sweep", "schedule": timedelta(seconds=30)},
    "make notices": {"task": "suggestions.tasks.make_notices", "schedule": timedelta(seconds=30)},
    "reckon deadlines again": {
        "task": "suggestions.tasks.reckon_again",
        "schedule": timedelta(minutes=10),
        "options": {"queue": LONG_QUEUE},
    },
    "tidy papers": {
        "task": "suggestions.tasks.tidy",
        "schedule": timedelta(days=1),
        "options": {"queue": LONG_QUEUE},
    },
    "send notices": {"task": "congress.tasks.send_notices", "schedule": timedelta(seconds=30)},
}
