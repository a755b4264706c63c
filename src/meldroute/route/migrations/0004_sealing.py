"""Sealing a signal that was open: its access rows and mails close too, across the wall of rows.

An UPDATE may not turn a row into one that its writer cannot see, so that two functions do it as the owner of the tables,
for whoever has the file open (`mr_seal_access`) and for the mails under the key of such a signal (`mr_seal_mails`).
"""

from django.db import migrations

from meldroute.journal.walls import ALL, APP, HERE

BODY = "LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp"
OPEN = f"""EXISTS (SELECT 1 FROM route_signal s WHERE s.id = wanted AND s.{HERE} AND NOT s.sealed AND {ALL})"""
FUNCTIONS = {
    # Every access row becomes a sealed one; those that open anything but the own report end. Gives who had the file.
    "mr_seal_access(uuid, timestamptz)": f"""
CREATE FUNCTION mr_seal_access(wanted uuid, moment timestamptz) RETURNS SETOF uuid {BODY} AS $$
  UPDATE route_access a SET sealed = true,
    ended_at = CASE WHEN a.kind = 'reported' THEN a.ended_at ELSE coalesce(a.ended_at, moment) END
  WHERE a.signal_id = wanted AND a.{HERE} AND {OPEN} RETURNING a.user_id $$""",
    "mr_seal_mails(uuid)": f"""
CREATE FUNCTION mr_seal_mails(wanted uuid) RETURNS SETOF uuid {BODY} AS $$
  UPDATE post_outgoing p SET sealed = true FROM route_signal s
  WHERE s.id = wanted AND p.key_id = s.key_id AND p.{HERE} AND {OPEN} RETURNING p.id $$""",
}
POLICIES = [
    f"CREATE POLICY sealing ON post_outgoing FOR UPDATE TO CURRENT_USER USING ({HERE}) WITH CHECK ({HERE})",
    f"CREATE POLICY sealed_read ON post_outgoing FOR SELECT TO CURRENT_USER USING ({HERE})",
]


def made() -> list[str]:
    """Policies, functions and who may call them."""
    rights = [
        statement
        for name in FUNCTIONS
        for statement in (
            f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC",
            f"GRANT EXECUTE ON FUNCTION {name} TO {APP}",
        )
    ]
    return [*POLICIES, *FUNCTIONS.values(), *rights]


def unmade() -> list[str]:
    """The way back."""
    return [
        *(f"DROP FUNCTION {name}" for name in FUNCTIONS),
        "DROP POLICY sealing ON post_outgoing",
        "DROP POLICY sealed_read ON post_outgoing",
    ]


class Migration(migrations.Migration):
    dependencies = [("route", "0003_readers"), ("post", "0002_walls")]

    operations = [migrations.RunSQL(made(), unmade())]
