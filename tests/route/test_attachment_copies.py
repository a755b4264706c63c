"""People download a copy without hidden data; who works in the file can have the original, and each look is told."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from meldroute.journal.models import Entry
from meldroute.people.unit import unit
from meldroute.route.actions import access, attaching
from meldroute.route.models import Attachment
from meldroute.vault import blobs
from people_here import acting, user
from route.files import new

pytestmark = pytest.mark.django_db
MAKER = "Kanarie van Oefendam"


def photo() -> bytes:
    told, made = Image.Exif(), io.BytesIO()
    told[0x013B] = MAKER
    Image.new("RGB", (8, 8)).save(made, "JPEG", exif=told)
    return made.getvalue()


def attached(body: bytes) -> tuple[Attachment, str]:
    with unit(acting(at=datetime.now(UTC))) as by:
        row = attaching.attach(by=by, signal=new(by=by), name="foto.jpg", body=body)
        return row, reverse("route:attachment", args=[row.signal_id, row.id])


def entries(row: Attachment) -> list[tuple[str, list[str]]]:
    with unit(acting()):
        rows = Entry.objects.filter(on="route.Attachment", ids__contains=[str(row.id)]).order_by("seq")
        return [(one.act, one.fields) for one in rows]


def test_a_reader_gets_the_copy_and_only_who_works_in_it_the_original(client: Client) -> None:
    row, address = attached(photo())
    client.force_login(user("meldpunt"))
    assert MAKER.encode() not in client.get(address).content
    original = client.get(f"{address}?origineel")
    assert original.content == photo()
    assert original["Content-Security-Policy"] == "sandbox; default-src 'none'; frame-ancestors 'none'"
    assert entries(row) == [("look", ["copy"]), ("look", ["blob_id"])]
    page = client.get(reverse("route:file", args=[row.signal_id])).content.decode()
    assert f'href="{address}?origineel"' in page
    with unit(acting()):
        assert blobs.read(row.blob_id) == photo()
    with unit(acting(at=datetime.now(UTC))) as by:
        access.give(by=by, signal=row.signal, user_id=user("handhaver").id, until=by.today, why="kijkt mee")
    client.force_login(user("handhaver"))
    assert MAKER.encode() not in client.get(address).content
    page = client.get(reverse("route:file", args=[row.signal_id])).content.decode()
    assert address in page
    assert "?origineel" not in page
    refused = client.get(f"{address}?origineel")
    assert refused.status_code == 403
    assert MAKER.encode() not in refused.content


def test_what_cannot_be_cleaned_stays_here_and_the_original_is_still_there(client: Client) -> None:
    row, address = attached(b"%PDF-1.7 kapot")
    client.force_login(user("meldpunt"))
    refused = client.get(address)
    assert refused.status_code == 403
    assert "origineel heeft of kan downloaden" in refused.content.decode()
    assert client.get(f"{address}?origineel").content == b"%PDF-1.7 kapot"
    assert [one for one in entries(row) if one[0] == "look"] == [("look", ["blob_id"])]


def test_a_kind_that_cannot_be_cleaned_says_what_to_do_and_the_original_stays(client: Client) -> None:
    row, address = attached(b"RIFF\x20\0\0\0AVI LIST" + bytes(20))
    client.force_login(user("meldpunt"))
    told = client.get(address)
    assert told.status_code == 403
    assert "opslaan als PDF, foto of film (JPEG, MP4)" in told.content.decode()
    assert client.get(f"{address}?origineel").content.startswith(b"RIFF")
    assert entries(row)[-1] == ("look", ["blob_id"])
