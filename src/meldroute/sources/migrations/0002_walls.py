"""Questions to sources follow the wall of their signal (`route/0002_walls` tightens this policy)."""

from django.db import migrations

from meldroute.journal.walls import tenant


class Migration(migrations.Migration):
    dependencies = [("sources", "0001_initial"), ("journal", "0002_walls")]

    operations = [*tenant("sources_query", may="SELECT, INSERT, UPDATE")]
