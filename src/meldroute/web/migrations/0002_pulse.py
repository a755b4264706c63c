"""When the worker last turned its ticks."""

from django.db import migrations, models

from meldroute.journal.walls import granted


class Migration(migrations.Migration):
    dependencies = [("web", "0001_grants")]

    operations = [
        migrations.CreateModel(
            "Pulse",
            [
                ("name", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("good_at", models.DateTimeField(null=True)),
                ("trouble", models.CharField(blank=True, max_length=100)),
            ],
        ),
        granted("web_pulse", may="SELECT, INSERT, UPDATE"),
    ]
