"""Content on its way from one municipality to another, under a key of its own that nobody owns.

A data key belongs to one municipality, and the wall lets the other not see it. So the key of a parcel travels in the
parcel, wrapped by the master key of the installation; whoever empties the row destroys both.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from .keys import lock, lock_with_newest, unlock, unlock_with_any


def pack(told: Mapping[str, Any], bound: str) -> tuple[bytes, bytes]:
    """JSON values as (wrapped key, ciphertext), both bound to the text `bound`."""
    key = AESGCM.generate_key(256)
    return lock_with_newest(key, bound), lock(key, json.dumps(told).encode(), bound)


def unpack(wrapped: bytes, body: bytes, bound: str) -> dict[str, Any]:
    """What `pack` locked. Raises WrongKey when key or binding differ."""
    told: dict[str, Any] = json.loads(unlock(unlock_with_any(wrapped, bound), body, bound))
    return told
