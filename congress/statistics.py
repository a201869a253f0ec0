"""What the database knows of its tables' contents."""

from django.apps import apps
from django.db import connection


def refresh(labels):
    """Let PostgreSQL count the tables of these models and of what hangs on them (cases: proposers,
    steps, standings) anew: right after a large import it would plan as if they were empty. SQLite
    plans without.
    """
    if connection.vendor != "postgresql":
        return
    models = {apps.get_model(label) for label in labels}
    models |= {related.related_model for model in models for related in model._meta.related_objects}
    models |= {field.remote_field.through for model in models for field in model._meta.many_to_many}
    with connection.cursor() as cursor:
        for table in sorted({model._meta.db_table for model in models}):
            cursor.execute(f"ANALYZE {connection.ops.quote_name(table)}")
