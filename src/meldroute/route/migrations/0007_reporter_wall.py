"""Who reported is for the meldpunt, in a sealed signal for its trusted readers, and for the reporter (rules §2 and §3).

Until here the wall of `route_reporter` and of the words to a reporter followed the file, so that everybody with
access to it could read who reported. Releases and disclosures become part of the file, as the facts they name; a
release for a meeting is also seen by whom it opened something for there. Who reads a file hears from `mr_readers` of
everybody but the reporter.
"""

from django.db import migrations
from django.db.migrations import RunSQL

from meldroute.journal.walls import ALL, HERE, SOME

ACTOR = "(SELECT mr_actor())"
LIVE = "a.ended_at IS NULL AND a.starts_at <= (SELECT mr_now()) AND (a.until IS NULL OR a.until > (SELECT mr_now()))"
WORKS = "(SELECT mr_holds(ARRAY['meldpunt', 'integrity']))"


def ordinary(table: str) -> str:
    """The signal is not sealed and the actor sees all of those."""
    return f"({ALL} AND EXISTS (SELECT 1 FROM route_signal s WHERE s.id = {table}.signal_id AND NOT s.sealed))"


def given(table: str) -> str:
    """The file was opened to the actor."""
    return (
        f"EXISTS (SELECT 1 FROM route_access a WHERE a.signal_id = {table}.signal_id AND a.user_id = {ACTOR} "
        f"AND a.kind = 'file' AND {LIVE})"
    )


def file(table: str) -> str:
    """The whole file is open to the actor."""
    return f"({ordinary(table)} OR {given(table)})"


def worked(table: str) -> str:
    """The whole file is open to the actor, who works in files like it."""
    return f"({ordinary(table)} OR ({WORKS} AND {given(table)}))"


OWN_REPORTER = f"""EXISTS (SELECT 1 FROM route_reporter p
 WHERE p.id = route_feedback.reporter_id AND p.user_id = {ACTOR})"""
AT_THE_TABLE = f"""EXISTS (SELECT 1 FROM route_access a WHERE a.signal_id = sharing_release.signal_id
 AND a.meeting_id = sharing_release.meeting_id AND a.user_id = {ACTOR} AND a.kind = 'released' AND {LIVE})"""
SEEN = {
    "route_reporter": f"{worked('route_reporter')} OR user_id = {ACTOR}",
    "route_feedback": f"{worked('route_feedback')} OR {OWN_REPORTER}",
    "sharing_release": f"{file('sharing_release')} OR {AT_THE_TABLE}",
    "sharing_disclosure": file("sharing_disclosure"),
}
BEFORE = {
    "route_reporter": f"{file('route_reporter')} OR user_id = {ACTOR}",
    "route_feedback": f"{file('route_feedback')} OR {OWN_REPORTER}",
    "sharing_release": SOME,
    "sharing_disclosure": SOME,
}
OWN = f"""EXISTS (SELECT 1 FROM route_access o WHERE o.signal_id = a.signal_id AND o.user_id = {ACTOR}
 AND o.kind = 'file' AND o.ended_at IS NULL AND o.starts_at <= mr_now() AND (o.until IS NULL OR o.until > mr_now()))"""
OPEN = f"a.municipality_id = (SELECT mr_municipality()) AND (({ALL} AND NOT a.sealed) OR {OWN})"
NOT_WHO_REPORTED = f"(a.kind <> 'reported' OR {ALL} OR {WORKS})"


def readers(more: str = "") -> str:
    """Access rows of a signal, for whoever has its file open."""
    return f"""
CREATE OR REPLACE FUNCTION mr_readers(about uuid) RETURNS SETOF route_access STABLE LANGUAGE sql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
  SELECT a.* FROM route_access a WHERE a.signal_id = about AND {OPEN}{more} $$"""


def walls(seen: dict[str, str]) -> list[str]:
    """Who sees the rows of these tables from now on; who may write stays."""
    return [f"ALTER POLICY wall ON {table} USING ({HERE} AND ({using}))" for table, using in seen.items()]


class Migration(migrations.Migration):
    dependencies = [("route", "0006_open_signals"), ("sharing", "0002_walls"), ("figures", "0002_walls")]

    operations = [
        RunSQL(
            [*walls(SEEN), readers(f" AND {NOT_WHO_REPORTED}")],
            [*walls(BEFORE), readers()],
        ),
    ]
