"""The card "Wie bel ik nu"."""

import uuid

from django.db import migrations, models

from meldroute.journal.walls import tenant


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_accounts"),
    ]

    operations = [
        migrations.CreateModel(
            name="CallLine",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("municipality_id", models.UUIDField()),
                ("position", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=80)),
                ("number", models.CharField(blank=True, max_length=40)),
                ("hours", models.CharField(blank=True, max_length=160)),
                ("what_for", models.CharField(blank=True, max_length=200)),
                ("source", models.CharField(blank=True, max_length=200)),
                ("version", models.IntegerField(default=1)),
                ("checked_on", models.DateField(null=True)),
                ("checked_by", models.UUIDField(null=True)),
                ("ended_on", models.DateField(null=True)),
            ],
            options={
                "ordering": ("position", "name"),
            },
        ),
        *tenant("people_callline", scope=None, may="SELECT, INSERT, UPDATE"),
    ]
