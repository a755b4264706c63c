"""Points that come back on the agendas of a series; they carry no case facts and stay in their municipality."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from meldroute.journal.walls import tenant


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0003_invitation_wall"),
    ]

    operations = [
        migrations.AddField(
            model_name="topic",
            name="carried",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="topic",
            name="period",
            field=models.CharField(blank=True, max_length=12),
        ),
        migrations.CreateModel(
            name="Recurring",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("municipality_id", models.UUIDField()),
                ("title", models.CharField(max_length=200)),
                ("cadence", models.CharField(max_length=120)),
                ("action", models.CharField(blank=True, max_length=40)),
                ("since", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                ("by", models.UUIDField()),
                ("at", models.DateTimeField()),
                (
                    "series",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="recurring", to="meetings.series"
                    ),
                ),
            ],
            options={
                "ordering": ("at",),
            },
        ),
        migrations.AddField(
            model_name="topic",
            name="recurring",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="topics", to="meetings.recurring"
            ),
        ),
        migrations.AddConstraint(
            model_name="topic",
            constraint=models.UniqueConstraint(fields=("meeting", "recurring", "period"), name="meetings_topic_once"),
        ),
        *tenant("meetings_recurring", scope=None, may="SELECT, INSERT, UPDATE"),
    ]
