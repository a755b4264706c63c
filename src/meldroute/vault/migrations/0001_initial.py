import uuid

import django.db.models.deletion
from django.db import migrations, models

import meldroute.vault.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Blob",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("municipality_id", models.UUIDField()),
                ("key_id", models.UUIDField()),
                ("size", models.BigIntegerField()),
                ("made_at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name="Canary",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("sealed", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="DataKey",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("municipality_id", models.UUIDField()),
                ("purpose", models.CharField(max_length=32)),
                ("wrapped", models.BinaryField(null=True)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("destroyed_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Practice",
            fields=[
                ("id", models.IntegerField(default=1, primary_key=True, serialize=False)),
                ("practice", models.BooleanField()),
            ],
        ),
        migrations.CreateModel(
            name="Chunk",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("municipality_id", models.UUIDField()),
                ("key_id", models.UUIDField()),
                ("number", models.IntegerField()),
                ("body", meldroute.vault.fields.SealedBytes()),
                (
                    "blob",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="chunks", to="vault.blob"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("blob", "number"), name="vault_chunk_once")],
            },
        ),
    ]
