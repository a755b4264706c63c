"""Encrypted fields: a text or JSON value in Python, ciphertext in the table.

The model must have `id`, `municipality_id` and `key_id`; the ciphertext is bound to table, column, row and
municipality, so that it opens nowhere else. Reading decrypts on first use; an unread value costs nothing.
"""

from __future__ import annotations

import json
from typing import Any

from django.db import models
from django.db.models.query_utils import DeferredAttribute

from . import keys


class _Unseal(DeferredAttribute):
    """Opens ciphertext on first reading; it has `__set__`, so that Python asks it before the instance's own dict."""

    field: SealedText

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        value = super().__get__(instance, cls)
        if instance is None or not isinstance(value, (bytes, memoryview)):
            return value
        opened = self.field.unsealed(instance, bytes(value))
        instance.__dict__[self.field.attname] = opened
        return opened


class Plain:
    """Wraps plain bytes on their way in, so that they are not taken for ciphertext."""

    def __init__(self, body: bytes) -> None:
        self.body = body


class SealedText(models.BinaryField):  # type: ignore[type-arg]
    """A text."""

    descriptor_class = _Unseal

    def to_bytes(self, value: Any) -> bytes:
        """The plain bytes of a Python value."""
        return str(value).encode()

    def from_bytes(self, body: bytes) -> Any:
        """The Python value of plain bytes."""
        return body.decode()

    def get_default(self) -> Any:
        """An empty text."""
        return ""

    def pre_save(self, model_instance: Any, add: bool) -> bytes | None:
        """Seal the value for this row, unless it is still ciphertext that was never read."""
        value = model_instance.__dict__.get(self.attname)
        if value is None or isinstance(value, (bytes, memoryview)):
            return bytes(value) if value is not None else None
        key = keys.opened(model_instance.key_id)
        return keys.lock(key, self.to_bytes(value), self._bound(model_instance))

    def unsealed(self, instance: Any, sealed: bytes) -> Any:
        """The value of ciphertext in this row; raises keys.KeyGone, keys.WrongKey."""
        if not sealed:
            return self.from_bytes(b"")
        return self.from_bytes(keys.unlock(keys.opened(instance.key_id), sealed, self._bound(instance)))

    def _bound(self, instance: Any) -> str:
        return f"{instance._meta.db_table}.{self.column}|{instance.pk}|{instance.municipality_id}"


class SealedJSON(SealedText):
    """A JSON value."""

    def to_bytes(self, value: Any) -> bytes:
        """UTF-8 JSON."""
        return json.dumps(value, ensure_ascii=False).encode()

    def from_bytes(self, body: bytes) -> Any:
        """The JSON value; no bytes is an empty object."""
        return json.loads(body) if body else {}

    def get_default(self) -> Any:
        """An empty object."""
        return {}


class SealedBytes(SealedText):
    """Bytes, given as `Plain(body)` and read as `Plain`."""

    def to_bytes(self, value: Any) -> bytes:
        """The body."""
        return bytes(value.body)

    def from_bytes(self, body: bytes) -> Any:
        """The body, wrapped."""
        return Plain(body)

    def get_default(self) -> Any:
        """An empty body."""
        return Plain(b"")
