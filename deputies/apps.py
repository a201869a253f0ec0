from django.apps import AppConfig


class DeputiesConfig(AppConfig):
    name = "deputies"
    verbose_name = "人大代表与会议"
    default_auto_field = "django.db.models.BigAutoField"
