import uuid

from django.db import migrations, models

import meldroute.post.models
import meldroute.vault.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Outgoing",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("municipality_id", models.UUIDField()),
                ("key_id", models.UUIDField()),
                ("about", models.CharField(max_length=64)),
                ("about_id", models.UUIDField()),
                ("to", meldroute.vault.fields.SealedText()),
                ("subject", meldroute.vault.fields.SealedText()),
                ("body", meldroute.vault.fields.SealedText()),
                ("attachments", meldroute.vault.fields.SealedJSON()),
                ("reply_token", models.CharField(blank=True, max_length=64)),
                ("message_id", models.CharField(max_length=120, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "in de wachtrij"),
                            ("sending", "wordt verstuurd"),
                            ("sent", "verstuurd"),
                            ("uncertain", "onzeker, kijk na"),
                            ("failed", "niet aangekomen"),
                            ("given_up", "niet aangekomen, anders opgelost"),
                        ],
                        default=meldroute.post.models.Delivery["QUEUED"],
                        max_length=16,
                    ),
                ),
                ("fence", models.UUIDField(null=True)),
                ("leased_until", models.DateTimeField(null=True)),
                ("attempts", models.IntegerField(default=0)),
                ("not_before", models.DateTimeField()),
                ("queued_by", models.UUIDField(null=True)),
                ("queued_at", models.DateTimeField()),
                ("sealed", models.BooleanField(default=False)),
                ("settled_at", models.DateTimeField(null=True)),
                ("trouble", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "indexes": [models.Index(fields=["state", "not_before"], name="post_outgoi_state_c434bd_idx")],
                "constraints": [models.UniqueConstraint(fields=("about", "about_id"), name="post_once_per_act")],
            },
        ),
    ]
