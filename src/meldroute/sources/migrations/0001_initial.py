import uuid

from django.db import migrations, models

import meldroute.sources.models
import meldroute.vault.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Query",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("municipality_id", models.UUIDField()),
                ("key_id", models.UUIDField()),
                ("signal_id", models.UUIDField()),
                ("round", models.IntegerField()),
                ("source", models.CharField(max_length=64)),
                ("policy_version", models.IntegerField()),
                ("check_id", models.UUIDField()),
                ("question", meldroute.vault.fields.SealedText()),
                ("url", meldroute.vault.fields.SealedText()),
                (
                    "hit",
                    models.CharField(
                        choices=[("asked", "gevraagd"), ("none", "geen treffer"), ("hit", "treffer")],
                        default=meldroute.sources.models.Hit["ASKED"],
                        max_length=8,
                    ),
                ),
                ("asked_by", models.UUIDField()),
                ("asked_at", models.DateTimeField()),
                ("answered_by", models.UUIDField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("opened_by", models.UUIDField(null=True)),
                ("opened_at", models.DateTimeField(null=True)),
                ("opened_why", meldroute.vault.fields.SealedText()),
                ("observation_id", models.UUIDField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["signal_id"], name="sources_que_signal__a963d3_idx")],
            },
        ),
    ]
