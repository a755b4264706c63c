"""Entering a municipality: the one function that checks membership and sets the walls of a transaction.

`at` is the moment of the act: memberships and access rows count by it, so that the clock is always an argument.
Scope per role as in `meldroute.domain.roles`: a test compares the two.
"""

from django.db import migrations

from meldroute.journal.walls import granted, tenant

ENTER = """
CREATE FUNCTION mr_enter(actor uuid, place uuid, at timestamptz DEFAULT now()) RETURNS text[]
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE held text[]; reach text;
BEGIN
  PERFORM set_config('meldroute.actor', '', true), set_config('meldroute.municipality', '', true),
          set_config('meldroute.scope', 'none', true), set_config('meldroute.at', '', true);
  IF actor = '00000000-0000-0000-0000-000000000000' THEN
    held := '{}'; reach := 'all';
    IF NOT EXISTS (SELECT 1 FROM people_municipality WHERE id = place) THEN RETURN NULL; END IF;
  ELSE
    SELECT array_agg(DISTINCT m.role::text ORDER BY m.role::text) INTO held
      FROM people_membership m JOIN people_user u ON u.id = m.user_id
     WHERE m.user_id = actor AND m.municipality_id = place AND u.is_active AND m.confirmed_at IS NOT NULL
       AND m.starts <= (at AT TIME ZONE 'Europe/Amsterdam')::date
       AND (m.ends IS NULL OR m.ends >= (at AT TIME ZONE 'Europe/Amsterdam')::date);
    IF held IS NULL THEN RETURN NULL; END IF;
    reach := CASE WHEN 'administrator' = ANY(held) THEN 'none'
                  WHEN 'meldpunt' = ANY(held) THEN 'all'
                  WHEN held <@ ARRAY['analyst'] THEN 'none'
                  ELSE 'item' END;
  END IF;
  PERFORM set_config('meldroute.actor', actor::text, true),
          set_config('meldroute.municipality', place::text, true),
          set_config('meldroute.scope', reach, true), set_config('meldroute.at', at::text, true);
  RETURN held;
END $$;
REVOKE ALL ON FUNCTION mr_enter(uuid, uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION mr_enter(uuid, uuid, timestamptz) TO app;
"""

GLOBAL = ["people_municipality", "people_user", "people_membership", "people_factorreset"]


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("journal", "0002_walls")]

    operations = [
        migrations.RunSQL(ENTER, "DROP FUNCTION mr_enter(uuid, uuid, timestamptz)"),
        *[granted(table, may="SELECT, INSERT, UPDATE") for table in GLOBAL],
        *tenant("people_organisation", scope=None, may="SELECT, INSERT, UPDATE"),
    ]
