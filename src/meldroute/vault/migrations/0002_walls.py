"""Keys and bytes of one municipality; a destroyed key cannot be put back."""

from django.db import migrations

from meldroute.journal.walls import append_only, granted, tenant

NEVER_BACK = """
CREATE FUNCTION vault_never_back() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF OLD.destroyed_at IS NOT NULL THEN
    RAISE EXCEPTION 'a destroyed key never comes back' USING ERRCODE = 'restrict_violation';
  END IF; RETURN NEW; END $$;
CREATE TRIGGER vault_never_back BEFORE UPDATE ON vault_datakey
  FOR EACH ROW EXECUTE FUNCTION vault_never_back();
"""


class Migration(migrations.Migration):
    dependencies = [("vault", "0001_initial"), ("journal", "0002_walls")]

    operations = [
        *tenant("vault_datakey", may="SELECT, INSERT, UPDATE"),
        *tenant("vault_blob"),
        *tenant("vault_chunk"),
        migrations.RunSQL(
            NEVER_BACK, "DROP TRIGGER vault_never_back ON vault_datakey; DROP FUNCTION vault_never_back();"
        ),
        granted("vault_canary", may="SELECT, INSERT"),
        append_only("vault_canary"),
        granted("vault_practice", may="SELECT"),
        append_only("vault_practice"),
    ]
