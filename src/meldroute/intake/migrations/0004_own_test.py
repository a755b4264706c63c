"""A test mail of ourselves is no signal and no mail of a reporter."""

from django.db import migrations, models

import meldroute.domain.vocabulary


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0003_mail_wall"),
    ]

    operations = [
        migrations.AlterField(
            "mail",
            "state",
            models.CharField(
                choices=[
                    ("new", "Nieuw"),
                    ("needs_hand", "Kon niet automatisch worden verwerkt"),
                    ("registered", "Geregistreerd als signaal"),
                    ("belongs_to", "Hoort bij een bestaand signaal"),
                    ("other_signal", "Ander ondermijningssignaal"),
                    ("no_signal", "Geen signaal"),
                    ("own_test", "Testmail van onszelf"),
                ],
                default=meldroute.domain.vocabulary.Triage["NEW"],
                max_length=16,
            ),
        ),
    ]
