"""The mail ledger is the meldpunt's and the worker's; a sealed mail follows the access to its signal."""

from django.db import migrations

from meldroute.journal.walls import ALL, HERE, SOME, granted, tenant, walled

ACTOR = "(SELECT mr_actor())"
MAIL = f"""({ALL} AND NOT sealed) OR (signal_id IS NOT NULL AND EXISTS (SELECT 1 FROM route_access a
 WHERE a.signal_id = intake_mail.signal_id AND a.user_id = {ACTOR} AND a.kind = 'file' AND a.ended_at IS NULL
 AND a.starts_at <= (SELECT mr_now()) AND (a.until IS NULL OR a.until > (SELECT mr_now()))))"""


class Migration(migrations.Migration):
    dependencies = [("intake", "0001_initial"), ("route", "0002_walls")]

    operations = [
        *tenant("intake_mailbox", scope=ALL, may="SELECT, INSERT, UPDATE"),
        walled("intake_mail", f"{HERE} AND ({MAIL})", check=f"{HERE} AND {SOME}"),
        granted("intake_mail", may="SELECT, INSERT, UPDATE"),
        *tenant("intake_glimpse", scope=ALL, may="SELECT, INSERT"),
        walled("intake_draft", f"{HERE} AND user_id = {ACTOR}", check=f"{HERE} AND user_id = {ACTOR}"),
        granted("intake_draft"),
        *tenant("intake_partnerlink", scope=ALL, may="SELECT, INSERT, UPDATE"),
    ]
