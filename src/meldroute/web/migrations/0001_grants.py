"""The application's rights on the tables of Django and of the second factor."""

from django.db import migrations

from meldroute.journal.walls import granted

READ = ["auth_group", "auth_group_permissions", "auth_permission", "django_content_type", "django_migrations"]
KEPT = ["otp_totp_totpdevice"]


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0002_walls"),
        ("meetings", "0002_walls"),
        ("post", "0002_walls"),
        ("vault", "0002_walls"),
        ("otp_totp", "__latest__"),
        ("auth", "__latest__"),
    ]

    operations = [
        *[granted(table, may="SELECT") for table in READ],
        *[granted(table) for table in KEPT],
        migrations.RunSQL("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO app", migrations.RunSQL.noop),
    ]
