"""A mail says who reported: of a signal it is for who works in files like it, not for every reader of the file."""

from django.db import migrations
from django.db.migrations import RunSQL

from meldroute.journal.walls import ALL, HERE

ACTOR = "(SELECT mr_actor())"
SYSTEM = f"{ACTOR} = '00000000-0000-0000-0000-000000000000'"
WORKS = "(SELECT mr_holds(ARRAY['meldpunt', 'integrity']))"
GIVEN = f"""(signal_id IS NOT NULL AND EXISTS (SELECT 1 FROM route_access a
 WHERE a.signal_id = intake_mail.signal_id AND a.user_id = {ACTOR} AND a.kind = 'file' AND a.ended_at IS NULL
 AND a.starts_at <= (SELECT mr_now()) AND (a.until IS NULL OR a.until > (SELECT mr_now()))))"""


def wall(given: str) -> str:
    """Who sees a mail from now on; who may write stays."""
    return f"ALTER POLICY wall ON intake_mail USING ({HERE} AND (({ALL} AND NOT sealed) OR {SYSTEM} OR {given}))"


class Migration(migrations.Migration):
    dependencies = [("intake", "0002_walls"), ("route", "0007_reporter_wall"), ("figures", "0002_walls")]

    operations = [RunSQL(wall(f"({WORKS} AND {GIVEN})"), wall(GIVEN))]
