"""Tables and estimations for the regional analyst; what was shared also for the board. The meldpunt sees none.

`mr_holds` says whether who acts has one of these roles here today, so that the wall does not lean on the views.
"""

from django.db import migrations

from meldroute.journal.walls import HERE, granted, walled

HOLDS = """
CREATE FUNCTION mr_holds(roles text[]) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM people_membership m
   WHERE m.user_id = mr_actor() AND m.municipality_id = mr_municipality() AND m.role = ANY(roles)
     AND m.confirmed_at IS NOT NULL AND m.starts <= (mr_now() AT TIME ZONE 'Europe/Amsterdam')::date
     AND (m.ends IS NULL OR m.ends >= (mr_now() AT TIME ZONE 'Europe/Amsterdam')::date)) $$;
"""
SYSTEM = "(SELECT mr_actor()) = '00000000-0000-0000-0000-000000000000'"
MAKERS = f"({SYSTEM} OR (SELECT mr_holds(ARRAY['analyst'])))"
READERS = f"({SYSTEM} OR (SELECT mr_holds(ARRAY['analyst', 'board'])))"


class Migration(migrations.Migration):
    dependencies = [("figures", "0001_initial"), ("people", "0002_enter"), ("journal", "0002_walls")]

    operations = [
        migrations.RunSQL(HOLDS, "DROP FUNCTION mr_holds(text[])"),
        walled("figures_overlap", f"{HERE} AND {MAKERS}"),
        granted("figures_overlap"),
        walled("figures_run", f"{HERE} AND {MAKERS}"),
        granted("figures_run"),
        walled("figures_figure", f"{HERE} AND {READERS}", check=f"{HERE} AND {MAKERS}"),
        granted("figures_figure"),
        # USING decides on DELETE too, and the board only reads.
        migrations.RunSQL(
            f"CREATE POLICY makers ON figures_figure AS RESTRICTIVE FOR DELETE USING ({MAKERS})",
            "DROP POLICY makers ON figures_figure",
        ),
    ]
