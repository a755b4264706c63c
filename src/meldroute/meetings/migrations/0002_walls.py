"""Series and meetings carry no case facts and stay in their municipality; an item is seen with its signal."""

from django.db import migrations

from meldroute.journal.walls import ALL, HERE, SOME, append_only, granted, tenant, walled

SEEN = "EXISTS (SELECT 1 FROM route_signal s WHERE s.id = meetings_item.signal_id)"
ACTOR = "(SELECT mr_actor())"
INVITED = f"""({ALL} OR EXISTS (SELECT 1 FROM meetings_attendance a
 WHERE a.meeting_id = meetings_topic.meeting_id AND a.user_id = {ACTOR}))"""
LEFT = "EXISTS (SELECT 1 FROM meetings_item i WHERE i.id = meetings_leave.item_id)"
# The administrator keeps series and their members, but sees no item.
TABLES = [
    "meetings_series",
    "meetings_seriesmember",
    "meetings_meeting",
    "meetings_attendance",
    "meetings_invitation",
]


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_initial"), ("route", "0002_walls")]

    operations = [
        *[operation for table in TABLES for operation in tenant(table, scope=None)],
        walled("meetings_item", f"{HERE} AND {SEEN}", check=f"{HERE} AND {SOME}"),
        granted("meetings_item", may="SELECT, INSERT, UPDATE"),
        walled("meetings_leave", f"{HERE} AND {LEFT}", check=f"{HERE} AND {SOME}"),
        granted("meetings_leave", may="SELECT, INSERT"),
        append_only("meetings_leave"),
        walled("meetings_topic", f"{HERE} AND {SOME} AND {INVITED}", check=f"{HERE} AND {SOME}"),
        granted("meetings_topic", may="SELECT, INSERT, UPDATE"),
        *tenant("meetings_sheet", may="SELECT, INSERT"),
        append_only("meetings_sheet"),
    ]
