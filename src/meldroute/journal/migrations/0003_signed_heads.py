"""Signed heads: once a day and at the end of each month; only when they were filed and removed is written later."""

import uuid

from django.db import migrations, models

from meldroute.journal.walls import append_only, granted, walled

CHAIN = "chain = '00000000-0000-0000-0000-000000000000' OR chain = (SELECT mr_municipality())"


class Migration(migrations.Migration):
    dependencies = [("journal", "0002_walls")]

    operations = [
        migrations.CreateModel(
            name="SignedHead",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("chain", models.UUIDField()),
                ("kind", models.CharField(max_length=8)),
                ("day", models.DateField()),
                ("seq", models.BigIntegerField()),
                ("mac", models.BinaryField()),
                ("at", models.DateTimeField()),
                ("signature", models.BinaryField()),
                ("filed_at", models.DateTimeField(null=True)),
                ("removed_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ("chain", "seq"),
                "constraints": [models.UniqueConstraint(fields=("chain", "kind", "day"), name="journal_signed_once")],
            },
        ),
        walled("journal_signedhead", CHAIN),
        append_only("journal_signedhead", columns=("filed_at", "removed_at")),
        granted("journal_signedhead", may="SELECT, INSERT"),
        migrations.RunSQL("GRANT UPDATE (filed_at) ON journal_signedhead TO app", migrations.RunSQL.noop),
    ]
