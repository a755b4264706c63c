"""A training that two municipalities share: the one row that both see, and no name in it.

Row-level security lets in who reads the register on either side. The giver makes the row, about an own activity, and
says what it is; the receiver writes the answer and nothing else. A trigger holds that, because a policy knows rows
and no columns.
"""

import uuid

from django.db import migrations, models

import meldroute.awareness.models
from meldroute.journal.walls import granted, walled

APP = "app"
HERE = "(SELECT mr_municipality())"
SYSTEM = "(SELECT mr_actor()) = '00000000-0000-0000-0000-000000000000'"
MANAGERS = "'meldpunt', 'process_owner'"
READERS = f"""{MANAGERS}, 'board', 'privacy_officer', 'fg', 'archivist', 'integrity', 'enforcement', 'meeting_member',
 'reporter'"""
READS = f"({SYSTEM} OR (SELECT mr_holds(ARRAY[{READERS}])))"
KEEPS = f"({SYSTEM} OR (SELECT mr_holds(ARRAY[{MANAGERS}])))"
EITHER = f"(municipality_id = {HERE} OR receiver_id = {HERE})"
OWN = "EXISTS (SELECT 1 FROM awareness_activity a WHERE a.id = awareness_share.activity_id)"
MADE = f"{KEEPS} AND municipality_id = {HERE} AND receiver_id <> {HERE} AND state = 'offered' AND {OWN}"

GUARD = """
CREATE FUNCTION awareness_share_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE answers text[] := ARRAY['state', 'answered_at'];
BEGIN
  IF (OLD.id, OLD.municipality_id, OLD.receiver_id, OLD.activity_id, OLD.kind)
     IS DISTINCT FROM (NEW.id, NEW.municipality_id, NEW.receiver_id, NEW.activity_id, NEW.kind) THEN
    RAISE EXCEPTION 'a share stays between its two municipalities' USING ERRCODE = 'restrict_violation';
  END IF;
  IF mr_municipality() = OLD.receiver_id THEN
    IF to_jsonb(NEW) - answers <> to_jsonb(OLD) - answers OR OLD.state NOT IN ('offered', 'accepted')
       OR NEW.state NOT IN ('accepted', 'declined') THEN
      RAISE EXCEPTION 'the receiver of a share only answers' USING ERRCODE = 'restrict_violation';
    END IF;
  ELSIF NEW.answered_at IS DISTINCT FROM OLD.answered_at
        OR (NEW.state <> OLD.state AND NEW.state NOT IN ('offered', 'withdrawn')) THEN
    RAISE EXCEPTION 'the giver of a share does not answer' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER awareness_share_guard BEFORE UPDATE ON awareness_share
  FOR EACH ROW EXECUTE FUNCTION awareness_share_guard();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("awareness", "0003_people"),
    ]

    operations = [
        migrations.AddField(
            model_name="activity",
            name="share_id",
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name="activity",
            name="share_version",
            field=models.IntegerField(default=0),
        ),
        migrations.CreateModel(
            name="Share",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("municipality_id", models.UUIDField()),
                ("receiver_id", models.UUIDField()),
                ("activity_id", models.UUIDField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("training", "training"),
                            ("theme_evening", "thema-avond"),
                            ("webinar", "webinar"),
                            ("lesson", "les op school"),
                            ("campaign", "campagne van Meld Misdaad Anoniem"),
                            ("social_post", "bericht op sociale media"),
                            ("intranet", "bericht op intranet"),
                            ("leaflet", "folders uitgedeeld"),
                            ("sparring", "even sparren"),
                        ],
                        max_length=16,
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                ("on", models.DateField()),
                ("begins", models.TimeField(null=True)),
                ("minutes", models.PositiveSmallIntegerField(default=0)),
                ("place", models.CharField(blank=True, max_length=120)),
                ("given_by", models.CharField(blank=True, max_length=120)),
                ("version", models.IntegerField(default=1)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("offered", "aangeboden"),
                            ("accepted", "doet mee"),
                            ("declined", "doet niet mee"),
                            ("withdrawn", "ingetrokken"),
                        ],
                        default=meldroute.awareness.models.Offer["OFFERED"],
                        max_length=16,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ("at",),
                "constraints": [
                    models.UniqueConstraint(fields=("activity_id", "receiver_id"), name="awareness_share_once")
                ],
            },
        ),
        walled("awareness_share", f"{EITHER} AND {READS}"),
        granted("awareness_share", may="SELECT, INSERT, UPDATE"),
        migrations.RunSQL(
            [
                f"CREATE POLICY inserts ON awareness_share AS RESTRICTIVE FOR INSERT TO {APP} WITH CHECK ({MADE})",
                f"CREATE POLICY updates ON awareness_share AS RESTRICTIVE FOR UPDATE TO {APP} USING ({KEEPS})",
            ],
            ["DROP POLICY inserts ON awareness_share", "DROP POLICY updates ON awareness_share"],
        ),
        migrations.RunSQL(GUARD, "DROP FUNCTION awareness_share_guard() CASCADE"),
    ]
