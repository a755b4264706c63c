"""Reports are made by meldpunt and process owner; the board reads those that were adopted. Then nothing changes.

The same roles stand in `reports/roles.py`; tests/reports/test_report_walls.py compares the two.
"""

from django.db import migrations

from meldroute.journal.walls import APP, HERE, granted, walled

SYSTEM = "(SELECT mr_actor()) = '00000000-0000-0000-0000-000000000000'"
MAKES = f"({SYSTEM} OR (SELECT mr_holds(ARRAY['meldpunt', 'process_owner'])))"
READS = f"({MAKES} OR (state = 'adopted' AND (SELECT mr_holds(ARRAY['board']))))"
STAYS = """
CREATE FUNCTION reports_adopted_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF TG_OP = 'TRUNCATE' OR OLD.state = 'adopted' OR TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'an adopted report stays as it is' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER reports_adopted_stays BEFORE UPDATE OR DELETE ON reports_report
  FOR EACH ROW EXECUTE FUNCTION reports_adopted_stays();
CREATE TRIGGER reports_adopted_stays_truncate BEFORE TRUNCATE ON reports_report
  EXECUTE FUNCTION reports_adopted_stays();
"""
GOES = """
DROP TRIGGER reports_adopted_stays ON reports_report;
DROP TRIGGER reports_adopted_stays_truncate ON reports_report;
DROP FUNCTION reports_adopted_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial"), ("figures", "0002_walls")]

    operations = [
        walled("reports_report", f"{HERE} AND {READS}", check=f"{HERE} AND {MAKES}"),
        granted("reports_report", may="SELECT, INSERT, UPDATE"),
        migrations.RunSQL(
            f"CREATE POLICY makers ON reports_report AS RESTRICTIVE FOR UPDATE TO {APP} USING ({MAKES})",
            "DROP POLICY makers ON reports_report",
        ),
        migrations.RunSQL(STAYS, GOES),
    ]
