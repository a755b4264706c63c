"""The mail ledger is the meldpunt's and the worker's; a sealed mail follows the access to its signal.

The worker sees drafts, to remove them, and sealed rows too: otherwise the same bytes would come in twice. A reply joins its thread by the random
token across the seal, so that an answer in a sealed signal is sealed before anybody reads it.
"""

from django.db import migrations

from meldroute.journal.walls import ALL, APP, HERE, SOME, granted, tenant, walled

ACTOR = "(SELECT mr_actor())"
SYSTEM = f"{ACTOR} = '00000000-0000-0000-0000-000000000000'"
MAIL = f"""({ALL} AND NOT sealed) OR {SYSTEM} OR (signal_id IS NOT NULL AND EXISTS (SELECT 1 FROM route_access a
 WHERE a.signal_id = intake_mail.signal_id AND a.user_id = {ACTOR} AND a.kind = 'file' AND a.ended_at IS NULL
 AND a.starts_at <= (SELECT mr_now()) AND (a.until IS NULL OR a.until > (SELECT mr_now()))))"""
THREADS = [
    # Inside the function only: its owner stands behind the walls of the table as well.
    f"CREATE POLICY threads ON route_reporter FOR SELECT TO CURRENT_USER USING ({HERE} AND {SYSTEM})",
    f"""CREATE FUNCTION mr_thread(macs bytea[]) RETURNS uuid STABLE LANGUAGE sql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
  SELECT r.signal_id FROM route_reporter r WHERE r.{HERE} AND {SYSTEM} AND r.thread_mac = ANY(macs)
  ORDER BY r.at LIMIT 1 $$""",
    "REVOKE ALL ON FUNCTION mr_thread(bytea[]) FROM PUBLIC",
    f"GRANT EXECUTE ON FUNCTION mr_thread(bytea[]) TO {APP}",
]


class Migration(migrations.Migration):
    dependencies = [("intake", "0001_initial"), ("route", "0002_walls")]

    operations = [
        *tenant("intake_mailbox", scope=ALL, may="SELECT, INSERT, UPDATE"),
        walled("intake_mail", f"{HERE} AND ({MAIL})", check=f"{HERE} AND {SOME}"),
        granted("intake_mail", may="SELECT, INSERT, UPDATE"),
        *tenant("intake_glimpse", scope=ALL, may="SELECT, INSERT"),
        walled("intake_draft", f"{HERE} AND (user_id = {ACTOR} OR {SYSTEM})"),
        granted("intake_draft"),
        *tenant("intake_partnerlink", scope=ALL, may="SELECT, INSERT, UPDATE"),
        migrations.RunSQL(THREADS, ["DROP FUNCTION mr_thread(bytea[])", "DROP POLICY threads ON route_reporter"]),
    ]
