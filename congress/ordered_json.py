"""JSON whose keys keep their order in every database: PostgreSQL's jsonb sorts them by length."""

import json

from django.db import models


class OrderedJSONField(models.JSONField):
    """A JSON document that is read as it was written; not to be searched or told apart by SQL."""

    def db_type(self, connection):
        return "json" if connection.vendor == "postgresql" else super().db_type(connection)

    def get_db_prep_value(self, value, connection, prepared=False):
        return None if value is None else json.dumps(value, cls=self.encoder)

    def from_db_value(self, value, expression, connection):
        if value is None or isinstance(value, str):
            return super().from_db_value(value, expression, connection)
        return value  # the driver has read it already
