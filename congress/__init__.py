"""The ground: settings, places, people and their roles, and what every room builds on."""

from congress.celery import app as celery_app

__all__ = ["celery_app"]
