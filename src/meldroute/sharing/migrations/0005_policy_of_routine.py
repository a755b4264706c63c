"""The monthly routine is policy too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sharing", "0004_policy_of_self_scan"),
    ]

    operations = [
        migrations.AlterField(
            "policy",
            "kind",
            models.CharField(
                choices=[
                    ("sharing", "deelmatrix"),
                    ("weighings", "wegingen en toetsen"),
                    ("terms", "termijnen"),
                    ("sources", "bronnenregister"),
                    ("forms", "vormen van uitbuiting"),
                    ("indicators", "signalen per vorm"),
                    ("feedback", "teksten voor terugkoppeling"),
                    ("holidays", "feestdagen"),
                    ("accounts", "aanmelden en toegang"),
                    ("self-scan", "zelfscan"),
                    ("routine", "maandelijkse routine"),
                ],
                max_length=16,
            ),
        ),
    ]
