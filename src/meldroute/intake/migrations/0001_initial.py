import uuid

import django.db.models.deletion
from django.db import migrations, models

import meldroute.domain.vocabulary
import meldroute.vault.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("route", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Mailbox",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("municipality_id", models.UUIDField()),
                ("key_id", models.UUIDField()),
                ("address", meldroute.vault.fields.SealedText()),
                ("active", models.BooleanField(default=True)),
                ("polled_at", models.DateTimeField(null=True)),
                ("trouble", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PartnerLink",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("municipality_id", models.UUIDField()),
                ("organisation_id", models.UUIDField()),
                ("made_by", models.UUIDField()),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("uses", models.IntegerField(default=1)),
                ("uses_left", models.IntegerField(default=1)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("municipality_id", models.UUIDField()),
                ("key_id", models.UUIDField()),
                ("user_id", models.UUIDField()),
                ("kind", models.CharField(max_length=16)),
                ("body", meldroute.vault.fields.SealedJSON()),
                ("saved_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("municipality_id", "user_id", "kind"), name="intake_draft_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Mail",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("municipality_id", models.UUIDField()),
                ("key_id", models.UUIDField()),
                ("mac", models.BinaryField()),
                ("size", models.BigIntegerField()),
                ("blob_id", models.UUIDField(null=True)),
                ("came_at", models.DateTimeField()),
                ("too_large", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "Nieuw"),
                            ("needs_hand", "Kon niet automatisch worden verwerkt"),
                            ("registered", "Geregistreerd als signaal"),
                            ("belongs_to", "Hoort bij een bestaand signaal"),
                            ("other_signal", "Ander ondermijningssignaal"),
                            ("no_signal", "Geen signaal"),
                        ],
                        default=meldroute.domain.vocabulary.Triage["NEW"],
                        max_length=16,
                    ),
                ),
                ("version", models.IntegerField(default=1)),
                ("read_at", models.DateTimeField(null=True)),
                ("tries", models.IntegerField(default=0)),
                ("sender", meldroute.vault.fields.SealedText()),
                ("subject_line", meldroute.vault.fields.SealedText()),
                ("reading", meldroute.vault.fields.SealedJSON()),
                ("problem", models.CharField(blank=True, max_length=300)),
                ("proposed_signal_id", models.UUIDField(null=True)),
                ("protected", models.BooleanField(default=False)),
                ("sealed", models.BooleanField(default=False)),
                ("practice", models.BooleanField(default=False)),
                ("settled_by", models.UUIDField(null=True)),
                ("settled_at", models.DateTimeField(null=True)),
                ("settled_why", meldroute.vault.fields.SealedText()),
                ("content_until", models.DateTimeField(null=True)),
                (
                    "signal",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="mails", to="route.signal"
                    ),
                ),
                (
                    "mailbox",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mails",
                        to="intake.mailbox",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Glimpse",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("municipality_id", models.UUIDField()),
                ("mailbox_key", models.CharField(max_length=64)),
                ("ref", models.CharField(max_length=120)),
                (
                    "mail",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="glimpses", to="intake.mail"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("municipality_id", "mailbox_key", "ref"), name="intake_glimpse_once"
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="mail",
            index=models.Index(fields=["municipality_id", "state", "came_at"], name="intake_mail_municip_10351a_idx"),
        ),
        migrations.AddConstraint(
            model_name="mail",
            constraint=models.UniqueConstraint(fields=("municipality_id", "mac"), name="intake_mail_once"),
        ),
    ]
