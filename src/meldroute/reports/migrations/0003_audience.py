"""A draft of the next plan is for the college."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0002_walls"),
    ]

    operations = [
        migrations.AlterField(
            model_name="report",
            name="audience",
            field=models.CharField(
                choices=[
                    ("staff", "staf veiligheid, vertrouwelijk"),
                    ("driehoek", "Driehoek"),
                    ("college", "college, concept"),
                    ("council", "raad, openbaar"),
                ],
                max_length=16,
            ),
        ),
    ]
