import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import meldroute.domain.vocabulary
import meldroute.route.models.task
import meldroute.vault.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="AccessRequest",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("municipality_id", models.UUIDField()),
                ("key_id", models.UUIDField()),
                ("reference", models.CharField(max_length=16)),
                ("user_id", models.UUIDField()),
                ("reason", meldroute.vault.fields.SealedText()),
                ("asked_at", models.DateTimeField()),
                ("answered_by", models.UUIDField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("granted", models.BooleanField(null=True)),
                ("answer", meldroute.vault.fields.SealedText()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Counter",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("municipality_id", models.UUIDField()),
                ("year", models.IntegerField()),
                ("last", models.IntegerField(default=0)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("municipality_id", "year"), name="route_counter_once")],
            },
        ),
        migrations.CreateModel(
            name="Signal",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("municipality_id", models.UUIDField()),
                ("key_id", models.UUIDField()),
                ("year", models.IntegerField()),
                ("number", models.IntegerField()),
                ("reference", models.CharField(max_length=16)),
                ("round", models.IntegerField(default=1)),
                ("version", models.IntegerField(default=1)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "Binnengekomen"),
                            ("registered", "Geregistreerd"),
                            ("enriching", "Verrijken"),
                            ("in_signalenoverleg", "Signalenoverleg"),
                            ("waiting_findings", "Wacht op controle"),
                            ("in_loo", "LOO"),
                            ("monitoring", "Loopt"),
                            ("on_hold", "Aangehouden"),
                            ("feedback_due", "Terugkoppelen"),
                            ("closed", "Afgesloten"),
                        ],
                        max_length=24,
                    ),
                ),
                (
                    "held_from",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("received", "Binnengekomen"),
                            ("registered", "Geregistreerd"),
                            ("enriching", "Verrijken"),
                            ("in_signalenoverleg", "Signalenoverleg"),
                            ("waiting_findings", "Wacht op controle"),
                            ("in_loo", "LOO"),
                            ("monitoring", "Loopt"),
                            ("on_hold", "Aangehouden"),
                            ("feedback_due", "Terugkoppelen"),
                            ("closed", "Afgesloten"),
                        ],
                        max_length=24,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not_taken_up", "Niet in behandeling genomen"),
                            ("something_else", "Geen mensenhandel, wel iets anders"),
                            ("other_department", "Naar andere afdeling"),
                            ("other_authority", "Naar andere instantie of gemeente"),
                            ("not_confirmed", "Niet bevestigd"),
                            ("intervention", "Interventie"),
                            ("riec_case", "RIEC-casus"),
                            ("police_case", "Strafrechtelijk opgepakt door de politie"),
                            ("other_signal", "Ander ondermijningssignaal"),
                            ("no_signal", "Geen signaal"),
                        ],
                        max_length=24,
                    ),
                ),
                (
                    "forms",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("sexual", "Seksuele uitbuiting"),
                                ("labour", "Arbeidsuitbuiting"),
                                ("criminal", "Criminele uitbuiting"),
                                ("organ", "Gedwongen orgaanverwijdering"),
                                ("unclear", "Nog niet duidelijk"),
                                ("other", "Andere vorm"),
                            ],
                            max_length=16,
                        ),
                        default=list,
                        size=None,
                    ),
                ),
                ("sector", models.CharField(blank=True, max_length=32)),
                (
                    "source_kind",
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
                    "channel",
                    models.CharField(
                        choices=[
                            ("mail", "mail aan het meldpunt"),
                            ("internal_form", "intern formulier"),
                            ("partner_form", "formulier voor partners"),
                            ("desk", "telefoon of balie"),
                            ("mma", "bericht van Meld Misdaad Anoniem"),
                        ],
                        max_length=32,
                    ),
                ),
                ("urgency_asked", models.BooleanField(default=False)),
                ("minor_possible", models.BooleanField(default=False)),
                ("sealed", models.BooleanField(default=False)),
                ("practice", models.BooleanField(default=False)),
                ("handler_id", models.UUIDField(null=True)),
                ("received_at", models.DateTimeField()),
                ("registered_at", models.DateTimeField(null=True)),
                ("state_since", models.DateTimeField()),
                ("due_on", models.DateField(null=True)),
                ("outcome_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["municipality_id", "state", "received_at"], name="route_signa_municip_bbe5f3_idx"
                    ),
                    models.Index(fields=["municipality_id", "-received_at"], name="route_signa_municip_ff9e1d_idx"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("municipality_id", "year", "number"), name="route_number_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Reporter",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("municipality_id", models.UUIDField()),
                ("key_id", models.UUIDField()),
                (
                    "source_kind",
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
                ("organisation_id", models.UUIDField(null=True)),
                ("user_id", models.UUIDField(null=True)),
                ("name", meldroute.vault.fields.SealedText()),
                ("mail", meldroute.vault.fields.SealedText()),
                ("phone", meldroute.vault.fields.SealedText()),
                ("how_safe", meldroute.vault.fields.SealedText()),
                ("mail_safe", models.BooleanField(default=False)),
                ("wants_feedback", models.BooleanField(default=True)),
                ("anonymous", models.BooleanField(default=False)),
                ("protected", models.BooleanField(default=False)),
                ("may_call_back", models.BooleanField(default=False)),
                ("thread_mac", models.BinaryField(default=b"")),
                ("at", models.DateTimeField()),
                (
                    "signal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reporters", to="route.signal"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PrivacyCheck",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("municipality_id", models.UUIDField()),
                ("key_id", models.UUIDField()),
                ("round", models.IntegerField()),
                (
                    "check_kind",
                    models.CharField(
                        choices=[
                            ("1", "Toets 1: welke bronnen mogen worden geraadpleegd"),
                            ("2a", "Toets 2A: welke feiten mogen in het overleg"),
                            ("2b", "Toets 2B: wat mag worden gedeeld voor de aanpak"),
                        ],
                        max_length=4,
                    ),
                ),
                ("policy_version", models.IntegerField()),
                ("question", meldroute.vault.fields.SealedText()),
                (
                    "sources",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=64), default=list, size=None
                    ),
                ),
                (
                    "observation_ids",
                    django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None),
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
                    "purpose",
                    models.CharField(
                        blank=True,
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
                ("pseudonymised", models.BooleanField(default=False)),
                ("due_on", models.DateField()),
                ("by", models.UUIDField()),
                ("at", models.DateTimeField()),
                (
                    "signal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="checks", to="route.signal"
                    ),
                ),
            ],
            options={
                "ordering": ("at",),
            },
        ),
        migrations.CreateModel(
            name="PrivacyAdvice",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("municipality_id", models.UUIDField()),
                ("key_id", models.UUIDField()),
                ("positive", models.BooleanField()),
                ("advice", meldroute.vault.fields.SealedText()),
                (
                    "sources",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=64), default=list, size=None
                    ),
                ),
                (
                    "observation_ids",
                    django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None),
                ),
                ("by", models.UUIDField()),
                ("at", models.DateTimeField()),
                (
                    "check_asked",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="advices", to="route.privacycheck"
                    ),
                ),
                (
                    "signal",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="route.signal"),
                ),
            ],
            options={
                "ordering": ("at",),
            },
        ),
        migrations.CreateModel(
            name="Observation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("municipality_id", models.UUIDField()),
                ("key_id", models.UUIDField()),
                (
                    "truth",
                    models.CharField(
                        choices=[("fact", "feit"), ("impression", "indruk"), ("hearsay", "van horen zeggen")],
                        max_length=16,
                    ),
                ),
                ("text", meldroute.vault.fields.SealedText()),
                ("source", meldroute.vault.fields.SealedText()),
                (
                    "source_kind",
                    models.CharField(
                        blank=True,
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
                ("observed_on", models.DateField(null=True)),
                (
                    "confidence",
                    models.CharField(
                        choices=[
                            ("sure", "zeker"),
                            ("fairly", "redelijk zeker"),
                            ("unsure", "onzeker"),
                            ("unknown", "niet bekend"),
                        ],
                        default=meldroute.domain.vocabulary.Confidence["UNKNOWN"],
                        max_length=16,
                    ),
                ),
                (
                    "capacity",
                    models.CharField(
                        choices=[
                            ("supervisor", "toezichthouder (Awb)"),
                            ("investigator", "BOA in opsporing (Wpg)"),
                            ("chance", "bij toeval"),
                            ("professional", "in het eigen werk"),
                            ("unknown", "niet bekend"),
                        ],
                        default=meldroute.domain.vocabulary.Capacity["UNKNOWN"],
                        max_length=16,
                    ),
                ),
                ("wpg_ground", meldroute.vault.fields.SealedText()),
                (
                    "category",
                    models.CharField(
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
                        max_length=24,
                    ),
                ),
                ("query_id", models.UUIDField(null=True)),
                ("task_id", models.UUIDField(null=True)),
                ("expires_on", models.DateField(null=True)),
                ("why_corrected", meldroute.vault.fields.SealedText()),
                ("by", models.UUIDField(null=True)),
                ("at", models.DateTimeField()),
                (
                    "corrects",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="route.observation",
                    ),
                ),
                (
                    "signal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="observations", to="route.signal"
                    ),
                ),
            ],
            options={
                "ordering": ("observed_on", "at"),
            },
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("municipality_id", models.UUIDField()),
                ("key_id", models.UUIDField()),
                ("reason", meldroute.vault.fields.SealedText()),
                ("by", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="linked_from", to="route.signal"
                    ),
                ),
                (
                    "signal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="links", to="route.signal"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Hold",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("municipality_id", models.UUIDField()),
                ("key_id", models.UUIDField()),
                ("asked_by", meldroute.vault.fields.SealedText()),
                ("reason", meldroute.vault.fields.SealedText()),
                ("review_on", models.DateField()),
                ("started_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "signal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="holds", to="route.signal"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="HandOver",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("municipality_id", models.UUIDField()),
                ("key_id", models.UUIDField()),
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
                    "observation_ids",
                    django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None),
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
                ("reason", meldroute.vault.fields.SealedText()),
                ("body", meldroute.vault.fields.SealedText()),
                ("outgoing_id", models.UUIDField(null=True)),
                ("acute", models.BooleanField(default=False)),
                ("account_by", models.DateField(null=True)),
                ("accounted_at", models.DateTimeField(null=True)),
                ("account", meldroute.vault.fields.SealedText()),
                ("how", models.CharField(max_length=32)),
                ("by", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("receipt_at", models.DateTimeField(null=True)),
                ("receipt_from", meldroute.vault.fields.SealedText()),
                (
                    "signal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="hand_overs", to="route.signal"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("municipality_id", models.UUIDField()),
                ("key_id", models.UUIDField()),
                ("kind", models.CharField(max_length=40)),
                ("told", meldroute.vault.fields.SealedText()),
                ("by", models.UUIDField(null=True)),
                ("at", models.DateTimeField()),
                (
                    "signal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="events", to="route.signal"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Element",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("municipality_id", models.UUIDField()),
                ("key_id", models.UUIDField()),
                (
                    "part",
                    models.CharField(
                        choices=[("act", "handeling"), ("means", "middel"), ("aim", "doel")], max_length=8
                    ),
                ),
                ("code", models.CharField(max_length=24)),
                ("note", meldroute.vault.fields.SealedText()),
                ("by", models.UUIDField(null=True)),
                ("at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "observation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="elements",
                        to="route.observation",
                    ),
                ),
                (
                    "signal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="elements", to="route.signal"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("municipality_id", models.UUIDField()),
                ("key_id", models.UUIDField()),
                ("round", models.IntegerField()),
                (
                    "from_state",
                    models.CharField(
                        choices=[
                            ("received", "Binnengekomen"),
                            ("registered", "Geregistreerd"),
                            ("enriching", "Verrijken"),
                            ("in_signalenoverleg", "Signalenoverleg"),
                            ("waiting_findings", "Wacht op controle"),
                            ("in_loo", "LOO"),
                            ("monitoring", "Loopt"),
                            ("on_hold", "Aangehouden"),
                            ("feedback_due", "Terugkoppelen"),
                            ("closed", "Afgesloten"),
                        ],
                        max_length=24,
                    ),
                ),
                (
                    "to_state",
                    models.CharField(
                        choices=[
                            ("received", "Binnengekomen"),
                            ("registered", "Geregistreerd"),
                            ("enriching", "Verrijken"),
                            ("in_signalenoverleg", "Signalenoverleg"),
                            ("waiting_findings", "Wacht op controle"),
                            ("in_loo", "LOO"),
                            ("monitoring", "Loopt"),
                            ("on_hold", "Aangehouden"),
                            ("feedback_due", "Terugkoppelen"),
                            ("closed", "Afgesloten"),
                        ],
                        max_length=24,
                    ),
                ),
                ("decision", models.CharField(max_length=40)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not_taken_up", "Niet in behandeling genomen"),
                            ("something_else", "Geen mensenhandel, wel iets anders"),
                            ("other_department", "Naar andere afdeling"),
                            ("other_authority", "Naar andere instantie of gemeente"),
                            ("not_confirmed", "Niet bevestigd"),
                            ("intervention", "Interventie"),
                            ("riec_case", "RIEC-casus"),
                            ("police_case", "Strafrechtelijk opgepakt door de politie"),
                            ("other_signal", "Ander ondermijningssignaal"),
                            ("no_signal", "Geen signaal"),
                        ],
                        max_length=24,
                    ),
                ),
                ("reason", meldroute.vault.fields.SealedText()),
                ("recipient", models.CharField(blank=True, max_length=32)),
                ("organisation_id", models.UUIDField(null=True)),
                ("meeting_id", models.UUIDField(null=True)),
                ("by", models.UUIDField(null=True)),
                ("at", models.DateTimeField()),
                (
                    "corrects",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="route.decision",
                    ),
                ),
                (
                    "signal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="route.signal"
                    ),
                ),
            ],
            options={
                "ordering": ("at",),
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("municipality_id", models.UUIDField()),
                ("key_id", models.UUIDField()),
                ("blob_id", models.UUIDField()),
                ("name", meldroute.vault.fields.SealedText()),
                ("content_type", models.CharField(max_length=100)),
                ("size", models.BigIntegerField()),
                ("sha256", meldroute.vault.fields.SealedText()),
                ("by", models.UUIDField(null=True)),
                ("at", models.DateTimeField()),
                (
                    "signal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="attachments", to="route.signal"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Subject",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("municipality_id", models.UUIDField()),
                ("key_id", models.UUIDField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("person", "persoon"),
                            ("address", "adres"),
                            ("business", "bedrijf"),
                            ("vehicle", "voertuig"),
                            ("phone", "telefoon"),
                            ("website", "website"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("possible_victim", "mogelijk slachtoffer"),
                            ("possible_offender", "mogelijke dader"),
                            ("witness", "getuige"),
                            ("place", "plaats"),
                            ("involved", "betrokken, rol onbekend"),
                        ],
                        max_length=24,
                    ),
                ),
                ("label", models.CharField(max_length=40)),
                ("minor", models.BooleanField(default=False)),
                ("told", meldroute.vault.fields.SealedJSON()),
                ("valid_from", models.DateField(null=True)),
                ("valid_until", models.DateField(null=True)),
                ("by", models.UUIDField(null=True)),
                ("at", models.DateTimeField()),
                (
                    "signal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="subjects", to="route.signal"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="observation",
            name="subject",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="observations", to="route.subject"
            ),
        ),
        migrations.CreateModel(
            name="WeighingAnswer",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("municipality_id", models.UUIDField()),
                ("key_id", models.UUIDField()),
                ("round", models.IntegerField()),
                (
                    "weighing",
                    models.CharField(
                        choices=[
                            ("1", "Weging 1: kan dit mensenhandel zijn?"),
                            ("2a", "Weging 2A: is het een taak of bevoegdheid van de gemeente?"),
                            ("2b", "Weging 2B: is het ons grondgebied?"),
                            ("3", "Weging 3: is het concreet en recent, en past het bij de criteria?"),
                            ("4", "Weging 4: bevestigen de treffers genoeg?"),
                            ("5", "Weging 5: wat is nodig voor de aanpak?"),
                            ("concrete", "Is het signaal concreet genoeg voor een controle?"),
                            ("strong_enough", "Is het signaal sterk genoeg voor het LOO?"),
                            ("integral_interest", "Is er een integraal belang?"),
                            ("again", "Tweede signaal binnen een jaar: samen opnieuw gewogen?"),
                        ],
                        max_length=20,
                    ),
                ),
                ("policy_version", models.IntegerField()),
                ("answers", meldroute.vault.fields.SealedJSON()),
                (
                    "answer",
                    models.CharField(
                        choices=[("yes", "ja"), ("no", "nee"), ("unclear", "nog niet duidelijk")], max_length=8
                    ),
                ),
                ("reason", meldroute.vault.fields.SealedText()),
                ("opens", models.BooleanField()),
                ("by", models.UUIDField()),
                ("at", models.DateTimeField()),
                (
                    "signal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="weighings", to="route.signal"
                    ),
                ),
            ],
            options={
                "ordering": ("at",),
            },
        ),
        migrations.CreateModel(
            name="Reveal",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("municipality_id", models.UUIDField()),
                ("key_id", models.UUIDField()),
                ("reason", meldroute.vault.fields.SealedText()),
                ("asked_by", models.UUIDField()),
                ("asked_at", models.DateTimeField()),
                ("agreed_by", models.UUIDField(null=True)),
                ("agreed_at", models.DateTimeField(null=True)),
                ("until", models.DateTimeField(null=True)),
                (
                    "reporter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reveals", to="route.reporter"
                    ),
                ),
                (
                    "signal",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="route.signal"),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("agreed_by__isnull", True),
                            models.Q(("agreed_by", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="route_reveal_second_person",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PrivacyDecision",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("municipality_id", models.UUIDField()),
                ("key_id", models.UUIDField()),
                ("allowed", models.BooleanField()),
                ("reason", meldroute.vault.fields.SealedText()),
                (
                    "sources",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=64), default=list, size=None
                    ),
                ),
                (
                    "observation_ids",
                    django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None),
                ),
                ("departs", models.BooleanField(default=False)),
                ("without_advice", models.BooleanField(default=False)),
                ("stand_in", meldroute.vault.fields.SealedText()),
                ("confirm_by", models.DateField(null=True)),
                ("by", models.UUIDField()),
                ("at", models.DateTimeField()),
                (
                    "check_asked",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="outcomes", to="route.privacycheck"
                    ),
                ),
                (
                    "signal",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="route.signal"),
                ),
            ],
            options={
                "ordering": ("at",),
                "constraints": [models.UniqueConstraint(fields=("check_asked",), name="route_check_decided_once")],
            },
        ),
        migrations.CreateModel(
            name="Feedback",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("municipality_id", models.UUIDField()),
                ("key_id", models.UUIDField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("receipt", "ontvangstbevestiging"),
                            ("interim", "tussenbericht"),
                            ("feedback", "terugkoppeling"),
                        ],
                        max_length=16,
                    ),
                ),
                ("round", models.IntegerField()),
                ("due_on", models.DateField()),
                ("level", models.CharField(blank=True, max_length=16)),
                ("subject_line", meldroute.vault.fields.SealedText()),
                ("text", meldroute.vault.fields.SealedText()),
                ("how", models.CharField(blank=True, max_length=16)),
                ("outgoing_id", models.UUIDField(null=True)),
                ("second_reader", models.UUIDField(null=True)),
                ("kept_why", meldroute.vault.fields.SealedText()),
                (
                    "none_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("anonymous", "de melder is anoniem"),
                            ("not_wanted", "de melder wil het niet"),
                            ("not_safe", "het is niet veilig"),
                            ("postponed", "uitgesteld op verzoek van OM of politie"),
                        ],
                        max_length=16,
                    ),
                ),
                ("none_reason", meldroute.vault.fields.SealedText()),
                ("by", models.UUIDField(null=True)),
                ("given_at", models.DateTimeField(null=True)),
                (
                    "reporter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="feedbacks", to="route.reporter"
                    ),
                ),
                (
                    "signal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="feedbacks", to="route.signal"
                    ),
                ),
            ],
            options={
                "ordering": ("due_on",),
                "indexes": [
                    models.Index(
                        fields=["municipality_id", "given_at", "due_on"], name="route_feedb_municip_c9f721_idx"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("reporter", "kind", "round"), name="route_feedback_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("second_reader__isnull", True),
                            models.Q(("second_reader", models.F("by")), _negated=True),
                            _connector="OR",
                        ),
                        name="route_feedback_second_reader",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Access",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("municipality_id", models.UUIDField()),
                ("key_id", models.UUIDField()),
                ("user_id", models.UUIDField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("file", "het dossier"),
                            ("released", "alleen wat voor het overleg is vrijgegeven"),
                            ("reported", "alleen de eigen melding"),
                        ],
                        max_length=16,
                    ),
                ),
                ("meeting_id", models.UUIDField(null=True)),
                ("sealed", models.BooleanField(default=False)),
                ("why", meldroute.vault.fields.SealedText()),
                ("about_id", models.UUIDField(null=True)),
                ("emergency", models.BooleanField(default=False)),
                ("by", models.UUIDField(null=True)),
                ("starts_at", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "signal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="accesses", to="route.signal"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["user_id", "signal"], name="route_acces_user_id_eaa210_idx"),
                    models.Index(fields=["signal"], name="route_acces_signal__0e5efe_idx"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Lookup",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("municipality_id", models.UUIDField()),
                ("kind", models.CharField(max_length=16)),
                ("mac", models.BinaryField()),
                (
                    "signal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lookups", to="route.signal"
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lookups",
                        to="route.subject",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["municipality_id", "mac"], name="route_looku_municip_d16513_idx")],
            },
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("municipality_id", models.UUIDField()),
                ("key_id", models.UUIDField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("observe", "ter plaatse kijken"),
                            ("inspect", "controle"),
                            ("information", "informatie geven"),
                            ("action", "actie"),
                        ],
                        max_length=16,
                    ),
                ),
                ("question", meldroute.vault.fields.SealedText()),
                ("place", meldroute.vault.fields.SealedText()),
                ("assignee_id", models.UUIDField()),
                ("due_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "open"), ("answered", "beantwoord"), ("withdrawn", "ingetrokken")],
                        default=meldroute.route.models.task.TaskState["OPEN"],
                        max_length=16,
                    ),
                ),
                ("version", models.IntegerField(default=1)),
                ("answer", meldroute.vault.fields.SealedText()),
                (
                    "capacity",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("supervisor", "toezichthouder (Awb)"),
                            ("investigator", "BOA in opsporing (Wpg)"),
                            ("chance", "bij toeval"),
                            ("professional", "in het eigen werk"),
                            ("unknown", "niet bekend"),
                        ],
                        max_length=16,
                    ),
                ),
                ("result", models.CharField(blank=True, max_length=32)),
                ("observation_id", models.UUIDField(null=True)),
                ("meeting_id", models.UUIDField(null=True)),
                ("by", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                ("chased_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_why", meldroute.vault.fields.SealedText()),
                (
                    "decision",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to="route.decision",
                    ),
                ),
                (
                    "signal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tasks", to="route.signal"
                    ),
                ),
            ],
            options={
                "ordering": ("due_on",),
                "indexes": [models.Index(fields=["assignee_id", "state"], name="route_task_assigne_02e404_idx")],
            },
        ),
        migrations.CreateModel(
            name="TimelineEntry",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("municipality_id", models.UUIDField()),
                ("key_id", models.UUIDField()),
                ("kind", models.CharField(max_length=64)),
                ("told", meldroute.vault.fields.SealedJSON()),
                ("by", models.UUIDField(null=True)),
                ("at", models.DateTimeField()),
                (
                    "signal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="timeline", to="route.signal"
                    ),
                ),
            ],
            options={
                "ordering": ("-at",),
                "indexes": [models.Index(fields=["signal", "-at"], name="route_timel_signal__b6b966_idx")],
            },
        ),
    ]
