"""Every table is global, tenant or item; a table that is not listed fails the build (tests/web/test_walls.py)."""

from __future__ import annotations

GLOBAL = frozenset(
    {
        "auth_group",
        "auth_group_permissions",
        "auth_permission",
        "django_content_type",
        "django_migrations",
        "django_session",
        "otp_static_staticdevice",
        "otp_static_statictoken",
        "otp_totp_totpdevice",
        "people_factorreset",
        "people_membership",
        "people_municipality",
        "people_user",
        "vault_canary",
        "vault_practice",
    }
)
TENANT = frozenset(
    {
        "intake_draft",
        "intake_glimpse",
        "intake_mailbox",
        "intake_partnerlink",
        "journal_entry",
        "journal_head",
        "meetings_attendance",
        "meetings_meeting",
        "meetings_series",
        "meetings_seriesmember",
        "meetings_sheet",
        "people_organisation",
        "post_outgoing",
        "route_accessrequest",
        "route_counter",
        "sharing_disclosure",
        "sharing_policy",
        "sharing_release",
        "vault_blob",
        "vault_chunk",
        "vault_datakey",
    }
)
ITEM = frozenset(
    {
        "intake_mail",
        "meetings_item",
        "meetings_leave",
        "route_access",
        "route_attachment",
        "route_decision",
        "route_element",
        "route_event",
        "route_feedback",
        "route_handover",
        "route_hold",
        "route_link",
        "route_lookup",
        "route_observation",
        "route_privacyadvice",
        "route_privacycheck",
        "route_privacydecision",
        "route_reporter",
        "route_reveal",
        "route_signal",
        "route_subject",
        "route_task",
        "route_timelineentry",
        "route_weighinganswer",
        "sources_query",
    }
)
