"""The queue reads the open signals in their order: an index of those alone, however many were closed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("route", "0005_search")]

    operations = [
        migrations.AddIndex(
            model_name="signal",
            index=models.Index(
                condition=models.Q(("state", "closed"), _negated=True),
                fields=["municipality_id", "received_at", "id"],
                name="route_signal_open",
            ),
        ),
    ]
