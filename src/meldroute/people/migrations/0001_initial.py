import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("email", models.EmailField(max_length=254, unique=True)),
                ("name", models.CharField(max_length=120)),
                ("language", models.CharField(default="nl", max_length=2)),
                ("is_active", models.BooleanField(default=True)),
                ("barred_at", models.DateTimeField(null=True)),
                ("last_municipality", models.UUIDField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Municipality",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("code", models.CharField(max_length=4, unique=True)),
                ("slug", models.SlugField(unique=True)),
                ("name", models.CharField(max_length=80)),
                (
                    "mail_domains",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=120), default=list, size=None
                    ),
                ),
                ("meldpunt_phone", models.CharField(blank=True, max_length=40)),
                ("meldpunt_mail", models.CharField(blank=True, max_length=120)),
                ("mma_contract_on", models.DateField(null=True)),
                ("mma_protocol_on", models.DateField(null=True)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("municipality_id", models.UUIDField()),
                ("name", models.CharField(max_length=120)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("citizen", "inwoner"),
                            ("citizen_anonymous", "inwoner, anoniem"),
                            ("prostitution_team", "Bestuurlijk Team Prostitutie"),
                            ("care", "zorgpartij"),
                            ("enforcement", "handhaver"),
                            ("official", "andere gemeenteambtenaar"),
                            ("police", "politie"),
                            ("other_partner", "andere ketenpartner"),
                            ("mma", "Meld Misdaad Anoniem"),
                        ],
                        max_length=32,
                    ),
                ),
                (
                    "recipient",
                    models.CharField(
                        blank=True,
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
                    "mail_domains",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=120), default=list, size=None
                    ),
                ),
                ("mail", models.CharField(blank=True, max_length=120)),
                ("phone", models.CharField(blank=True, max_length=40)),
                ("about", models.TextField(blank=True)),
                ("ended_on", models.DateField(null=True)),
            ],
            options={
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="FactorReset",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("asked_by", models.UUIDField()),
                ("asked_at", models.DateTimeField()),
                ("confirmed_by", models.UUIDField(null=True)),
                ("confirmed_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.municipality"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("reporter", "melder"),
                            ("partner_reporter", "melder bij een partner"),
                            ("meldpunt", "meldpunt"),
                            ("enforcement", "handhaver"),
                            ("meeting_member", "deelnemer signalenoverleg"),
                            ("loo_member", "deelnemer LOO"),
                            ("privacy_officer", "privacyadviseur"),
                            ("process_owner", "proceseigenaar"),
                            ("fg", "functionaris gegevensbescherming"),
                            ("archivist", "archivaris"),
                            ("board", "bestuurder"),
                            ("integrity", "vertrouwde lezer integriteit"),
                            ("analyst", "regionaal analist"),
                            ("administrator", "beheerder"),
                        ],
                        max_length=32,
                    ),
                ),
                ("organisation_id", models.UUIDField(null=True)),
                ("starts", models.DateField()),
                ("ends", models.DateField(null=True)),
                ("granted_by", models.UUIDField(null=True)),
                ("granted_at", models.DateTimeField()),
                ("confirmed_by", models.UUIDField(null=True)),
                ("confirmed_at", models.DateTimeField(null=True)),
                (
                    "stands_in_for",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="people.municipality",
                    ),
                ),
            ],
            options={
                "ordering": ("starts",),
                "indexes": [models.Index(fields=["user", "municipality"], name="people_memb_user_id_43aefe_idx")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("stands_in_for__isnull", True), ("ends__isnull", False), _connector="OR"),
                        name="people_stand_in_ends",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_by__isnull", True),
                            models.Q(("confirmed_by", models.F("user")), _negated=True),
                            _connector="OR",
                        ),
                        name="people_nobody_confirms_himself",
                    ),
                ],
            },
        ),
    ]
