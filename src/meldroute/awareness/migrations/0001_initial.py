"""Activities, whom they are for, how many came, and notes of calls."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import meldroute.domain.awareness.activities
import meldroute.vault.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Activity",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("municipality_id", models.UUIDField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("training", "training"),
                            ("theme_evening", "thema-avond"),
                            ("webinar", "webinar"),
                            ("lesson", "les op school"),
                            ("campaign", "campagne van Meld Misdaad Anoniem"),
                            ("social_post", "bericht op sociale media"),
                            ("intranet", "bericht op intranet"),
                            ("leaflet", "folders uitgedeeld"),
                            ("sparring", "even sparren"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("planned", "gepland"), ("held", "gehouden"), ("cancelled", "gaat niet door")],
                        default=meldroute.domain.awareness.activities.ActivityState["PLANNED"],
                        max_length=16,
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                ("about", models.CharField(blank=True, max_length=400)),
                ("on", models.DateField()),
                ("begins", models.TimeField(null=True)),
                ("minutes", models.PositiveSmallIntegerField(default=0)),
                ("place", models.CharField(blank=True, max_length=120)),
                ("given_by", models.CharField(blank=True, max_length=120)),
                ("places", models.PositiveSmallIntegerField(null=True)),
                ("link", models.URLField(blank=True, max_length=300)),
                (
                    "width",
                    models.CharField(
                        blank=True, choices=[("local", "lokaal"), ("regional", "regionaal")], max_length=16
                    ),
                ),
                ("copies", models.PositiveIntegerField(null=True)),
                (
                    "languages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[("uk", "Oekraïens"), ("ru", "Russisch"), ("en", "Engels"), ("nl", "Nederlands")],
                            max_length=2,
                        ),
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "actions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80), default=list, size=None
                    ),
                ),
                ("version", models.IntegerField(default=1)),
                ("cancelled_because", models.CharField(blank=True, max_length=200)),
                ("key_id", models.UUIDField(null=True)),
                ("made_by", models.UUIDField(null=True)),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("-on", "-made_at"),
                "indexes": [models.Index(fields=["municipality_id", "on"], name="awareness_a_municip_18754c_idx")],
            },
        ),
        migrations.CreateModel(
            name="Group",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("municipality_id", models.UUIDField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("team", "team van de gemeente"), ("organisation", "organisatie")], max_length=16
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("source", models.CharField(blank=True, max_length=200)),
                ("position", models.PositiveSmallIntegerField()),
                ("ended_on", models.DateField(null=True)),
            ],
            options={
                "ordering": ("kind", "position", "name"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on", None)),
                        fields=("municipality_id", "name"),
                        name="awareness_group_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Talk",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("municipality_id", models.UUIDField()),
                ("key_id", models.UUIDField()),
                (
                    "caller",
                    models.CharField(
                        choices=[("team", "team van de gemeente"), ("organisation", "organisatie")], max_length=16
                    ),
                ),
                (
                    "topics",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=32), default=list, size=None
                    ),
                ),
                ("note", meldroute.vault.fields.SealedText()),
                (
                    "activity",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="talk", to="awareness.activity"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Reach",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("municipality_id", models.UUIDField()),
                ("people", models.PositiveIntegerField(null=True)),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reaches", to="awareness.activity"
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reaches", to="awareness.group"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("activity", "group"), name="awareness_reach_once")],
            },
        ),
    ]
