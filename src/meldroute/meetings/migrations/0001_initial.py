import uuid

import django.db.models.deletion
from django.db import migrations, models

import meldroute.meetings.models
import meldroute.vault.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("route", "0003_readers"),
    ]

    operations = [
        migrations.CreateModel(
            name="Meeting",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("municipality_id", models.UUIDField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("signalenoverleg", "Signalenoverleg"),
                            ("loo", "Lokaal Overleg Ondermijning (LOO)"),
                            ("staf_veiligheid", "Staf veiligheid"),
                            ("driehoek", "Driehoek"),
                        ],
                        max_length=24,
                    ),
                ),
                ("planned_for", models.DateTimeField()),
                ("starts_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "gepland"),
                            ("open", "bezig"),
                            ("closed", "gesloten"),
                            ("not_needed", "niet nodig"),
                        ],
                        default=meldroute.meetings.models.MeetingState["PLANNED"],
                        max_length=16,
                    ),
                ),
                ("version", models.IntegerField(default=1)),
                ("chair_id", models.UUIDField(null=True)),
                ("opened_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("not_needed_because", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "ordering": ("starts_at",),
            },
        ),
        migrations.CreateModel(
            name="Series",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("municipality_id", models.UUIDField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("signalenoverleg", "Signalenoverleg"),
                            ("loo", "Lokaal Overleg Ondermijning (LOO)"),
                            ("staf_veiligheid", "Staf veiligheid"),
                            ("driehoek", "Driehoek"),
                        ],
                        max_length=24,
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("weekday", models.IntegerField()),
                ("at", models.TimeField()),
                ("minutes", models.IntegerField(default=60)),
                ("every_weeks", models.IntegerField(default=1)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                ("place", models.CharField(blank=True, max_length=120)),
                ("chair_id", models.UUIDField(null=True)),
                ("version", models.IntegerField(default=1)),
                ("key_id", models.UUIDField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Item",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("municipality_id", models.UUIDField()),
                ("key_id", models.UUIDField()),
                ("position", models.IntegerField()),
                ("restricted", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "te bespreken"),
                            ("decided", "besloten"),
                            ("carried", "doorgeschoven"),
                            ("gone", "niet meer aan de orde"),
                        ],
                        default=meldroute.meetings.models.ItemState["OPEN"],
                        max_length=16,
                    ),
                ),
                ("note", meldroute.vault.fields.SealedText()),
                ("added_at", models.DateTimeField()),
                (
                    "carried_from",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="carried_to",
                        to="meetings.item",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="route.decision",
                    ),
                ),
                (
                    "signal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="items", to="route.signal"
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="items", to="meetings.meeting"
                    ),
                ),
            ],
            options={
                "ordering": ("position",),
            },
        ),
        migrations.CreateModel(
            name="Leave",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("municipality_id", models.UUIDField()),
                ("user_id", models.UUIDField()),
                ("at", models.DateTimeField()),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="leaves", to="meetings.item"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("municipality_id", models.UUIDField()),
                ("user_id", models.UUIDField()),
                ("organisation_id", models.UUIDField(null=True)),
                ("ground", models.TextField(blank=True)),
                ("present", models.BooleanField(null=True)),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="attendances", to="meetings.meeting"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="meeting",
            name="series",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="meetings", to="meetings.series"
            ),
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("municipality_id", models.UUIDField()),
                ("user_id", models.UUIDField()),
                (
                    "told",
                    models.CharField(
                        choices=[
                            ("added", "uitgenodigd"),
                            ("moved", "verplaatst"),
                            ("cancelled", "vervallen"),
                            ("ended", "niet meer uitgenodigd"),
                        ],
                        max_length=16,
                    ),
                ),
                ("by", models.UUIDField(null=True)),
                ("at", models.DateTimeField()),
                ("queued_at", models.DateTimeField(null=True)),
                (
                    "meeting",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="meetings.meeting",
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="invitations", to="meetings.series"
                    ),
                ),
            ],
            options={
                "ordering": ("at",),
            },
        ),
        migrations.CreateModel(
            name="SeriesMember",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("municipality_id", models.UUIDField()),
                ("user_id", models.UUIDField()),
                ("organisation_id", models.UUIDField(null=True)),
                ("ground", models.TextField(blank=True)),
                ("ends_on", models.DateField(null=True)),
                (
                    "series",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="members", to="meetings.series"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Sheet",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("municipality_id", models.UUIDField()),
                ("kind", models.CharField(max_length=16)),
                ("number", models.IntegerField()),
                ("made_for", models.CharField(blank=True, max_length=120)),
                ("sha256", models.CharField(max_length=64)),
                ("by", models.UUIDField()),
                ("at", models.DateTimeField()),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sheets", to="meetings.meeting"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Topic",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("municipality_id", models.UUIDField()),
                ("key_id", models.UUIDField()),
                ("title", meldroute.vault.fields.SealedText()),
                ("note", meldroute.vault.fields.SealedText()),
                ("by", models.UUIDField()),
                ("at", models.DateTimeField()),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="topics", to="meetings.meeting"
                    ),
                ),
            ],
            options={
                "ordering": ("at",),
            },
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.UniqueConstraint(fields=("meeting", "signal"), name="meetings_item_once"),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.UniqueConstraint(fields=("meeting", "user_id"), name="meetings_attends_once"),
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(fields=["municipality_id", "state", "starts_at"], name="meetings_me_municip_5a4751_idx"),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.UniqueConstraint(fields=("series", "planned_for"), name="meetings_meeting_once"),
        ),
        migrations.AddIndex(
            model_name="invitation",
            index=models.Index(fields=["municipality_id", "queued_at"], name="meetings_in_municip_d7d848_idx"),
        ),
        migrations.AddConstraint(
            model_name="seriesmember",
            constraint=models.UniqueConstraint(fields=("series", "user_id"), name="meetings_member_once"),
        ),
        migrations.AddConstraint(
            model_name="sheet",
            constraint=models.UniqueConstraint(fields=("meeting", "kind", "number"), name="meetings_sheet_once"),
        ),
    ]
