"""The walls of a signal.

A signal is seen by scope 'all' unless it is sealed, and by whoever has a live access row. What hangs on it is seen
with the file; an observation also when it was released to a meeting that the actor may follow; a task also by its
assignee; a reporter's own rows also by that reporter.
"""

from django.db import migrations

from meldroute.journal.walls import ALL, HERE, SOME, append_only, granted, tenant, walled

ACTOR = "(SELECT mr_actor())"
LIVE = "a.ended_at IS NULL AND a.starts_at <= (SELECT mr_now()) AND (a.until IS NULL OR a.until > (SELECT mr_now()))"


def access(signal: str, kinds: str = "") -> str:
    """A live access row of the actor on the signal."""
    return (
        f"EXISTS (SELECT 1 FROM route_access a WHERE a.signal_id = {signal} AND a.user_id = {ACTOR} AND {LIVE}{kinds})"
    )


def file(table: str, signal: str = "signal_id") -> str:
    """The whole file of the signal is open to the actor."""
    own = access(f"{table}.{signal}", " AND a.kind = 'file'")
    whole = f"EXISTS (SELECT 1 FROM route_signal s WHERE s.id = {table}.{signal} AND NOT s.sealed)"
    return f"(({ALL} AND {whole}) OR {own})"


def with_file(table: str, *, signal: str = "signal_id", also: str = "", may: str = "SELECT, INSERT, UPDATE") -> list:
    """Rows that are seen with the file (or `also`); anybody inside may add what the actions let them add."""
    using = f"{HERE} AND ({file(table, signal)}{' OR ' + also if also else ''})"
    return [walled(table, using, check=f"{HERE} AND {SOME}"), granted(table, may=may)]


RELEASED = f"""EXISTS (SELECT 1 FROM sharing_release r JOIN route_access a
 ON a.signal_id = r.signal_id AND a.meeting_id = r.meeting_id
 WHERE r.observation_id = route_observation.id AND a.user_id = {ACTOR} AND a.kind = 'released' AND {LIVE}
 AND r.withdrawn_at IS NULL AND r.until > (SELECT mr_now()))"""

OWN_REPORTER = f"""EXISTS (SELECT 1 FROM route_reporter p
 WHERE p.id = route_feedback.reporter_id AND p.user_id = {ACTOR})"""

FILES = [
    "route_subject",
    "route_element",
    "route_attachment",
    "route_event",
    "route_hold",
    "route_timelineentry",
    "route_privacycheck",
    "route_privacyadvice",
    "route_privacydecision",
    "route_weighinganswer",
    "route_reveal",
    "route_handover",
]
APPEND_ONLY = [
    "route_decision",
    "route_event",
    "route_timelineentry",
    "route_privacycheck",
    "route_privacyadvice",
    "route_privacydecision",
    "route_weighinganswer",
    "route_observation",
]


class Migration(migrations.Migration):
    dependencies = [
        ("route", "0001_initial"),
        ("people", "0002_enter"),
        ("sharing", "0002_walls"),
        ("sources", "0002_walls"),
    ]

    operations = [
        *tenant("route_counter", may="SELECT, INSERT, UPDATE"),
        walled(
            "route_access",
            f"{HERE} AND (user_id = {ACTOR} OR ({ALL} AND NOT sealed))",
            check=f"{HERE} AND {SOME}",
        ),
        granted("route_access", may="SELECT, INSERT, UPDATE"),
        walled(
            "route_accessrequest",
            f"{HERE} AND (user_id = {ACTOR} OR {ALL})",
            check=f"{HERE} AND {SOME}",
        ),
        granted("route_accessrequest", may="SELECT, INSERT, UPDATE"),
        walled(
            "route_signal",
            f"{HERE} AND (({ALL} AND NOT sealed) OR {access('route_signal.id')})",
            check=f"{HERE} AND {SOME}",
        ),
        granted("route_signal"),
        *[operation for table in FILES for operation in with_file(table)],
        *with_file(
            "route_decision",
            also=access(
                "route_decision.signal_id",
                " AND a.kind = 'released' AND a.meeting_id = route_decision.meeting_id",
            ),
        ),
        *with_file("route_lookup", may="SELECT, INSERT, DELETE"),
        *with_file("route_link"),
        *with_file("route_observation", also=RELEASED),
        *with_file("route_task", also=f"assignee_id = {ACTOR}"),
        *with_file("route_reporter", also=f"user_id = {ACTOR}"),
        *with_file("route_feedback", also=OWN_REPORTER),
        *[append_only(table) for table in APPEND_ONLY],
        migrations.RunSQL(
            [
                "DROP POLICY wall ON sources_query",
                f"CREATE POLICY wall ON sources_query USING ({HERE} AND {file('sources_query')}) "
                f"WITH CHECK ({HERE} AND {SOME})",
            ],
            migrations.RunSQL.noop,
        ),
    ]
