"""What the walls read, and the journal's own: append-only, own chain or the installation's."""

from django.db import migrations

from meldroute.journal.walls import append_only, granted, walled

READS = """
CREATE FUNCTION mr_municipality() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('meldroute.municipality', true), '')::uuid $$;
CREATE FUNCTION mr_actor() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('meldroute.actor', true), '')::uuid $$;
CREATE FUNCTION mr_scope() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT coalesce(nullif(current_setting('meldroute.scope', true), ''), 'none') $$;
CREATE FUNCTION mr_now() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT coalesce(nullif(current_setting('meldroute.at', true), '')::timestamptz, now()) $$;
GRANT USAGE ON SCHEMA public TO app;
"""
GONE = "DROP FUNCTION mr_municipality(); DROP FUNCTION mr_actor(); DROP FUNCTION mr_scope(); DROP FUNCTION mr_now();"
CHAIN = "chain = '00000000-0000-0000-0000-000000000000' OR chain = (SELECT mr_municipality())"


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]

    operations = [
        migrations.RunSQL(READS, GONE),
        walled("journal_entry", CHAIN),
        append_only("journal_entry"),
        granted("journal_entry", may="SELECT, INSERT"),
        walled("journal_head", CHAIN),
        granted("journal_head", may="SELECT, INSERT, UPDATE"),
    ]
