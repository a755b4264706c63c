import uuid

from django.db import migrations, models

import meldroute.vault.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Question",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("municipality_id", models.UUIDField()),
                ("key_id", models.UUIDField()),
                ("user_id", models.UUIDField()),
                ("asked", meldroute.vault.fields.SealedJSON()),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["municipality_id", "user_id"], name="search_ques_municip_32412c_idx")],
            },
        ),
        migrations.CreateModel(
            name="Token",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "municipality_id",
                        "mac",
                        "signal_id",
                        "source_id",
                        "field",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("municipality_id", models.UUIDField()),
                ("mac", models.BigIntegerField()),
                ("signal_id", models.UUIDField()),
                ("source_id", models.UUIDField()),
                ("field", models.SmallIntegerField()),
            ],
            options={
                "indexes": [models.Index(fields=["signal_id", "source_id"], name="search_token_source")],
            },
        ),
        migrations.CreateModel(
            name="YearKey",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("municipality_id", models.UUIDField()),
                ("year", models.IntegerField()),
                ("key_id", models.UUIDField()),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["municipality_id", "year"], name="search_year_municip_c3e562_idx")],
            },
        ),
    ]
