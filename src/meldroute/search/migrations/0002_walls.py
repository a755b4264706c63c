"""Keys and words stay in their municipality, a question with who asked it.

The wall of the words themselves is the file's, and stands with the route (`route` 0005).
"""

from django.db import migrations

from meldroute.journal.walls import HERE, SOME, granted, tenant, walled

ACTOR = "(SELECT mr_actor())"
SYSTEM = f"{ACTOR} = '00000000-0000-0000-0000-000000000000'"


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial"), ("journal", "0002_walls")]

    operations = [
        *tenant("search_yearkey", may="SELECT, INSERT, DELETE"),
        walled(
            "search_question",
            f"{HERE} AND {SOME} AND (user_id = {ACTOR} OR {SYSTEM})",
            check=f"{HERE} AND {SOME} AND user_id = {ACTOR}",
        ),
        granted("search_question", may="SELECT, INSERT, DELETE"),
    ]
