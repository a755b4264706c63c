"""What is known across the wall of one signal: its number, who reads it, and emergencies for those who supervise.

Four functions run as the owner of the tables. The owner stands behind the same walls, so that it gets policies of its
own, for inside these functions only: this municipality, and for signals never a sealed one.
"""

from django.db import migrations

from meldroute.journal.walls import ALL, APP, HERE, SOME

ACTOR = "(SELECT mr_actor())"
OWN = f"""EXISTS (SELECT 1 FROM route_access o WHERE o.signal_id = a.signal_id AND o.user_id = {ACTOR}
 AND o.kind = 'file' AND o.ended_at IS NULL AND o.starts_at <= mr_now() AND (o.until IS NULL OR o.until > mr_now()))"""
OPEN = f"a.municipality_id = (SELECT mr_municipality()) AND (({ALL} AND NOT a.sealed) OR {OWN})"
SUPERVISES = f"""EXISTS (SELECT 1 FROM people_membership m JOIN people_user u ON u.id = m.user_id
 WHERE m.user_id = {ACTOR} AND m.municipality_id = (SELECT mr_municipality()) AND u.is_active
 AND m.role IN ('privacy_officer', 'fg') AND m.confirmed_at IS NOT NULL
 AND m.starts <= (mr_now() AT TIME ZONE 'Europe/Amsterdam')::date
 AND (m.ends IS NULL OR m.ends >= (mr_now() AT TIME ZONE 'Europe/Amsterdam')::date))"""
BODY = "LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp"

FUNCTIONS = {
    # The id and key of an ordinary signal by its number, for whoever has a case role here.
    "mr_signal_named(text)": f"""
CREATE FUNCTION mr_signal_named(wanted text) RETURNS TABLE (id uuid, key_id uuid) STABLE {BODY} AS $$
  SELECT s.id, s.key_id FROM route_signal s WHERE s.{HERE} AND {SOME} AND NOT s.sealed AND s.reference = wanted $$""",
    # Every access row of a signal, for whoever has its file open.
    "mr_readers(uuid)": f"""
CREATE FUNCTION mr_readers(about uuid) RETURNS SETOF route_access STABLE {BODY} AS $$
  SELECT a.* FROM route_access a WHERE a.signal_id = about AND {OPEN} $$""",
    # Ends one access row, for whoever has its file open.
    "mr_end_access(uuid, timestamptz)": f"""
CREATE FUNCTION mr_end_access(which uuid, moment timestamptz) RETURNS uuid {BODY} AS $$
  UPDATE route_access a SET ended_at = moment WHERE a.id = which AND a.ended_at IS NULL AND {OPEN} RETURNING a.id $$""",
    # Break-glass of this municipality since a moment, for the privacy officer and the FG.
    "mr_emergencies(timestamptz)": f"""
CREATE FUNCTION mr_emergencies(since timestamptz) RETURNS TABLE (access_id uuid, reference text) STABLE {BODY} AS $$
  SELECT a.id, s.reference::text FROM route_access a JOIN route_signal s ON s.id = a.signal_id
  WHERE a.{HERE} AND a.emergency AND a.starts_at >= since AND {SUPERVISES} $$""",
    # The rows of those, so that the reason can be read.
    "mr_emergency_rows(timestamptz)": f"""
CREATE FUNCTION mr_emergency_rows(since timestamptz) RETURNS SETOF route_access STABLE {BODY} AS $$
  SELECT a.* FROM route_access a WHERE a.{HERE} AND a.emergency AND a.starts_at >= since AND {SUPERVISES} $$""",
}

POLICIES = [
    f"CREATE POLICY named ON route_signal FOR SELECT TO CURRENT_USER USING ({HERE} AND NOT sealed)",
    f"CREATE POLICY readers ON route_access FOR SELECT TO CURRENT_USER USING ({HERE})",
    f"CREATE POLICY ending ON route_access FOR UPDATE TO CURRENT_USER USING ({HERE}) WITH CHECK ({HERE})",
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
        "DROP POLICY named ON route_signal",
        "DROP POLICY readers ON route_access",
        "DROP POLICY ending ON route_access",
    ]


class Migration(migrations.Migration):
    dependencies = [("route", "0002_walls")]

    operations = [migrations.RunSQL(made(), unmade())]
