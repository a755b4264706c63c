"""The self-scan is read and kept by the same roles as the plan."""

from importlib import import_module

from django.db import migrations

from meldroute.journal.walls import HERE, append_only, granted, walled

walls = import_module("meldroute.plan.migrations.0002_walls")


class Migration(migrations.Migration):
    dependencies = [("plan", "0003_scan_answers")]

    operations = [
        walled("plan_scananswer", f"{HERE} AND {walls.READS}"),
        granted("plan_scananswer", may="SELECT, INSERT"),
        append_only("plan_scananswer"),
        walls.only("plan_scananswer", insert=walls.KEEPS),
    ]
