"""Whether each file was scanned; what lies there already waits for the scanner like anything new."""

from django.db import migrations, models

CHOICES = [
    ("waiting", "nog niet gescand"),
    ("unreached", "scanner niet bereikbaar"),
    ("clean", "gescand"),
    ("harmful", "geweigerd: schadelijk"),
    ("unscannable", "geweigerd: niet na te kijken"),
]


class Migration(migrations.Migration):
    dependencies = [("vault", "0002_walls")]

    operations = [
        migrations.AddField("blob", "scan", models.CharField(choices=CHOICES, default="waiting", max_length=16)),
        migrations.AddField("blob", "scan_said", models.CharField(blank=True, default="", max_length=200), False),
        migrations.AddField("blob", "scanned_at", models.DateTimeField(null=True)),
        migrations.AddIndex(
            "blob",
            models.Index(
                fields=["municipality_id", "scanned_at"],
                condition=models.Q(("scan__in", ("waiting", "unreached"))),
                name="vault_blob_to_scan",
            ),
        ),
    ]
