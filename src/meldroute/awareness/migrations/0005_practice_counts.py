"""In a practice installation every signal is a practice signal; there they count, elsewhere not."""

from importlib import import_module

from django.db import migrations

walls = import_module("meldroute.awareness.migrations.0002_walls")
SIGNALS = walls.SIGNALS.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1)
ONLY_REAL = "AND NOT s.practice"
HERE_TOO = "AND (NOT s.practice OR EXISTS (SELECT 1 FROM vault_practice p WHERE p.practice))"


class Migration(migrations.Migration):
    dependencies = [("awareness", "0004_share"), ("vault", "0001_initial")]

    operations = [migrations.RunSQL(SIGNALS.replace(ONLY_REAL, HERE_TOO), SIGNALS)]
