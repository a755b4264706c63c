"""A parcel between two municipalities, and what the database lets each of them do with it.

The row is seen by who works at the meldpunt of either. It is made by the sender, filled; answered once, by the receiver
(taken in, sent back) or the sender (withdrawn), and then it is empty. After that the sender may note once that the
answer was seen. Nothing else changes in it, whoever asks.
"""

import uuid

from django.db import migrations, models

from meldroute.domain.vocabulary import Channel
from meldroute.journal.walls import ALL, granted

HERE = "(SELECT mr_municipality())"
SEEN = f"(municipality_id = {HERE} OR receiver_id = {HERE}) AND {ALL}"
MADE = f"municipality_id = {HERE} AND {ALL} AND state = 'sent' AND noted_at IS NULL AND answered_at IS NULL"
RULES = """
CREATE FUNCTION route_parcel_rules() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE here uuid := mr_municipality();
BEGIN
  IF to_jsonb(OLD) - ARRAY['state', 'wrapped', 'body', 'answered_at', 'answer_reference', 'why', 'noted_at']
     <> to_jsonb(NEW) - ARRAY['state', 'wrapped', 'body', 'answered_at', 'answer_reference', 'why', 'noted_at'] THEN
    RAISE EXCEPTION 'a parcel does not change on its way' USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.state = 'sent' AND NEW.noted_at IS NULL AND NEW.answered_at IS NOT NULL AND (
       (NEW.state = 'taken_in' AND here = OLD.receiver_id AND NEW.answer_reference <> '' AND NEW.why = '')
    OR (NEW.state = 'sent_back' AND here = OLD.receiver_id AND NEW.answer_reference = '' AND NEW.why <> '')
    OR (NEW.state = 'withdrawn' AND here = OLD.municipality_id AND NEW.answer_reference = '' AND NEW.why = '')) THEN
    RETURN NEW;
  END IF;
  IF OLD.state <> 'sent' AND OLD.noted_at IS NULL AND here = OLD.municipality_id
     AND to_jsonb(OLD) - 'noted_at' = to_jsonb(NEW) - 'noted_at' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'this may not happen to a parcel' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER route_parcel_rules BEFORE UPDATE ON route_parcel FOR EACH ROW EXECUTE FUNCTION route_parcel_rules();
ALTER TABLE route_parcel ENABLE ROW LEVEL SECURITY;
ALTER TABLE route_parcel FORCE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("route", "0007_reporter_wall")]

    operations = [
        migrations.AlterField(
            model_name="signal",
            name="channel",
            field=models.CharField(choices=Channel.choices(), max_length=32),
        ),
        migrations.CreateModel(
            name="Parcel",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("municipality_id", models.UUIDField()),
                ("receiver_id", models.UUIDField()),
                ("hand_over_id", models.UUIDField()),
                ("practice", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("sent", "onderweg"),
                            ("taken_in", "ingenomen"),
                            ("sent_back", "teruggestuurd"),
                            ("withdrawn", "ingetrokken"),
                        ],
                        default="sent",
                        max_length=16,
                    ),
                ),
                ("wrapped", models.BinaryField(null=True)),
                ("body", models.BinaryField(null=True)),
                ("sent_at", models.DateTimeField()),
                ("due_on", models.DateField()),
                ("answered_at", models.DateTimeField(null=True)),
                ("answer_reference", models.CharField(blank=True, max_length=16)),
                (
                    "why",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not_here", "het speelt niet in onze gemeente"),
                            ("no_task", "het is geen taak van onze gemeente"),
                            ("too_little", "er staat te weinig in om iets mee te doen"),
                            ("too_much", "er staat meer in dan wij mogen hebben"),
                            ("call", "dit moet anders: bel ons"),
                        ],
                        max_length=16,
                    ),
                ),
                ("noted_at", models.DateTimeField(null=True)),
            ],
            options={"ordering": ("-sent_at",)},
        ),
        migrations.AddConstraint(
            model_name="parcel",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("sent", "taken_in"))),
                fields=("hand_over_id",),
                name="route_parcel_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="parcel",
            constraint=models.CheckConstraint(
                condition=models.Q(state="sent", wrapped__isnull=False, body__isnull=False)
                | (~models.Q(state="sent") & models.Q(wrapped__isnull=True, body__isnull=True)),
                name="route_parcel_empty_when_answered",
            ),
        ),
        migrations.AddConstraint(
            model_name="parcel",
            constraint=models.CheckConstraint(
                condition=models.Q(("municipality_id", models.F("receiver_id")), _negated=True),
                name="route_parcel_to_another",
            ),
        ),
        migrations.RunSQL(RULES, "DROP TRIGGER route_parcel_rules ON route_parcel; DROP FUNCTION route_parcel_rules()"),
        migrations.RunSQL(
            [
                f"CREATE POLICY wall ON route_parcel FOR SELECT USING ({SEEN})",
                f"CREATE POLICY made ON route_parcel FOR INSERT WITH CHECK ({MADE})",
                f"CREATE POLICY answered ON route_parcel FOR UPDATE USING ({SEEN}) WITH CHECK ({SEEN})",
            ],
            [f"DROP POLICY {name} ON route_parcel" for name in ("wall", "made", "answered")],
        ),
        granted("route_parcel", may="SELECT, INSERT, UPDATE"),
    ]
