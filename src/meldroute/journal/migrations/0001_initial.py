import uuid

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Head",
            fields=[
                ("chain", models.UUIDField(primary_key=True, serialize=False)),
                ("seq", models.BigIntegerField(default=0)),
                ("mac", models.BinaryField(default=b"")),
            ],
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("chain", models.UUIDField()),
                ("seq", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                ("actor", models.UUIDField(null=True)),
                (
                    "roles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=32), default=list, size=None
                    ),
                ),
                ("act", models.CharField(max_length=64)),
                ("on", models.CharField(max_length=64)),
                (
                    "ids",
                    django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None),
                ),
                (
                    "fields",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=64), default=list, size=None
                    ),
                ),
                ("result", models.CharField(max_length=16)),
                ("origin", models.CharField(max_length=64)),
                ("mac", models.BinaryField()),
            ],
            options={
                "ordering": ("chain", "seq"),
                "indexes": [models.Index(fields=["chain", "-at"], name="journal_ent_chain_ad14d6_idx")],
                "constraints": [models.UniqueConstraint(fields=("chain", "seq"), name="journal_one_link")],
            },
        ),
    ]
