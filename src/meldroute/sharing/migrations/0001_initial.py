import uuid

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Disclosure",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("municipality_id", models.UUIDField()),
                ("signal_id", models.UUIDField()),
                (
                    "observation_ids",
                    django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None),
                ),
                (
                    "categories",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("reporter", "identiteit van de melder"),
                                ("narrative", "verhaal"),
                                ("place", "plaats"),
                                ("business", "bedrijf"),
                                ("possible_victim", "persoon (mogelijk slachtoffer)"),
                                ("possible_offender", "persoon (mogelijke dader)"),
                                ("minor", "minderjarige"),
                                ("special", "bijzondere gegevens (art. 9 AVG)"),
                                ("criminal_law", "strafrechtelijke gegevens (art. 10 AVG)"),
                                ("police_data", "politiegegevens (Wpg)"),
                                ("mma", "bericht van Meld Misdaad Anoniem"),
                                ("finding", "bevinding van een controle"),
                                ("status", "status of uitkomst"),
                                ("aggregate", "telling"),
                            ],
                            max_length=32,
                        ),
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "recipient",
                    models.CharField(
                        choices=[
                            ("signalenoverleg", "signalenoverleg"),
                            ("loo", "Lokaal Overleg Ondermijning (LOO)"),
                            ("department", "andere afdeling"),
                            ("enforcement", "toezicht en handhaving"),
                            ("team_mensenhandel", "Team Mensenhandel van de politie"),
                            ("police", "politie"),
                            ("riec", "RIEC"),
                            ("om", "Openbaar Ministerie"),
                            ("nla", "Nederlandse Arbeidsinspectie"),
                            ("care", "zorgpartij"),
                            ("veilig_thuis", "Veilig Thuis"),
                            ("other_municipality", "andere gemeente"),
                            ("reporter", "melder"),
                        ],
                        max_length=32,
                    ),
                ),
                ("organisation_id", models.UUIDField(null=True)),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("enrich", "nagaan of het mensenhandel is"),
                            ("discuss", "bespreken wat nodig is"),
                            ("inspect", "controle voorbereiden"),
                            ("hand_over", "overdragen aan wie bevoegd is"),
                            ("protect", "iemand beschermen"),
                            ("feedback", "terugkoppelen"),
                        ],
                        max_length=32,
                    ),
                ),
                ("ground", models.TextField()),
                ("row", models.CharField(max_length=80)),
                ("policy_version", models.IntegerField(null=True)),
                ("how", models.CharField(max_length=32)),
                ("about", models.CharField(max_length=64)),
                ("about_id", models.UUIDField()),
                ("by", models.UUIDField(null=True)),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["signal_id"], name="sharing_dis_signal__53b4d9_idx")],
            },
        ),
        migrations.CreateModel(
            name="Policy",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("municipality_id", models.UUIDField()),
                (
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
                        ],
                        max_length=16,
                    ),
                ),
                ("version", models.IntegerField()),
                ("body", models.JSONField()),
                ("status", models.CharField(max_length=160)),
                ("by", models.UUIDField(null=True)),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("municipality_id", "kind", "version"), name="sharing_policy_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Release",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("municipality_id", models.UUIDField()),
                ("signal_id", models.UUIDField()),
                ("observation_id", models.UUIDField()),
                (
                    "recipient",
                    models.CharField(
                        choices=[
                            ("signalenoverleg", "signalenoverleg"),
                            ("loo", "Lokaal Overleg Ondermijning (LOO)"),
                            ("department", "andere afdeling"),
                            ("enforcement", "toezicht en handhaving"),
                            ("team_mensenhandel", "Team Mensenhandel van de politie"),
                            ("police", "politie"),
                            ("riec", "RIEC"),
                            ("om", "Openbaar Ministerie"),
                            ("nla", "Nederlandse Arbeidsinspectie"),
                            ("care", "zorgpartij"),
                            ("veilig_thuis", "Veilig Thuis"),
                            ("other_municipality", "andere gemeente"),
                            ("reporter", "melder"),
                        ],
                        max_length=32,
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("enrich", "nagaan of het mensenhandel is"),
                            ("discuss", "bespreken wat nodig is"),
                            ("inspect", "controle voorbereiden"),
                            ("hand_over", "overdragen aan wie bevoegd is"),
                            ("protect", "iemand beschermen"),
                            ("feedback", "terugkoppelen"),
                        ],
                        max_length=32,
                    ),
                ),
                ("meeting_id", models.UUIDField(null=True)),
                ("check_id", models.UUIDField()),
                ("row", models.CharField(max_length=80)),
                ("policy_version", models.IntegerField()),
                ("ground", models.TextField()),
                ("pseudonymised", models.BooleanField(default=False)),
                ("by", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["observation_id"], name="sharing_rel_observa_8bb162_idx"),
                    models.Index(fields=["meeting_id"], name="sharing_rel_meeting_4cabbb_idx"),
                ],
            },
        ),
    ]
