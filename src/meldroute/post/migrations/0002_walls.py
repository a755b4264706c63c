"""The outbox is read by the meldpunt and the worker; anybody who acts may queue."""

from django.db import migrations

from meldroute.journal.walls import ALL, HERE, granted, walled


class Migration(migrations.Migration):
    dependencies = [("post", "0001_initial"), ("journal", "0002_walls")]

    operations = [
        walled("post_outgoing", f"{HERE} AND {ALL}", check=HERE),
        granted("post_outgoing", may="SELECT, INSERT, UPDATE"),
    ]
