"""Making, opening and destroying data keys (AES-256-GCM; the wrapping is bound to key id and municipality)."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from contextvars import ContextVar
from datetime import datetime
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.apps import apps
from django.conf import settings

NONCE = 12


class KeyGone(LookupError):
    """The data key was destroyed or may not be seen: what it locked cannot be read any more."""


class WrongKey(ValueError):
    """The bytes do not belong to this key, row, column and municipality."""


_opened: ContextVar[dict[UUID, bytes] | None] = ContextVar("vault_opened", default=None)


def lock(key: bytes, plain: bytes, bound: str) -> bytes:
    """Encrypt `plain`, bound to the text `bound`."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain, bound.encode())


def unlock(key: bytes, sealed: bytes, bound: str) -> bytes:
    """Decrypt what `lock` made; raises WrongKey when key or binding differ."""
    try:
        return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], bound.encode())
    except InvalidTag:
        raise WrongKey(bound) from None


def lock_with_newest(plain: bytes, bound: str) -> bytes:
    """Encrypt `plain` under the newest master key: for what no municipality owns and nobody keeps."""
    return lock(settings.MELDROUTE_KEYS.wrap[0], plain, bound)


def unlock_with_any(sealed: bytes, bound: str) -> bytes:
    """Decrypt under the newest master key that fits (older ones stay for rotation)."""
    for key in settings.MELDROUTE_KEYS.wrap:
        try:
            return unlock(key, sealed, bound)
        except WrongKey:
            continue
    raise WrongKey(bound)


def make(*, municipality_id: UUID, purpose: str) -> UUID:
    """A new data key; its id."""
    model = apps.get_model("vault", "DataKey")
    plain = AESGCM.generate_key(256)
    row = model(municipality_id=municipality_id, purpose=purpose)
    row.wrapped = lock(settings.MELDROUTE_KEYS.wrap[0], plain, _bound(row.id, municipality_id))
    row.save(force_insert=True)
    _cache()[row.id] = plain
    return UUID(str(row.id))


def opened(key_id: UUID) -> bytes:
    """The plain data key; kept for the unit of work only. Raises KeyGone."""
    if key_id not in _cache():
        preload([key_id])
    try:
        return _cache()[key_id]
    except KeyError:
        raise KeyGone(str(key_id)) from None


def preload(key_ids: Iterable[UUID]) -> None:
    """Open many keys in one statement, for a list."""
    wanted = [key_id for key_id in set(key_ids) if key_id not in _cache()]
    if not wanted:
        return
    rows = apps.get_model("vault", "DataKey").objects.filter(id__in=wanted, wrapped__isnull=False)
    for key_id, place, wrapped in rows.values_list("id", "municipality_id", "wrapped"):
        _cache()[key_id] = unlock_with_any(bytes(wrapped or b""), _bound(key_id, place))


def unwrapped(rows: Iterable[tuple[UUID, UUID, bytes]]) -> list[bytes]:
    """Open the keys that a statement of the caller found: (id, municipality, wrapped) of each, in their order."""
    found = [(key_id, unlock_with_any(bytes(wrapped), _bound(key_id, place))) for key_id, place, wrapped in rows]
    _cache().update(found)
    return [plain for _, plain in found]


def destroy(key_id: UUID, *, at: datetime) -> None:
    """Forget the key; everything locked by it is unreadable from now on, in backups too."""
    rows = apps.get_model("vault", "DataKey").objects.filter(id=key_id, destroyed_at__isnull=True)
    rows.update(wrapped=None, destroyed_at=at)
    _cache().pop(key_id, None)


def forget_opened() -> None:
    """Drop the opened keys from memory, at the end of a unit of work."""
    _opened.set(None)


def _cache() -> dict[UUID, bytes]:
    cache = _opened.get()
    if cache is None:
        cache = {}
        _opened.set(cache)
    return cache


def _bound(key_id: UUID, municipality_id: UUID) -> str:
    return f"vault_datakey|{key_id}|{municipality_id}"
