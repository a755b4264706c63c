"""Policies, releases and the register of disclosures stay in their municipality."""

from django.db import migrations

from meldroute.journal.walls import append_only, tenant


class Migration(migrations.Migration):
    dependencies = [("sharing", "0001_initial"), ("journal", "0002_walls")]

    operations = [
        *tenant("sharing_policy", scope=None, may="SELECT, INSERT"),
        append_only("sharing_policy"),
        *tenant("sharing_release", may="SELECT, INSERT, UPDATE"),
        append_only("sharing_release", columns=("withdrawn_at",)),
        *tenant("sharing_disclosure", may="SELECT, INSERT"),
        append_only("sharing_disclosure"),
    ]
