"""A robot's message counts notices by their keys: a moment cannot become one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("congress", "0003_paper")]

    operations = [
        migrations.RemoveField("channel", "counted_to"),
        migrations.AddField(
            "channel", "counted_to", models.BigIntegerField(default=0, editable=False)
        ),
    ]
