"""An invitation is seen by whom it invites, by the meldpunt, and by the worker that sends it."""

from django.db import migrations
from django.db.migrations import RunSQL

from meldroute.journal.walls import ALL, HERE

WALL = "ALTER POLICY wall ON meetings_invitation USING"


class Migration(migrations.Migration):
    dependencies = [("meetings", "0002_walls")]

    operations = [
        RunSQL(f"{WALL} ({HERE} AND ({ALL} OR user_id = (SELECT mr_actor())))", f"{WALL} ({HERE})"),
    ]
