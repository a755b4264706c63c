"""The self-scan is policy too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sharing", "0003_policy_of_accounts"),
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
                ],
                max_length=16,
            ),
        ),
    ]
