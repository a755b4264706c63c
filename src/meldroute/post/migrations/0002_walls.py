"""The outbox is read by the meldpunt and the worker; anybody who acts may queue.

A mail about a sealed signal is seen by who queued it, and by the system (the actor without an account), which sends it.
"""

from django.db import migrations

from meldroute.journal.walls import ALL, HERE, SOME, granted, walled

ACTOR = "(SELECT mr_actor())"
SYSTEM = "'00000000-0000-0000-0000-000000000000'"
OPEN = f"{ALL} AND (NOT sealed OR {ACTOR} = {SYSTEM})"
OWN = f"{SOME} AND queued_by = {ACTOR}"


class Migration(migrations.Migration):
    dependencies = [("post", "0001_initial"), ("journal", "0002_walls")]

    operations = [
        walled("post_outgoing", f"{HERE} AND (({OPEN}) OR ({OWN}))", check=HERE),
        granted("post_outgoing", may="SELECT, INSERT, UPDATE"),
    ]
