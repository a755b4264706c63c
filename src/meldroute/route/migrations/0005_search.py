"""The words of a file are seen exactly when the file is; the system sees them to forget them, and sealed ones too.

What it sees are numbers: without the key of the year they say nothing. Nobody changes one.
"""

from django.db import migrations

from meldroute.journal.walls import ALL, HERE, SOME, granted, walled

ACTOR = "(SELECT mr_actor())"
SYSTEM = f"{ACTOR} = '00000000-0000-0000-0000-000000000000'"
ORDINARY = "EXISTS (SELECT 1 FROM route_signal s WHERE s.id = search_token.signal_id AND NOT s.sealed)"
OWN = f"""EXISTS (SELECT 1 FROM route_access a WHERE a.signal_id = search_token.signal_id AND a.user_id = {ACTOR}
 AND a.kind = 'file' AND a.ended_at IS NULL AND a.starts_at <= (SELECT mr_now())
 AND (a.until IS NULL OR a.until > (SELECT mr_now())))"""


class Migration(migrations.Migration):
    dependencies = [("route", "0004_sealing"), ("search", "0002_walls")]

    operations = [
        walled("search_token", f"{HERE} AND (({ALL} AND {ORDINARY}) OR {OWN} OR {SYSTEM})", check=f"{HERE} AND {SOME}"),
        granted("search_token", may="SELECT, INSERT, DELETE"),
    ]
