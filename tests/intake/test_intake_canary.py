"""What people wrote and who they are stands nowhere readable in the database: every column of every table is read."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from intake import mails
from intake.test_intake_report import FORM, TOLD, reported
from intake.test_intake_triage import FILLED, a_mail
from meldroute.people.unit import SYSTEM, system
from meldroute.web.tables import ITEM, TENANT
from people_here import here, user

CANARY = "Kanariegeel"
RAW = mails.raw(mails.mail(f"{CANARY} onderwerp", f"{CANARY} tekst", sender=f"{CANARY} <{CANARY}@inwoner.example>"))


def readable() -> list[str]:
    """Tables and columns in which the canary can be read, as text or as bytes."""
    found = []
    with connection.cursor() as cursor:
        for table in sorted(TENANT | ITEM):
            cursor.execute(f"SELECT * FROM {table}")
            names = [column.name for column in cursor.description or ()]
            for row in cursor.fetchall():
                for name, value in zip(names, row, strict=True):
                    plain = bytes(value) if isinstance(value, (bytes, memoryview)) else str(value).encode()
                    if CANARY.lower().encode() in plain.lower():
                        found.append(f"{table}.{name}")
    return found


@pytest.mark.django_db
def test_no_column_holds_a_canary(client: Client) -> None:
    mail = a_mail(RAW)
    client.force_login(user("meldpunt"))
    named = {
        "what": f"{CANARY} gezien",
        "name": CANARY,
        "street": f"{CANARY}straat",
        "source": CANARY,
        "how_safe": CANARY,
    }
    assert client.post(reverse("intake:mail", args=[mail.id]), FILLED | named | {"version": 1}).status_code == 302
    other = a_mail(RAW + b"\r\n")
    aside = {"version": 1, "what": "no_signal", "reason": f"{CANARY} is reclame"}
    client.post(reverse("intake:aside", args=[other.id]), aside)
    a_mail(RAW + b"\r\n\r\n")
    client.force_login(user("melder"))
    told = {"what": CANARY, "where": f"{CANARY}straat 1", "when": CANARY, "reach": CANARY}
    reported(client, **told, attachments=SimpleUploadedFile(f"{CANARY}.txt", CANARY.encode()))
    client.post(FORM, TOLD | told | {"attachments": SimpleUploadedFile(f"{CANARY}.txt", CANARY.encode())})
    with system(here().id, datetime.now(UTC)), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM intake_mail")
        assert cursor.fetchone() == (3,)
        cursor.execute("SELECT count(*) FROM intake_draft")
        assert cursor.fetchone() == (1,)
        assert readable() == []
        cursor.execute("SELECT mr_actor()")
        assert cursor.fetchone() == (SYSTEM,)
