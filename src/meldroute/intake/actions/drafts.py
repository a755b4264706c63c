"""An unfinished report, kept on the server for a short time: its words and its files, under a key of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from meldroute.domain.filetype import type_of
from meldroute.domain.term import gettext_noop
from meldroute.domain.verdict import Verdict, no, require, yes
from meldroute.journal import actions as journal
from meldroute.journal.acting import Acting
from meldroute.people.unit import SYSTEM
from meldroute.route.actions.attaching import LARGEST, clean_name
from meldroute.vault import blobs, keys
from meldroute.vault.models import Blob, Chunk

from ..models import Draft
from ..policies import limit

FILES = "files"


@dataclass(frozen=True)
class File:
    """A file that came with the form."""

    name: str
    body: bytes


def owner(by: Acting) -> UUID:
    """Whose drafts these are: the account's, or the system's for a partner with a link."""
    return by.user_id or SYSTEM


def find(kind: str, *, by: Acting, locked: bool = False) -> Draft | None:
    """The draft of this kind; `locked` for sending it, so that twice pressed sends once."""
    rows = Draft.objects.select_for_update() if locked else Draft.objects
    return rows.filter(municipality_id=by.place, user_id=owner(by), kind=kind).first()


def save(kind: str, told: Mapping[str, Any], *, by: Acting) -> Draft:
    """Keep what was filled in so far; files that wait with it stay. Raises Refused when there are too many drafts."""
    draft = find(kind, by=by, locked=True) or _new(kind, by=by)
    draft.body = {**told, FILES: draft.body.get(FILES, [])}
    draft.saved_at = by.at
    draft.save(update_fields=["body", "saved_at"])
    return draft


def _new(kind: str, *, by: Acting) -> Draft:
    if by.user_id is None:
        require(_room(by))
    key_id = keys.make(municipality_id=by.place, purpose="draft")
    journal.record(by=by, act="draft.begin", on="intake.Draft")
    return Draft.objects.create(
        municipality_id=by.place, key_id=key_id, user_id=owner(by), kind=kind, body={}, saved_at=by.at
    )


def _room(by: Acting) -> Verdict:
    if Draft.objects.filter(user_id=SYSTEM).count() < limit("open_drafts_most"):
        return yes()
    reason = gettext_noop("Er zijn nu te veel onverzonden meldingen. Bel het meldpunt.")
    return no(reason, "policies/intake.toml", "draft.full")


def add_files(draft: Draft, files: Sequence[File]) -> None:
    """Let files wait with the draft: hashed, typed by content. Raises Refused."""
    told = list(draft.body.get(FILES, []))
    for file in files:
        require(_may_add(told, file))
        blob = blobs.store(file.body, municipality_id=draft.municipality_id, key_id=draft.key_id)
        told.append(
            {
                "blob": str(blob.id),
                "name": clean_name(file.name),
                "type": type_of(file.body),
                "size": len(file.body),
                "sha256": hashlib.sha256(file.body).hexdigest(),
            }
        )
    draft.body = {**draft.body, FILES: told}
    draft.save(update_fields=["body"])


def _may_add(told: Sequence[Mapping[str, Any]], file: File) -> Verdict:
    if not file.body:
        return no(gettext_noop("Het bestand is leeg."), "decisions, Mail in", "attachment.empty")
    if sum(int(one["size"]) for one in told) + len(file.body) > LARGEST:
        reason = gettext_noop("De bijlagen zijn samen groter dan 25 MB.")
        return no(reason, "decisions, Mail in", "attachment.large")
    if len(told) >= limit("report_files"):
        return no(gettext_noop("Er zijn te veel bijlagen."), "policies/intake.toml", "attachment.many")
    return yes()


def remove_file(draft: Draft, number: int) -> None:
    """Take away the file with this place in the list (from 0)."""
    told = list(draft.body.get(FILES, []))
    if 0 <= number < len(told):
        gone = UUID(told.pop(number)["blob"])
        Chunk.objects.filter(blob_id=gone).delete()
        Blob.objects.filter(id=gone).delete()
        draft.body = {**draft.body, FILES: told}
        draft.save(update_fields=["body"])


def throw_away(draft: Draft, *, by: Acting) -> None:
    """The words, the files and the key are gone."""
    Chunk.objects.filter(key_id=draft.key_id).delete()
    Blob.objects.filter(key_id=draft.key_id).delete()
    keys.destroy(draft.key_id, at=by.at)
    draft.delete()
    journal.record(by=by, act="draft.end", on="intake.Draft", ids=[draft.id])
