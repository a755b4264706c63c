"""The register is read by all who work here and kept by meldpunt and process owner; notes of calls are theirs alone.

The same roles stand in `awareness/roles.py`; tests/awareness/test_awareness_walls.py compares the two.
`awareness_signals` counts the municipality's own signals per quarter for whoever reads the register, and gives no
number under five but to meldpunt, process owner and board: the wall itself hides it. Sealed and practice signals are
in no count.
"""

from django.db import migrations

from meldroute.journal.walls import HERE, append_only, granted, walled

APP = "app"
SYSTEM = "(SELECT mr_actor()) = '00000000-0000-0000-0000-000000000000'"
MANAGERS = "'meldpunt', 'process_owner'"
READERS = f"""{MANAGERS}, 'board', 'privacy_officer', 'fg', 'archivist', 'integrity', 'enforcement', 'meeting_member',
 'reporter'"""
READS = f"({SYSTEM} OR (SELECT mr_holds(ARRAY[{READERS}])))"
KEEPS = f"({SYSTEM} OR (SELECT mr_holds(ARRAY[{MANAGERS}])))"

SIGNALS = f"""
CREATE FUNCTION awareness_signals(first date, last date) RETURNS TABLE (quarter date, signals integer)
LANGUAGE plpgsql AS $$
DECLARE own text := current_setting('meldroute.scope', true); whole boolean;
BEGIN
  IF NOT {READS} THEN RETURN; END IF;
  whole := {SYSTEM} OR mr_holds(ARRAY[{MANAGERS}, 'board']);
  PERFORM set_config('meldroute.scope', 'all', true);
  RETURN QUERY
    SELECT date_trunc('quarter', s.registered_at AT TIME ZONE 'Europe/Amsterdam')::date,
           CASE WHEN whole OR count(*) >= 5 THEN count(*)::integer END
      FROM route_signal s
     WHERE s.municipality_id = mr_municipality() AND NOT s.sealed AND NOT s.practice
       AND (s.registered_at AT TIME ZONE 'Europe/Amsterdam')::date BETWEEN first AND last
     GROUP BY 1 ORDER BY 1;
  PERFORM set_config('meldroute.scope', own, true);
END $$;
REVOKE ALL ON FUNCTION awareness_signals(date, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION awareness_signals(date, date) TO {APP};
"""


def kept(table: str) -> migrations.RunSQL:
    """Rows that all read are written by who keeps them."""
    return migrations.RunSQL(
        [
            f"CREATE POLICY inserts ON {table} AS RESTRICTIVE FOR INSERT TO {APP} WITH CHECK ({KEEPS})",
            f"CREATE POLICY updates ON {table} AS RESTRICTIVE FOR UPDATE TO {APP} USING ({KEEPS})",
            f"CREATE POLICY deletes ON {table} AS RESTRICTIVE FOR DELETE TO {APP} USING ({KEEPS})",
        ],
        [f"DROP POLICY {name} ON {table}" for name in ("inserts", "updates", "deletes")],
    )


class Migration(migrations.Migration):
    dependencies = [("awareness", "0001_initial"), ("figures", "0002_walls"), ("route", "0002_walls")]

    operations = [
        *[walled(f"awareness_{name}", f"{HERE} AND {READS}") for name in ("group", "activity", "reach")],
        *[kept(f"awareness_{name}") for name in ("group", "activity", "reach")],
        granted("awareness_group", may="SELECT, INSERT, UPDATE"),
        granted("awareness_activity", may="SELECT, INSERT, UPDATE"),
        granted("awareness_reach"),
        walled("awareness_talk", f"{HERE} AND {KEEPS}"),
        granted("awareness_talk", may="SELECT, INSERT"),
        append_only("awareness_talk"),
        migrations.RunSQL(SIGNALS, "DROP FUNCTION awareness_signals(date, date)"),
    ]
