from django.apps import AppConfig


class LiaisonStationsConfig(AppConfig):
    name = "liaison_stations"
    verbose_name = "联络站"
    default_auto_field = "django.db.models.BigAutoField"
