"""Who was invited and who signed up: seen by meldpunt and process owner, and by the system behind a link."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import meldroute.vault.fields
from meldroute.journal.walls import HERE, granted, walled

SYSTEM = "(SELECT mr_actor()) = '00000000-0000-0000-0000-000000000000'"
KEEPS = f"({SYSTEM} OR (SELECT mr_holds(ARRAY['meldpunt', 'process_owner'])))"
TABLES = ("awareness_invitation", "awareness_participant")


class Migration(migrations.Migration):
    dependencies = [
        ("awareness", "0002_walls"),
    ]

    operations = [
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("municipality_id", models.UUIDField()),
                ("key_id", models.UUIDField()),
                ("mail", meldroute.vault.fields.SealedText()),
                ("at", models.DateTimeField()),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="invitations", to="awareness.activity"
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="invitations", to="awareness.group"
                    ),
                ),
            ],
            options={
                "ordering": ("at",),
            },
        ),
        migrations.CreateModel(
            name="Participant",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("municipality_id", models.UUIDField()),
                ("key_id", models.UUIDField()),
                ("name", meldroute.vault.fields.SealedText()),
                (
                    "standing",
                    models.CharField(
                        choices=[("signed_up", "aangemeld"), ("waiting", "op de wachtlijst")], max_length=16
                    ),
                ),
                ("present", models.BooleanField(null=True)),
                ("at", models.DateTimeField()),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="participants",
                        to="awareness.activity",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="participants", to="awareness.group"
                    ),
                ),
                (
                    "invitation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="participants",
                        to="awareness.invitation",
                    ),
                ),
            ],
            options={
                "ordering": ("at", "id"),
            },
        ),
        *[walled(table, f"{HERE} AND {KEEPS}") for table in TABLES],
        *[granted(table) for table in TABLES],
    ]
