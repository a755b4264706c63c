"""Who somebody is at the identity provider, roles from groups, roles that are gone over, accounts that sleep."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from meldroute.journal.walls import granted


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_call_card"),
    ]

    operations = [
        migrations.CreateModel(
            name="Identity",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("issuer", models.CharField(max_length=255)),
                ("subject", models.CharField(max_length=255)),
                ("made_at", models.DateTimeField()),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="identities",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("issuer", "subject"), name="people_identity_once"),
                    models.UniqueConstraint(fields=("issuer", "user"), name="people_identity_one"),
                ],
            },
        ),
        migrations.AddField(
            "membership", "group", models.CharField(blank=True, max_length=200, default=""), preserve_default=False
        ),
        migrations.AddField("membership", "reviewed_at", models.DateTimeField(null=True)),
        migrations.AddField("membership", "reviewed_by", models.UUIDField(null=True)),
        migrations.AddField(
            "session",
            "provider_session",
            models.CharField(blank=True, db_index=True, max_length=255, default=""),
            preserve_default=False,
        ),
        migrations.AddField("user", "asleep_at", models.DateTimeField(null=True)),
        migrations.AddField("user", "woken_at", models.DateTimeField(null=True)),
        migrations.AddConstraint(
            "membership",
            models.CheckConstraint(
                condition=models.Q(reviewed_by__isnull=True) | ~models.Q(reviewed_by=models.F("user")),
                name="people_nobody_reviews_himself",
            ),
        ),
        granted("people_identity"),
    ]
