"""Who sits at a table is seen at that table, by the meldpunt and by who keeps the series; papers by the meldpunt.

That a signal stands on an agenda is seen by who has its file or what was released of it, no longer by its reporter.

`mr_seated` runs as the owner of the tables, who stands behind the same walls and gets a policy of its own for it: the
wall of a seat asks for other seats, and would otherwise ask itself.
"""

from django.db import migrations
from django.db.migrations import RunSQL

from meldroute.journal.walls import ALL, APP, HERE, SOME, rewalled

ADMINISTRATOR = "(SELECT mr_holds(ARRAY['administrator']))"
AT_TABLE = "mr_seated(meeting_id)"
OWN = "user_id = (SELECT mr_actor())"
SIGNAL = "EXISTS (SELECT 1 FROM route_signal s WHERE s.id = meetings_item.signal_id)"
MORE = f"""EXISTS (SELECT 1 FROM route_access a WHERE a.signal_id = meetings_item.signal_id AND a.{OWN}
 AND a.kind IN ('file', 'released') AND a.ended_at IS NULL AND a.starts_at <= (SELECT mr_now())
 AND (a.until IS NULL OR a.until > (SELECT mr_now())))"""
SEATED = f"""
CREATE FUNCTION mr_seated(which uuid) RETURNS boolean STABLE LANGUAGE sql SECURITY DEFINER
 SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM meetings_attendance a
   WHERE a.{HERE} AND a.meeting_id = which AND a.{OWN}) $$;
REVOKE ALL ON FUNCTION mr_seated(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION mr_seated(uuid) TO {APP};
CREATE POLICY seated ON meetings_attendance FOR SELECT TO CURRENT_USER USING ({HERE});
"""
UNSEATED = "DROP POLICY seated ON meetings_attendance; DROP FUNCTION mr_seated(uuid);"


class Migration(migrations.Migration):
    dependencies = [("meetings", "0004_recurring"), ("figures", "0002_walls")]

    operations = [
        RunSQL(SEATED, UNSEATED),
        rewalled("meetings_attendance", f"{HERE} AND ({ALL} OR {ADMINISTRATOR} OR {OWN} OR {AT_TABLE})", before=HERE),
        rewalled("meetings_seriesmember", f"{HERE} AND ({ALL} OR {ADMINISTRATOR} OR {OWN})", before=HERE),
        rewalled("meetings_item", f"{HERE} AND {SIGNAL} AND ({ALL} OR {MORE})", before=f"{HERE} AND {SIGNAL}"),
        rewalled("meetings_sheet", f"{HERE} AND {ALL}", before=f"{HERE} AND {SOME}"),
    ]
