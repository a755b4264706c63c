"""The routine is for who does it: meldpunt and process owner, and the system.

The same roles stand in `routine/roles.py`; tests/routine/test_routine_walls.py compares the two.
"""

from django.db import migrations

from meldroute.journal.walls import HERE, append_only, granted, walled

DOES = """(SELECT mr_actor()) = '00000000-0000-0000-0000-000000000000'
 OR (SELECT mr_holds(ARRAY['meldpunt', 'process_owner']))"""
WALL = f"{HERE} AND ({DOES})"


class Migration(migrations.Migration):
    dependencies = [("routine", "0001_initial"), ("figures", "0002_walls")]

    operations = [
        *[walled(table, WALL) for table in ("routine_month", "routine_step", "routine_event", "routine_mailtest")],
        granted("routine_month", may="SELECT, INSERT, UPDATE"),
        granted("routine_step", may="SELECT, INSERT, UPDATE"),
        granted("routine_event", may="SELECT, INSERT"),
        append_only("routine_event"),
        granted("routine_mailtest", may="SELECT, INSERT, UPDATE"),
    ]
