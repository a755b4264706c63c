"""Reports: versions of them, with their numbers and texts."""

import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("municipality_id", models.UUIDField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("half_year", "Halfjaarrapport voor de staf veiligheid"),
                            ("driehoek", "Notitie voor de Driehoek"),
                            ("year", "Jaarrapport voor de raad"),
                            ("evaluation", "Evaluatie van het plan"),
                            ("next_plan", "Concept voor het volgende plan"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("staff", "staf veiligheid, vertrouwelijk"),
                            ("driehoek", "Driehoek"),
                            ("council", "raad, openbaar"),
                        ],
                        max_length=16,
                    ),
                ),
                ("begins", models.DateField()),
                ("ends", models.DateField()),
                ("version", models.IntegerField()),
                ("title", models.CharField(max_length=200)),
                ("numbers", models.JSONField()),
                ("printed", models.JSONField(default=list)),
                ("texts", models.JSONField()),
                ("plan", models.JSONField(null=True)),
                ("practice", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "concept"), ("adopted", "vastgesteld")],
                        default="draft",
                        max_length=12,
                    ),
                ),
                ("edition", models.IntegerField(default=1)),
                ("made_by", models.UUIDField(null=True)),
                ("made_at", models.DateTimeField()),
                ("counted_at", models.DateTimeField()),
                ("adopted_by", models.UUIDField(null=True)),
                ("adopted_at", models.DateTimeField(null=True)),
                ("decision", models.CharField(blank=True, max_length=400)),
                ("removed_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ("-ends", "kind", "-version"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("municipality_id", "kind", "begins", "ends", "version"), name="reports_version_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "draft"),
                            models.Q(("adopted_at__isnull", False), models.Q(("decision", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="reports_adopted_with_decision",
                    ),
                ],
            },
        ),
    ]
