"""What the worker does with dropped scans."""

from django.utils import timezone

from suggestions.models import ScanDrop
from suggestions.scans.keeping import clean, read_drop


def read(job, drops):
    """Task: read the dropped files of who asked for it, as far as they still wait; {read}."""
    found = ScanDrop.objects.visible_to(job.made_by).filter(pk__in=drops, read_at=None)
    waiting = list(found)
    for place, drop in enumerate(waiting, 1):
        job.progress(place - 1, len(waiting), drop.name)
        read_drop(drop, timezone.now())
    clean(timezone.now())
    return {"read": len(waiting)}
