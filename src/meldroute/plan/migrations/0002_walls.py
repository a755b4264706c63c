"""The plan is read by all who work here, kept by meldpunt and process owner; an owner records its own actions.

It holds no case. The same roles stand in `plan/roles.py`; tests/plan/test_plan_walls.py compares the two.
"""

from django.db import migrations

from meldroute.journal.walls import APP, HERE, append_only, granted, walled

SYSTEM = "(SELECT mr_actor()) = '00000000-0000-0000-0000-000000000000'"
MANAGERS = "'meldpunt', 'process_owner'"
READERS = f"""{MANAGERS}, 'board', 'privacy_officer', 'fg', 'archivist', 'integrity', 'enforcement', 'meeting_member',
 'reporter'"""
READS = f"({SYSTEM} OR (SELECT mr_holds(ARRAY[{READERS}])))"
KEEPS = f"({SYSTEM} OR (SELECT mr_holds(ARRAY[{MANAGERS}])))"
ACTOR = "(SELECT mr_actor())"
OWNS = f"""EXISTS (SELECT 1 FROM plan_action a WHERE a.id = plan_occurrence.action_id
 AND {ACTOR} IN (a.owner, a.stand_in))"""
OWNS_TIME = f"""EXISTS (SELECT 1 FROM plan_occurrence o JOIN plan_action a ON a.id = o.action_id
 WHERE o.id = {{table}}.occurrence_id AND {ACTOR} IN (a.owner, a.stand_in))"""
OWN = f"({SYSTEM} OR user_id = {ACTOR})"


def only(table: str, *, insert: str, update: str = "", delete: str = "") -> migrations.RunSQL:
    """Who may write rows that all may read; what is not named, nobody does."""
    made = [f"CREATE POLICY inserts ON {table} AS RESTRICTIVE FOR INSERT TO {APP} WITH CHECK ({insert})"]
    gone = [f"DROP POLICY inserts ON {table}"]
    if update:
        made.append(f"CREATE POLICY updates ON {table} AS RESTRICTIVE FOR UPDATE TO {APP} USING ({update})")
        gone.append(f"DROP POLICY updates ON {table}")
    if delete:
        made.append(f"CREATE POLICY deletes ON {table} AS RESTRICTIVE FOR DELETE TO {APP} USING ({delete})")
        gone.append(f"DROP POLICY deletes ON {table}")
    return migrations.RunSQL(made, gone)


def told(table: str) -> str:
    """Who may say something of an occurrence."""
    return f"({KEEPS} OR {OWNS_TIME.format(table=table)})"


READ = ("plan_plan", "plan_version", "plan_action", "plan_occurrence", "plan_event", "plan_proof")


class Migration(migrations.Migration):
    dependencies = [("plan", "0001_initial"), ("figures", "0002_walls")]

    operations = [
        *[walled(table, f"{HERE} AND {READS}") for table in READ],
        granted("plan_plan", may="SELECT, INSERT, UPDATE"),
        only("plan_plan", insert=KEEPS, update=KEEPS),
        granted("plan_version", may="SELECT, INSERT"),
        append_only("plan_version"),
        only("plan_version", insert=KEEPS),
        granted("plan_action", may="SELECT, INSERT, UPDATE"),
        only("plan_action", insert=KEEPS, update=KEEPS),
        granted("plan_occurrence"),
        only("plan_occurrence", insert=KEEPS, update=f"({KEEPS} OR {OWNS})", delete=KEEPS),
        granted("plan_event", may="SELECT, INSERT"),
        append_only("plan_event"),
        only("plan_event", insert=told("plan_event")),
        granted("plan_proof", may="SELECT, INSERT, UPDATE"),
        # Whoever closes a meeting or holds a training may offer what it shows; that it counts is for who records.
        only("plan_proof", insert=f"({told('plan_proof')} OR NOT accepted)", update=told("plan_proof")),
        walled("plan_reminder", f"{HERE} AND {OWN}", check=f"{HERE} AND {SYSTEM}"),
        granted("plan_reminder", may="SELECT, INSERT"),
        walled("plan_feed", f"{HERE} AND {OWN}"),
        granted("plan_feed", may="SELECT, INSERT, UPDATE"),
    ]
